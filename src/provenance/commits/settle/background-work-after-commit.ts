/**
 * What a background process does after a commit, behind an assistant's edits and at the end of an assistant's turn: it writes the notes that are
 * owed, and computes the next commit's trailers ahead, so that its hook starts no runtime. It ends by itself, and
 * whatever it leaves undone is done by the next command.
 */
import { OBJECT_ID } from '../../../base/patterns';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, makeDataFolder } from '../../../base/files';
import { latestEdit, openJournal } from '../../journal';
import { isStale, positionOf } from './settled-checkpoint';
import { headOf, type Repository } from '../../../git';
import { prepareAnswer, type Clock, type TrailerPolicy } from '../message/prepare-message-and-trailers';
import { settleFirst } from './settle-before-read';
import { isWindows } from '../../../base/platform';

/** How long to wait for a commit whose hook has run (milliseconds): its message may be open in an editor. */
const COMMIT_WITHIN_MS = 20_000;
/** An older one was left by a process that was killed. */
const LOCK_AT_MOST_MS = 60_000;
/** How often it is repeated because something happened meanwhile. */
const ROUNDS = 3;

/** Whether there is something to prepare, and a hook that would use it. Cheap. */
export function isWorthPreparing(
  { gitDir, commonDir }: Pick<Repository, 'gitDir' | 'commonDir'>,
  now: () => number,
): boolean {
  return (
    [path.join(commonDir, 'hooks', 'prepare-commit-msg'), dataPlace(commonDir, 'hooks')].some((place) =>
      existsSync(place),
    ) && latestEdit(openJournal(gitDir, now).names()) !== undefined
  );
}

/**
 * Waits for the commit in progress: HEAD was at `head` when its hook ran, or `unknown` where that was not given. Stops
 * when the git that makes it ends (`maker`, its process id; NaN when unknown). Returns whether the commit was made.
 */
export async function afterCommit(repository: Repository, head: string, maker = Number.NaN): Promise<boolean> {
  const isMade = (): boolean => (OBJECT_ID.test(head) ? headOf(repository) !== head : isStale(repository));
  for (let waited = 0, step = 5; waited < COMMIT_WITHIN_MS; waited += step, step = Math.min(100, step * 1.5)) {
    if (isMade()) return true;
    if (hasEnded(maker)) return isMade();
    await new Promise((resolve) => setTimeout(resolve, step));
  }
  return isMade();
}

/** Edits often come in a row: it begins when this long nothing was recorded (milliseconds), or after all of the time. */
const QUIET_MS = 300;
const EDITS_WITHIN_MS = 3_000;

/** There while a process waits for the end of a row of edits, so that one is enough. */
export const waitingFile = ({ gitDir }: Pick<Repository, 'gitDir'>): string => dataPlace(gitDir, 'ready.wait');

/** Waits for the end of a row of edits. What is recorded from now on starts the next process. */
export async function afterEdits(repository: Repository, now: () => number): Promise<void> {
  const latest = (): string | undefined => latestEdit(openJournal(repository.gitDir, now).names());
  for (let waited = 0, last = latest(); waited < EDITS_WITHIN_MS; waited += QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const current = latest();
    if (current === last) break;
    last = current;
  }
  rmSync(waitingFile(repository), { force: true });
}

/** On Windows a hook's shell has process ids of its own. */
function hasEnded(id: number): boolean {
  if (!Number.isInteger(id) || id <= 1 || isWindows()) return false;
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Settles and prepares, unless another process is doing so. Throws a GitError or a JournalError. */
export async function prepareNextCommit(
  repository: Repository,
  policyOf: () => Promise<TrailerPolicy>,
  clock: Clock,
): Promise<void> {
  const lock = dataPlace(repository.gitDir, 'ready.lock');
  if (!takeLock(lock)) return;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await settleFirst(repository, clock.now, (sentence) => clock.err?.(`linekeeper: ${sentence}`));
      const before = stateOf(repository, clock); // not sooner: settling itself shortens the journal
      await prepareAnswer(repository, await policyOf(), clock, { everyWay: true });
      if (stateOf(repository, clock) === before) return;
    }
  } finally {
    rmSync(lock, { force: true });
  }
}

/** What the result depends on. */
const stateOf = (repository: Repository, clock: Clock): string =>
  JSON.stringify([
    positionOf(repository),
    latestEdit(openJournal(repository.gitDir, clock.now).names()),
    indexState(repository),
  ]);

function indexState({ gitDir }: Repository): string {
  try {
    const { mtimeMs, size } = statSync(path.join(gitDir, 'index'));
    return `${String(mtimeMs)} ${String(size)}`;
  } catch {
    return '';
  }
}

function takeLock(lock: string): boolean {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      makeDataFolder(path.dirname(lock));
      writeFileSync(lock, '', { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false; // the place is not writable
    }
    try {
      if (Date.now() - statSync(lock).mtimeMs < LOCK_AT_MOST_MS) return false;
      rmSync(lock, { force: true });
    } catch {
      // it has just been released
    }
  }
  return false;
}
