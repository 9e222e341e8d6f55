/** The people that a policy takes from files (`{from: FILE}`), read from the same place as the policy itself. */
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { SEPARATOR } from '../../base/platform';
import { levelsOf, quoted, type Policy } from '..';
import type { PeopleByLevel, PolicyProblem } from '../file/parse';
import { extendedInFolder } from './read-extended-files';

/** A file with people can't be read, so nobody's level is known. The message is for people. */
export class PeopleFileError extends Error {
  override readonly name = 'PeopleFileError';
}

export interface PlaceOfPeople {
  /** The policy, as it is named to people. */
  readonly policy: string;
  /** The top folder of the checked-out tree. */
  readonly root: string;
  /** Where a file with a relative name has to be: `on the base`. */
  readonly where: string;
  /** Reads one with a relative name. */
  readonly inside: (file: string) => Promise<Content | undefined>;
}

type Content =
  { readonly kind: 'file'; readonly bytes: Uint8Array } | { readonly kind: 'other'; readonly what: string };

/** The policy with the people that other files list. Throws a {@link PeopleFileError}. */
export async function withPeopleFiles(policy: Policy, place: PlaceOfPeople): Promise<Policy> {
  const named = Object.entries<readonly string[]>(policy.peopleFiles);
  if (named.length === 0) return policy;
  const { parsePeopleFile } = await import('../file/parse');
  const people: Record<string, readonly string[]> = { ...policy.people };
  for (const [which, files] of named)
    for (const file of files) {
      const text = path.isAbsolute(file) ? readOutside(file, place) : await readInside(file, place);
      const listed = parsePeopleFile(text, which, levelsOf(policy));
      if (!isLists(listed))
        throw new PeopleFileError(
          `The people file that the policy names is broken, so nobody's level is known. Fix it:\n${problemLines(file, listed)}`,
        );
      for (const level of levelsOf(policy)) people[level] = [...(people[level] ?? []), ...(listed[level] ?? [])];
    }
  return { ...policy, people };
}

/** The same with the files of a work tree. `name`: the policy, for people. Throws a {@link PeopleFileError}. */
export const peopleInFolder = (root: string, name: string, policy: Policy): Promise<Policy> =>
  withPeopleFiles(policy, {
    policy: name,
    root,
    where: 'here',
    inside: (file) => {
      const found = extendedInFolder(root, [file]).get(file);
      return Promise.resolve(found && { kind: 'file', bytes: found.bytes });
    },
  });

const isLists = (listed: PeopleByLevel | readonly PolicyProblem[]): listed is PeopleByLevel => !Array.isArray(listed);

/** `file:line:column: message (suggestion)`, one a line. */
export const problemLines = (file: string, problems: readonly PolicyProblem[]): string =>
  problems
    .map(
      ({ line, column, message, suggestion }) =>
        `${quoted(file)}:${String(line)}:${String(column)}: ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
    )
    .join('\n');

async function readInside(file: string, { policy, where, inside }: PlaceOfPeople): Promise<string> {
  const found = await inside(file);
  if (found?.kind === 'file') return Buffer.from(found.bytes).toString('utf8');
  throw new PeopleFileError(
    `${quoted(policy)} takes people from ${quoted(file)}, which is ${found === undefined ? 'not' : found.what} ${where}. Add it there as a plain file, or name a file outside by its absolute path.`,
  );
}

/** A file outside the checked-out tree: anybody could have written one inside. */
function readOutside(file: string, { root, policy }: PlaceOfPeople): string {
  try {
    if (isInside(root, realpathSync(file)) || isInside(root, path.resolve(file)))
      throw new PeopleFileError(
        `${quoted(policy)} takes people from ${quoted(file)}, which lies in the checked-out tree, where the change itself could have written it. Name it relative to the root, so that the base's is read.`,
      );
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof PeopleFileError) throw error;
    throw new PeopleFileError(
      `${quoted(policy)} takes people from ${quoted(file)}, which can't be read here (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`,
    );
  }
}

/** Whether an absolute path is a folder or is inside it. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${SEPARATOR}`) && !path.isAbsolute(relative));
}
