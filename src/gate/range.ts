/**
 * The range of a change: from the merge base to the head.
 */
import { plainGit, readCommits, type Commit, type Repository } from '../git';
import { quoted } from '../policy';
import { GateError } from './error';

export interface Range {
  /** Tip of the base branch. */
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  /** Commits of the range, parents before children. */
  readonly commits: readonly Commit[];
  /** Commits of the range that lie before the adoption: nothing is asked of them. */
  readonly exempt: ReadonlySet<string>;
}

/**
 * The commit that a revision names: a full id or ref, else a branch, else a remote's branch, else a tag. git itself would
 * prefer a tag, which anybody may push under a branch's name. Throws a {@link GateError} when it names none, or two.
 */
export async function commitOf(repository: Repository, revision: string): Promise<string> {
  const id = await repository.commitId(await unambiguous(repository, revision));
  if (id === undefined) throw new GateError('range', `${quoted(revision)} names no commit here. Fetch it first, or name another.`);
  return id;
}

const PLACES = ['refs/heads/', 'refs/remotes/', 'refs/tags/'];

/** The revision with the full name of its ref, where its first part is the short name of one. */
async function unambiguous(repository: Repository, revision: string): Promise<string> {
  const [short = ''] = /^[^~^@:]+(?:@(?!\{)[^~^@:]*)*/.exec(revision) ?? [];
  if (short === '' || short === 'HEAD' || short.startsWith('refs/') || /[*?[\\\s]|\.\./.test(short) || short.startsWith('-')) return revision;
  const listed = await repository.git(['for-each-ref', '--format=%(refname)', ...PLACES.map((place) => `${place}${short}`)]);
  const names = listed.stdout.toString('utf8').split('\n');
  const found = PLACES.map((place) => `${place}${short}`).filter((name) => names.includes(name));
  const [first, second] = found;
  if (second !== undefined) throw new GateError('range', `${quoted(short)} names ${found.map((name) => quoted(name)).join(' and ')}, so it can't be known which is meant. Write one of these names in full.`);
  return first === undefined || /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(short) ? revision : `${first}${revision.slice(short.length)}`;
}

/** Throws a {@link GateError} when history is cut off: what lies behind the cut could change the answer. */
export async function refuseShallow(repository: Repository): Promise<void> {
  const answer = await repository.text(['rev-parse', '--is-shallow-repository']);
  if (answer.trim() !== 'false') throw new GateError('shallow', 'History is cut off here (a shallow clone), so it can\'t be known what the change is. Fetch all of it: git fetch --unshallow, or fetch-depth: 0 in the CI job.');
}

/** The range between two commits, by their ids. Throws a {@link GateError} or a GitError. */
export async function readRange(repository: Repository, base: string, head: string): Promise<Range> {
  const found = await plainGit(repository, ['merge-base', base, head], { codes: [0, 1] });
  const mergeBase = found.stdout.toString('utf8').trim();
  if (mergeBase === '') throw new GateError('range', `${base.slice(0, 12)} and ${head.slice(0, 12)} have no history in common, so there is no change to check.`);
  const listed = await plainGit(repository, ['rev-list', '--topo-order', '--reverse', head, `^${mergeBase}`], { timeout: 120_000 });
  const ids = words(listed.stdout);
  const commits = await readCommits(repository, ids);
  return { base, head, mergeBase, commits: ids.flatMap((id) => commits.get(id) ?? []), exempt: new Set() };
}

/**
 * The range with everything before the adoption commit exempt. A commit that is not known here exempts nothing: then
 * `adopted` is false.
 */
export async function sinceAdoption(repository: Repository, range: Range, since: string | null): Promise<{ readonly range: Range; readonly adopted: boolean }> {
  if (since === null) return { range, adopted: true };
  // Asked of the real repository, because an abbreviated id is looked up; a branch of that name must not be taken for it.
  const answer = await repository.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${since}^{commit}`], { codes: [0, 1, 128] });
  const adoption = answer.code === 0 ? answer.stdout.toString('utf8').trim() : '';
  if (!adoption.startsWith(since)) return { range, adopted: false };
  const earlier = await plainGit(repository, ['rev-list', `${adoption}^@`, `^${range.mergeBase}`], { codes: [0, 128], timeout: 120_000 });
  const before = new Set(words(earlier.stdout));
  return { range: { ...range, exempt: new Set(range.commits.map((commit) => commit.id).filter((id) => before.has(id))) }, adopted: true };
}

const words = (output: Buffer): string[] => output.toString('utf8').split('\n').filter((line) => line !== '');
