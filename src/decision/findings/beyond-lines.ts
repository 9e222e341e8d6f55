/** Changes that their line count does not describe. */
import { isUtf8 } from 'node:buffer';

/** A longer line is more than a line's worth of reading, such as a program on one line. Bytes. */
const LINE_AT_MOST = 2_000;
const LINE_END = 0x0a;

/** Pointers in git to content that is stored elsewhere: Git LFS, git-annex. */
const POINTER = /^(?:version https:\/\/git-lfs\.github\.com\/spec\/|\/annex\/objects\/)/;
const POINTER_AT_MOST = 1_024;

/** Whether a file's change can't be counted in lines. A side that is not a buffer does not exist or can't be read. */
export function isBeyondLines(before: unknown, after: unknown): boolean {
  const [old, now] = [bytesOf(before), bytesOf(after)];
  if (old.equals(now)) return false;
  return [old, now].some((side) => !isUtf8(side) || isPointer(side)) || longLinesOf(old) !== longLinesOf(now);
}

const bytesOf = (content: unknown): Buffer => (Buffer.isBuffer(content) ? content : Buffer.alloc(0));

const isPointer = (content: Buffer): boolean =>
  content.length <= POINTER_AT_MOST && POINTER.test(content.toString('latin1'));

function longLinesOf(content: Buffer): string {
  const long: string[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_END, start);
    const end = found < 0 ? content.length : found;
    if (end - start > LINE_AT_MOST) long.push(content.toString('latin1', start, end));
    start = end + 1;
  }
  return long.sort().join('\n');
}
