/**
 * The end of a transcript. Its path comes from a payload, so it is opened with care: only a regular file named
 * `.jsonl`, without blocking, and reading no more than requested.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';

/** See `ReadTail`. */
export function readTail(file: string, bytes: number): string | undefined {
  if (!path.isAbsolute(file) || !file.endsWith('.jsonl')) return undefined;
  let fd: number | undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- Windows has no such flag
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // a named pipe must not block us
    const kind = fstatSync(fd);
    if (!kind.isFile()) return undefined;
    const start = Math.max(0, kind.size - bytes);
    const buffer = Buffer.alloc(Math.min(bytes, kind.size));
    let filled = 0;
    while (filled < buffer.length) {
      const got = readSync(fd, buffer, filled, buffer.length - filled, start + filled);
      if (got === 0) break;
      filled += got;
    }
    return buffer.toString('utf8', 0, filled);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
