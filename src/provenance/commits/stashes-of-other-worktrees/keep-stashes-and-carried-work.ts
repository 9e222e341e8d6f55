/** Keeps for the other work trees what this one's journal knows of stashed work. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { openJournal, type Journal, type StoredRecord } from '../../journal';
import {
  outputNames,
  parseEntries,
  readBlobs,
  readStateFile,
  treeEntries,
  type Repository,
  isZero,
  writeCommitOf,
  writeTreeOf,
} from '../../../git';
import { attributeChange } from '../authors/attribute-change';
import { parseLog, type Stash } from '../origins/head-moves-in-reflog';
import { lineOf, nameIn, presentLines } from '../origins/lines-that-identify-change';
import { countLetters, MIN_IDENTIFYING_LETTERS, splitLines } from '../../authorship';
import { keepPutAway } from './known-stashes';

/** Keeps what is known of a stash that is listed. `records`: those before it. Throws a GitError. */
export async function keepStash(
  repository: Repository,
  journal: Journal,
  records: readonly StoredRecord[],
  { id, base, time }: Stash,
): Promise<void> {
  const untracked = await repository.git(['ls-tree', '-r', '-z', '--full-tree', `${id}^3`], { codes: [0, 128] });
  const names = outputNames(untracked.stdout).map((line) => line.slice(line.indexOf('\t') + 1));
  const files = [...parseEntries(untracked.stdout, names)].map(([name, { mode, id: blob }]) => ({
    path: name,
    mode,
    id: blob,
  }));
  await keep(repository, journal, records, { base, from: id, files, time, stash: id });
}

interface Work {
  readonly base: string;
  readonly from: string;
  readonly files: readonly StashedFile[];
  readonly time: number;
  readonly stash: string | null;
}

async function keep(
  repository: Repository,
  journal: Journal,
  records: readonly StoredRecord[],
  { stash, ...work }: Work,
): Promise<void> {
  const id = await commitOfWork(repository, work);
  const change = await attributeChange(repository, {
    from: work.base,
    to: id,
    journal,
    records,
    now: work.time * 1000 + 999,
  });
  keepPutAway(repository, id, { tree: repository.gitDir, stash, change });
}

/** What the records say of a file last, where that is work which was not committed. */
interface Pending {
  readonly content: string | null;
  /** The content before the work. */
  readonly former: string | null;
  readonly mode: string | undefined;
  readonly at: number;
  /** Length of HEAD's log at that time. */
  readonly log: number | undefined;
}

/**
 * Keeps what is known of work in a work tree that a change made elsewhere has: put there by a stash that is listed no
 * more, or by a patch. `here`: the work tree of that change; `current`: its distinctive lines. Throws a GitError.
 */
export async function keepCarried(
  repository: Repository,
  here: Repository,
  current: ReadonlySet<string>,
): Promise<void> {
  const journal = openJournal(repository.gitDir, Date.now);
  const records = journal.readPending();
  const changed = new Set([...current].map(nameIn));
  const pending = pendingIn(records);
  // The work may have gone on since it was carried.
  const carriedAt = new Map([...changed].map((file) => [file, changedAt(here, file)]));
  for (const [file, then] of pendingIn(records, carriedAt)) {
    const last = pending.get(file);
    if (changed.has(file) && last !== undefined && !isMostly(here, journal, file, last)) pending.set(file, then);
  }
  const carried = [...pending].filter(
    ([file, { content }]) =>
      content !== null && changed.has(file) && hasLineOf(file, journal.content(content), current),
  );
  if (carried.length === 0) return;
  // What was discarded there would hide that most of the rest is here.
  const gone = (await goneFrom(repository, pending)).filter(([file, work]) => isMostly(here, journal, file, work));
  const work = [...new Map([...carried, ...gone])];
  const stored = await readBlobs(
    repository,
    work.flatMap(([, { content }]) => content ?? []),
  );
  const byBase = new Map<string, StashedFile[]>();
  for (const [file, { content, mode, log }] of work) {
    const base = headAt(repository, log);
    if (base === undefined) continue;
    const former = (await treeEntries(repository, base, [file])).get(file);
    const id = content === null || stored.has(content) ? content : await storedBy(repository, journal, file, content);
    if (id === undefined || (former?.id ?? null) === id) continue;
    const files = byBase.get(base) ?? [];
    byBase.set(base, [...files, { path: file, id, mode: mode ?? former?.mode ?? '100644' }]);
  }
  const last = Math.max(...work.map(([, { at }]) => at));
  const time = Math.floor(last / 1000);
  const known = journal.read().filter(({ record }) => record.at <= last);
  for (const [base, files] of byBase)
    await keep(repository, journal, known, { base, from: base, files, time, stash: null });
}

/** Whether most distinctive lines that work added to a file are in a work tree, or it added none. */
function isMostly(here: Repository, journal: Journal, file: string, { former, content }: Pending): boolean {
  const linesIn = (id: string | null): string[] =>
    id === null ? [] : splitLines(journal.content(id)?.toString('latin1') ?? '').map((line) => lineOf(file, line));
  const before = new Set(linesIn(former));
  const added = linesIn(content).filter(
    (line) => !before.has(line) && countLetters(line.slice(file.length)) >= MIN_IDENTIFYING_LETTERS,
  );
  const there = presentLines(here, new Set([file]));
  return added.length === 0 || 2 * added.filter((line) => there.has(line)).length > added.length;
}

const hasLineOf = (file: string, content: Buffer | undefined, lines: ReadonlySet<string>): boolean =>
  splitLines(content?.toString('latin1') ?? '').some((line) => lines.has(lineOf(file, line)));

/** The id of a recorded content as git stores it, which it does now; undefined where it is lost. */
async function storedBy(
  repository: Repository,
  journal: Journal,
  file: string,
  content: string,
): Promise<string | undefined> {
  const input = journal.content(content);
  if (input === undefined) return undefined;
  const { stdout } = await repository.git(['hash-object', '-w', '--stdin', '--path', file], { input });
  return stdout.toString('utf8').trim();
}

/** When a file of a work tree was written last, in milliseconds since the epoch; as a copy, when it was copied. */
const changedAt = ({ root }: Repository, file: string): number =>
  statSync(path.join(root, ...file.split('/')), { throwIfNoEntry: false })?.ctimeMs ?? Infinity;

/** `until`: the time of the state that is wanted, by path. */
function pendingIn(records: readonly StoredRecord[], until?: ReadonlyMap<string, number>): Map<string, Pending> {
  const pending = new Map<string, Pending>();
  for (const { record } of records) {
    if (record.kind === 'edit')
      for (const file of record.files) {
        if (file.from === file.to || record.at > (until?.get(file.path) ?? Infinity)) continue;
        const earlier = pending.get(file.path);
        const mode = file.modes?.[1] ?? earlier?.mode;
        const former = earlier ? earlier.former : file.from;
        pending.set(file.path, { content: file.to, former, mode, at: record.at, log: record.log });
      }
    else if (record.kind === 'committed')
      for (const file of record.files) if (pending.get(file.path)?.content === file.content) pending.delete(file.path);
  }
  return pending;
}

/** The files whose work is not in the work tree any more, which has what HEAD has. */
async function goneFrom(repository: Repository, pending: ReadonlyMap<string, Pending>): Promise<[string, Pending][]> {
  const head = await repository.commitId('HEAD');
  if (head === undefined) return [];
  const entries = await treeEntries(repository, head, [...pending.keys()]);
  const { stdout } = await repository.git(['diff-index', '--name-only', '-z', head]);
  const changed = new Set(stdout.toString('utf8').split('\0'));
  return [...pending].filter(([file, { content }]) => {
    const entry = entries.get(file);
    if (changed.has(file) || (entry?.id ?? null) === content) return false;
    return entry !== undefined || !existsSync(path.join(repository.root, ...file.split('/')));
  });
}

/** The commit that HEAD was at when its log had this length. */
function headAt(repository: Repository, log: number | undefined): string | undefined {
  if (log === undefined || log <= 0) return undefined;
  return parseLog(Buffer.from(readStateFile(path.join(repository.gitDir, 'logs', 'HEAD'))).subarray(0, log), 0).at(-1)
    ?.after;
}

/** A file of such a commit; `id` is `null` where it is gone. */
interface StashedFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string | null;
}

/**
 * The id of a commit on `base` with the files of the tree `from` and these. The same work has the same id. `time`: in
 * seconds since the epoch. Throws a GitError.
 */
async function commitOfWork(repository: Repository, { base, from, files, time }: Omit<Work, 'stash'>): Promise<string> {
  const entries = files.map(({ path: name, mode, id }) =>
    id === null || isZero(id) ? `0 ${'0'.repeat(base.length)}\t${name}\0` : `${mode} ${id}\t${name}\0`,
  );
  const tree = await writeTreeOf(repository, entries, { from: `${from}^{tree}` });
  return writeCommitOf(repository, { tree, parents: [base], message: 'Stashed work', time });
}
