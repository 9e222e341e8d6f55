/** Who may write notes now: git's lock on their ref, and one of ours around reading and writing. */
import { closeSync, openSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, makeDataFolder } from '../../../base/files';
import { NOTES_REF } from './format';
import type { Repository } from '../../../git';

/**
 * git holds this lock for some milliseconds. One this old was left by a git that was killed, which git itself never
 * cleans up.
 */
const LEFT_BEHIND_AFTER_MS = 10 * 60_000;

/** A lock this old will not be released soon either: waiting for it would only delay an edit or a question. */
const STUCK_AFTER_MS = 2_000;

/**
 * Removes an abandoned lock; otherwise every later note would wait for it forever.
 *
 * @returns Whether it is worth trying again now: false when a lock is too old to be released soon, and too young to be
 *   removed.
 */
export function removeStaleLock(repository: Repository): boolean {
  const lock = path.join(repository.commonDir, `${NOTES_REF}.lock`);
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    if (age <= LEFT_BEHIND_AFTER_MS) return age < STUCK_AFTER_MS;
    unlinkSync(lock);
  } catch {
    // none there, or it can't be removed: git reports it
  }
  return true;
}

/** Ours is held for a few git calls, and touched meanwhile. An older one was left by a process that was killed. */
const OURS_LEFT_BEHIND_AFTER_MS = 10_000;
const TOUCHED_EVERY_MS = 2_000;
/** Nobody waits longer: nothing is lost without the lock, it only takes more attempts. */
const PATIENCE_MS = 3_000;

/** Runs `work` while none of our own processes, in any work tree, does the same. */
export async function alone<T>(repository: Repository, work: () => Promise<T>): Promise<T> {
  const lock = dataPlace(repository.commonDir, 'notes.lock');
  if (!(await takeLock(lock))) return work();
  const touching = setInterval(() => {
    touch(lock);
  }, TOUCHED_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    remove(lock);
  }
}

/** On a busy machine, git may take longer than others are willing to wait. */
function touch(lock: string): void {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // another process considered it abandoned
  }
}

async function takeLock(lock: string): Promise<boolean> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    try {
      makeDataFolder(path.dirname(lock));
      closeSync(openSync(lock, 'wx'));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false; // the place is not writable
    }
    try {
      if (Date.now() - statSync(lock).mtimeMs > OURS_LEFT_BEHIND_AFTER_MS) remove(lock);
    } catch {
      // it has just been released
    }
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 15));
  }
  return false;
}

function remove(lock: string): void {
  try {
    unlinkSync(lock);
  } catch {
    // another process considered it abandoned
  }
}
