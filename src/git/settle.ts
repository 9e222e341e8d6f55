/**
 * Pays what is owed: commits that were made since the last time get their notes, and what the journal needs no longer
 * goes. Reads the reflog, so it also finds commits that were made without hooks. Doing it twice changes nothing.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openJournal, type Journal, type StoredRecord } from '../journal';
import { noteReapplied, type ReappliedCommit, type Outcome } from './attribution/reapplied-commits';
import { afterRevert } from './attribution/after-revert';
import { attributeChange } from './attribution/attribute-change';
import { unsettledWorktrees } from './settle/other-worktrees';
import { compact } from './settle/compact';
import { removeOwnDrafts } from './settle/linked-worktree-drafts';
import { hookedCommits, type HookSnapshot, type HookedCommits } from './settle/hook-snapshot';
import { markerOf, positionOf, checkpointText } from './settle/checkpoint';
import { readCommit, readCommits, type Commit } from './plumbing/commit';
import { remarksOn } from './notes/session-remarks';
import { diffTrees, forgetDiffs, hasLines, isZero, rememberedDiff, type DiffFile } from './diff/diff';
import { emptyTree } from './plumbing/isolated-git';
import { mergeNotes, writeNote } from './notes/format';
import { changeNote, seeNote } from './notes';
import { withForeign } from './notes/carry-foreign';
import { backfillModels } from './notes/backfill-models';
import { rememberMissingModels } from './settle/missing-model';
import { madeCommit, entriesSince, unloggedMoves, type ReflogEntry } from './history/reflog';
import { readBlobs } from './plumbing/cat-file';
import type { Repository } from './plumbing/repository';
import { newStashes, pathsIn, recordReset, recordStash, withStashes } from './history/stash';
import { reflogPositionOf } from './history/reflog-position';
import { readStateFile, writeStateFile } from './plumbing/best-effort-file';
import { isGitError } from './plumbing/run';
import { revertedBy, isWithoutAssistant } from './history/revert';
import {
  attributionOfSources,
  forgetRewritten,
  isKnown,
  NotedCommits,
  rememberedSources,
  rewritten,
  squashedCommits,
} from './history/source-commits';
import { markResetPending, resetCommits } from './history/reset';

export { settleRemovedWorktrees } from './settle/removed-worktrees';
export { mergeFetched } from './notes/sync/merge-fetched';

export interface Settled {
  /** Commits that got a note now. */
  readonly noted: readonly string[];
}

/**
 * Settles a work tree, and before it the others of the repository, since commits here may be made of those there.
 * Throws a GitError.
 */
export async function settleAll(repository: Repository, now: () => number): Promise<Settled> {
  await settleOtherWorktrees(unsettledWorktrees(repository), now);
  return settle(repository, now);
}

/**
 * Settles other work trees than the one that is asked about. What goes wrong in one is told where that one is asked
 * about.
 */
export async function settleOtherWorktrees(others: readonly Repository[], now: () => number): Promise<void> {
  for (const other of others) {
    try {
      await settle(other, now);
    } catch {
      // its notes stay owed
    }
  }
}

/** Settles a work tree. Throws a GitError; the journal is left as it is then. */
export async function settle(repository: Repository, now: () => number): Promise<Settled> {
  const journal = openJournal(repository.gitDir, now);
  if (!existsSync(journal.folder)) return { noted: [] };
  const marker = markerOf(repository);
  const position = positionOf(repository); // a commit that is made from now on is looked at next time
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
  };
  const noted: string[] = [];
  const owed: unknown[] = [];
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
      await recordStash(repository, doing.stash, records, (record) =>
        put(context, doing.stash.time, doing.before?.line?.start, record),
      );
      continue;
    }
    if (doing.before === doing.after) continue;
    if (doing.what.startsWith('reset:')) markResetPending(repository, true);
    const commit = commits.get(doing.after);
    if (!commit) continue;
    const made = await madeCommit(repository, doing);
    const found = made
      ? await whereIn(context, doing, commit)
      : { place: reflogPositionOf(records, doing, context.size) };
    context.place = Math.max(context.place, found.place);
    // One that is known may have had nothing certain in it when it was looked at, and more may have been told since.
    try {
      if (made && !context.again.has(commit.id)) await settleRun(context, doings.slice(at), commits);
      if (made && (await settleCommit(context, doing, commit, found))) noted.push(commit.id);
    } catch (error) {
      if (!isGitError(error)) throw error;
      owed.push(error);
    }
    // HEAD may come back to a commit as often as it likes.
    if (recorded && (made ? !known.has(commit.id) : commit.id !== latest)) await remember(context, doing, commit, made);
    latest = commit.id;
  }
  if (noted.length > 0) await keepAmendable(repository, noted);
  await backfillModels(repository, records, context.now);
  if (owed.length > 0) throw owed[0]; // the order is kept, and the rest is tried again
  if (recorded && moves.some((step) => step.before === step.after && step.what.startsWith('reset:')))
    await recordReset(repository, journal, records);
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

interface Context {
  readonly repository: Repository;
  readonly journal: Journal;
  /** What is remembered of each step is put among them. */
  readonly records: StoredRecord[];
  /** So many of them came before what was looked at last. */
  place: number;
  /** Of HEAD's log (bytes); -1 when it is another one than that which the records know. */
  readonly size: number;
  readonly now: number;
  readonly hooked: HookedCommits;
  readonly rewritten: ReadonlyMap<string, readonly string[]>;
  readonly work: NotedCommits;
  /**
   * Commits of a run that was looked at as a whole, with what became of them; undefined for one that is to be looked at
   * by itself.
   */
  readonly again: Map<string, Outcome | undefined>;
}

const AMENDABLE_AT_MOST = 50;

/** Author dates of commits with notes: an amended commit keeps its date, and the hook knows it by that. */
async function keepAmendable(repository: Repository, noted: readonly string[]): Promise<void> {
  const commits = await readCommits(repository, noted);
  const file = path.join(repository.commonDir, 'linekeeper', 'amendable');
  const dates = new Set([
    ...readStateFile(file)
      .split('\n')
      .filter((line) => line !== ''),
    ...[...commits.values()].map((commit) => `@${String(commit.author.time)} ${commit.author.zone}`),
  ]);
  writeStateFile(file, `${[...dates].slice(-AMENDABLE_AT_MOST).join('\n')}\n`);
}

interface Found {
  /** So many records came before. */
  readonly place: number;
  /** What the hook knew, where one saw it. */
  readonly hooked?: HookSnapshot;
}

/**
 * Where the making of a commit has its place among the records: where it is known to be, else as the hook saw it, else
 * by the log of HEAD.
 */
async function whereIn({ records, hooked, size }: Context, step: ReflogEntry, commit: Commit): Promise<Found> {
  const known = records.findIndex(({ record }) => record.kind === 'committed' && record.commit === commit.id);
  const seen = await hooked.of(commit);
  const place =
    known >= 0
      ? known
      : seen
        ? records.findLastIndex(({ name }) => name <= seen.last) + 1
        : reflogPositionOf(records, step, size);
  return { place, ...(seen ? { hooked: seen } : {}) };
}

/** A date that is earlier by so much than what was recorded before is nobody's clock. */
const IMPOSSIBLE_MS = 60_000;

/** Shorter runs are as quick one by one. */
const RUN_FROM = 3;
/** git's words for what makes commits again. */
const AGAIN = /^(?:cherry-pick|rebase|pull|am)\b/;

/**
 * Settles the commits that are made again from here on, one behind the other, all at once. What is left of them is
 * settled one by one.
 */
async function settleRun(
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
    const sources = await sourcesOf(context, doing, commit);
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
  const outcomes = await noteReapplied(
    repository,
    made,
    records,
    (id, change) => {
      rememberMissingModels(repository, id, change, context.now);
    },
    remarksOn(repository.gitDir, context.now),
  );
  for (const [id, outcome] of outcomes) again.set(id, outcome);
  if (records.length > 0)
    await keepContents(
      context,
      made.map(({ commit }) => commit),
    );
}

/** Keeps what these commits hold of recorded files, for {@link remember} to find: one git call for all of them. */
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

const isRecorded = (file: DiffFile, paths: ReadonlySet<string>): boolean =>
  hasLines(file) && (paths.has(file.path) || (file.from !== null && paths.has(file.from)));

async function settleCommit(context: Context, step: ReflogEntry, commit: Commit, found: Found): Promise<boolean> {
  const outcome = context.again.get(commit.id);
  if (outcome !== undefined) return outcome === 'noted';
  const { repository, journal } = context;
  const seen = await seeNote(repository, commit.id);
  // Another tool may have been quicker: ours goes beside its note.
  if (seen.note?.record) return false;
  const records = context.records.slice(0, context.place);
  const dated = step.time * 1000 + 999;
  const latest = records.at(-1)?.record.at ?? 0;
  const time = found.hooked?.at ?? (dated + IMPOSSIBLE_MS < latest ? context.now : Math.max(dated, latest));
  const sources = await attributionOfSources(repository, await sourcesOf(context, step, commit));
  const [first, ...others] = commit.parents;
  const replayed = await attributeChange(repository, {
    from: first ?? emptyTree(repository),
    others,
    to: commit.id,
    journal,
    records,
    now: Math.min(context.now, time),
    sources,
  });
  const id =
    first === undefined || others.length > 0 ? undefined : (revertedBy(commit.message) ?? found.hooked?.reverts);
  const change =
    first === undefined || id === undefined
      ? replayed
      : (
          await afterRevert(repository, {
            id,
            parent: first,
            back: () => diffTrees(repository, first, commit.id),
            replayed,
            isAlone: () => certainlyByPerson(context, step, commit, found, sources.length),
          })
        ).change;
  const certain =
    change.added.ai + change.added.human + change.removed.ai + change.removed.human > 0 ||
    change.files.some((file) => file.change !== null && file.change.author !== 'unknown');
  // What a message says may have come along with lines that did not: where its sources are known, it tells no more than
  // they do.
  if (!certain && !sources.some(isKnown)) return false;
  const { change: ours, foreign } = await withForeign(
    repository,
    commit,
    sources.map((source) => source.commit),
    change,
  );
  if (
    !(await changeNote(
      repository,
      commit,
      (existing) => {
        if (existing?.record) return undefined;
        const others = existing && foreign ? mergeNotes(existing, foreign) : (existing ?? foreign);
        return writeNote(commit.id, nameOf(commit), ours, others, remarksOn(repository.gitDir, context.now));
      },
      seen,
    ))
  )
    return false;
  rememberMissingModels(repository, commit.id, change, context.now);
  return true;
}

/**
 * Whether git took a commit back and no assistant was there. What the hook made of it holds: the trailers say so too.
 */
function certainlyByPerson(
  { records, size }: Context,
  step: ReflogEntry,
  commit: Commit,
  { place, hooked }: Found,
  sources: number,
): boolean {
  if (hooked) return hooked.byPerson === true;
  return (
    sources === 0 &&
    size >= 0 &&
    /^revert\b/.test(step.what) &&
    isWithoutAssistant(records, place, commit.parents[0] ?? '')
  );
}

/** What a commit was made of, by the surest witness that there is. */
async function sourcesOf(context: Context, step: ReflogEntry, commit: Commit): Promise<readonly string[]> {
  const parent = commit.parents[0] ?? emptyTree(context.repository);
  const back =
    step.line && step.what.startsWith('commit')
      ? await resetCommits(context.repository, { parent, head: step.before, to: commit.id, until: step.line.start })
      : [];
  // Before a rebase is done git has told only a part: a squash with a conflict is an amendment at first.
  const seen = [...(rememberedSources(context.repository, commit) ?? []), ...(context.rewritten.get(commit.id) ?? [])];
  const told = seen.length > 0 ? seen : step.what.startsWith('commit (amend)') ? [step.before] : [];
  if (told.length + back.length > 0) return [...new Set([...told, ...back])];
  const squashed = squashedCommits(commit.message);
  if (squashed.length > 0) return squashed;
  const picked = /\(cherry picked from commit ([0-9a-f]{40,64})\)\s*$/.exec(commit.message)?.[1];
  if (picked !== undefined) return [picked];
  return /^(?:cherry-pick|rebase|pull|am)\b/.test(step.what) ? context.work.sameWork(commit) : [];
}

/** Of the ids under which the journal keeps contents; those of a repository that counts in SHA-256 are longer. */
const KEPT_ID_LENGTH = 40;

/** Keeps what HEAD then held of recorded files, so that what comes after it is seen from there. */
async function remember(context: Context, step: ReflogEntry, commit: Commit, made: boolean): Promise<void> {
  const { repository, journal, records } = context;
  const from = made ? commit.parents[0] : (await readCommit(repository, step.before))?.id;
  const paths = pathsIn(records);
  const changed = (await diffTrees(repository, from ?? emptyTree(repository), commit.id)).filter((file) =>
    isRecorded(file, paths),
  );
  const kept = new Map(
    changed.flatMap(({ newId }) => {
      const content = isZero(newId) ? undefined : journal.content(newId);
      return content === undefined ? [] : [[newId, content] as const];
    }),
  );
  const blobs = new Map([
    ...kept,
    ...(await readBlobs(
      repository,
      changed.map((file) => file.newId).filter((blob) => !isZero(blob) && !kept.has(blob)),
    )),
  ]);
  const files = changed.flatMap((file) => {
    const content = isZero(file.newId) ? null : blobs.get(file.newId);
    return content === undefined
      ? []
      : [
          {
            path: file.path,
            content: content === null ? null : journal.keep(content, file.newId),
            stored: true as const,
            ...(made && !isZero(file.oldId) && file.oldId.length === KEPT_ID_LENGTH ? { was: file.oldId } : {}),
          },
        ];
  });
  put(context, step.time, step.line?.end, { kind: 'committed', commit: commit.id, parents: commit.parents, files });
  // A checkout, or what git commits by itself, leaves just this in the work tree; a commit may hold a part of it only.
  if (files.length === 0 || /^(?:commit|reset)\b/.test(step.what)) return;
  // What git follows to another name is gone under the one that it had.
  const gone = changed.flatMap((file) =>
    file.status === 'R' && file.from !== null && !files.some(({ path: there }) => there === file.from)
      ? [{ path: file.from, content: null, stored: true as const }]
      : [],
  );
  put(context, step.time, step.line?.end, {
    kind: 'seen',
    files: [...files.map(({ path, content, stored }) => ({ path, content, stored })), ...gone],
  });
}

/**
 * Puts a record into its place among the others: what is done next comes after it. `time`: in seconds; `log`: how long
 * HEAD's was.
 */
function put(
  context: Context,
  time: number,
  log: number | undefined,
  record: Parameters<Journal['addAfter']>[2],
): void {
  const added = context.journal.addAfter(
    context.records[context.place - 1]?.name ?? null,
    { at: time * 1000, ...(log === undefined ? {} : { log }) },
    record,
  );
  context.records.splice(context.place, 0, added);
  context.place++;
}

const nameOf = (commit: Commit): string => `${commit.author.name} <${commit.author.email}>`;
