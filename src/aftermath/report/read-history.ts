/** Reads a history for a report: once from its beginning, then only what is new. */
import { createHash } from 'node:crypto';
import { dataPlace } from '../../base/files';
import { readBlobs, readCommits, readStateFile, type Repository, writeStateFile } from '../../git';
import type { LineRange } from '../../provenance/authorship/types';
import {
  attributed,
  type CommitAttribution,
  type HistoryStep,
  historySteps,
  isAncestor,
  type Listed,
  listHistory,
  noteIds,
  readNote,
  revertedBy,
} from '../../provenance/commits';
import { applyDisclosures, countingEach } from '../../review/gate';
import { effectiveTimes } from './credible-commit-times';
import { Tracker, type TrackState } from './line-survival';
import type { CommitFacts, FileFacts, History, Who } from './types';

// A cache of what a report has read, below `<git dir>/linekeeper/report`: one file for each ref name that was used.

/** Must go up when the meaning of the cache changes. */
const VERSION = 4;

/** With `branches`: reading was interrupted, and the commits are the first of the history of `tip`. */
interface KeptHistory extends TrackState {
  readonly since: number;
  readonly tip: string;
  readonly who: readonly Who[];
  readonly commits: readonly CommitFacts[];
}

const fileOf = ({ commonDir }: Repository, ref: string): string =>
  dataPlace(commonDir, 'report', `${createHash('sha256').update(ref).digest('hex').slice(0, 16)}.json`);

/** The cache; undefined when there is none, or this version can't read it. */
function keptHistory(repository: Repository, ref: string, key: string): KeptHistory | undefined {
  const text = readStateFile(fileOf(repository, ref));
  if (text === '') return undefined;
  try {
    const stored = JSON.parse(text) as Partial<KeptHistory> & { readonly version?: unknown; readonly key?: unknown };
    if (stored.version !== VERSION || stored.key !== key) return undefined;
    const { since, tip, who, commits, cohorts, files, branches } = stored;
    return typeof since === 'number' && typeof tip === 'string' && who && commits && cohorts && files
      ? { since, tip, who, commits, cohorts, files, ...(branches ? { branches } : {}) }
      : undefined;
  } catch {
    return undefined; // half written, or not ours
  }
}

/** Nothing depends on it: what can't be written is read again next time. */
const keepHistory = (repository: Repository, ref: string, key: string, history: KeptHistory): void =>
  writeStateFile(fileOf(repository, ref), JSON.stringify({ version: VERSION, key, ...history }));

export interface ReadOptions {
  /** The commit to start from, by its full id. */
  readonly tip: string;
  /** Its name for the reader; each name has a cache of its own. */
  readonly ref: string;
  /** Seconds since the epoch: nothing that was committed before. */
  readonly since: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Paths whose lines have no author, such as generated files, and a text that changes when the answer may. */
  readonly skipped: { readonly is: (path: string) => boolean; readonly key: string };
  /** Called now and then. */
  readonly progress?: (done: number, all: number) => void;
  /** Aborts the work; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Reads everything again. */
  readonly fresh?: boolean;
}

/** Messages and notes of this many commits are in memory at once. */
const AT_ONCE = 2_000;
const TELL_EACH = 25;
/** What was read is kept this often, for a process that is ended without notice; milliseconds. */
const KEEP_EACH_MS = 20_000;

/**
 * The history, and how many commits had to be read. Throws a GitError, or the signal's reason: what was read until then
 * is kept, and the next call goes on there.
 */
export async function readHistory(
  repository: Repository,
  options: ReadOptions,
): Promise<{ readonly history: History; readonly read: number }> {
  const notes = await noteIds(repository);
  const key = createHash('sha256').update(options.skipped.key).digest('hex').slice(0, 16);
  const stored = options.fresh === true ? undefined : keptHistory(repository, options.ref, key);
  if (stored?.branches && stored.tip !== options.tip && (await isAncestor(repository, stored.tip, options.tip))) {
    const interrupted = await readHistory(repository, { ...options, tip: stored.tip });
    const latest = await readHistory(repository, options);
    return { history: latest.history, read: interrupted.read + latest.read };
  }
  const before =
    stored && stored.since <= options.since && stored.commits.every(({ id, note }) => (notes.get(id) ?? '') === note)
      ? await (stored.branches ? resumed : continued)(repository, stored, options)
      : undefined;
  const since = before ? before.kept.since : options.since;
  const listed = before ? before.listed : await listHistory(repository, options.tip, { since, now: options.now });
  const commits: CommitFacts[] = [...(before?.kept.commits ?? [])];
  const who = new WhoList(before?.kept.who);
  const times = effectiveTimes(commits, options.now);
  const tracker = new Tracker(
    (range) => who.indexOf(range),
    (at) => times.at(at),
    options.skipped.is,
    before?.kept,
  );
  const main = firstParents(listed, options.tip);
  const children = childrenOf(listed);
  const knownCount = commits.length;
  const keep = (state: TrackState): void =>
    keepHistory(repository, options.ref, key, { since, tip: options.tip, who: who.list, commits, ...state });
  let keptAt = Date.now();
  const take = ({ step, shown, note }: AttributedStep): void => {
    const { id } = step.commit;
    const index = commits.push(factsOf(shown, note, who)) - 1;
    times.add(commits[index]);
    tracker.add(step, { index, main: main.has(id), children: children.get(id) ?? 0, files: shown.files });
    if (commits.length % TELL_EACH === 0) options.progress?.(commits.length, knownCount + listed.length);
    if (Date.now() - keptAt < KEEP_EACH_MS) return;
    keep(tracker.unfinishedState());
    keptAt = Date.now();
  };
  try {
    // Only once git has written the next one: when git is stopped, what it wrote last may be half of a commit.
    let latest: AttributedStep | undefined;
    for await (const step of attributedHistory(repository, listed, notes, options.signal)) {
      if (latest) take(latest);
      latest = step;
    }
    if (latest) take(latest);
  } catch (error) {
    if (commits.length > knownCount) keep(tracker.unfinishedState());
    throw error;
  }
  const state = tracker.state();
  const history: History = { tip: options.tip, who: who.list, commits, cohorts: state.cohorts };
  if (listed.length > 0 || !before) keep(state);
  return { history, read: listed.length };
}

/** One commit with authors, and what it changed. */
export interface AttributedStep {
  readonly step: HistoryStep;
  readonly shown: CommitAttribution;
  /** The id of its note; empty without one. */
  readonly note: string;
}

/**
 * Commits of a history with their authors, as `show` has them, one after another. `notes`: the ids of notes by commit. Throws a GitError,
 * or the signal's reason.
 */
export async function* attributedHistory(
  repository: Repository,
  listed: readonly Listed[],
  notes: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): AsyncGenerator<AttributedStep> {
  const count = countingEach(repository);
  // A revert before anything was recorded brings back nothing that is known, and looking for its lines takes seconds.
  const inList = new Set(listed.map(({ id }) => id));
  let isRecorded = [...notes.keys()].some((id) => !inList.has(id));
  for (let from = 0; from < listed.length; from += AT_ONCE) {
    const ids = listed.slice(from, from + AT_ONCE).map(({ id }) => id);
    const found = await readCommits(repository, ids);
    const blobs = await readBlobs(
      repository,
      ids.flatMap((id) => notes.get(id) ?? []),
    );
    for await (const step of historySteps(
      repository,
      ids.flatMap((id) => found.get(id) ?? []),
    )) {
      signal?.throwIfAborted();
      const { id } = step.commit;
      const note = notes.get(id) ?? '';
      const bytes = blobs.get(note);
      const attribution = attributed(step.commit, step.own, bytes && readNote(bytes.toString('utf8'), id));
      const disclosed = applyDisclosures(attribution);
      isRecorded ||= disclosed.provenance !== 'none';
      yield { step, note, shown: isRecorded ? await count(attribution) : disclosed };
    }
  }
}

/** What has to be read after an interruption; undefined when the branch was rewritten, or its commits are in another order. */
async function resumed(
  repository: Repository,
  history: KeptHistory,
  { tip, now }: Pick<ReadOptions, 'tip' | 'now'>,
): Promise<{ readonly kept: KeptHistory; readonly listed: readonly Listed[] } | undefined> {
  if (history.tip !== tip) return undefined;
  const listed = await listHistory(repository, tip, { since: history.since, now });
  const { length } = history.commits;
  return history.commits.every(({ id }, index) => listed[index]?.id === id)
    ? { kept: history, listed: listed.slice(length) }
    : undefined;
}

/** What has to be read in addition to the cache; undefined when the branch was rewritten. */
async function continued(
  repository: Repository,
  history: KeptHistory,
  { tip, now }: Pick<ReadOptions, 'tip' | 'now'>,
): Promise<{ readonly kept: KeptHistory; readonly listed: readonly Listed[] } | undefined> {
  if (history.tip === tip) return { kept: history, listed: [] };
  if (!(await isAncestor(repository, history.tip, tip))) return undefined;
  const listed = await listHistory(repository, tip, { without: [history.tip], now });
  const parents = new Map(listed.map(({ id, parents: [first] }) => [id, first]));
  let at: string | undefined = tip;
  while (at !== undefined && parents.has(at)) at = parents.get(at);
  return at === history.tip ? { kept: history, listed } : undefined;
}

/** The branch itself: from its tip by first parents. */
function firstParents(listed: readonly Listed[], tip: string): ReadonlySet<string> {
  const parents = new Map(listed.map(({ id, parents: [first] }) => [id, first]));
  const main = new Set<string>();
  for (let at: string | undefined = tip; at !== undefined && parents.has(at); at = parents.get(at)) main.add(at);
  return main;
}

function childrenOf(listed: readonly Listed[]): ReadonlyMap<string, number> {
  const children = new Map<string, number>();
  for (const { parents } of listed) for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  return children;
}

/** A list of authors, each once. */
class WhoList {
  readonly list: Who[];
  private readonly known: Map<string, number>;

  constructor(list: readonly Who[] = []) {
    this.list = [...list];
    this.known = new Map(list.map((who, at) => [JSON.stringify(who), at]));
  }

  indexOf({ author, assistant, model }: Pick<LineRange, 'author' | 'assistant' | 'model'>): number {
    const who: Who = author === 'ai' ? [author, assistant ?? 'unknown-assistant', model] : [author, null, null];
    const key = `${who[0]}\0${who[1] ?? ''}\0${who[2] ?? ''}`;
    const found = this.keys.get(key);
    if (found !== undefined) return found;
    const at = this.known.get(JSON.stringify(who)) ?? this.list.push(who) - 1;
    this.known.set(JSON.stringify(who), at);
    this.keys.set(key, at);
    return at;
  }

  private readonly keys = new Map<string, number>();
}

const REVIEWED = /^(?:Reviewed|Approved|Acked)-by:[ \t]*\S/gim;

function factsOf({ commit, files, provenance, overruled }: CommitAttribution, note: string, who: WhoList): CommitFacts {
  const reverts = revertedBy(commit.message);
  const reviewedBy = commit.message.match(REVIEWED)?.length ?? 0;
  return {
    id: commit.id,
    parents: commit.parents,
    time: commit.committer.time,
    author: commit.author.email.toLowerCase(),
    provenance,
    note,
    ...(reverts === undefined ? {} : { reverts }),
    ...(reviewedBy === 0 ? {} : { reviewedBy }),
    ...(overruled.length === 0 ? {} : { overruled: overruled.length }),
    files: files.map(({ path, from, ranges, removed, change }): FileFacts => {
      const counts = new Map<number, [number, number]>();
      const count = (range: LineRange, side: 0 | 1): void => {
        const at = who.indexOf(range);
        const known = counts.get(at) ?? [0, 0];
        known[side] += range.end - range.start + 1;
        counts.set(at, known);
      };
      for (const range of ranges) count(range, 0);
      for (const range of removed) count(range, 1);
      return {
        path,
        ...(from === null ? {} : { from }),
        lines: [...counts].map(([at, [added, removed]]) => [at, added, removed]),
        ...(change === null ? {} : { change: who.indexOf({ ...change }) }),
      };
    }),
  };
}
