/**
 * Pushes notes to a remote and fetches them. Both ways end with what both sides have, so that people who push at the
 * same time lose nothing: a push is refused when somebody else was faster, and then everything is fetched, merged and
 * tried again.
 */
import { createHash } from 'node:crypto';
import { startRecordingOnce } from '../../settle/settled-checkpoint';
import { NOTES_REF } from '../format';
import { outputLines, type Repository } from '../../../../git';
import { fetchOnly, mergeNotesRefs, readTree, type NotesTree } from './merge-notes-histories';
import { removeStaleLock } from '../notes-lock';

/** What a fetch or push of notes did. */
export interface Synced {
  /** Commits whose notes are new here, or changed. */
  readonly received: number;
  /** Commits whose notes were new there, or changed. */
  readonly sent: number;
  /** Commits with a note now. */
  readonly notes: number;
}

/** Why notes could not be exchanged. The message is for people. */
export class NotesError extends Error {
  override readonly name = 'NotesError';
  constructor(
    readonly reason: 'no-remote' | 'unreachable' | 'no-notes' | 'refused' | 'busy',
    message: string,
  ) {
    super(message);
  }
}

/** How notes get to a remote and back. */
export interface Transport {
  /** Fetches one refspec. */
  fetch(remote: string, refspec: string): Promise<{ readonly code: number; readonly stderr: string }>;
  /**
   * Pushes `commit` to the notes ref there, if that is still at `expected` (undefined: missing). In git's porcelain
   * format, a line on `stdout` that begins with `!` means that the remote refused.
   */
  push(
    remote: string,
    commit: string,
    expected: string | undefined,
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

const NETWORK_MS = 10 * 60_000;
const TRIES = 10;

/** Where a remote's notes are kept unmerged. `name` is a configured remote, or an address. */
export function trackingRef(name: string): string {
  const plain = /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)
    ? name
    : `address-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  return `refs/linekeeper/remotes/${plain}/ai`;
}

/**
 * The value for `remote.NAME.fetch` that lets a plain `git fetch` bring notes; a pattern, because git fails on a name
 * that does not exist.
 */
export const notesRefspec = (name: string): string => `+${NOTES_REF}*:${trackingRef(name)}*`;

/** The default remote when none is named. Throws a {@link NotesError}. */
export async function defaultRemote(repository: Repository): Promise<string> {
  const configured = async (key: string): Promise<string | undefined> => {
    const answer = await repository.git(['config', '--get', key], { codes: [0, 1] });
    return answer.code === 0 ? answer.stdout.toString('utf8').trim() : undefined;
  };
  const branch = await repository.git(['symbolic-ref', '--quiet', '--short', 'HEAD'], { codes: [0, 1, 128] });
  const tracked =
    branch.code === 0 ? await configured(`branch.${branch.stdout.toString('utf8').trim()}.remote`) : undefined;
  const remotes = await remotesOf(repository);
  const found = [
    tracked,
    await configured('remote.pushDefault'),
    'origin',
    remotes.length === 1 ? remotes[0] : undefined,
  ].find((name) => name !== undefined && remotes.includes(name));
  if (found === undefined)
    throw new NotesError(
      'no-remote',
      remotes.length === 0
        ? 'This repository has no remote. "git remote add origin ADDRESS" adds one.'
        : `There are several remotes (${remotes.join(', ')}). Name the one that is meant.`,
    );
  return found;
}

export async function remotesOf(repository: Repository): Promise<string[]> {
  return outputLines(await repository.text(['remote']));
}

/** Fetches the remote's notes and merges them with ours. Throws a {@link NotesError} or a GitError. */
export async function fetchNotes(
  repository: Repository,
  remote: string,
  transport = overGit(repository),
): Promise<Synced> {
  await download(repository, remote, transport);
  const { received, notes } = await takeIn(repository, trackingRef(remote));
  startRecordingOnce(repository);
  return { received, sent: 0, notes };
}

/** Merges the remote's notes with ours and pushes them. Throws a {@link NotesError} or a GitError. */
export async function pushNotes(
  repository: Repository,
  remote: string,
  transport = overGit(repository),
): Promise<Synced> {
  const tracking = trackingRef(remote);
  let received = 0;
  let refusedAt: string | undefined;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await pause(attempt);
    await download(repository, remote, transport);
    const there = await idOf(repository, tracking);
    const merged = await takeIn(repository, tracking);
    received += merged.received;
    const here = await idOf(repository, NOTES_REF);
    if (here === undefined || here === there) return { received, sent: 0, notes: merged.notes };
    const push = await transport.push(remote, here, there);
    if (push.code === 0) {
      await repository.git(['update-ref', tracking, here]);
      return {
        received,
        sent: differing(await treeOf(repository, there), await treeOf(repository, here)),
        notes: merged.notes,
      };
    }
    const rejected = /^!\t.*$/m.exec(push.stdout)?.[0];
    // Refused, and nobody else was faster: the remote rejects it, and trying again would not help.
    if (rejected === undefined || refusedAt === `${there ?? ''} ${rejected}`)
      throw new NotesError(
        rejected === undefined ? 'unreachable' : 'refused',
        `${remote} did not take the notes (${refusalIn(push.stderr, rejected)}). May you push ${NOTES_REF} there?`,
      );
    refusedAt = `${there ?? ''} ${rejected}`;
  }
  throw new NotesError(
    'busy',
    `Others were quicker ${String(TRIES)} times in a row, so the notes are not on ${remote} yet. Try again.`,
  );
}

/** Whether `remote` had our notes at the last contact. Uses no network. Throws a GitError. */
export async function areNotesOn(repository: Repository, remote: string): Promise<boolean> {
  const here = await idOf(repository, NOTES_REF);
  return here === undefined || here === (await idOf(repository, trackingRef(remote)));
}

/** Merges a ref's notes into ours. Throws a GitError. */
export async function takeIn(
  repository: Repository,
  ref: string,
): Promise<{ readonly received: number; readonly notes: number }> {
  const theirs = await idOf(repository, ref);
  for (let attempt = 0; ; attempt++) {
    const ours = await idOf(repository, NOTES_REF);
    const before = await treeOf(repository, ours);
    if (theirs === undefined || theirs === ours) return { received: 0, notes: before.size };
    const combined = await mergeNotesRefs(repository, ours, theirs);
    if (combined === ours) return { received: 0, notes: before.size };
    const zeros = '0'.repeat(combined.length);
    const moved = await repository.git(
      ['update-ref', '-m', 'linekeeper: merge notes', NOTES_REF, combined, ours ?? zeros],
      { codes: attempt < TRIES ? [0, 1, 128] : [0] },
    );
    if (moved.code === 0) {
      const after = await treeOf(repository, combined);
      return { received: differing(before, after), notes: after.size };
    }
    removeStaleLock(repository); // a stuck one fails the last attempt, with git's own message
    await pause(attempt); // another process has written notes meanwhile
  }
}

/** Also throws a {@link NotesError} where the remote has something else in place of notes. */
async function download(repository: Repository, remote: string, transport: Transport): Promise<void> {
  const answer = await transport.fetch(remote, notesRefspec(remote));
  if (answer.code !== 0)
    throw new NotesError('unreachable', `The notes of ${remote} could not be fetched (${reasonIn(answer.stderr)}).`);
  const tracking = trackingRef(remote);
  if (!(await repository.hasRef(tracking)) || (await idOf(repository, tracking)) !== undefined) return;
  const kind = (await repository.text(['cat-file', '-t', tracking])).trim();
  throw new NotesError(
    'no-notes',
    `What ${remote} has as ${NOTES_REF} is a ${kind} and not notes, so nothing was taken from there and nothing sent. Whoever may write there can take it away with "git push ${remote} :${NOTES_REF}"; then "linekeeper notes push" brings what is here.`,
  );
}

/** With this process's own git, as in the user's terminal. */
const overGit = (repository: Repository): Transport => ({
  fetch: (remote, refspec) => network(repository, fetchOnly(remote, [refspec])),
  push: async (remote, commit, expected) => {
    const { code, stdout, stderr } = await network(repository, [
      'push',
      '--porcelain',
      '--no-verify',
      `--force-with-lease=${NOTES_REF}:${expected ?? ''}`,
      '--',
      remote,
      `${commit}:${NOTES_REF}`,
    ]);
    return { code, stdout: stdout.toString('utf8'), stderr };
  },
});

const network = (repository: Repository, words: readonly string[]): ReturnType<Repository['git']> =>
  repository.git(words, { codes: [0, 1, 128], timeout: NETWORK_MS });

async function idOf(repository: Repository, ref: string): Promise<string | undefined> {
  return repository.commitId(ref);
}

const treeOf = async (repository: Repository, commit: string | undefined): Promise<NotesTree> =>
  commit === undefined ? new Map() : readTree(repository, commit);

const differing = (before: NotesTree, after: NotesTree): number =>
  [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).length;

/** The first error; what follows is usually advice. */
const reasonIn = (stderr: string): string =>
  (
    stderr
      .trim()
      .split('\n')
      .find((line) => !line.startsWith('warning:')) ?? ''
  )
    .replace(/^(?:fatal|error): /, '')
    .replace(/\.$/, '');

/**
 * What the remote itself said, or git's reason after the name of the ref; git's remark that some refs were not pushed
 * is no reason.
 */
function refusalIn(stderr: string, rejected: string | undefined): string {
  const said = reasonIn(stderr);
  const behind = /\((.+)\)$/.exec(rejected ?? '')?.[1];
  return (said === '' || said.startsWith('failed to push some refs') ? (behind ?? said) : said).trim();
}

/** Longer with each attempt, and randomised between waiting processes. */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 20 * 2 ** Math.min(attempt, 6) * (0.5 + Math.random())));
