/** A program's rows: what its command has to be like, and what to say of it. */
import { takesOf } from '../shell';
import { fact, type Sentence } from '../rule-rows/facts-from-sentences';
import type { Severity } from '../finding';
import type { CommandRow } from '../rules/types';
import { has, input, plain, type Call, type CommandNotice, type Family } from './program-call';
import { doesInCloud, operandOf } from './describe-losses';

/** What a row asks of a command. */
export type Conditions = Pick<CommandRow, 'verb' | 'with' | 'without' | 'line' | 'not' | 'text' | 'only'>;

/** A row of a family: the first one that fits says what the command does. */
export interface FamilyRow extends Conditions {
  /** The sentence, or who judges the command. Gaps: `{does}`, what is done to what, `{what}`, the third word, `{name}`. */
  readonly says: Sentence | Family;
  /** Other words for the gaps. */
  readonly words?: (call: Call, words: readonly string[]) => Readonly<Record<string, string>>;
  /** Only where one sentence has several. */
  readonly severity?: Severity;
}

/** `words`: those that are no options; `line`: all arguments. */
export const fits = (row: Conditions, call: Call, words: readonly string[], line: string): boolean =>
  (row.verb === undefined ||
    (typeof row.verb === 'string' ? startsWith(words, row.verb) : row.verb.test(words.join(' ')))) &&
  (row.with === undefined || has(call, row.with)) &&
  (row.without === undefined || !has(call, row.without)) &&
  (row.line?.test(line) ?? true) &&
  row.not?.test(line) !== true &&
  (row.text?.test(`${line}\n${input(call) ?? ''}`) ?? true) &&
  (row.only?.(call, words) ?? true);

/** Whether the words begin with one of these, `forget, key remove, kv:*`. */
export const startsWith = (words: readonly string[], verbs: string): boolean =>
  verbs.split(', ').some((verb) =>
    verb.split(' ').every((part, index) => {
      const word = words[index];
      if (word === undefined) return false;
      return part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : word === part;
    }),
  );

/** What the first row that fits says. `program`: whose options take a value. */
export const byRows =
  (program: string, ...rows: readonly FamilyRow[]): Family =>
  (call) => {
    const words = plain(call, takesOf(program));
    const line = call.args.join(' ');
    const row = rows.find((candidate) => fits(candidate, call, words, line));
    return row === undefined ? undefined : said(row, call, words);
  };

function said({ says, severity, words: wordsOf }: FamilyRow, call: Call, words: readonly string[]): ReturnType<Family> {
  if (typeof says === 'function') return says(call);
  const gaps: Record<string, string> = { what: (words[2] ?? '').slice(0, 40) };
  if (says.includes('{does}')) gaps['does'] = doesInCloud(call);
  if (says.includes('{name}')) gaps['name'] = operandOf(call);
  return fact(says, { ...gaps, ...wordsOf?.(call, words) }, severity);
}

/** What a family says, but for commands that do no harm. */
export const unless =
  (isHarmless: (call: Call) => boolean, family: Family): Family =>
  (call) =>
    isHarmless(call) ? undefined : family(call);

/** What the first family that finds something says. */
export const firstOf =
  (...families: readonly Family[]) =>
  (call: Call): CommandNotice | readonly CommandNotice[] | undefined =>
    families.map((family) => family(call)).find((found) => found !== undefined);
