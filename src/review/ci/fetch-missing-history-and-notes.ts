/** Fetches what a job's clone lacks: history, the commits of the change, and the notes. */
import { fetchLineNotes, noteIds, RUNS_REF } from '../../provenance/commits';
import { GitError, readCommits, whereCutOff, type Repository } from '../../git';
import { fetchNotes, NotesError } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { fetchSignOffs } from '../gate/sign-offs';
import { type ForgeJobs, CiError } from '../forges';

interface Wanted {
  /** How its jobs are. */
  readonly jobs: ForgeJobs;
  readonly remote: string;
  /** The ref at the forge that has the change. */
  readonly headRef: string;
  /** The commit to decide on. */
  readonly head: string;
  /** Target branch. */
  readonly base: string;
}

const NETWORK_MS = 10 * 60_000;

/** Where what was fetched is kept: not a branch, and not visible to people. */
const BASE = 'refs/linekeeper/ci/base';

/**
 * Fetches the current base branch and the change, with all of their history. Returns the id of the base's tip. Throws a
 * {@link CiError}.
 */
export async function fetchChange(
  repository: Repository,
  { jobs, remote, headRef, head, base }: Wanted,
): Promise<string> {
  if (!/^refs\/[\w-]+\/./.test(headRef) || !isBranch(headRef.slice('refs/'.length)))
    throw new CiError('The name of the branch to merge has characters that no branch has.');
  if (!isBranch(base)) throw new CiError('The name of the target branch has characters that no branch has.');
  const shallow = whereCutOff(repository).length > 0;
  const answer = await fetchRefs(
    repository,
    remote,
    [`+refs/heads/${base}:${BASE}`, `+${headRef}:refs/linekeeper/ci/head`],
    shallow,
  );
  if (answer.code !== 0) {
    throw new CiError(
      `The target branch and the commits of the change could not be fetched (${reasonIn(answer.stderr)}). Add to the job: ${jobs.wholeClone}`,
    );
  }
  if (whereCutOff(repository).length > 0)
    throw new CiError(`History is cut off here and the rest could not be fetched. Add to the job: ${jobs.wholeClone}`);
  const tip = await repository.commitId(BASE);
  if (tip === undefined) throw new CiError('The target branch could not be fetched.');
  if ((await repository.commitId(head)) === undefined) await fetchRefs(repository, remote, [head], false);
  if ((await repository.commitId(head)) === undefined)
    throw new CiError(
      `The commit ${head.slice(0, 12)} that this job is about can't be fetched. If newer commits were pushed meanwhile, their own job decides.`,
    );
  return tip;
}

/** At most this many missing approved commits are fetched. */
const LOOKED_FOR = 10;

/**
 * Fetches commits by their ids, as after a force push; those that the forge no longer has stay missing. Returns whether
 * any was missing.
 */
export async function fetchCommits(
  repository: Repository,
  remote: string,
  commits: readonly string[],
): Promise<boolean> {
  const named = [...new Set(commits)].filter((commit) => !/^0+$/.test(commit));
  const here = await readCommits(repository, named);
  const missing = named.filter((commit) => !here.has(commit)).slice(0, LOOKED_FOR);
  if (missing.length === 0) return false;
  // One that is not there fails them all.
  if ((await fetchRefs(repository, remote, missing, false)).code !== 0 && missing.length > 1)
    for (const commit of missing) await fetchRefs(repository, remote, [commit], false);
  return true;
}

/** Fetches the attribution notes and signed sign-offs; returns a sentence when that failed. */
export async function fetchNotesQuietly(repository: Repository, remote: string): Promise<readonly string[]> {
  try {
    await fetchNotes(repository, remote);
    await fetchSignOffs(repository, remote);
    await fetchLineNotes(repository, [RUNS_REF], remote); // which approvals agents gave
    return [];
  } catch (error) {
    if (error instanceof NotesError) return [`${error.message} Lines whose notes are missing count as unknown.`];
    if (error instanceof GitError) return [`${error.message} Only approvals on the Git host count.`];
    throw error;
  }
}

/** Fetches the commits of pull requests, as far as they exist; returns nothing, as each may be deleted. */
export async function fetchHeads(
  repository: Repository,
  remote: string,
  { keptRef }: ForgeJobs,
  numbers: readonly number[],
): Promise<void> {
  if (keptRef === undefined) return;
  for (const number of numbers)
    await fetchRefs(repository, remote, [`+${keptRef(number)}:refs/linekeeper/ci/merged/${String(number)}`], false);
}

/** At most this many pull requests are fetched to find those that commits come from. */
const SEARCHED_AT_MOST = 100;

/**
 * Fetches the commits of pull requests whose last one has a note but is missing here, the latest requests first:
 * commits from the rebase button, or from a squash with a rewritten message, do not say which request they belong to.
 * Returns how many were fetched.
 */
export async function fetchNotedHeads(repository: Repository, remote: string, { keptRef }: ForgeJobs): Promise<number> {
  if (keptRef === undefined) return 0;
  const pattern = keptRef('*');
  const answer = await repository.git(['ls-remote', '--quiet', '--refs', '--', remote, pattern], {
    codes: [0, 1, 2, 128],
    timeout: NETWORK_MS,
  });
  const noted = await noteIds(repository);
  const heads = answer.stdout
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const [, id = '', number = ''] = /^([0-9a-f]{40,64})\trefs\/[a-z-]+\/([1-9]\d{0,9})\/head$/.exec(line) ?? [];
      return noted.has(id) ? [{ id, number: Number(number) }] : [];
    })
    .sort((one, other) => other.number - one.number);
  const here = await readCommits(
    repository,
    heads.map(({ id }) => id),
  );
  const absent = heads.filter(({ id }) => !here.has(id)).slice(0, SEARCHED_AT_MOST);
  if (absent.length === 0) return 0;
  const refspecs = absent.map(({ number }) => `+${keptRef(number)}:refs/linekeeper/ci/merged/${String(number)}`);
  return (await fetchRefs(repository, remote, refspecs, false)).code === 0 ? absent.length : 0;
}

/** The whole history of the checked-out branch. */
export async function fetchRest(repository: Repository, remote: string, branch: string): Promise<void> {
  if (!isBranch(branch)) throw new CiError('The name of the branch has characters that no branch has.');
  const answer = await fetchRefs(
    repository,
    remote,
    [`+refs/heads/${branch}:${BASE}`],
    whereCutOff(repository).length > 0,
  );
  if (answer.code !== 0)
    throw new CiError(`The history of ${branch} could not be fetched (${reasonIn(answer.stderr)}).`);
}

export const fetchRefs = (
  repository: Repository,
  remote: string,
  refspecs: readonly string[],
  shallow: boolean,
): ReturnType<Repository['git']> =>
  repository.git(
    [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      ...(shallow ? ['--unshallow'] : []),
      '--',
      remote,
      ...refspecs,
    ],
    { codes: [0, 1, 128], timeout: NETWORK_MS },
  );

/** A name that git accepts as a branch and nothing else (git-check-ref-format). */
const isBranch = (name: string): boolean =>
  /^[^-/.\s~^:?*[\\\p{Cc}@][^\s~^:?*[\\\p{Cc}]*$/u.test(name) &&
  !/\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)|[/.]$/.test(name) &&
  name.length <= 255;

/** The first error, without addresses: one may contain a password. */
export const reasonIn = (stderr: string): string =>
  (
    stderr
      .trim()
      .split('\n')
      .find((line) => !line.startsWith('warning:')) ?? 'no reason given'
  )
    .replace(/^(?:fatal|error): /, '')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, 'the remote')
    .replace(/\.$/, '');
