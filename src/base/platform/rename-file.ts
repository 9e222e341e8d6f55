/** Renaming a file over another. */
import { renameSync } from 'node:fs';

/** An editor or a virus scanner may hold a file open for a moment, and Windows then lets nobody replace it. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);
const WAITS_MS = process.platform === 'win32' ? [5, 10, 20, 40, 80, 160] : [];

/** Renames a file; one that somebody holds open is tried again for a third of a second. Throws file-system errors. */
export function renameFile(from: string, to: string): void {
  for (const wait of WAITS_MS) {
    try {
      return renameSync(from, to);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && HELD.has(String(error.code)))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
  renameSync(from, to);
}
