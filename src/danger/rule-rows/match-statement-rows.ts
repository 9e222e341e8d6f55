/** Reads the rows about statements of SQL. */
import type { StatementRow } from '../rules/types';
import { statementsOf } from '../sql';
import { startsWith } from '../commands/match-family-rows';
import { isNamed } from './rows-by-name';

interface Words {
  readonly line: number;
  /** Words that are no names, in upper case, and the names, in lower case. */
  readonly keys: readonly string[];
  readonly names: readonly string[];
  /** The same for statements that say the same. */
  readonly text: string;
}

/** The 1-based lines of the statements of a text that a row is about and that the text before has not, or has less often. */
export function linesOfStatements(row: StatementRow, before: string | null, after: string): readonly number[] {
  const known = new Map<string, number>();
  for (const { text } of before === null ? [] : matching(row, before)) known.set(text, (known.get(text) ?? 0) + 1);
  return matching(row, after).flatMap(({ text, line }) => {
    const count = known.get(text) ?? 0;
    known.set(text, count - 1);
    return count > 0 ? [] : [line];
  });
}

const matching = (row: StatementRow, text: string): readonly Words[] =>
  statementsOf(text)
    .map(({ tokens, line }): Words => ({
      line,
      keys: tokens.flatMap(({ kind, key }) => (kind === 'word' ? [key] : [])),
      names: tokens.flatMap(({ kind, text: name }) => (kind === 'word' || kind === 'name' ? [name.toLowerCase()] : [])),
      text: tokens.map((token) => (token.key === '' ? token.text : token.key)).join(' '),
    }))
    .filter((words) => fits(row, words));

const fits = (row: StatementRow, { keys, names }: Words): boolean =>
  startsWith(keys, row.verb) &&
  (row.of === undefined || isAny(names, row.of)) &&
  (row.with === undefined || isAny(keys, row.with)) &&
  (row.without === undefined || !isAny(keys, row.without));

const isAny = (words: readonly string[], names: NonNullable<StatementRow['of']>): boolean =>
  words.some((word) => isNamed(names, word));
