/** A program's rows: the words that say what it does, an option that it must have, and what to say of it. */
import { takesOf } from '../shell';
import { fact, type Sentence } from '../rule-rows/sentences-of-code-rules';
import { has, plain, type Family } from './program-call';
import { doesInCloud } from './describe-losses';

type VerbRow = readonly [verb: RegExp, sentence: Sentence, option?: RegExp];

/**
 * What the first row that fits says. `program`: whose options take a value. Gaps: `{does}`, what is done to what, and
 * `{what}`, the third word.
 */
export const byVerb =
  (program: string, ...rows: readonly VerbRow[]): Family =>
  (call) => {
    const words = plain(call, takesOf(program));
    const line = words.join(' ');
    const [, sentence] =
      rows.find(([verb, , option]) => verb.test(line) && (option === undefined || has(call, option))) ?? [];
    if (sentence === undefined) return undefined;
    const target = (words[2] ?? '').slice(0, 40);
    return fact(sentence, sentence.includes('{does}') ? { does: doesInCloud(call) } : { what: target });
  };
