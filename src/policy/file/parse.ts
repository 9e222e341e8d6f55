/**
 * The text of a policy file to a policy: the room's second, heavy door (YAML and zod). Load it on demand.
 */
import { mistakesOf, policyOf } from './interpret';
import { problemsOf } from './schema-errors';
import { policyShape } from './schema';
import { LEVELS, type Level, type Policy } from '../types';
import { readYaml, type LocatedData, type LocatedProblem, type Path, type Place } from './yaml-source';

export { adviceOf, type AdviceFacts } from '../advice';
export { cursorIn, type Cursor } from './cursor';
export { helpAt, type PolicyHelp, type PolicyOffer } from './completion';
export { parsePeopleFile, type PeopleByLevel } from './people-file';
export { suggestionFor } from '../did-you-mean';
export { readYaml, type LocatedData, type Path } from './yaml-source';

/** Something to mend in a policy file. Line and column count from 1, the column in UTF-16 units. */
export type PolicyProblem = LocatedProblem;

export type ParsedPolicy =
  | {
      readonly ok: true;
      readonly policy: Policy;
      /** Line of each pattern: `patternLines[tier][pattern]`, both in the policy's order. */
      readonly patternLines: readonly (readonly number[])[];
      /** The files with people that the policy names, and where it does so. */
      readonly peopleFiles: readonly NamedPeopleFile[];
      /** Where the value at a path begins. */
      readonly placeOf: (path: Path) => Place;
    }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** A file that a policy takes people from; its place is that of the name, as in PolicyProblem. */
export interface NamedPeopleFile extends Place {
  readonly file: string;
  readonly level: Level | 'all';
}

/** Most problems told at once. */
const MOST_PROBLEMS = 50;

/**
 * Parses a policy: text, or bytes that must be UTF-8. Whatever is unknown, missing, doubled or of the wrong kind is a
 * problem; there is no policy as long as there is one. Never throws.
 */
export function parsePolicy(source: string | Uint8Array): ParsedPolicy {
  const text = typeof source === 'string' ? source : decode(source);
  if (text === undefined) return failed([{ line: 1, column: 1, message: 'the file is not UTF-8 text', suggestion: 'save it as UTF-8' }]);
  const data = readYaml(text);
  if (!('value' in data)) return failed(data);
  if (data.value === null) return failed([{ line: 1, column: 1, message: 'the policy is empty', suggestion: 'begin with version: 1 and tiers:' }]);
  const shaped = policyShape.safeParse(data.value);
  if (!shaped.success) return failed(problemsOf(shaped.error.issues, data));
  const mistakes = mistakesOf(shaped.data);
  if (mistakes.length > 0) {
    return failed(mistakes.map(({ path, ofKey, message, suggestion }) => ({ ...(ofKey === true ? data.keyAt(path) : data.valueAt(path)), message, suggestion })));
  }
  const policy = policyOf(shaped.data);
  const patternLines = policy.tiers.map((tier, rank) => tier.paths.map((_, index) => data.valueAt(['tiers', rank, 'paths', index]).line));
  return { ok: true, policy, patternLines, peopleFiles: peopleFilesOf(policy, data), placeOf: (path) => data.valueAt(path) };
}

function peopleFilesOf({ peopleFiles }: Policy, data: LocatedData): readonly NamedPeopleFile[] {
  const all = (peopleFiles.all ?? []).map((file): NamedPeopleFile => ({ file, level: 'all', ...data.valueAt(['people', 'from']) }));
  return [...all, ...LEVELS.flatMap((level) => (peopleFiles[level] ?? []).map((file): NamedPeopleFile => ({ file, level, ...data.valueAt(['people', level, 'from']) })))];
}

function failed(problems: readonly PolicyProblem[]): ParsedPolicy {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, problems: sorted.slice(0, MOST_PROBLEMS) };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
