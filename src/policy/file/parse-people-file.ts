/**
 * The files that `{from: PATH}` names under `people`. Behind the heavy door, like `./parse`.
 */
import { problemsOf } from './schema-errors';
import { peopleListsOf } from './schema';
import { LEVELS, type Level } from '../types';
import { readYaml, type LocatedProblem } from './read-yaml-with-positions';

export type PeopleByLevel = Readonly<Record<Level, readonly string[]>>;

/**
 * Parses such a file. For one level: one person per line, with `#` for comments, or a YAML or JSON list. For `all`:
 * lists under the levels, as in the policy itself.
 */
export function parsePeopleFile(
  text: string,
  level: Level,
  levels: readonly Level[] = LEVELS,
): PeopleByLevel | readonly LocatedProblem[] {
  const source = level === 'all' ? text : asYaml(text, level);
  const data = readYaml(source);
  if (!('value' in data)) return data;
  const shaped = peopleListsOf(levels).safeParse(data.value);
  return shaped.success ? shaped.data : problemsOf(shaped.error.issues, data, ['people']);
}

function asYaml(text: string, level: Level): string {
  if (/^\s*\[/.test(text)) return `${level}: ${text}`;
  const people = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .replace(/^- +/, '')
        .replace(/^(["'])(.*)\1$/, '$2'),
    )
    .filter((line) => line !== '' && line !== '---');
  return JSON.stringify({ [level]: people });
}
