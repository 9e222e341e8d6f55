/** Ecto migrations, for which no grammar is shipped: read line by line, with strings and comments removed. */
import { factOf, type Fact } from '../../rule-rows/facts-from-sentences';
import { judgeSql } from '../../sql';
import type { Noticed } from '../../types';
import { NOT_NULL, NEW_NOT_NULL } from '../../rules/destructive/sql-not-null';
import { TABLE_DROPPED } from '../../rules/destructive/orm-drop';
import { filledInSql } from './filled-columns';
import { TYPE_CHANGED, TYPE_UNKNOWN } from '../../rules/destructive/sql-narrowing';

/** What applying an Ecto migration removes. */
export function noticedInElixir(text: string): readonly Noticed[] {
  const applied: string[] = [];
  const created = new Set<string>();
  const columns = new Set<string>();
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
      .replace(/"(?:[^"\\]|\\.)*"/g, (string) => (/\bexecute\b/.test(raw) || /^"\w+"$/.test(string) ? string : '""'))
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
    } else if (added !== undefined && altered !== '') {
      columns.add(`${altered} ${added}`);
      sql[index] = `ALTER TABLE ${altered} ADD COLUMN ${added} text;`;
    } else {
      const run = /\bexecute\b[\s(]+"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
      if (run !== undefined) sql[index] = `${run};`;
    }
    applied[index] = line;
  }
  const statements = Array.from(sql, (line: string | undefined) => line ?? '').join('\n');
  const lines = Array.from(applied, (line: string | undefined) => line ?? '');
  const whole = { created, columns, statements, text: lines.join('\n') };
  let table = '';
  const found = lines.flatMap((line, index) => {
    table = /\balter[\s(]+table\(\s*:?"?(\w+)/.exec(line)?.[1] ?? table;
    return inLine(lines.slice(index, index + CALL_AT_MOST), index + 1, table, whole);
  });
  const judged = judgeSql(statements);
  return [...found, ...judged.map((one) => ({ ...one, side: 'new' as const }))].sort((a, b) => a.line - b.line);
}

/** So many lines a call that is written one argument to a line may have. */
const CALL_AT_MOST = 8;

/** What a migration does elsewhere. */
interface Whole {
  /** Tables that it makes. */
  readonly created: ReadonlySet<string>;
  /** Columns that it adds, as `table column`. */
  readonly columns: ReadonlySet<string>;
  /** Its SQL. */
  readonly statements: string;
  /** Without what reverts it. */
  readonly text: string;
}

/** `rest`: the line, and those that its call may go on in. */
function inLine(rest: readonly string[], at: number, altered: string, whole: Whole): readonly Noticed[] {
  const { created, columns, statements } = whole;
  const [line = ''] = rest;
  const say = (fact: Fact): readonly Noticed[] => [{ ...fact, line: at, side: 'new' }];
  const table = /^\s*drop(?:_if_exists)?[\s(]+table\(\s*:?"?(\w*)/.exec(line)?.[1];
  if (table !== undefined) return created.has(table) ? [] : say(factOf(TABLE_DROPPED, { name: table }));
  if (/^\s*drop(?:_if_exists)?[\s(]+/.test(line)) return partDropped(callIn(rest), whole).flatMap(say);
  const column = /^\s*remove(?:_if_exists)?[\s(]+:(\w+)/.exec(line)?.[1];
  if (column !== undefined) {
    if (columns.has(`${altered} ${column}`)) return [];
    return say(
      factOf(
        'destructive/orm-drop: The column {column} is dropped, with its data.',
        { column },
        isCopied(column, statements) ? 'medium' : undefined,
      ),
    );
  }
  if (/^\s*rename[\s(]+table\(/.test(line))
    return say(factOf('destructive/sql-rename: A table or column is renamed: running code still uses the old name.'));
  const modified = /^\s*modify[\s(]+:(\w+),\s*:(\w+)(.*)/s.exec(callIn(rest));
  if (modified !== null) {
    const [, name = '', type = '', options = ''] = modified;
    if (columns.has(`${altered} ${name}`)) return [];
    return columnChanged(type, options, isFilledIn(statements, altered, name)).flatMap(say);
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

/** The text of a call to the end of its brackets; without brackets as long as lines end in a comma. */
function callIn(lines: readonly string[]): string {
  const text: string[] = [];
  let depth = 0;
  for (const line of lines) {
    text.push(line);
    depth += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
    if (depth <= 0 && !/,\s*$/.test(line)) break;
  }
  return text.join('\n');
}

const PART = String.raw`(unique_)?(index|constraint)\(\s*:?"?(\w+)"?(?:,\s*:(\w+))?`;
const DROPS_PART = new RegExp(String.raw`^\s*drop(?:_if_exists)?[\s(]+${PART}`);
const MAKES_PART = new RegExp(String.raw`\bcreate(?:_if_not_exists)?[\s(]+${PART}`, 'g');

/** An index or a constraint: none where the migration gives the table another index, or a constraint of the same name. */
function partDropped(call: string, { text }: Whole): readonly Fact[] {
  const [, unique, kind, table, name] = DROPS_PART.exec(call) ?? [];
  if (kind === undefined) return [];
  const isMadeAnew = [...text.matchAll(MAKES_PART)].some(
    ([, , otherKind, otherTable, otherName]) =>
      kind === otherKind && table === otherTable && (kind === 'index' || name === otherName),
  );
  if (isMadeAnew) return [];
  // without an index queries are slower; without a unique one wrong rows can come
  const slower = kind === 'index' && unique === undefined && !/\bunique:\s*true/.test(call);
  return [factOf('destructive/sql-drop-constraint: A constraint or index is dropped.', {}, slower ? 'low' : undefined)];
}

const SMALL = /^(?:integer|smallint|boolean|date|time|uuid|binary_id)$/;

/** What a column changes to. Its old type is known only where `from:` says it: Ecto asks for the type in any case. */
function columnChanged(type: string, options: string, isFilled: boolean): readonly Fact[] {
  const [to = '', from] = options.split(/\bfrom:/, 2);
  const oldType = /^\s*\{?\s*:(\w+)/.exec(from ?? '')?.[1];
  const room = (text: string): number => Number(/size:\s*(\d{1,5})/.exec(text)?.[1] ?? 255);
  const isSmall = SMALL.test(type) || room(to) < 255;
  if (isSmall && from === undefined) return [factOf(TYPE_UNKNOWN)];
  if (isSmall && (oldType !== type || room(to) < room(from ?? ''))) return [factOf(TYPE_CHANGED)];
  return /\bnull:\s*false/.test(to) && !/\bnull:\s*false/.test(from ?? '') && !isFilled ? [factOf(NOT_NULL)] : [];
}

const isFilledIn = (sql: string, table: string, column: string): boolean =>
  filledInSql(sql).includes(`${table} ${column}`.toLowerCase());

/** Whether SQL of the migration reads the column's values to write them elsewhere. */
const isCopied = (column: string, sql: string): boolean =>
  sql
    .split(';')
    .some(
      (statement) =>
        /^\s*(?:update|insert)\b/i.test(statement) && new RegExp(String.raw`\b${column}\b`).test(statement),
    );
