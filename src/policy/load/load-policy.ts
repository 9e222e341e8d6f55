/**
 * The policy that applies on this machine: the base branch's when known, so that editor, hook and command line answer
 * as CI will.
 */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isolatedGit, type Repository } from '../../git';
import { BUILT_IN_POLICY, BUILT_IN_SOURCE, POLICY_PATH, type Policy, type PolicySource } from '..';
import type { Floor, PolicyProblem } from '../file/parse';
import { baseCommit, baseEntry, cacheOf } from './policy-on-base-branch';
import { managedFloors } from './policy-floors';
import { compiled, compiledFloors, type CompiledPolicy } from './compiled-policy-cache';
import { digestOf, extendedInFolder, extendedInTree } from './read-extended-files';
import { restrictsAgents, saveRestricting } from './restricts-agents-marker';
import { PeopleFileError, peopleInFolder, withPeopleFiles } from './people-files';
import { isPlainFile, kindOf, treeFiles } from './read-files-of-commit';

/** `problems`: of the file that should have applied; the built-in policy takes its place. */
export interface LoadedPolicy
  extends
    PolicySource,
    Pick<CompiledPolicy, 'patternLines' | 'problems' | 'readable' | 'less' | 'enforced' | 'origins'> {
  readonly policy: Policy;
  /** The working copy's file differs from the base branch's, so it does not apply yet. */
  readonly differsFromWorkingCopy: boolean;
}

/**
 * `floors` lie under it: what they require holds even where the repository's policy is missing or broken.
 * Loads it: from `origin/HEAD` when that is known and has a policy; else the working copy's; else the built-in one.
 * The content of a policy never makes it throw; a git that can't be started throws a GitError.
 */
export async function loadPolicy(
  repository: Repository,
  floors: readonly Floor[] = managedFloors(),
): Promise<LoadedPolicy> {
  const found = await find(repository, floors);
  if (found.problems.length === 0 || holdsAgents(found)) saveRestricting(repository, holding(found));
  return found;
}

/** What a broken policy no longer says about agents holds on. */
const holding = ({ readable, policy }: LoadedPolicy): Policy => readable ?? policy;

/** Whether it restricts agents. */
export const holdsAgents = (loaded: LoadedPolicy): boolean => restrictsAgents(holding(loaded));

/** What holds outside of any repository. */
export const policyOutside = (): Promise<LoadedPolicy> =>
  withoutPolicy(undefined, [], BUILT_IN_SOURCE, managedFloors());

/**
 * The same as `loadPolicy` with the people that the policy takes from files, as the gate reads them. `unread` says in a sentence why
 * they are not known; then only those that the policy itself lists are.
 */
export async function loadPolicyAndPeople(
  repository: Repository,
  floors?: readonly Floor[],
): Promise<LoadedPolicy & { readonly unread: string }> {
  const found = await loadPolicy(repository, floors);
  if (Object.keys(found.policy.peopleFiles).length === 0) return { ...found, unread: '' };
  const base = found.source === POLICY_PATH ? undefined : await baseCommit(repository);
  try {
    const policy =
      base === undefined
        ? await peopleInFolder(repository.root, found.source, found.policy)
        : await withPeopleFiles(found.policy, {
            policy: found.source,
            root: repository.root,
            where: 'on the base',
            inside: async (file) => (await treeFiles(repository, base, [file])).get(file),
          });
    return { ...found, policy, unread: '' };
  } catch (error) {
    if (!(error instanceof PeopleFileError)) throw error;
    return { ...found, unread: error.message };
  }
}

async function find(repository: Repository, floors: readonly Floor[]): Promise<LoadedPolicy> {
  const working = workingCopy(repository);
  const base = await baseEntry(repository);
  if (base === undefined)
    return working === undefined
      ? withoutPolicy(repository, [], BUILT_IN_SOURCE, floors)
      : fromWorkingCopy(repository, working, floors);
  const source = `${base.name}:${POLICY_PATH}`;
  const read = async (): Promise<Buffer> => (await isolatedGit(repository, ['cat-file', 'blob', base.id])).stdout;
  if (!isPlainFile(base))
    return {
      ...(await withoutPolicy(repository, [notAFile(kindOf(base))], source, floors)),
      differsFromWorkingCopy: true,
    };
  const deciding = await compiled(
    cacheOf(repository),
    base.id,
    read,
    {
      stamp: base.commit,
      read: async (paths) =>
        extendedInTree(repository, base.commit ?? (await repository.commitId(base.ref)) ?? '', paths),
    },
    floors,
  );
  return {
    ...loaded(deciding, source),
    differsFromWorkingCopy: working?.kind !== 'file' || !isCopy(working.bytes.toString('latin1'), deciding.file),
  };
}

/** Whether git would store this content as the file, as it is or with its line endings normalized. */
const isCopy = (content: string, file: string): boolean =>
  content === file || content.replaceAll('\r\n', '\n') === file;

function loaded(from: CompiledPolicy, source: string): LoadedPolicy {
  const readable = from.readable === undefined ? {} : { readable: from.readable };
  if (from.policy === null) return { ...builtIn(from.problems, source), ...readable, digest: from.digest };
  return {
    ...readable,
    policy: from.policy,
    patternLines: from.patternLines,
    origins: from.origins,
    problems: from.problems,
    ...(from.less === undefined ? {} : { less: from.less }),
    ...(from.enforced === undefined ? {} : { enforced: from.enforced }),
    source,
    digest: from.digest,
    differsFromWorkingCopy: false,
  };
}

/** What holds without a usable policy: the floors, else the built-in one. */
async function withoutPolicy(
  repository: Repository | undefined,
  problems: readonly PolicyProblem[],
  source: string,
  floors: readonly Floor[],
): Promise<LoadedPolicy> {
  if (floors.length === 0) return builtIn(problems, source);
  const found = await compiledFloors(repository ? cacheOf(repository) : null, floors);
  const all = [...problems, ...found.problems];
  return found.policy === null
    ? builtIn(all, source)
    : {
        ...loaded(
          found,
          // Locked settings are no policy: the built-in one goes on to advise.
          floors.every(({ ofSettings }) => ofSettings === true) ? source : floors.map(({ file }) => file).join(' + '),
        ),
        problems: all,
      };
}

function builtIn(problems: readonly PolicyProblem[], source: string): LoadedPolicy {
  return {
    policy: BUILT_IN_POLICY,
    patternLines: [],
    origins: {},
    problems,
    source,
    get digest() {
      return digestOf(Buffer.from(JSON.stringify(BUILT_IN_POLICY)));
    },
    differsFromWorkingCopy: false,
  };
}

type WorkingCopy =
  { readonly kind: 'file'; readonly bytes: Buffer } | { readonly kind: 'other'; readonly what: string };

function workingCopy(repository: Repository): WorkingCopy | undefined {
  const file = path.join(repository.root, POLICY_PATH);
  try {
    const found = lstatSync(file);
    if (found.isFile()) return { kind: 'file', bytes: readFileSync(file) };
    return { kind: 'other', what: found.isSymbolicLink() ? 'a symbolic link' : 'no plain file' };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? undefined
      : { kind: 'other', what: "a file that can't be read" };
  }
}

async function fromWorkingCopy(
  repository: Repository,
  working: WorkingCopy,
  floors: readonly Floor[],
): Promise<LoadedPolicy> {
  if (working.kind === 'other') return withoutPolicy(repository, [notAFile(working.what)], POLICY_PATH, floors);
  const { bytes } = working;
  return loaded(
    await compiled(
      cacheOf(repository),
      digestOf(bytes).replace(':', '-'),
      () => bytes,
      { stamp: undefined, read: (paths) => extendedInFolder(repository.root, paths) },
      floors,
    ),
    POLICY_PATH,
  );
}

const notAFile = (kind: string): PolicyProblem => ({
  line: 1,
  column: 1,
  message: `the policy is ${kind}`,
  suggestion: 'make it a plain file',
});
