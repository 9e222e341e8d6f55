/** Help texts, generated from the verbs themselves. */
import { AUDIENCE } from '../guard/verb-audience';
import type { Verb } from './command';

/** The verbs that people may use; the others are called by git. */
export const forPeople = (verbs: Readonly<Record<string, Verb | undefined>>): readonly Verb[] =>
  Object.values(verbs).flatMap((verb) => (verb === undefined || AUDIENCE[verb.name] === 'git' ? [] : [verb]));

/** What `linekeeper help` prints. */
export function overview(all: Readonly<Record<string, Verb | undefined>>): string {
  const verbs = forPeople(all);
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  return [
    'linekeeper: who wrote each line, how dangerous it is, and who must look at it',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Every command takes --repo DIR, and --json where it prints something. "linekeeper COMMAND --help" says more.',
    'Exit codes: 0 yes, 1 no, 2 cannot decide.',
    '',
  ].join('\n');
}

/** What `linekeeper VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const options = Object.entries({ ...verb.options, ...COMMON }).map(
    ([name, { value, says }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, says] as const,
  );
  const width = Math.max(...options.map(([words]) => words.length));
  const list = options.map(([words, text]) => `  ${words.padEnd(width)}  ${text}`);
  return `${verb.summary}\n\nUsage: linekeeper ${verb.name} ${verb.usage}\n${verb.more ?? ''}\n${list.join('\n')}\n`;
}

/** Every verb has these. */
const COMMON: Verb['options'] = {
  repo: { type: 'string', value: 'DIR', says: 'any folder of the repository; default: the current one' },
  json: { type: 'boolean', says: 'the answer as JSON' },
};
