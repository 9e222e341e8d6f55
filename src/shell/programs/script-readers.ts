/** Shared by programs that start others. */

/** Programs that mark where the command begins that another one starts. */
export const STARTED =
  /^(?:rm|rmdir|mv|cp|ln|tee|touch|truncate|dd|sed|perl|chmod|chown|shred|unlink|install|rsync|git|find|xargs|env|sudo|sh|bash|zsh|dash|python[\d.]*|node|ruby|terraform|tofu|terragrunt|cdktf|pulumi|cdk|sls|serverless|sam|aws|gcloud|gsutil|bq|az|heroku|flyctl|kubectl|oc|helm|helmfile|argocd|docker|podman|psql|mysql|mariadb|sqlite3|mongosh?|redis-cli|rails|rake|manage\.py|artisan|php|prisma|knex|sequelize|typeorm|alembic|flask|django-admin|flyway|liquibase|dropdb|npx|npm|pnpm|yarn|make|mkfs[\w.]*|gh|glab|curl|ansible|vault|etcdctl|consul|rimraf|systemctl|eval|nohup|timeout)$/;

/** Reads a script that a command names, as far as reading is allowed here. */
export type ReadScript = (name: string) => string | undefined;

/** What can be looked up about a command, from where it runs. */
export interface Reads {
  readonly script: ReadScript;
  /** The same, but undefined for a program that is unchanged since the last commit: what it does was agreed on. */
  readonly ownScript: ReadScript;
  /** git's alias for a subcommand that it does not have itself; undefined for none. */
  readonly alias: (verb: string) => string | undefined;
  /** What the command itself wrote to a file earlier. */
  readonly written?: ReadScript;
}

export const NOTHING_READ: Reads = { script: () => undefined, ownScript: () => undefined, alias: () => undefined };
