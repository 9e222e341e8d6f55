/** git's lock on the ref of our notes. */
import { statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { NOTES_REF } from '../note';
import type { Repository } from '../repository';

/** git holds this lock for some milliseconds. One that is so old was left by a git that was killed, which git itself never mends. */
const LEFT_BEHIND_AFTER_MS = 10 * 60_000;

/** Takes away a lock that was left behind, or every later note would wait for it for ever. */
export function removeLockLeftBehind(repository: Repository): void {
  const lock = path.join(repository.commonDir, `${NOTES_REF}.lock`);
  try {
    if (Date.now() - statSync(lock).mtimeMs > LEFT_BEHIND_AFTER_MS) unlinkSync(lock);
  } catch {
    // none there, or it can't be taken away: git says so
  }
}
