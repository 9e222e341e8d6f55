/**
 * Settles many commits at once: those that git has made again of others, and those that another program has made of them
 * by plumbing.
 */
import { sourceIds } from '../origins/origin-of-commit';
import { outputLines, isZero, readBlobs, readCommits, rememberedDiff, type Commit } from '../../../git';
import { noteReapplied, type ReappliedCommit } from '../authors/note-rebased-commits';
import { seeNotes } from '../notes';
import { remarksOn } from '../notes/policy-overrides-in-notes';
import { madeCommit, type ReflogEntry } from '../origins/head-moves-in-reflog';
import { pathsIn } from '../origins/record-stashes-and-resets';
import { rememberMissingModels } from './commits-awaiting-model';
import { isRecorded, KEPT_ID_LENGTH, originOf, settleCommit, whereIn, type Context } from './settle-commit';
import { rememberMissingTrailers } from './commits-missing-trailers';

/** Shorter runs are as fast one by one. */
const RUN_FROM = 3;
/** git's words for actions that replay commits. */
const AGAIN = /^(?:cherry-pick|rebase|pull|am)\b/;

/** Settles the consecutive replayed commits from here on all at once. The rest are settled one by one. */
export async function settleRun(
  context: Context,
  doings: readonly (ReflogEntry | { readonly stash: unknown })[],
  commits: ReadonlyMap<string, Commit>,
): Promise<void> {
  const { repository, records, again } = context;
  const made: ReappliedCommit[] = [];
  const run = new Set<string>();
  for (const doing of doings) {
    if ('stash' in doing || !AGAIN.test(doing.what)) break;
    const commit = commits.get(doing.after);
    if (!commit || doing.before === doing.after || !(await madeCommit(repository, doing))) continue;
    if (again.has(commit.id) || run.has(commit.id)) break;
    const sources = sourceIds(await originOf(context, doing, commit, undefined));
    if (sources.some((id) => run.has(id))) break; // its note is still to be written
    run.add(commit.id);
    const [source, ...more] = sources;
    if (
      source !== undefined &&
      more.length === 0 &&
      commit.parents.length === 1 &&
      (await context.hooked.of(commit))?.reverts === undefined
    )
      made.push({ commit, source });
  }
  for (const id of run) again.set(id, undefined);
  if (made.length < RUN_FROM) return;
  await settleTogether(context, made);
  if (records.length > 0)
    await keepContents(
      context,
      made.map(({ commit }) => commit),
    );
}

/** Notes those that are the same change as what they were made from. */
async function settleTogether(context: Context, made: readonly ReappliedCommit[]): Promise<void> {
  const { repository, records, again, now, work } = context;
  const commits = new Map(made.map(({ commit }) => [commit.id, commit]));
  const outcomes = await noteReapplied(repository, made, {
    records,
    remember(id, change) {
      rememberMissingModels(repository, id, change, now);
      const commit = commits.get(id);
      if (commit) rememberMissingTrailers(repository, commit, change);
    },
    remarks: remarksOn(repository.gitDir, now),
  });
  for (const [id, outcome] of outcomes) {
    again.set(id, outcome);
    const commit = commits.get(id);
    if (outcome === 'noted' && commit) await work.add(commit);
  }
}

/** Of one move of HEAD, up to this many commits are examined: the newest ones. */
const REWRITTEN_AT_MOST = 500;

/**
 * Settles what a program other than git has put in the place of commits with notes: a move of HEAD shows only the last
 * one. Returns the commits that got a note. Throws a GitError.
 */
export async function settleRewritten(context: Context, move: ReflogEntry): Promise<string[]> {
  const { repository, again, work } = context;
  const list = await repository.git(
    [
      'rev-list',
      '--reverse',
      '--topo-order',
      '--no-merges',
      `--max-count=${String(REWRITTEN_AT_MOST)}`,
      move.after,
      '--not',
      move.before,
    ],
    { codes: [0, 128] },
  );
  const ids = outputLines(list.stdout);
  if (ids.length === 0) return [];
  const { notes } = await seeNotes(repository, ids);
  const unnoted = ids.filter((id) => !notes.get(id)?.record && !again.has(id));
  const rewritten: ReappliedCommit[] = [];
  for (const commit of (await readCommits(repository, unnoted)).values()) {
    const [source] = await work.rewrittenFrom(commit);
    if (source !== undefined) rewritten.push({ commit, source });
  }
  if (rewritten.length === 0) return [];
  await settleTogether(context, rewritten);
  const noted: string[] = [];
  for (const { commit } of rewritten) {
    const step = { ...move, before: commit.parents[0] ?? '', after: commit.id };
    if (await settleCommit(context, step, commit, await whereIn(context, step, commit))) noted.push(commit.id);
  }
  return noted;
}

/** Keeps these commits' versions of recorded files, for {@link remember} to find: one git call for all of them. */
async function keepContents({ repository, journal, records }: Context, commits: readonly Commit[]): Promise<void> {
  const paths = pathsIn(records);
  const ids = commits.flatMap(({ id, parents: [parent] }) =>
    (parent === undefined ? [] : (rememberedDiff(repository, parent, id) ?? []))
      .filter((file) => isRecorded(file, paths))
      .map(({ newId }) => newId),
  );
  const missing = ids.filter((id) => !isZero(id) && id.length === KEPT_ID_LENGTH && journal.content(id) === undefined);
  for (const content of (await readBlobs(repository, missing)).values()) journal.keep(content);
}
