/** Which of an area's files one mocha process runs. */
import path from 'node:path';
import type { Area } from './areas';

/**
 * In the order in which they are to be begun. Where files only share the code that they load, which takes a process some
 * seconds, the batches get smaller towards the end, but not below `atLeast`: then all processors are busy until all is done.
 */
export function batches(files: readonly string[], area: Area, processors: number): string[][] {
  const { atOnce, atLeast = 1, apart = [] } = area;
  if (atOnce === 'all') {
    const among = (names: readonly string[]): string[] => files.filter((file) => names.includes(path.basename(file)));
    const elsewhere = among(apart.flat());
    return [files.filter((file) => !elsewhere.includes(file)), ...apart.map(among)].filter((batch) => batch.length > 0);
  }
  const made: string[][] = [];
  for (let start = 0; start < files.length; start += made.at(-1)?.length ?? 0) {
    const share = Math.ceil((files.length - start) / (processors * SHARES));
    made.push(files.slice(start, start + Math.min(atOnce, Math.max(atLeast, share))));
  }
  return made;
}

/** How many batches each processor gets at least of what is left. */
const SHARES = 2;
