import { isForTests } from '../../commands/test-databases-and-emulators';
import type { Call } from '../../commands/program-call';
import { once } from '../../lazy-value';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a command or setting that empties the database (`db:drop`, `migrate:fresh`, `ddl-auto: create-drop`)',
  why: 'The command empties the database that the environment names, even if that is production.',
  fix: 'Run it only on a disposable database, never on a shared one.',
  instead: 'Write a migration that goes forward, or let the person do this on a database of their own.',
} as const satisfies Rule;

const EMPTIES = 'drops the database, or recreates it';
const REVERTS = 'takes migrations back, with what they made';
const isForReal = (call: Call): boolean => !isForTests(call);
const DROPS = '`{it}: {after}` drops the tables when the program starts, or lets it.';

/** Settings, as words, that let a program delete what it keeps. */
const DELETES =
  /^(?!.*(?:show|hide|can|may|confirm|ask|prompt|display|disable|no|never|prevent|skip)_)(?:.*_)?(?:delete|drop|erase|purge|wipe|truncate)_(?:\w+_)?(?:data|databases?|db|index(?:es)?|indices|tables?|volumes?|schema|storage|history)(?:_on_\w+)?$/;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: DELETES, before: 'not yes', after: 'yes', together: true, severity: 'high', says: 'The program deletes data from now on: {where} is on.' },
  ],
  settings: [
    { key: /(?:hibernate\.ddlauto|hbm2ddl\.auto|dbcreate)$/, after: /^(?:create|create-drop|drop)$/i, says: DROPS },
    { key: /(?:schemageneration\.database\.action|hibernateorm(?:\.[\w"]+)?\.(?:database|schemamanagement)\.(?:generation|strategy))$/, after: /^(?:drop-and-create|drop|create-drop)$/i, says: DROPS },
    { key: /flyway(?:\.[\w"]+)?\.cleandisabled$/, after: /^false$/i, says: DROPS },
    { key: /flyway(?:\.[\w"]+)?\.(?:cleanonvalidationerror|cleanatstart)$|liquibase(?:\.[\w"]+)?\.(?:dropfirst|cleanatstart)$/, after: /^true$/i, says: DROPS },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'mix', verb: /\b(?:ecto\.(?:drop|reset)|ash\.(?:reset|tear_down)|ash_postgres\.drop)\b/, only: isForReal, does: EMPTIES },
  { program: 'mix', verb: /\becto\.rollback\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'dotnet', verb: /^ef database drop\b/, only: isForReal, does: EMPTIES },
  { program: 'dotnet', verb: /^ef migrations remove\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'sequelize sequelize-cli', verb: /^(?:db:drop|db:migrate:undo:all|db:seed:undo:all)\b/, only: isForReal, does: EMPTIES },
  { program: 'sequelize sequelize-cli', verb: /^db:migrate:undo\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'typeorm', verb: /^(?:schema:drop|cache:clear-all)\b|^schema:sync\b/, only: isForReal, does: EMPTIES },
  { program: 'typeorm typeorm-ts-node-commonjs', verb: /^migration:revert\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'typeorm-ts-node-commonjs', verb: /^(?:schema:drop)\b|^schema:sync\b/, only: isForReal, does: EMPTIES },
  { program: 'mikro-orm', verb: /^(?:schema:(?:drop|fresh)|migration:fresh|database:drop)\b/, only: isForReal, does: EMPTIES },
  { program: 'mikro-orm', verb: /^migration:down\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'dotnet-ef', verb: /^database drop\b/, only: isForReal, does: EMPTIES },
  { program: 'dotnet-ef', verb: /^migrations remove\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'diesel', verb: /^database (?:reset|drop)\b/, only: isForReal, does: EMPTIES },
  { program: 'diesel', verb: /^migration (?:revert|redo)\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'sqlx', verb: /^(?:database|db) (?:drop|reset)\b/, only: isForReal, does: EMPTIES },
  { program: 'sqlx', verb: /^(?:migrate|mig) revert\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'sea-orm-cli', verb: /^migrate (?:fresh|refresh|reset)\b/, only: isForReal, does: EMPTIES },
  { program: 'sea-orm-cli', verb: /^migrate down\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'goose', verb: /\b(?:reset)\b/, only: isForReal, does: EMPTIES },
  { program: 'goose', verb: /\b(?:down|down-to|redo)\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'golang-migrate migrate', verb: /\bdrop\b/, only: isForReal, does: EMPTIES },
  { program: 'golang-migrate migrate', verb: /\bdown\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'dbmate', verb: /^drop\b/, only: isForReal, does: EMPTIES },
  { program: 'dbmate', verb: /^(?:rollback|down)\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'db-migrate', verb: /^(?:reset|db:drop)\b/, only: isForReal, does: EMPTIES },
  { program: 'db-migrate', verb: /^down\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'phinx', verb: /\bseed:truncate\b/, only: isForReal, does: EMPTIES },
  { program: 'phinx', verb: /\brollback\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'node-pg-migrate graphile-migrate', verb: /^reset\b/, only: isForReal, does: EMPTIES },
  { program: 'node-pg-migrate', verb: /^(?:down|redo)\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'doctrine', verb: /^(?:orm:schema-tool:drop|migrations:migrate first)\b/, only: isForReal, does: EMPTIES },
  { program: 'sqitch', verb: /^(?:revert|rebase)\b/, only: isForReal, does: EMPTIES },
  { program: 'aerich', verb: /^(?:reset)\b/, only: isForReal, does: EMPTIES },
  { program: 'aerich', verb: /^downgrade\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'piccolo', verb: /^(?:tables drop|migrations backwards)\b/, only: isForReal, does: EMPTIES },
  { program: 'edgedb gel', verb: /^(?:database (?:drop|wipe)|instance destroy|branch (?:drop|wipe))\b/, only: isForReal, does: EMPTIES },
  { program: 'payload', verb: /^migrate:(?:fresh|reset|refresh)\b/, only: isForReal, does: EMPTIES },
  { program: 'payload', verb: /^migrate:down\b/, only: isForReal, severity: 'medium', does: REVERTS },
  { program: 'directus', verb: /^database migrate:down\b/, only: isForReal, does: EMPTIES },
  { program: 'evolve', verb: /^erase\b/, only: isForReal, does: EMPTIES },
  { program: 'airflow', verb: /^(?:db (?:reset|clean|drop-archived)|resetdb)\b/, only: isForReal, does: 'empties the database of the scheduler' },
  { program: 'bench', verb: /\b(?:reinstall|partial-restore|restore)\b/, only: isForReal, does: "empties the site's database" },
  { program: 'pgroll', verb: /^rollback\b/, only: isForReal, does: EMPTIES },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { verb: 'reset', of: 'migrate migration', does: 'empties the database and runs every migration again' },
]);
