/**
 * What decides, read from the tip of the base branch: nothing in the change itself can influence it.
 */
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../git';
import {
  LEVELS,
  POLICY_PATH,
  quoted,
  type Level,
  type Policy,
  type PolicySource,
  codeownersIn,
  CODEOWNERS_PATHS,
  parseCodeowners,
  type OwnersOf,
} from '../policy';
import {
  filesExtended,
  parsePeopleFile,
  parsePolicy,
  saidBy,
  type PeopleByLevel,
  type PolicyProblem,
} from '../policy/file/parse';
import { digestOf, digestWith, extendedInTree, treeFiles, type ExtendedFiles, type TreeFile } from '../policy/load';
import { INCIDENTS_FOLDER } from '../incidents';
import { GateError } from './error';
import { SEPARATOR } from '../platform';

export interface Base {
  /** Including the people from the files that its `people` name. */
  readonly policy: Policy;
  readonly source: PolicySource;
  readonly owners: OwnersOf;
  /** There are incident files. */
  readonly hasIncidents: boolean;
  /** Id of the blob of `.mailmap`; null when there is none. */
  readonly mailmap: string | null;
}

/**
 * Reads it. `name`: the base as the caller named it. `head`: what is to be decided, which may bring the first policy.
 * Throws a {@link GateError} when there is no usable policy.
 */
export async function readBase(
  repository: Repository,
  commit: string,
  name: string,
  head: string | null = null,
): Promise<Base> {
  const files = await treeFiles(repository, commit, [POLICY_PATH, ...CODEOWNERS_PATHS, '.mailmap', INCIDENTS_FOLDER]);
  const source = `${name}:${POLICY_PATH}`;
  const file = files.get(POLICY_PATH);
  if (file === undefined)
    throw noPolicy(name, head !== null && (await treeFiles(repository, head, [POLICY_PATH])).size > 0);
  const extended = await extendedInTree(repository, commit, file.kind === 'file' ? filesExtended(file.bytes) : []);
  const { policy, digest, meaning } = readPolicy(file, extended, source);
  const mailmap = files.get('.mailmap');
  return {
    policy: await withPeopleFiles(repository, commit, policy, source),
    source: { source, digest, meaning },
    owners: parseCodeowners(codeownersIn(files)),
    hasIncidents: files.has(INCIDENTS_FOLDER),
    mailmap: mailmap?.kind === 'file' ? mailmap.id : null,
  };
}

function noPolicy(name: string, isAdoption: boolean): GateError {
  return new GateError(
    'policy',
    isAdoption
      ? `This change brings the first policy (${POLICY_PATH}), as "linekeeper policy init" writes one. There is none on ${quoted(name)}, the base, and only the base's policy decides, so nothing can be decided yet. A person reads it and merges it without this check; it decides on every change from then on.`
      : `There is no policy (${POLICY_PATH}) on ${quoted(name)}, the base, and only the base's policy decides. Add one there first: "linekeeper policy init" writes one to start with, and a person merges it.`,
  );
}

function readPolicy(
  file: TreeFile,
  extended: ExtendedFiles,
  source: string,
): { readonly policy: Policy; readonly digest: string; readonly meaning: string } {
  if (file.kind === 'other')
    throw new GateError(
      'policy',
      `The policy on the base (${quoted(source)}) is ${file.what}. Make it a plain file there.`,
    );
  const parsed = parsePolicy(file.bytes, extended);
  if (!parsed.ok)
    throw new GateError(
      'policy',
      `The policy on the base is broken, so nothing can be decided. Mend it there:${parsed.problems.length === 1 ? ' ' : '\n'}${problemLines(source, parsed.problems)}`,
    );
  return {
    policy: parsed.policy,
    digest: digestWith(digestOf(file.bytes), extended),
    meaning: digestOf(Buffer.from(saidBy(file.bytes, extended))),
  };
}

const problemLines = (file: string, problems: readonly PolicyProblem[]): string =>
  problems
    .map(
      ({ line, column, message, suggestion }) =>
        `${quoted(file)}:${String(line)}:${String(column)}: ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
    )
    .join('\n');

/** The policy with the people that other files list. */
async function withPeopleFiles(
  repository: Repository,
  commit: string,
  policy: Policy,
  source: string,
): Promise<Policy> {
  const people: Record<Level, readonly string[]> = { ...policy.people };
  for (const [which, files] of Object.entries(policy.peopleFiles) as [Level | 'all', readonly string[]][]) {
    for (const file of files) {
      const text = path.isAbsolute(file)
        ? readOutside(repository, file, source)
        : await readInside(repository, commit, file, source);
      const listed = parsePeopleFile(text, which);
      if (!isLists(listed))
        throw new GateError(
          'people',
          `The people file that the policy names is broken, so nobody's level is known. Mend it:\n${problemLines(file, listed)}`,
        );
      for (const level of LEVELS) people[level] = [...people[level], ...listed[level]];
    }
  }
  return { ...policy, people };
}

const isLists = (listed: PeopleByLevel | readonly PolicyProblem[]): listed is PeopleByLevel => 'senior' in listed;

async function readInside(repository: Repository, commit: string, file: string, source: string): Promise<string> {
  const found = (await treeFiles(repository, commit, [file])).get(file);
  if (found?.kind === 'file') return found.bytes.toString('utf8');
  throw new GateError(
    'people',
    `${quoted(source)} takes people from ${quoted(file)}, which is ${found === undefined ? 'not' : found.what} on the base. Add it there as a plain file, or name a file outside by its absolute path.`,
  );
}

/** A file outside the checked-out tree: anybody could have written one inside. */
function readOutside(repository: Repository, file: string, source: string): string {
  try {
    if (isInside(repository.root, realpathSync(file)) || isInside(repository.root, path.resolve(file)))
      throw new GateError(
        'people',
        `${quoted(source)} takes people from ${quoted(file)}, which lies in the checked-out tree, where the change itself could have written it. Name it relative to the root, so that the base's is read.`,
      );
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError(
      'people',
      `${quoted(source)} takes people from ${quoted(file)}, which can't be read here (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`,
    );
  }
}

/** Whether an absolute path is a folder or is inside it. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${SEPARATOR}`) && !path.isAbsolute(relative));
}
