/**
 * What decides, read from the tip of the base branch: nothing in the change itself can influence it.
 */
import type { Repository } from '../../git';
import {
  POLICY_PATH,
  quoted,
  type Policy,
  type PolicySource,
  codeownersIn,
  CODEOWNERS_PATHS,
  filesBesidePolicy,
  ownerlessLines,
  parseCodeowners,
  type OwnersOf,
} from '../../policy';
import {
  filesExtended,
  parseFloors,
  parsePolicy,
  saidBy,
  type Floor,
  type Floored,
  type PolicyProblem,
} from '../../policy/file/parse';
import {
  digestOf,
  digestWith,
  extendedAmong,
  PeopleFileError,
  problemLines,
  treeFiles,
  withPeopleFiles,
  type ExtendedFiles,
  type TreeFile,
} from '../../policy/load';
import { INCIDENTS_FOLDER } from '../../policy/incidents';
import type { TreeSource } from './repository-reads';
import { GateError } from './gate-error';

export interface Base {
  /** Including the people from the files that its `people` name. */
  readonly policy: Policy;
  readonly source: PolicySource;
  readonly owners: OwnersOf;
  /** Files without an owner, by the line of CODEOWNERS. */
  readonly ownerless: ReturnType<typeof ownerlessLines>;
  /** There are incident files. */
  readonly hasIncidents: boolean;
  /** Id of the blob of `.mailmap`; null when there is none. */
  readonly mailmap: string | null;
  /** Where the policy asks for less than a floor that only observes. */
  readonly less?: readonly PolicyProblem[];
  /** What holds once the floors enforce that only observe. Left out where there are none. Throws a {@link GateError}. */
  readonly enforced?: () => Promise<Policy>;
}

/** The files of a repository's commits. */
export const treesIn = (repository: Repository): TreeSource => ({
  root: repository.root,
  files: (commit, paths) => treeFiles(repository, commit, paths),
});

/**
 * Reads it. `name`: the base as the caller named it. `head`: what is to be decided, which may bring the first policy.
 * Throws a {@link GateError} when there is no usable policy.
 */
export const readBase = (
  repository: Repository,
  commit: string,
  name: string,
  head: string | null = null,
  floors: readonly Floor[] = [],
): Promise<Base> => readBaseFrom(treesIn(repository), commit, name, head, floors);

/** The same from any source of files. */
export async function readBaseFrom(
  source: TreeSource,
  commit: string,
  name: string,
  head: string | null = null,
  floors: readonly Floor[] = [],
): Promise<Base> {
  const files = await source.files(commit, [POLICY_PATH, ...CODEOWNERS_PATHS, '.mailmap', INCIDENTS_FOLDER]);
  const place = `${name}:${POLICY_PATH}`;
  const file = files.get(POLICY_PATH);
  if (file === undefined && floors.length === 0)
    throw noPolicy(name, head !== null && (await source.files(head, [POLICY_PATH])).size > 0);
  const extended = await extendedBy(source, commit, file);
  const { policy, less, enforced, ...about }: ReadPolicy =
    file === undefined ? policyOfFloors(floors) : readPolicy(file, extended, place, floors);
  const mailmap = files.get('.mailmap');
  return {
    policy: await withPeople(source, commit, policy, place),
    source: {
      source: place,
      ...about,
      ...(floors.length === 0
        ? {}
        : { floors: floors.map((floor) => ({ source: floor.file, digest: digestOf(floor.bytes) })) }),
    },
    owners: parseCodeowners(codeownersIn(files)),
    ownerless: ownerlessLines(codeownersIn(files)),
    hasIncidents: files.has(INCIDENTS_FOLDER),
    mailmap: mailmap?.kind === 'file' ? mailmap.id : null,
    ...(less === undefined ? {} : { less }),
    ...(enforced === undefined ? {} : { enforced: () => withPeople(source, commit, enforced, place) }),
  };
}

/** The files of a commit that its policy extends. */
const extendedBy = async (source: TreeSource, commit: string, file: TreeFile | undefined): Promise<ExtendedFiles> =>
  extendedAmong(await source.files(commit, file?.kind === 'file' ? filesExtended(file.bytes) : []));

interface ReadPolicy extends Pick<Base, 'less'> {
  readonly policy: Policy;
  readonly enforced?: Policy;
  readonly digest: string;
  readonly meaning: string;
  /** Where it is, unless it is the base's file. */
  readonly source?: string;
}

function noPolicy(name: string, isAdoption: boolean): GateError {
  return new GateError(
    'policy',
    isAdoption
      ? `This change adds the first policy (${POLICY_PATH}), as "linekeeper policy init" writes one. There is none on ${quoted(name)}, the base, and only the base's policy decides, so nothing can be decided yet. A person reads it and merges it without this check; it decides on every change from then on.`
      : `There is no policy (${POLICY_PATH}) on ${quoted(name)}, the base, and only the base's policy decides. Add one there first: "linekeeper policy init" writes one to start with, and a person merges it.`,
  );
}

/** What floors require of a repository without a policy; undefined when that is nothing. */
function policyOfFloors(floors: readonly Floor[]): ReadPolicy {
  const found = parsedFloors(floors);
  if (found === undefined)
    throw new GateError(
      'policy',
      `There is no policy (${POLICY_PATH}) on the base, and the floor has no tiers, so nothing can be decided. Add tiers to one of them.`,
    );
  const digest = digestOf(Buffer.concat(floors.map(({ bytes }) => bytes)));
  const { policy, enforced } = found;
  return {
    policy,
    ...(enforced && { enforced }),
    source: floors.map(({ file }) => file).join(' + '),
    digest,
    meaning: digest,
  };
}

function parsedFloors(floors: readonly Floor[]): Floored | undefined {
  const found = parseFloors(floors);
  if (found === undefined || 'policy' in found) return found;
  const says = `The floor is broken, so nothing can be decided: ${found[0]?.message ?? ''}. Fix it.`;
  throw new GateError('policy', says);
}

function readPolicy(file: TreeFile, extended: ExtendedFiles, source: string, floors: readonly Floor[]): ReadPolicy {
  if (file.kind === 'other')
    throw new GateError(
      'policy',
      `The policy on the base (${quoted(source)}) is ${file.what}. Make it a plain file there.`,
    );
  const parsed = parsePolicy(file.bytes, extended, floors);
  if (!parsed.ok) {
    parsedFloors(floors);
    const isLess = floors.length > 0 && parsePolicy(file.bytes, extended).ok;
    throw new GateError(
      'policy',
      `${isLess ? "The policy on the base requires less than the company's floor" : 'The policy on the base is broken'}, so nothing can be decided. Correct it:${parsed.problems.length === 1 ? ' ' : '\n'}${problemLines(source, parsed.problems)}${isLess ? '\nTo stop nothing until every repository fits, write mode: observe in the floor.' : ''}`,
    );
  }
  return {
    policy: parsed.policy,
    ...(parsed.less === undefined ? {} : { less: parsed.less }),
    ...(parsed.enforced === undefined ? {} : { enforced: parsed.enforced }),
    digest: digestWith(digestOf(file.bytes), extended),
    meaning: digestOf(Buffer.from(saidBy(file.bytes, extended))),
  };
}

/** What a change makes of the policy. */
export interface NextPolicy {
  /**
   * Files from which it takes people or signers, without those that the base names too: whoever changes one of them
   * decides who signs after the merge. None if it can't be read: after the merge nothing passes then.
   */
  readonly files: readonly string[];
  /** What no longer holds once it decides, as a sentence: every check, or the statuses of an observing one. */
  readonly afterMerge?: string;
}

/** Reads it at the head, where `isChanged` says which files the change touches. */
export async function readNextPolicy(
  source: TreeSource,
  { head, base, isChanged }: { head: string; base: Policy; isChanged: (path: string) => boolean },
  floors: readonly Floor[] = [],
): Promise<NextPolicy> {
  const file = (await source.files(head, [POLICY_PATH])).get(POLICY_PATH);
  const breaks = (defect: string): string =>
    `This change breaks ${POLICY_PATH} (${defect}). After the merge, every check ends with 2.`;
  if (file?.kind !== 'file') {
    const gone = `This change removes ${POLICY_PATH}: after the merge ${floors.length === 0 ? 'no policy' : 'only the floor'} holds.`;
    return { files: [], ...(isChanged(POLICY_PATH) && { afterMerge: file === undefined ? gone : breaks(file.what) }) };
  }
  const extended = await extendedBy(source, head, file);
  const alone = parsePolicy(file.bytes, extended);
  const whole = floors.length === 0 ? alone : parsePolicy(file.bytes, extended, floors);
  const known = new Set(filesBesidePolicy(base));
  const said = whole.ok
    ? base.mode === 'observe' && whole.policy.mode !== 'observe'
      ? ENFORCES
      : undefined
    : whole.problems.map(({ line, column, message }) => breaks(`${String(line)}:${String(column)}: ${message}`))[0];
  return {
    files: alone.ok ? filesBesidePolicy(alone.policy).filter((name) => !known.has(name)) : [],
    // An older branch may have what the base has mended since.
    ...(said !== undefined && [POLICY_PATH, ...filesExtended(file.bytes)].some(isChanged) && { afterMerge: said }),
  };
}

const ENFORCES =
  'After the merge, the policy enforces. An open pull request keeps its green status from the time of observing: require branches to be up to date with the base, or run the jobs again.';

async function withPeople(source: TreeSource, commit: string, policy: Policy, place: string): Promise<Policy> {
  try {
    return await withPeopleFiles(policy, {
      policy: place,
      root: source.root,
      where: 'on the base',
      inside: async (file) => (await source.files(commit, [file])).get(file),
    });
  } catch (error) {
    if (error instanceof PeopleFileError) throw new GateError('people', error.message);
    throw error;
  }
}
