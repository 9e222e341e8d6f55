/** Values that a text keeps somewhere else before it drops what they were in. */
import { afterOnly, nameAt } from './names-in-statements';
import type { Statement, Token } from './types';

export interface Copied {
  /** Tables whose rows went to another one, in lower case. */
  readonly tables: ReadonlySet<string>;
  /** Whether a column's values went to another column or table. In lower case. */
  readonly column: (table: string, column: string) => boolean;
  /** Columns, as `table column`, whose name another column takes over. */
  readonly takenOver: ReadonlySet<string>;
}

/** What statements read of which tables, to write it somewhere. */
interface Copy {
  readonly tables: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

export function copiedIn(statements: readonly Statement[]): Copied {
  const copies: Copy[] = [];
  const tables = new Set<string>();
  const takenOver = new Set<string>();
  for (const { tokens } of statements) {
    const first = tokens[0]?.key;
    if (first === 'ALTER') {
      const to = renamed(tokens);
      if (to !== undefined) takenOver.add(to);
      continue;
    }
    const from = first === 'UPDATE' ? indexOf(tokens, 'SET') : writes(tokens) ? indexOf(tokens, 'SELECT') : -1;
    if (from === -1) continue;
    const read = tablesIn(tokens, from);
    if (first === 'UPDATE') read.add(nameAt(tokens, afterOnly(tokens, 1))?.name ?? '');
    else for (const table of read) tables.add(table);
    // which rows are written elsewhere says as much as a value: a flag becomes rows of its own
    const where = first === 'UPDATE' ? indexOf(tokens, 'WHERE') : -1;
    copies.push({ tables: read, words: valuesIn(tokens.slice(from + 1, where === -1 ? undefined : where)) });
  }
  return {
    tables,
    takenOver,
    column: (table, column) => copies.some((copy) => copy.tables.has(table) && copy.words.has(column)),
  };
}

/** `INSERT INTO t … SELECT`, `CREATE TABLE t AS SELECT`. */
const writes = ([first, second]: readonly Token[]): boolean =>
  first?.key === 'INSERT' || (first?.key === 'CREATE' && second?.key === 'TABLE');

const indexOf = (tokens: readonly Token[], keyword: string): number => tokens.findIndex(({ key }) => key === keyword);

/** `ALTER TABLE t RENAME COLUMN a TO b`: `t b`. */
function renamed(tokens: readonly Token[]): string | undefined {
  const table = nameAt(tokens, afterOnly(tokens, 2));
  if (table === null || tokens[table.end]?.key !== 'RENAME') return undefined;
  const at = indexOf(tokens, 'TO');
  const to = at > table.end + 1 ? nameAt(tokens, at + 1) : null;
  return to === null ? undefined : `${table.name} ${to.name}`;
}

/** What stands behind FROM and JOIN. */
function tablesIn(tokens: readonly Token[], from: number): Set<string> {
  const found = new Set<string>();
  for (let at = from; at < tokens.length; at++)
    if (tokens[at]?.key === 'FROM' || tokens[at]?.key === 'JOIN') found.add(nameAt(tokens, at + 1)?.name ?? '');
  found.delete('');
  return found;
}

/** Words that are not themselves written: of `a = b` the second. */
const valuesIn = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(
    tokens
      .filter(({ kind }, index) => (kind === 'word' || kind === 'name') && !isWritten(tokens, index))
      .map(({ text }) => text.toLowerCase()),
  );

/** `SET a = 1, b = 2` */
const isWritten = (tokens: readonly Token[], index: number): boolean =>
  tokens[index + 1]?.key === '=' && (index === 0 || tokens[index - 1]?.key === ',');
