/** DELETE and UPDATE without a limiting condition. */
import { factOf } from '../rule-rows/facts-from-sentences';
import { alwaysTrue } from './always-true-condition';
import { isOwn, type Context } from './created-or-rolled-back-in-same-text';
import { afterOnly, afterParens, byComma, nameAt } from './names-in-statements';
import type { SqlFinding, Statement, Token } from './types';
import { isMadeAgain, ROWS_DELETED } from '../rules/destructive/orm-delete-all';
import { EVERY_ROW_DELETED, EVERY_ROW_CHANGED } from '../rules/destructive/sql-no-where';

/** What limits a statement besides a condition. */
const LIMITS = new Set(['LIMIT', 'JOIN', 'TOP', 'FETCH', 'APPLY', 'SAMPLE']);

/** `DELETE FROM t`, also within `WITH … AS (DELETE …)`. `common`: names of its common table expressions. */
export function deletes(
  tokens: readonly Token[],
  context: Context,
  common: ReadonlySet<string>,
): readonly SqlFinding[] {
  const from = outer(tokens, 'FROM');
  const at = afterOnly(tokens, from !== -1 && from <= 6 ? from + 1 : 1);
  if (from === -1 && tokens[1]?.kind !== 'word' && tokens[1]?.kind !== 'name' && tokens[1]?.kind !== 'hole') return [];
  const named = nameAt(tokens, at);
  if (named === null || isOwn(context, named) || common.has(named.name)) return [];
  const why = unlimited(tokens, named.end, context);
  const line = tokens[0]?.line ?? 1;
  if (why === null)
    return context.migration && !isMadeAgain(named.name)
      ? [{ ...factOf(ROWS_DELETED, { what: named.shown }), line }]
      : [];
  return [{ ...factOf(EVERY_ROW_DELETED, { shown: named.shown, why }), line }];
}

/** `UPDATE t SET …`. Filling a column that the text itself has added is no loss. */
export function updates({ tokens }: Statement, context: Context, common: ReadonlySet<string>): readonly SqlFinding[] {
  let at = 1;
  while (['LOW_PRIORITY', 'IGNORE', 'ONLY'].includes(tokens[at]?.key ?? '')) at++;
  if (tokens[at]?.key === 'OR') at += 2;
  const named = nameAt(tokens, at);
  const set = outer(tokens, 'SET');
  if (named === null || set < named.end || set > named.end + 3) {
    // UPDATE a JOIN b ON … SET is limited by its join; `UPDATE STATISTICS` and prose have no SET
    return [];
  }
  const where = outer(tokens, 'WHERE');
  const from = outer(tokens, 'FROM');
  const assigned = byComma(tokens.slice(set + 1, where !== -1 ? where : from > set ? from : tokens.length));
  const columns = assigned.map((part) => nameAt(part, part[0]?.key === '(' ? 1 : 0)?.name ?? '');
  for (const [index, column] of columns.entries())
    if (isNull(tokens, where + 1, column) || givesValue(assigned[index] ?? []))
      context.filled.add(`${named.name} ${column}`);
  if (isOwn(context, named) || common.has(named.name) || common.has(nameAt(tokens, from + 1)?.name ?? '')) return [];
  if (columns.length > 0 && columns.every((column) => context.added.has(`${named.name} ${column}`))) return [];
  const why = unlimited(tokens, set, context);
  if (why === null) return [];
  return [{ ...factOf(EVERY_ROW_CHANGED, { shown: named.shown, why }), line: tokens[0]?.line ?? 1 }];
}

/** `kind = 'user'`: a value, and neither none nor what the column has already. */
function givesValue(part: readonly Token[]): boolean {
  const [column, ...value] = part;
  const [first] = value.slice(1);
  if (first === undefined || first.key === 'NULL') return false;
  return first.key === 'COALESCE' || !value.some(({ key }) => key === column?.key);
}

/** Why every row is affected, as words; null when something limits the statement or it cannot be known. */
function unlimited(tokens: readonly Token[], after: number, context: Context): string | null {
  const where = outer(tokens, 'WHERE');
  if (where !== -1) return alwaysTrue(tokens.slice(where + 1)) ? 'its WHERE is always true' : null;
  const alias = outer(tokens, 'FROM');
  if (isLimited(tokens, after)) return null;
  // a template after the name may hold the condition
  if (
    tokens
      .slice(after)
      .some(
        (token, index) =>
          token.kind === 'hole' &&
          tokens[after + index - 1]?.key !== '=' &&
          tokens[after + index - 1]?.key !== '.' &&
          !['(', ','].includes(tokens[after + index - 1]?.key ?? ''),
      )
  )
    return null;
  // DELETE a FROM a, b and UPDATE … FROM b hit every row all the same; the target may be a table that this text created
  if (alias > after && isOwn(context, nameAt(tokens, alias + 1) ?? { name: '', shown: '', end: 0 })) return null;
  return 'the statement has no WHERE';
}

/** The condition is that the column is null. */
function isNull(tokens: readonly Token[], from: number, column: string): boolean {
  return tokens.some(
    (token, index) =>
      index >= from &&
      token.text.toLowerCase() === column &&
      tokens[index + 1]?.key === 'IS' &&
      tokens[index + 2]?.key === 'NULL',
  );
}

/** Index of a keyword outside parentheses; -1: none. */
export function outer(tokens: readonly Token[], keyword: string): number {
  let depth = 0;
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(') depth++;
    else if (key === ')') depth = Math.max(0, depth - 1);
    else if (key === keyword && depth === 0) return index;
  }
  return -1;
}

function isLimited(tokens: readonly Token[], after: number): boolean {
  let depth = 0;
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(') depth++;
    else if (key === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && LIMITS.has(key) && (index >= after || key === 'TOP')) return true;
  }
  return false;
}

/** The parts of `WITH a AS (…), b AS (…) main`. */
export function commonOf(tokens: readonly Token[]): {
  readonly inner: readonly (readonly Token[])[];
  readonly names: ReadonlySet<string>;
  readonly main: readonly Token[];
} {
  const inner: (readonly Token[])[] = [];
  const names = new Set<string>();
  let at = tokens[1]?.key === 'RECURSIVE' ? 2 : 1;
  for (let count = 0; count < 200; count++) {
    const named = nameAt(tokens, at);
    if (named === null) break;
    names.add(named.name);
    at = tokens[named.end]?.key === '(' ? afterParens(tokens, named.end) : named.end;
    if (tokens[at]?.key === 'AS') at++;
    while (['NOT', 'MATERIALIZED'].includes(tokens[at]?.key ?? '')) at++;
    if (tokens[at]?.key !== '(') break;
    const end = afterParens(tokens, at);
    inner.push(tokens.slice(at + 1, end - 1));
    at = end;
    if (tokens[at]?.key !== ',') break;
    at++;
  }
  return { inner, names, main: tokens.slice(at) };
}

/** `MERGE INTO t USING s ON … WHEN … THEN DELETE`, where no condition says which rows. */
export function merges({ tokens, line }: Statement, context: Context): readonly SqlFinding[] {
  const named = nameAt(tokens, tokens[1]?.key === 'INTO' ? 2 : 1);
  if (named === null || isOwn(context, named)) return [];
  const begins = tokens.flatMap(({ key }, index) => (key === 'WHEN' ? [index] : []));
  const on = tokens.findIndex(({ key }) => key === 'ON');
  const meetsAll = on > 0 && alwaysTrue(tokens.slice(on + 1, begins[0]));
  for (const [index, begin] of begins.entries()) {
    const part = tokens.slice(begin, begins[index + 1]).map(({ key }) => key);
    const then = part.indexOf('THEN');
    if (part[then + 1] !== 'DELETE' || part.slice(0, then).includes('AND')) continue;
    if (meetsAll || part.includes('SOURCE'))
      return [
        {
          ...factOf(EVERY_ROW_DELETED, {
            shown: named.shown,
            why: meetsAll ? 'its ON is always true' : 'each that the source does not have',
          }),
          line,
        },
      ];
  }
  return [];
}
