/**
 * Writes what is owed: commits made since the last time get their notes, and records no longer needed are removed.
 * Reads the reflog, so it also finds commits that were made without hooks. Doing it twice changes nothing.
 */
import { existsSync } from 'node:fs';
import { dataPlace } from '../../../base/files';
import { openJournal, type StoredRecord } from '../../journal';
import { hasPendingStatements } from '../../journal/permitted-and-refused-runs';
import { settleRewritten, settleRun } from './settle-rebased-and-rewritten-commits';
import { unsettledWorktrees } from './other-and-unsettled-worktrees';
import { compact } from './compact-journal';
import { keepPrompts } from './prompts-into-notes';
import { settleRuns } from './run-statements-into-notes';
import { removeOwnDrafts } from './note-drafts-of-linked-worktrees';
import { hookedCommits } from './hook-snapshots-of-commits';
import { markerOf, positionOf, checkpointText } from './settled-checkpoint';
import { readCommits, forgetDiffs, type Repository, readStateFile, writeStateFile, isGitError } from '../../../git';
import { backfillModels } from '../notes/write-late-models';
import { madeCommit, entriesSince, isByOthers, isFiltered, unloggedMoves } from '../origins/head-moves-in-reflog';
import { newStashes, recordReset, recordStash, withStashes } from '../origins/record-stashes-and-resets';
import { keepStash } from '../stashes-of-other-worktrees/keep-stashes-and-carried-work';
import { hasLinked } from '../stashes-of-other-worktrees/known-stashes';
import { reflogPositionOf } from '../origins/journal-position-of-reflog';
import { NotedCommits } from '../origins/source-commits';
import { forgetRewritten, rewritten } from '../origins/commits-of-rebase';
import { markResetPending } from '../origins/commits-undone-by-reset';
import type { Pulled } from './settle-pulled-commits';
import { type Context, settleCommit, whereIn, remember, put } from './settle-commit';

export interface Settled {
  /** Commits that now got a note. */
  readonly noted: readonly string[];
}

/**
 * Settles a work tree, and before it the others of the repository, since commits here may be made from those there.
 * Throws a GitError.
 */
export async function settleAll(repository: Repository, now: () => number): Promise<Settled> {
  await settleOtherWorktrees(unsettledWorktrees(repository), now);
  const settled = await settle(repository, now);
  if (hasPendingStatements(repository.commonDir)) await settleRuns(repository, now());
  return settled;
}

/**
 * Settles other work trees than the one a question is about. Errors in one are reported when a question is about that
 * one.
 */
export async function settleOtherWorktrees(others: readonly Repository[], now: () => number): Promise<void> {
  for (const repository of others) {
    try {
      await settle(repository, now);
    } catch {
      // its notes stay owed
    }
  }
}

/** Settles a work tree. Throws a GitError; then the journal is unchanged. */
export async function settle(repository: Repository, now: () => number): Promise<Settled> {
  const journal = openJournal(repository.gitDir, now);
  if (!existsSync(journal.folder)) return { noted: [] };
  const marker = markerOf(repository);
  const position = positionOf(repository); // a commit that is made from now on is examined next time
  const last = readStateFile(marker);
  if (last === checkpointText(journal, position)) return { noted: [] };
  const records = [...journal.read()];
  const recorded = records.length > 0;
  const first = records.find(({ record }) => record.log !== undefined)?.record.log;
  const { steps: moves, replaced } = await entriesSince(repository, {
    settled: last,
    log: first,
    time: Math.floor((records[0]?.record.at ?? now()) / 1000),
  });
  const untold = await unloggedMoves(repository, last, moves);
  const known = new Set(records.flatMap(({ record }) => (record.kind === 'committed' ? [record.commit] : [])));
  const context: Context = {
    repository,
    journal,
    records,
    place: 0,
    size: replaced ? -1 : Number.parseInt(position.sizes, 10),
    now: now(),
    rewritten: rewritten(repository),
    hooked: hookedCommits(repository),
    work: new NotedCommits(repository),
    again: new Map(),
    clearedByReset: false,
  };
  const noted: string[] = [];
  const owed: unknown[] = [];
  const pulled: Pulled[] = [];
  let latest = latestCommit(records);
  const commits = await readCommits(
    repository,
    [...moves, ...untold].map(({ after }) => after),
  );
  const doings = [...withStashes(moves, recorded ? await newStashes(repository, journal) : []), ...untold];
  for (const [at, doing] of doings.entries()) {
    if ('stash' in doing) {
      context.place = Math.max(
        context.place,
        doing.before ? reflogPositionOf(records, doing.before, context.size) : records.length,
      );
      if (hasLinked(repository)) await keepStash(repository, journal, records.slice(0, context.place), doing.stash);
      await recordStash(repository, doing.stash, records, (record) =>
        put(context, doing.stash.time, doing.before?.line?.start, record),
      );
      continue;
    }
    if (doing.before === doing.after) {
      context.clearedByReset ||= doing.what.startsWith('reset:');
      continue;
    }
    if (doing.what.startsWith('reset:')) markResetPending(repository, true);
    const commit = commits.get(doing.after);
    if (!commit) continue;
    const made = await madeCommit(repository, doing);
    const found = made
      ? await whereIn(context, doing, commit)
      : { place: reflogPositionOf(records, doing, context.size) };
    context.place = Math.max(context.place, found.place);
    const brought = made ? commit.parents[1] : commit.id;
    if (brought !== undefined && /^(?:pull|merge)\b/.test(doing.what))
      pulled.push({ before: doing.before, after: brought });
    // A known commit may have had nothing certain in it when first examined, and more may have been reported since.
    try {
      if (!made && (isByOthers(doing) || isFiltered(doing))) noted.push(...(await settleRewritten(context, doing)));
      if (made && !context.again.has(commit.id)) await settleRun(context, doings.slice(at), commits);
      if (made && (await settleCommit(context, doing, commit, found))) noted.push(commit.id);
    } catch (error) {
      if (!isGitError(error)) throw error;
      owed.push(error);
    }
    // HEAD may return to a commit any number of times.
    if (recorded && (made ? !known.has(commit.id) : commit.id !== latest)) await remember(context, doing, commit, made);
    latest = commit.id;
    context.clearedByReset = false;
  }
  if (pulled.length > 0)
    noted.push(...(await (await import('./settle-pulled-commits')).settlePulled(repository, pulled, context.now)));
  if (noted.length > 0) await keepAmendable(repository, noted);
  await backfillModels(repository, records, context.now);
  if (owed.length > 0) throw owed[0]; // the order is kept, and the rest is tried again
  if (recorded && moves.some((step) => step.before === step.after && step.what.startsWith('reset:')))
    await recordReset(repository, journal, records);
  if (moves.length > 0) await keepPrompts(repository, records, context.now); // the journal drops them soon
  if (recorded) await compact(repository, journal, journal.read(), now());
  forgetDiffs(repository);
  forgetRewritten(repository, context.rewritten);
  removeOwnDrafts(repository, context.now);
  writeStateFile(marker, checkpointText(journal, position));
  return { noted };
}

function latestCommit(records: readonly StoredRecord[]): string | undefined {
  const last = records.findLast(({ record }) => record.kind === 'committed');
  return last?.record.kind === 'committed' ? last.record.commit : undefined;
}

const AMENDABLE_AT_MOST = 50;

/** Author dates of commits with notes: an amended commit keeps its date, by which the hook recognises it. */
async function keepAmendable(repository: Repository, noted: readonly string[]): Promise<void> {
  const commits = await readCommits(repository, noted);
  const file = dataPlace(repository.commonDir, 'amendable');
  const dates = new Set([
    ...readStateFile(file)
      .split('\n')
      .filter((line) => line !== ''),
    ...[...commits.values()].map((commit) => `@${String(commit.author.time)} ${commit.author.zone}`),
  ]);
  writeStateFile(file, `${[...dates].slice(-AMENDABLE_AT_MOST).join('\n')}\n`);
}
