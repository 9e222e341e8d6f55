/** Help texts, generated from the verbs themselves. */
import { AUDIENCE } from '../guard/audience-of-verbs';
import type { Verb } from './verb';

/** The verbs that people may use; the others are called by git. */
export const forPeople = (verbs: Readonly<Record<string, Verb | undefined>>): readonly Verb[] =>
  Object.values(verbs).flatMap((verb) => (verb === undefined || AUDIENCE[verb.name] === 'git' ? [] : [verb]));

/** The verbs by what somebody wants, in the order in which a newcomer meets them. */
export const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  'Set up': ['install', 'doctor', 'policy', 'uninstall'],
  'See who wrote what': ['status', 'show', 'blame', 'declare', 'notes', 'import'],
  'Get a change reviewed': ['ack', 'review', 'check', 'sign', 'ci'],
  'Restrict agents': ['may', 'audit', 'request-run', 'approve-run', 'exception', 'restore'],
  'After the merge': ['deploy', 'trace', 'incident', 'report', 'evidence'],
  'Export and delete data': ['export', 'fleet', 'prompts', 'purge', 'record'],
};
/** For a verb that no section names. */
const OTHERS = 'Other';

/** What `linekeeper help` prints. */
export function overview(all: Readonly<Record<string, Verb | undefined>>): string {
  const verbs = new Map(forPeople(all).map((verb) => [verb.name, verb]));
  const width = Math.max(...[...verbs.keys()].map((name) => name.length));
  const named = new Set(Object.values(SECTIONS).flat());
  const sections = { ...SECTIONS, [OTHERS]: [...verbs.keys()].filter((name) => !named.has(name)) };
  return [
    'linekeeper: shows who wrote each line, which changes are dangerous, and who must sign them off',
    '',
    'Usage: linekeeper COMMAND [--repo DIR] [--json]',
    '       linekeeper COMMAND --help     its options, an example and its exit codes',
    '       linekeeper --version',
    '',
    'New here? Run "linekeeper install --git --assistant found --notes", then "linekeeper doctor".',
    '',
    ...Object.entries(sections).flatMap(([title, names]) => {
      const lines = names.flatMap((name) => {
        const verb = verbs.get(name);
        return verb ? [`  ${name.padEnd(width)}  ${verb.summary}`] : [];
      });
      return lines.length === 0 ? [] : [title, ...lines, ''];
    }),
    'Exit codes: 0 yes or done, 1 no, 2 undecided or not done.',
    '',
  ].join('\n');
}

/** An option as somebody types it. `…` stands behind a value that may be given several times. */
export const optionWords = (name: string, { value, multiple }: Verb['options'][string]): string =>
  `--${name}${value === undefined ? '' : ` ${value}${multiple === true ? '…' : ''}`}`;

/** In the order of the usage: what most people need comes first there. */
export function optionsInOrder({ options, usage }: Verb): readonly [string, Verb['options'][string]][] {
  const place = (name: string): number => {
    const at = usage.search(new RegExp(`--${name}(?![\\w-])`));
    return at < 0 ? usage.length : at;
  };
  return Object.entries(options).toSorted(([a], [b]) => place(a) - place(b));
}

/** What `linekeeper VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const options = [...optionsInOrder(verb), ...Object.entries(COMMON)].map(
    ([name, option]) => [optionWords(name, option), option.says] as const,
  );
  const width = Math.max(...options.map(([words]) => words.length));
  const list = options.map(
    ([words, text]) =>
      `  ${words.padEnd(width)}  ${wrapped(text.split(' '), WIDTH - width).join(`\n${' '.repeat(width + 4)}`)}`,
  );
  return `${verb.summary}\n\n${usageLines(verb)
    .map((line, at) => `${at === 0 ? 'Usage: ' : '       '}${line}`)
    .join(
      '\n',
    )}\nExample: ${verb.example}\n${verb.more ?? ''}\n${list.join('\n')}\n\n${exitCodes(verb).replace(/(?<=[:.]) (?=\d+ )/g, '\n  ')}\n`;
}

/** A sentence on a verb's exit codes. A verb that only does something decides nothing. */
export const exitCodes = ({ exits = '0 done.' }: Pick<Verb, 'exits'>): string =>
  `Exit codes: ${exits}${exits.includes(' 2 ') ? '' : ` 2 ${exits.includes('0 if ') ? 'undecided' : 'not done'}: the message says why.`}`;

/** With what stands before it, a line has 100 characters. */
const WIDTH = 93;

/** Words as lines of at most so many characters, where no word is longer. `indent` begins each line but the first. */
function wrapped([first = '', ...words]: readonly string[], width: number, indent = ''): readonly string[] {
  const lines = [first];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + 1 + word.length > width) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Each way to call it begins a line; one that is too long goes on below its first word, never within brackets. */
export function usageLines({ name, usage }: Pick<Verb, 'name' | 'usage'>): readonly string[] {
  return outsideBrackets(usage, ' | ').flatMap((way) => {
    const start = `linekeeper ${name}`;
    return wrapped([start, ...outsideBrackets(way, ' ')], WIDTH, ' '.repeat(start.length + 1));
  });
}

/** The parts of a text between separators that are in no brackets. */
export function outsideBrackets(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ('[('.includes(char)) depth++;
    else if ('])'.includes(char)) depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Every verb has these. */
export const COMMON: Verb['options'] = {
  repo: { type: 'string', value: 'DIR', says: 'any folder of the repository; default: the current one' },
  json: { type: 'boolean', says: 'the answer as JSON' },
};
