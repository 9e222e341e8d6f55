/** Reads the rows about facts: what only code can find, by its name. */
import type { CommandNotice } from '../commands/call';
import { FACTS, type FactName } from '../rules/facts-by-rule';
import type { RuleId } from '../rules';
import type { Severity } from '../finding';
import type { Noticed } from '../types';
import { once } from '../lazy';
import { filled } from './sentence';

export type { FactName } from '../rules/facts-by-rule';

type Words = Readonly<Record<string, string>>;

interface Row {
  readonly rule: RuleId;
  readonly says: string;
  readonly severity: Severity | undefined;
}

const rows = once(
  () =>
    new Map<string, Row>(
      FACTS.flatMap(([rule, facts]) =>
        Object.entries(facts).map(([name, fact]): readonly [string, Row] => [
          name,
          typeof fact === 'string' ? { rule, says: fact, severity: undefined } : { rule, ...fact },
        ]),
      ),
    ),
);

function rowOf(name: FactName): Row {
  const row = rows().get(name);
  if (row === undefined) throw new TypeError(`no rule knows the fact ${name}`);
  return row;
}

/** The rule that a fact is reported by. */
export const ruleOf = (name: FactName): RuleId => rowOf(name).rule;

interface At {
  readonly line: number;
}

/** A fact without its place. */
export type Fact = Omit<Noticed, 'line' | 'side'>;

/** A fact whose place somebody else knows. */
export function factOf(name: FactName, words: Words = {}, severity?: Severity): Fact {
  const { line: _line, side: _side, ...rest } = factAt(name, { line: 1 }, words, severity);
  return rest;
}

/** A fact at a line of the new file. `severity`: only where it depends on what was found. */
export function factAt(name: FactName, { line }: At, words: Words = {}, severity?: Severity): Noticed {
  const row = rowOf(name);
  const level = severity ?? row.severity;
  return {
    rule: row.rule,
    row: name,
    line,
    side: 'new',
    message: filled(row.says, words),
    ...(level === undefined ? {} : { severity: level }),
  };
}

/** A fact at a line of the old file, for what was removed. */
export const factWas = (name: FactName, at: At, words: Words = {}, severity?: Severity): Noticed => ({
  ...factAt(name, at, words, severity),
  side: 'old',
});

/** At the new line, or at the old one where it was removed. */
export const factOn = (name: FactName, before: At | undefined, after: At | undefined, words: Words = {}): Noticed =>
  after === undefined ? factWas(name, before ?? { line: 1 }, words) : factAt(name, after, words);

/** A fact about a command. */
export function fact(name: FactName, words: Words = {}, severity?: Severity): CommandNotice {
  const row = rowOf(name);
  const level = severity ?? row.severity;
  return {
    rule: row.rule,
    row: name,
    does: filled(row.says, words),
    ...(level === undefined ? {} : { severity: level }),
  };
}
