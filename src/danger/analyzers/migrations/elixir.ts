/** Ecto migrations, for which no grammar is shipped: read line by line, with strings and comments removed. */
import { factOf, type Fact } from '../../rule-rows/facts';
import { judgeSql } from '../../sql';
import type { Noticed } from '../../types';
import { NOT_NULL, NEW_NOT_NULL } from '../../rules/destructive/sql-not-null';
import { TYPE_CHANGED } from '../../rules/destructive/sql-narrowing';
import { TABLE_DROPPED } from '../../rules/destructive/orm-drop';

/** What applying an Ecto migration removes. */
export function noticedInElixir(text: string): readonly Noticed[] {
  const found: Noticed[] = [];
  const created = new Set<string>();
  let down = -1;
  let heredoc = false;
  let inSql = false;
  let altered = '';
  /** The SQL of the whole migration, each piece on its own line: what one statement makes, another may drop or fill. */
  const sql: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.length > 2000) continue;
    const quotes = raw.split('"""').length - 1;
    if (inSql) {
      sql[index] = quotes === 0 ? raw : ';';
      inSql = quotes === 0;
      continue;
    }
    if (heredoc || quotes % 2 === 1) {
      if (quotes % 2 === 1) heredoc = !heredoc;
      if (heredoc && down === -1 && /\bexecute\b/.test(raw)) {
        inSql = true;
        heredoc = false;
      }
      continue;
    }
    const line = raw
      .replace(/"(?:[^"\\]|\\.)*"/g, (string) => (/\bexecute\b/.test(raw) ? string : '""'))
      .replace(/(^|\s)#.*/, '$1');
    const indent = line.length - line.trimStart().length;
    if (/^\s*def\s+down\b/.test(line)) down = indent;
    else if (down !== -1 && indent <= down && /^\s*(?:end|def)\b/.test(line)) down = -1;
    if (down !== -1) continue;
    const made = /\bcreate(?:_if_not_exists)?\s*\(?\s*table\(\s*:?"?(\w+)/.exec(line)?.[1];
    if (made !== undefined) created.add(made);
    altered = /\balter[\s(]+table\(\s*:?"?(\w+)/.exec(line)?.[1] ?? altered;
    const added = /^\s*add(?:_if_not_exists)?[\s(]+:(\w+)/.exec(line)?.[1];
    if (made !== undefined) {
      altered = '';
      sql[index] = `CREATE TABLE ${made} ();`;
    } else if (added !== undefined && altered !== '') sql[index] = `ALTER TABLE ${altered} ADD COLUMN ${added} text;`;
    else {
      const run = /\bexecute\b[\s(]+"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
      if (run !== undefined) sql[index] = `${run};`;
    }
    found.push(...inLine(line, index + 1, created));
  }
  const judged = judgeSql(Array.from(sql, (line: string | undefined) => line ?? '').join('\n'));
  return [...found, ...judged.map((one) => ({ ...one, side: 'new' as const }))].sort((a, b) => a.line - b.line);
}

function inLine(line: string, at: number, created: ReadonlySet<string>): readonly Noticed[] {
  const say = (fact: Fact): readonly Noticed[] => [{ ...fact, line: at, side: 'new' }];
  const table = /^\s*drop(?:_if_exists)?[\s(]+table\(\s*:?"?(\w*)/.exec(line)?.[1];
  if (table !== undefined) return created.has(table) ? [] : say(factOf(TABLE_DROPPED, { name: table }));
  if (/^\s*drop(?:_if_exists)?[\s(]+(?:unique_)?(?:index|constraint)\(/.test(line))
    return say(factOf('destructive/sql-drop-constraint: A constraint or index is dropped.'));
  const column = /^\s*remove(?:_if_exists)?[\s(]+:(\w+)/.exec(line)?.[1];
  if (column !== undefined)
    return say(factOf('destructive/orm-drop: The column {column} is dropped, with its data.', { column }));
  if (/^\s*rename[\s(]+table\(/.test(line))
    return say(factOf('destructive/sql-rename: A table or column is renamed: running code still uses the old name.'));
  const modified = /^\s*modify[\s(]+:\w+,\s*:(\w+)(.*)/.exec(line);
  if (modified !== null) {
    const [, type = '', rest = ''] = modified;
    if (
      /^(?:integer|smallint|boolean|date|time|uuid|binary_id)$/.test(type) ||
      Number(/size:\s*(\d{1,5})/.exec(rest)?.[1] ?? 255) < 255
    )
      return say(factOf(TYPE_CHANGED));
    if (/(?<!from: \{[^}]{0,60})\bnull:\s*false/.test(rest)) return say(factOf(NOT_NULL));
  }
  const added = /^\s*add[\s(]+:(\w+),(.*)/.exec(line);
  if (
    added !== null &&
    created.size === 0 &&
    /\bnull:\s*false/.test(added[2] ?? '') &&
    !/default:/.test(added[2] ?? '')
  )
    return say(factOf(NEW_NOT_NULL, { name: added[1] ?? '' }));
  return /\bRepo\.delete_all\(\s*[A-Z][\w.]*\s*\)/.test(line)
    ? say(factOf('destructive/orm-delete-all: Every row of a table is deleted.'))
    : [];
}
