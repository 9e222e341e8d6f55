import { isTestDatabase } from '../../commands/test-databases-and-emulators';
import { type Call } from '../../commands/program-call';
import { once } from '../../lazy-value';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  atOnce: true,
  meaning:
    'SQL that drops a table, database, schema, view, type, partition, user or the binary logs, or truncates a table',
  why: 'The database deletes the rows with the table. Most databases cannot restore them without a backup.',
  fix: 'Rename the table in this release. Drop it in a later release, when nothing reads it.',
  instead:
    'Show what is in it, and let a person drop it. A change of the schema belongs in a migration that somebody reviews.',
} as const satisfies Rule;

/** Something is named, known or not. */
const isNamed = ({ args }: Call): boolean => args.some((text) => !text.startsWith('-'));

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: /^(?:postgresql|mysql|mssql)_(?:db|schema|table|tablespace)$|^(?:mongodb|influxdb|proxysql|clickhouse)_(?:database|db)$/, after: /^absent$/, says: 'Task "{it}" drops a database.' },
    { key: 'state', under: 'postgresql_user mysql_user mongodb_user', after: /^absent$/, says: 'Task "{it}" drops a user of a database.' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'db2', line: /^drop\s+(?:database|db)\b/i, does: 'drops the database{name}' },
  { program: 'sqlpackage', line: /\/p(?:roperties)?:(?:DropObjectsNotInSource=True|BlockOnPossibleDataLoss=False)/i, does: 'drops what the package does not have' },
  { program: 'impdp', line: /\btable_exists_action=(?:replace|truncate)\b/i, does: 'replaces tables that are there by those of a dump' },
  { program: 'asmcmd', verb: 'rm, dropdg, remove_dg', does: 'deletes files of the database{name}' },
  { program: 'bq', verb: 'cp', with: /^(?:-f|--force)$/, severity: 'medium', does: 'overwrites the table{name}' },
  { program: 'dbt', with: /^--full-refresh$/, not: /(?:^| )(?:--target|-t)[= ](?:dev|ci|test|local)\w*(?: |$)/, severity: 'medium', does: 'drops tables and recreates them' },
  { program: /^remove-(?:sqldatabase|dbadatabase|dbalogin|dbadbtable)$/, does: 'drops a database or a part of it' },
  { program: 'dropdb', only: (call) => isNamed(call) && !isTestDatabase(call), does: 'drops the database{name}' },
  { program: 'dropuser', only: isNamed, does: 'drops the user{name}' },
  { program: 'dropschema', only: isNamed, does: 'drops the schema{name}' },
  { program: 'pg_restore', with: /^(?:-c|--clean|--drop|-[a-zA-Z]*c[a-zA-Z]*)$/, without: /^-(?:l|f)$|^--(?:list|file)/, does: 'drops what the backup has before it is put back' },
  { program: 'mysqladmin mariadb-admin', verb: /\bdrop\b/, does: 'drops the database{name}' },
  { program: 'pg_resetwal', only: isNamed, does: 'resets the log of the database' },
  { program: 'pg_dropcluster', only: isNamed, does: 'drops a cluster of databases' },
  { program: 'pg_archivecleanup', only: isNamed, does: 'deletes archived logs of the database' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', of: 'table database db schema keyspace dataset tablespace partition', not: 'instance cluster snapshot server machine backup proxy', does: 'drops {what}' },
  { deed: 'clears', verb: 'reset', of: 'table database db schema keyspace dataset', does: 'empties a table or a database' },
]);
