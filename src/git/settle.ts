/**
 * Pays what is owed: commits that were made since the last time get their notes, and what the journal needs no longer goes.
 * Reads the reflog, so it also finds commits that were made without hooks. Doing it twice changes nothing.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { blobId, openBrackets, openJournal, RECORD_VERSION, timeOf, type Journal, type Named } from '../journal';
import { attributeChange } from './attribute';
import { headText, logSizes, sizeOf } from './catch-up';
import { readCommit, readCommits, type Commit } from './commit';
import { diffTrees, hasLines, isZero } from './diff';
import { emptyTree, plainGit } from './plain';
import { writeNote } from './note';
import { notesOf, putNote } from './notes';
import { isMade, stepsUntold, type Step } from './moves';
import { readBlobs } from './objects';
import type { Repository } from './repository';
import { seeReset, seeStashed } from './put-away';
import { readQuietly, writeQuietly } from './quietly';
import { byPerson, isExactInverse, revertedBy } from './revert';
import { attributionOfSources, NotedCommits, rememberedSources, rewritten, squashedCommits } from './sources';

export { takeFetched } from './notes/taken';

/** Text is kept no longer than this (DESIGN 1.10). */
const KEPT_AT_MOST_MS = 30 * 24 * 3600_000;

export interface Settled {
  /** Commits that got a note now. */
  readonly noted: readonly string[];
}

/** Settles a work tree. Throws a GitError; the journal is left as it is then. */
export async function settle(repository: Repository, now: () => number): Promise<Settled> {
  const journal = openJournal(repository.gitDir, now);
  if (!existsSync(journal.folder)) return { noted: [] };
  const marker = path.join(journal.folder, 'settled');
  const log = path.join(repository.gitDir, 'logs', 'HEAD');
  const size = sizeOf(log);
  const sizes = logSizes(repository);
  const names = journal.names();
  const last = readQuietly(marker);
  if (last === `${sizes} ${headText(repository)} ${names.at(-1) ?? ''}`) return { noted: [] };
  const before = journal.read();
  const records = before.length > 0 && (await seeStashed(repository, before)) ? journal.read() : before;
  const settledTo = Number(/^\d+/.exec(last)?.[0] ?? 0);
  const all = await stepsSince(repository, log, settledTo > 0 && settledTo <= size ? settledTo : 0, Math.floor((records[0]?.record.at ?? now()) / 1000));
  const steps = all.filter((step) => step.before !== step.after);
  const known = new Set(records.flatMap(({ record }) => (record.kind === 'committed' ? [record.commit] : [])));
  const context: Context = { repository, journal, records: [...records], read: records.length, now: now(), rewritten: rewritten(repository), work: new NotedCommits(repository) };
  const noted: string[] = [];
  let latest = latestCommit(records);
  for (const step of [...steps, ...(await stepsUntold(repository, last, steps))]) {
    const made = await isMade(repository, step);
    // One that is known may have had nothing certain in it when it was looked at, and more may have been told since.
    if (made && (await settleCommit(context, step))) noted.push(step.after);
    // HEAD may come back to a commit as often as it likes.
    if (records.length > 0 && (made ? !known.has(step.after) : step.after !== latest)) await remember(context, step, made);
    latest = step.after;
  }
  if (records.length > 0 && all.some((step) => step.before === step.after && step.what.startsWith('reset:'))) await seeReset(repository, journal, records);
  if (records.length > 0) await compact(repository, journal, journal.read(), now());
  if (noted.length > 0) await keepAmendable(repository, journal, noted);
  for (const name of ['rewritten', 'made-of']) removeQuietly(path.join(journal.folder, name));
  writeQuietly(marker, `${sizes} ${headText(repository)} ${journal.names().at(-1) ?? ''}`);
  return { noted };
}

function latestCommit(records: readonly Named[]): string | undefined {
  const last = records.findLast(({ record }) => record.kind === 'committed');
  return last?.record.kind === 'committed' ? last.record.commit : undefined;
}

interface Context {
  readonly repository: Repository;
  readonly journal: Journal;
  /** What is remembered of each step is added to them. */
  readonly records: Named[];
  /** How many of them there were. */
  readonly read: number;
  readonly now: number;
  readonly rewritten: ReadonlyMap<string, readonly string[]>;
  readonly work: NotedCommits;
}

const AMENDABLE_AT_MOST = 50;

/** Author dates of commits with notes: an amended commit keeps its date, and the hook knows it by that. */
async function keepAmendable(repository: Repository, journal: Journal, noted: readonly string[]): Promise<void> {
  const commits = await readCommits(repository, noted);
  const file = path.join(journal.folder, 'amendable');
  const dates = new Set([...readQuietly(file).split('\n').filter((line) => line !== ''), ...[...commits.values()].map((commit) => `@${String(commit.author.time)} ${commit.author.zone}`)]);
  writeQuietly(file, `${[...dates].slice(-AMENDABLE_AT_MOST).join('\n')}\n`);
}


/** The reflog's lines from an offset on, or from a time on when nothing was settled yet. */
async function stepsSince(repository: Repository, log: string, offset: number, time: number): Promise<Step[]> {
  const steps: Step[] = [];
  if (existsSync(log)) {
    for (const line of readFileSync(log).subarray(offset).toString('utf8').split('\n')) {
      const match = /^([0-9a-f]+) ([0-9a-f]+) .*? (\d+) [+-]\d{4}(?:\t(.*))?$/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined && (offset > 0 || Number(match[3]) >= time)) steps.push({ before: match[1], after: match[2], time: Number(match[3]), what: match[4] ?? '' });
    }
  } else {
    const head = await repository.commitId('HEAD');
    const commit = head === undefined ? undefined : await readCommit(repository, head);
    if (commit && commit.committer.time >= time) steps.push({ before: commit.parents[0] ?? '', after: commit.id, time: commit.committer.time, what: 'commit' });
  }
  return steps;
}

async function settleCommit(context: Context, step: Step): Promise<boolean> {
  const { repository, journal, records } = context;
  const commit = await readCommit(repository, step.after);
  if (!commit) return false;
  const existing = (await notesOf(repository, [commit.id])).get(commit.id);
  // Another tool may have been quicker: ours goes beside its note.
  if (existing?.record) return false;
  // What is remembered of the steps before has its place before this one.
  const until = Math.max(step.time * 1000 + 999, records.slice(context.read).at(-1)?.record.at ?? 0);
  const sources = await attributionOfSources(repository, await sourcesOf(context, step, commit));
  const [first, ...others] = commit.parents;
  let change = await attributeChange(repository, { from: first ?? emptyTree(repository), others, to: commit.id, journal, records, now: Math.min(context.now, until), until, sources });
  const reverted = await readReverted(repository, commit);
  if (reverted && (await isExactInverse(repository, commit, reverted))) change = byPerson(change);
  const certain = change.added.ai + change.added.human + change.removed.ai + change.removed.human > 0 || change.files.some((file) => file.change !== null && file.change.author !== 'unknown');
  if (!certain) return false;
  await putNote(repository, commit, writeNote(commit.id, nameOf(commit), change, existing));
  return true;
}

async function readReverted(repository: Repository, commit: Commit): Promise<Commit | undefined> {
  const id = revertedBy(commit.message);
  return id === undefined ? undefined : readCommit(repository, id);
}

/** What a commit was made of, by the surest witness that there is. */
async function sourcesOf(context: Context, step: Step, commit: Commit): Promise<readonly string[]> {
  const told = context.rewritten.get(commit.id) ?? rememberedSources(context.repository, commit);
  if (told) return told;
  if (step.what.startsWith('commit (amend)')) return [step.before];
  const squashed = squashedCommits(commit.message);
  if (squashed.length > 0) return squashed;
  const picked = /\(cherry picked from commit ([0-9a-f]{40,64})\)\s*$/.exec(commit.message)?.[1];
  if (picked !== undefined) return [picked];
  return /^(?:cherry-pick|rebase|pull|am)\b/.test(step.what) ? context.work.sameWork(commit) : [];
}

/** Keeps what HEAD then held of recorded files, so that what comes after it is seen from there. */
async function remember({ repository, journal, records }: Context, step: Step, made: boolean): Promise<void> {
  const commit = await readCommit(repository, step.after);
  if (!commit) return;
  const from = made ? commit.parents[0] : (await readCommit(repository, step.before))?.id;
  const paths = new Set(records.flatMap(({ record }) => (record.kind === 'session' ? [] : record.files.map((file) => file.path))));
  const changed = (await diffTrees(repository, from ?? emptyTree(repository), commit.id)).filter((file) => hasLines(file) && (paths.has(file.path) || (file.from !== null && paths.has(file.from))));
  const blobs = await readBlobs(repository, changed.map((file) => file.newId).filter((blob) => !isZero(blob)));
  const files = changed.flatMap((file) => {
    const content = isZero(file.newId) ? null : blobs.get(file.newId);
    return content === undefined ? [] : [{ path: file.path, content: content === null ? null : journal.keep(content) }];
  });
  // At its own time: what was done after it comes after it.
  const record = { kind: 'committed', commit: commit.id, parents: commit.parents, files } as const;
  const name = openJournal(repository.gitDir, () => step.time * 1000).add(record);
  records.push({ name, record: { ...record, version: RECORD_VERSION, at: timeOf(name) } });
  // A checkout, or what git commits by itself, leaves just this in the work tree; a commit may hold a part of it only.
  if (files.length === 0 || /^(?:commit|reset)\b/.test(step.what)) return;
  const seen = { kind: 'seen', files } as const;
  const after = openJournal(repository.gitDir, () => step.time * 1000).add(seen);
  records.push({ name: after, record: { ...seen, version: RECORD_VERSION, at: timeOf(after) } });
}

const nameOf = (commit: Commit): string => `${commit.author.name} <${commit.author.email}>`;

/**
 * Drops records that no commit can need any more: of files whose last recorded content is what HEAD has now, of work that
 * was thrown away a day ago, of ignored files, and whatever is too old to keep.
 */
async function compact(repository: Repository, journal: Journal, records: readonly Named[], now: number): Promise<void> {
  const last = new Map<string, { content: string | null; mode: string | undefined; at: number }>();
  for (const { record } of records) {
    if (record.kind === 'edit') for (const file of record.files) last.set(file.path, { content: file.to, mode: file.modes?.[1] ?? last.get(file.path)?.mode, at: record.at });
    else if (record.kind === 'seen') for (const file of record.files) if (!last.has(file.path)) last.set(file.path, { content: file.content, mode: file.mode, at: record.at });
  }
  const head = await treeEntries(repository, [...last.keys()]);
  const stashed = existsSync(path.join(repository.commonDir, 'refs', 'stash'));
  const unborn = [...last].filter(([file, { at }]) => !head.has(file) && now - at > THROWN_AWAY_AFTER_MS).map(([file]) => file);
  const ignored = await ignoredPaths(repository, unborn);
  const isDone = (file: string, content: string | null, mode: string | undefined, at: number): boolean => {
    const entry = head.get(file);
    const committed = entry?.id ?? null;
    if ((committed === content && (mode === undefined || entry === undefined || entry.mode === mode)) || ignored.has(file)) return true;
    return !stashed && now - at > THROWN_AWAY_AFTER_MS && presentId(repository, file) === committed;
  };
  const done = new Set([...last].filter(([file, { content, mode, at }]) => isDone(file, content, mode, at)).map(([file]) => file));
  const open = new Set(openBrackets(records, now).map((bracket) => bracket.name));
  const openedLater = Math.min(...records.filter(({ name }) => open.has(name)).map(({ record }) => record.at));
  const isOver = ({ name, record }: Named): boolean => {
    if (record.kind === 'session' || record.kind === 'committed' || open.has(name) || record.at >= openedLater) return false;
    return record.files.every((file) => done.has(file.path));
  };
  // The two halves of a bracket go together: without the one the other would say something else.
  const unpaired = new Set(records.filter(isOver).map(({ name }) => name));
  const halves = records.flatMap(({ name, record }) => (record.kind === 'edit' && record.closes !== undefined ? [[record.closes, name] as const] : []));
  for (const [before, after] of halves) if (unpaired.has(before) !== unpaired.has(after)) for (const half of [before, after]) unpaired.delete(half);
  const over = records.filter(({ name }) => unpaired.has(name));
  const past = over.filter(({ record }) => now - record.at <= PAST_KEPT_MS).slice(-PAST_KEPT_AT_MOST);
  const stays = new Set(past);
  const gone = records.filter((named) => {
    const { record } = named;
    if (now - record.at > KEPT_AT_MOST_MS || (record.kind === 'session' && now - record.at > SESSION_KEPT_MS)) return true;
    return unpaired.has(named.name) && !stays.has(named);
  });
  // Commits tell what is older than what comes after them: of use only for records from before.
  const dropped = new Set(gone);
  const isEdit = ({ record }: Named): boolean => record.kind === 'seen' || record.kind === 'edit';
  const oldest = records.find((named) => isEdit(named) && !dropped.has(named));
  const pending = records.find((named) => isEdit(named) && !dropped.has(named) && !stays.has(named));
  const commits = records.filter(({ record }) => record.kind === 'committed');
  const passed = commits.filter(({ record }) => !oldest || record.at < oldest.record.at);
  journal.drop([...gone, ...passed].map(({ name }) => name));
  const shelved = new Set(journal.shelved());
  journal.shelve([...past, ...commits.filter(({ record }) => !pending || record.at < pending.record.at)].map(({ name }) => name).filter((name) => !shelved.has(name)));
}

/**
 * So long, and so many, records are kept of what is committed: a commit may be taken apart again (`git reset`, a rebase), or its
 * text brought back from elsewhere.
 */
const PAST_KEPT_MS = 2 * 3600_000;
const PAST_KEPT_AT_MOST = 150;

/** Work that is nowhere any more is forgotten after a day: an undo in an editor may bring it back until then. */
const THROWN_AWAY_AFTER_MS = 24 * 3600_000;
const SESSION_KEPT_MS = 24 * 3600_000;

async function ignoredPaths(repository: Repository, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const answer = await repository.git(['check-ignore', '-z', '--stdin'], { input: paths.join('\0'), codes: [0, 1, 128] });
  return new Set(answer.stdout.toString('utf8').split('\0'));
}

function presentId(repository: Repository, file: string): string | null {
  try {
    return blobId(readFileSync(path.join(repository.root, ...file.split('/'))));
  } catch {
    return null;
  }
}

const NAMED_AT_MOST = 200;

async function treeEntries(repository: Repository, paths: readonly string[]): Promise<Map<string, { readonly id: string; readonly mode: string }>> {
  const entries = new Map<string, { readonly id: string; readonly mode: string }>();
  const head = await repository.commitId('HEAD');
  if (head === undefined || paths.length === 0) return entries;
  // A large tree is not read whole for a few files.
  const { stdout } = await plainGit(repository, ['ls-tree', '-z', '--full-tree', ...(paths.length <= NAMED_AT_MOST ? [head, '--', ...paths] : ['-r', head])], { env: { GIT_LITERAL_PATHSPECS: '1' } });
  const wanted = new Set(paths);
  for (const line of stdout.toString('utf8').split('\0')) {
    const [, mode, id, name] = /^(\d+) (?:blob|commit) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== undefined && id !== undefined && name !== undefined && wanted.has(name)) entries.set(name, { id, mode });
  }
  return entries;
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // read-only: what it says was heeded, and will be again
  }
}
