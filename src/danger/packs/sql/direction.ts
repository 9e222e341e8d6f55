/**
 * Which part of a migration applies it. The part that reverts it drops what it created, and is no danger by itself.
 */

/**
 * Where the reverting part starts, as goose, dbmate, sql-migrate, Play, MyBatis, node-pg-migrate and others mark it.
 */
const DOWN =
  /^\s*(?:--|#|\/\*|\/\/)[\s-]*(?:\+goose\s+down|\+migrate\s+down|migrate:down|!downs|\/?\/?@?undo|@?down(?:\s+migration)?|down\s*:?|rollback)\b[^\n]*$/i;
const UP =
  /^\s*(?:--|#|\/\*|\/\/)[\s-]*(?:\+goose\s+up|\+migrate\s+up|migrate:up|!ups|@?up(?:\s+migration)?|up\s*:?|changeset\b)[^\n]*$/i;

/** A file that only reverts: `0001.down.sql`, Flyway's `U1__x.sql`, a folder of undo scripts. */
export const isDown = (path: string): boolean =>
  /(?:^|[._/-])(?:down|rollback|undo|revert)(?:\.\w+)?\.sql$|(?:^|\/)(?:down|rollbacks?|undo|revert)\/|(?:^|\/)down\.sql$/i.test(
    path,
  ) || /(?:^|\/)U\d[\d._]*__[^/]*\.sql$/.test(path);

/** The text with its reverting parts blanked, line for line. */
export function upOnly(text: string): string {
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

/** A dump of a schema or of data, which drops what it then creates. */
export const isDump = (path: string, text: string): boolean =>
  /(?:^|\/)(?:[\w-]*(?:schema|structure|dump|baseline|backup)[\w-]*)\.(?:dump\.)?sql$/i.test(path) ||
  /^(?:--|\/\*)[^\n]{0,40}(?:database dump|MySQL dump|MariaDB dump|pg_dump|mysqldump|phpMyAdmin|sqlite_dump)/im.test(
    text.slice(0, 2000),
  );
