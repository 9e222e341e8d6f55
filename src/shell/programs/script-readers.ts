/** What programs that start others have in common. */

/** Programs by which one knows where the command begins that another starts. */
export const STARTED =
  /^(?:rm|rmdir|mv|cp|ln|tee|touch|truncate|dd|sed|perl|chmod|chown|shred|unlink|install|rsync|git|find|xargs|env|sudo|sh|bash|zsh|dash|python[\d.]*|node|ruby|terraform|tofu|terragrunt|cdktf|pulumi|cdk|sls|serverless|sam|aws|gcloud|gsutil|bq|az|heroku|flyctl|kubectl|oc|helm|helmfile|argocd|docker|podman|psql|mysql|mariadb|sqlite3|mongosh?|redis-cli|rails|rake|manage\.py|artisan|php|prisma|knex|sequelize|typeorm|alembic|flask|django-admin|flyway|liquibase|dropdb|npx|npm|pnpm|yarn|make|mkfs[\w.]*|gh|glab|curl|ansible|vault|etcdctl|consul|rimraf|systemctl|eval|nohup|timeout)$/;

/** Reads a script that a command names, as far as it may be read here. */
export type ReadScript = (name: string) => string | undefined;

/** What can be looked up about a command, from where it runs. */
export interface Reads {
  readonly script: ReadScript;
  /** The same, but for a program that stands in the last commit as it is: what it does was agreed on. */
  readonly ownScript: ReadScript;
  /** What git has for a verb that it does not know itself; undefined for none. */
  readonly alias: (verb: string) => string | undefined;
  /** What the command itself writes to a file before. */
  readonly written?: ReadScript;
}

export const NOTHING_READ: Reads = { script: () => undefined, ownScript: () => undefined, alias: () => undefined };
