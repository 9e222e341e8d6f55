/** Folders of tests. */
import { rmSync } from 'node:fs';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;
const WRITTEN_INTO = ['ENOTEMPTY', 'EBUSY', 'EPERM', 'EEXIST'];

/**
 * Removes a folder into which git, or what we left running in the background, may still write. Node's own `maxRetries`
 * only tries again to remove the folder; it does not look for the files that came into it meanwhile.
 *
 * @throws what Node throws, when the folder is still written into after a minute.
 */
export function removeFolder(folder: string): void {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!WRITTEN_INTO.includes(code) || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
