/** Which of an area's files one mocha process runs. */
import path from 'node:path';
import type { Area } from './areas';

/**
 * In the order in which they are to be begun. Where files only share the code that they load, which takes a process some
 * seconds, the batches get smaller towards the end: then all processors are busy until all is done.
 */
export function batches(files: readonly string[], area: Area, processors: number): string[][] {
  const { atOnce, apart = [], last = [] } = area;
  if (atOnce === 'all') {
    const isAmong = (names: readonly string[], file: string): boolean => names.includes(path.basename(file));
    const together = files.filter((file) => !isAmong(apart, file));
    return [
      [...together.filter((file) => !isAmong(last, file)), ...together.filter((file) => isAmong(last, file))],
      ...files.filter((file) => isAmong(apart, file)).map((file) => [file]),
    ].filter((batch) => batch.length > 0);
  }
  const made: string[][] = [];
  for (let start = 0; start < files.length; start += made.at(-1)?.length ?? 0) {
    const share = Math.ceil((files.length - start) / (processors * SHARES));
    made.push(files.slice(start, start + Math.min(atOnce, share)));
  }
  return made;
}

/** How many batches each processor gets at least of what is left. */
const SHARES = 3;
