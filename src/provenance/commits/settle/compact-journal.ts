/** What the journal no longer needs once commits are settled. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { blobId, openBrackets, type By, type Journal, type StoredRecord, type SessionRecord } from '../../journal';
import { type Repository, treeEntries, type TreeEntry } from '../../../git';
import { idWithoutReturns } from '../authors/contents-as-stored-by-git';
import { attempt } from '../../../base/platform';

/** Text is kept no longer than this. */
const KEPT_AT_MOST_MS = 30 * 24 * 3600_000;

/**
 * Drops records that no commit can need any more: of files whose last recorded content is now in HEAD, of work
 * discarded more than a day ago, of ignored files, and anything too old. Throws a GitError.
 */
export async function compact(
  repository: Repository,
  journal: Journal,
  records: readonly StoredRecord[],
  now: number,
): Promise<void> {
  const last = new Map<string, { content: string | null; mode: string | undefined; at: number }>();
  for (const { record } of records) {
    if (record.kind === 'edit')
      for (const file of record.files)
        last.set(file.path, { content: file.to, mode: file.modes?.[1] ?? last.get(file.path)?.mode, at: record.at });
    else if (record.kind === 'seen')
      for (const file of record.files)
        if (!last.has(file.path)) last.set(file.path, { content: file.content, mode: file.mode, at: record.at });
  }
  const commit = await repository.commitId('HEAD');
  const head =
    commit === undefined ? new Map<string, TreeEntry>() : await treeEntries(repository, commit, [...last.keys()]);
  const stashed = existsSync(path.join(repository.commonDir, 'refs', 'stash'));
  const unborn = [...last]
    .filter(([file, { at }]) => !head.has(file) && now - at > THROWN_AWAY_AFTER_MS)
    .map(([file]) => file);
  const ignored = await ignoredPaths(repository, unborn);
  const isDone = (file: string, content: string | null, mode: string | undefined, at: number): boolean => {
    const entry = head.get(file);
    const committed = entry?.id ?? null;
    const isCommitted =
      committed === content ||
      (committed !== null && content !== null && committed === idWithoutReturns(journal, content));
    if ((isCommitted && (mode === undefined || entry === undefined || entry.mode === mode)) || ignored.has(file))
      return true;
    return !stashed && now - at > THROWN_AWAY_AFTER_MS && presentId(repository, file) === committed;
  };
  const done = new Set(
    [...last].filter(([file, { content, mode, at }]) => isDone(file, content, mode, at)).map(([file]) => file),
  );
  const open = new Set(openBrackets(records, now).map((bracket) => bracket.name));
  const openedLater = records.reduce(
    (first, { name, record }) => (open.has(name) ? Math.min(first, record.at) : first),
    Infinity,
  );
  const isOver = ({ name, record }: StoredRecord): boolean => {
    if (record.kind === 'session' || record.kind === 'committed' || open.has(name) || record.at >= openedLater)
      return false;
    return record.files.every((file) => done.has(file.path));
  };
  // The two halves of a bracket stay together: each would mean something else without the other.
  const unpaired = new Set(records.filter(isOver).map(({ name }) => name));
  const halves = records.flatMap(({ name, record }) =>
    record.kind === 'edit' && record.closes !== undefined ? [[record.closes, name] as const] : [],
  );
  for (const [before, after] of halves)
    if (unpaired.has(before) !== unpaired.has(after)) for (const half of [before, after]) unpaired.delete(half);
  const over = records.filter(({ name }) => unpaired.has(name));
  const sessions = new Set(records.flatMap(({ record }) => (record.kind === 'edit' ? [sessionKey(record.by)] : [])));
  const past = over.filter(({ record }) => now - record.at <= PAST_KEPT_MS).slice(-PAST_KEPT_AT_MOST);
  const stays = new Set(past);
  const obsolete = records.filter((named) => {
    const { record } = named;
    if (
      now - record.at > KEPT_AT_MOST_MS ||
      (record.kind === 'session' &&
        now - record.at > SESSION_KEPT_MS &&
        !(tells(record) && sessions.has(sessionKey(record))))
    )
      return true;
    return unpaired.has(named.name) && !stays.has(named);
  });
  // Commit records describe what precedes later records: of use only while older records exist.
  const dropped = new Set(obsolete);
  const isEdit = ({ record }: StoredRecord): boolean => record.kind === 'seen' || record.kind === 'edit';
  const oldest = records.find((named) => isEdit(named) && !dropped.has(named));
  const pending = records.find((named) => isEdit(named) && !dropped.has(named) && !stays.has(named));
  const commits = records.filter(({ record }) => record.kind === 'committed');
  const passed = commits.filter(({ record }) => !oldest || record.at < oldest.record.at);
  journal.drop([...obsolete, ...passed].map(({ name }) => name));
  const shelved = new Set(journal.shelved());
  journal.shelve(
    [...past, ...commits.filter(({ record }) => !pending || record.at < pending.record.at)]
      .map(({ name }) => name)
      .filter((name) => !shelved.has(name)),
  );
}

/**
 * How long, and how many, records of committed work are kept: a commit may be taken apart again (`git reset`, a
 * rebase), or its text brought back from elsewhere.
 */
const PAST_KEPT_MS = 2 * 3600_000;
const PAST_KEPT_AT_MOST = 150;

/** Work that exists nowhere any more is forgotten after a day: until then, an undo in an editor may bring it back. */
const THROWN_AWAY_AFTER_MS = 24 * 3600_000;
/** A session's model and prompt are kept as long as its edits are. */
const SESSION_KEPT_MS = 24 * 3600_000;
const tells = (session: SessionRecord): boolean => session.model !== undefined || session.prompt !== undefined;
const sessionKey = ({ assistant, session }: Pick<By, 'assistant' | 'session'>): string =>
  JSON.stringify([assistant, session]);

async function ignoredPaths(repository: Repository, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const answer = await repository.git(['check-ignore', '-z', '--stdin'], {
    input: paths.join('\0'),
    codes: [0, 1, 128],
  });
  return new Set(answer.stdout.toString('utf8').split('\0'));
}

function presentId(repository: Repository, file: string): string | null {
  return attempt(() => blobId(readFileSync(path.join(repository.root, ...file.split('/')))), null);
}
