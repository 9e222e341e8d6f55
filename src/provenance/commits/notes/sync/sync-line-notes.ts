/** Exchanges notes that are lists of lines with a remote: both sides end with the lines of both. */
import { createHash } from 'node:crypto';
import { type Repository, GitError } from '../../../../git';
import { forgetRefs, rememberRefs } from '../lost-notes-refs';
import { lineNotesAt, pause, readLineNotes } from '../append-only-line-notes';
import { seenAt, SHARED_LINE_NOTES } from '../refs-of-line-notes';
import { fetchOnly, mergeNotesRefs } from './merge-notes-histories';
import { trackingRef } from './push-and-fetch-notes';

/** What a fetch or push did: lines that are new here, and lines that are new there. */
export interface LineNotesSynced {
  readonly received: number;
  readonly sent: number;
}

/** The same for each ref. */
type SyncedByRef = ReadonlyMap<string, LineNotesSynced>;

function byRef(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  sent: ReadonlyMap<string, number>,
): SyncedByRef {
  return new Map(
    [...after].map(([ref, count]) => [ref, { received: count - (before.get(ref) ?? 0), sent: sent.get(ref) ?? 0 }]),
  );
}

function inAll(synced: SyncedByRef): LineNotesSynced {
  const all = [...synced.values()];
  return {
    received: all.reduce((sum, one) => sum + one.received, 0),
    sent: all.reduce((sum, one) => sum + one.sent, 0),
  };
}

const NETWORK_MS = 10 * 60_000;
const TRIES = 10;

/** Where a remote's notes are kept unmerged. */
export const trackingOf = (remote: string, ref: string): string =>
  seenAt(
    /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(remote)
      ? remote
      : createHash('sha256').update(remote).digest('hex').slice(0, 16),
    ref,
  );

/**
 * The value for `remote.NAME.fetch` that lets a plain `git fetch` bring them; a pattern, because git fails on a name
 * that does not exist.
 */
export const lineNotesRefspec = (remote: string, ref: string): string => `+${ref}*:${trackingOf(remote, ref)}*`;

/** Removes what was fetched of a remote's notes, and forgets that it had any. Throws a GitError. */
export async function forgetRemoteNotes(repository: Repository, remote: string): Promise<void> {
  const names = [trackingRef(remote), ...SHARED_LINE_NOTES.map((ref) => trackingOf(remote, ref))];
  for (const name of names) await repository.git(['update-ref', '-d', name]);
  forgetRefs(repository, names);
}

/** Fetches the remote's lines. Throws a GitError. */
export const fetchLineNotes = async (
  repository: Repository,
  refs: readonly string[],
  remote: string,
): Promise<LineNotesSynced> => inAll(await fetchEach(repository, refs, remote));

/** Merges the remote's lines with ours and pushes them. Throws a GitError where the remote refuses them. */
export const pushLineNotes = async (
  repository: Repository,
  refs: readonly string[],
  remote: string,
): Promise<LineNotesSynced> => inAll(await pushEach(repository, refs, remote));

/** Either of the two, told for each ref. Throws a GitError. */
export const exchangeLineNotes = (
  way: 'push' | 'fetch',
  repository: Repository,
  refs: readonly string[],
  remote: string,
): Promise<SyncedByRef> => (way === 'push' ? pushEach : fetchEach)(repository, refs, remote);

async function fetchEach(repository: Repository, refs: readonly string[], remote: string): Promise<SyncedByRef> {
  const before = await count(repository, refs);
  await download(repository, refs, remote);
  return byRef(before, await count(repository, refs), new Map());
}

async function pushEach(repository: Repository, refs: readonly string[], remote: string): Promise<SyncedByRef> {
  const before = await count(repository, refs);
  for (let attempt = 1; ; attempt++) {
    await download(repository, refs, remote);
    const leases: string[] = [];
    const specs: string[] = [];
    const pushed: (readonly [string, string])[] = [];
    const sent = new Map<string, number>();
    for (const ref of refs) {
      const [here, there] = [await repository.commitId(ref), await repository.commitId(trackingOf(remote, ref))];
      if (here === undefined || here === there) continue;
      leases.push(`--force-with-lease=${ref}:${there ?? ''}`);
      specs.push(`${here}:${ref}`);
      pushed.push([trackingOf(remote, ref), here]);
      sent.set(
        ref,
        (await lineNotesAt(repository, here)).length -
          (there === undefined ? 0 : (await lineNotesAt(repository, there)).length),
      );
    }
    const done = byRef(before, await count(repository, refs), sent);
    if (specs.length === 0) return done;
    const push = await repository.git(['push', '--porcelain', '--no-verify', ...leases, '--', remote, ...specs], {
      codes: [0, 1, 128],
      timeout: NETWORK_MS,
    });
    if (push.code === 0) {
      for (const [tracking, tip] of pushed) await repository.git(['update-ref', tracking, tip]);
      await rememberRefs(repository, pushed);
      return done;
    }
    if (attempt >= TRIES)
      throw new GitError(
        'failed',
        `${remote} did not take ${refs.join(' and ')} (${reasonIn(push.stderr)}). May you push there?`,
      );
    await pause(attempt);
  }
}

async function download(repository: Repository, refs: readonly string[], remote: string): Promise<void> {
  const specs = refs.map((ref) => lineNotesRefspec(remote, ref));
  const fetched = await repository.git(fetchOnly(remote, specs), { codes: [0, 1, 128], timeout: NETWORK_MS });
  if (fetched.code !== 0)
    throw new GitError(
      'failed',
      `${refs.join(' and ')} of ${remote} could not be fetched (${reasonIn(fetched.stderr)}).`,
    );
  for (const ref of refs) {
    const tracking = trackingOf(remote, ref);
    const there = await repository.commitId(tracking);
    if (there === undefined && (await repository.hasRef(tracking)))
      throw new GitError('failed', `What ${remote} has as ${ref} is no notes, so nothing was taken from there.`);
    if (there !== undefined) await takeIn(repository, ref, there);
  }
}

/** By compare and swap: `git notes merge` would overwrite a line that was added meanwhile. */
async function takeIn(repository: Repository, ref: string, theirs: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const ours = await repository.commitId(ref);
    const combined = await mergeNotesRefs(repository, ours, theirs, linesOfBoth);
    if (combined === ours) return;
    const moved = await repository.git(
      ['update-ref', '-m', 'linekeeper: merge notes', ref, combined, ours ?? '0'.repeat(combined.length)],
      { codes: attempt < TRIES ? [0, 1, 128] : [0] },
    );
    if (moved.code === 0) return;
    await pause(attempt);
  }
}

/** Each line once, in an order that is the same everywhere. */
const linesOfBoth = (_commit: string, ours: string, theirs: string): string =>
  `${[...new Set(`${ours}\n${theirs}`.split('\n'))]
    .filter((line) => line.trim() !== '')
    .sort()
    .join('\n')}\n`;

async function count(repository: Repository, refs: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return new Map(
    await Promise.all(refs.map(async (ref) => [ref, (await readLineNotes(repository, ref)).length] as const)),
  );
}

/** The first error; what follows is usually advice. */
const reasonIn = (stderr: string): string =>
  (
    stderr
      .trim()
      .split('\n')
      .find((line) => /^(?:fatal|error|remote|!)/.test(line)) ?? ''
  )
    .replace(/^(?:fatal|error): /, '')
    .replace(/\.$/, '')
    .slice(0, 200);
