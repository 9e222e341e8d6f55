/** Shared by programs that start others. */
import { anyOf } from '../../../base/patterns';

/** Programs that mark where the command begins that another one starts. */
export const STARTED = anyOf(String.raw`
  alembic ansible argocd artisan aws az bash bq cdk cdktf chmod chown consul cp curl dash dd
  django-admin docker dropdb env etcdctl eval find flask flyctl flyway gcloud gh git glab gsutil
  helm helmfile heroku install knex kubectl liquibase ln make manage\.py mariadb mkfs[\w.]*
  mongosh? mv mysql node nohup npm npx oc perl php pnpm podman prisma psql pulumi python[\d.]*
  rails rake redis-cli rimraf rm rmdir rsync ruby sam sed sequelize serverless sh shred sls
  sqlite3 sudo systemctl tee terraform terragrunt timeout tofu touch truncate typeorm unlink vault
  xargs yarn zsh
  composer gradle inv invoke just nx poe run-p run-s task
`);

/** Reads a script that a command names, as far as reading is allowed here. */
export type ReadScript = (name: string) => string | undefined;

/** What can be looked up about a command, from where it runs. */
export interface Reads {
  readonly script: ReadScript;
  /** The same, but undefined for a program that is unchanged since the last commit: what it does was agreed on. */
  readonly ownScript: ReadScript;
  /** git's alias for a subcommand that it does not have itself; undefined for none. */
  readonly alias: (verb: string) => string | undefined;
  /** The files of this folder that a pattern names. Default: unknown, so none. */
  readonly matching?: (pattern: string) => readonly string[];
  /** What the command itself wrote to a file earlier. */
  readonly written?: ReadScript;
}

export const NOTHING_READ: Reads = { script: () => undefined, ownScript: () => undefined, alias: () => undefined };

/** The look-ups of a command that wrote files before. */
export const withWritten = (reads: Reads, written: Reads['written']): Reads =>
  written === undefined
    ? reads
    : {
        ...reads,
        written,
        script: (name) => written(name) ?? reads.script(name),
        ownScript: (name) => written(name) ?? reads.ownScript(name),
      };
