/** SQL files: migrations, scripts, schema dumps. */
import { newOnes } from '../../same-cause/only-new-notices';
import { isTest, isVendored } from '../../path-roles';
import { judgeSql } from '../../sql';
import type { Change, Noticed, Analyzer } from '../../types';
import { factAt } from '../../rule-rows/facts-from-sentences';

// Which part of a migration applies it. The part that reverts it drops what it created, and is no danger by itself.

/**
 * Where the reverting part starts, as goose, dbmate, sql-migrate, Play, MyBatis, node-pg-migrate and others mark it.
 */
const DOWN =
  /^\s*(?:--|#|\/\*|\/\/)[\s-]*(?:\+goose\s+down|\+migrate\s+down|migrate:down|!downs|\/?\/?@?undo|@?down(?:\s+migration)?|down\s*:?|rollback)\b[^\n]*$/i;
const UP =
  /^\s*(?:--|#|\/\*|\/\/)[\s-]*(?:\+goose\s+up|\+migrate\s+up|migrate:up|!ups|@?up(?:\s+migration)?|up\s*:?|changeset\b)[^\n]*$/i;

/** A file that only reverts: `0001.down.sql`, Flyway's `U1__x.sql`, a folder of undo scripts. */
const isDown = (path: string): boolean =>
  /(?:^|[._/-])(?:down|rollback|undo|revert)(?:\.\w+)?\.sql$|(?:^|\/)(?:down|rollbacks?|undo|revert)\/|(?:^|\/)down\.sql$/i.test(
    path,
  ) || /(?:^|\/)U\d[\d._]*__[^/]*\.sql$/.test(path);

/** The text with its reverting parts blanked, line for line. */
function upOnly(text: string): string {
  if (!/down|undo|rollback/i.test(text)) return text;
  let down = false;
  return text
    .split('\n')
    .map((line) => {
      if (line.length < 200 && DOWN.test(line)) down = true;
      else if (down && line.length < 200 && UP.test(line)) down = false;
      return down ? '' : line;
    })
    .join('\n');
}

/** A dump of a schema or of data, which drops what it then creates, as a script does that sets a database up. */
const isDump = (path: string, text: string): boolean =>
  /(?:^|\/)(?:[\w-]*(?:schema|structure|dump|baseline|backup)[\w-]*)\.(?:dump\.)?sql$/i.test(path) ||
  /^(?:--|\/\*)[^\n]{0,40}(?:database dump|MySQL dump|MariaDB dump|pg_dump|mysqldump|phpMyAdmin|sqlite_dump)/im.test(
    text.slice(0, 2000),
  );

const SQL =
  /\.(?:sql|psql|pgsql|mysql|ddl|dml|cql|hql|plsql|tsql)(?:\.(?:erb|j2|jinja2?|tmpl|tpl|template|in|hbs|ejs|mustache))?$/i;

/** Whether a file holds SQL, by its name. */
export const isSqlFile = (path: string): boolean => SQL.test(path);

export const sql: Analyzer = {
  id: 'sql',
  concerns: ({ path, after }) =>
    after !== null &&
    (SQL.test(path) || /(?:^|\/)pg_hba\.conf(?:\.\w+)?$/.test(path)) &&
    !isTest(path) &&
    !isVendored(path),
  notice: (change) => (SQL.test(change.path) ? fromStatements(change) : trusts(change)),
};

function fromStatements({ path, before, after }: Change): readonly Noticed[] {
  if (after === null || isDown(path)) return [];
  const newNotices = noticed(path, after);
  if (newNotices.length === 0) return [];
  return newOnes(before === null ? [] : noticed(path, before), newNotices, before, after);
}

/** Each new file of such a folder runs once, wherever the program is. */
const MIGRATION = /(?:^|\/)(?:[\w.-]*migrations?|migrate|changelogs?)\/|(?:^|\/)V\d[\d._]*__[^/]*\.sql$/i;

/** A script that makes a database anew, by its name. */
const SETS_UP =
  /(?:^|[/_.-])(?:set-?up|init\w*|schemas?|structure|seeds?|create\w*|install|bootstrap|baseline|fixtures?)(?:[/_.-]|$)/i;

function noticed(path: string, text: string): readonly Noticed[] {
  return judgeSql(upOnly(text), {
    dump: isDump(path, text) || (SETS_UP.test(path) && !MIGRATION.test(path)),
    migration: MIGRATION.test(path),
  }).map((found) => ({
    ...found,
    side: 'new' as const,
  }));
}

// PostgreSQL's `pg_hba.conf`: who may connect without a password.

/** Records that let in anybody whose address matches, under any name. */
function trusts({ before, after }: Change): readonly Noticed[] {
  const known = new Set((before ?? '').split('\n').map((line) => line.replace(/\s+/g, ' ').trim()));
  return (after ?? '').split('\n').flatMap((line, index): Noticed[] => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (
      !/^(?:local|host(?:no)?(?:ssl|gssenc)?)$/.test(words[0] ?? '') ||
      words.at(-1) !== 'trust' ||
      known.has(line.replace(/\s+/g, ' ').trim())
    )
      return [];
    return [
      factAt('permissions/db-grant: The database lets users in without a password: the method is trust.', index + 1),
    ];
  });
}
