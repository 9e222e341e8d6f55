/** Reads files of Linekeeper's that should be regular files but may have been replaced by anything else. */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { attempt } from '../platform';

/**
 * The content of a regular file of at most `atMost` bytes. Throws for anything else: reading a pipe or a device could
 * block forever, and a link leads anywhere.
 */
export function readPlainFile(file: string, atMost = Infinity): Buffer {
  // Undefined on systems that lack these flags.
  const { O_NONBLOCK, O_NOFOLLOW } = constants as { readonly O_NONBLOCK?: number; readonly O_NOFOLLOW?: number };
  const opened = openSync(file, constants.O_RDONLY | (O_NONBLOCK ?? 0) | (O_NOFOLLOW ?? 0));
  try {
    const found = fstatSync(opened);
    if (!found.isFile()) throw new Error(`${file} is no plain file`);
    if (found.size > atMost) throw new Error(`${file} is too large`);
    return readWhole(opened, found.size);
  } finally {
    closeSync(opened);
  }
}

/** Thousands of small files are read for one question: a file's size is asked for once. */
function readWhole(opened: number, size: number): Buffer {
  const content = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (let got = 1; got > 0 && length <= size; length += got)
    got = readSync(opened, content, length, content.length - length, length);
  // It has grown meanwhile.
  return length > size ? readFileSync(opened) : content.subarray(0, length);
}

/** The text of a regular file of at most `atMost` bytes; empty when it is missing or unreadable. */
export function readTextOrNothing(file: string, atMost = Infinity): string {
  return attempt(() => readPlainFile(file, atMost).toString('utf8'), '');
}

/** The text of somebody's file of at most `atMost` bytes, also by a link; undefined when there is none. */
export const textUpTo = (file: string, atMost: number, encoding: 'utf8' | 'latin1' = 'utf8'): string | undefined =>
  attempt(() => {
    const found = statSync(file);
    return found.isFile() && found.size <= atMost ? readFileSync(file, encoding) : undefined;
  });
