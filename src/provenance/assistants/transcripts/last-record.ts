/**
 * The last relevant record of a transcript: one JSON object per line, of which the first in a tail is cut off and the
 * last may still be being written.
 */
import { isObject, type Json } from '../hook-payloads/payload-fields';
import type { ReadTail } from '../types';

/** Records hold tool results and may be long. Little more than a megabyte is read. */
const TAIL_SIZES = [64 * 1024, 1024 * 1024];

/** What `pick` returns for the last record for which it returns something. Lines without `mark` are not parsed. */
export function lastInTranscript(
  file: string,
  readTail: ReadTail,
  mark: string,
  pick: (record: Json) => string | undefined,
): string | undefined {
  for (const bytes of TAIL_SIZES) {
    const tail = readTail(file, bytes);
    if (tail === undefined) return undefined;
    for (let at = tail.lastIndexOf(mark); at >= 0;) {
      const start = tail.lastIndexOf('\n', at) + 1;
      const end = tail.indexOf('\n', at);
      const record = recordOf(tail.slice(start, end < 0 ? tail.length : end));
      const found = record && pick(record);
      if (found !== undefined) return found;
      at = start === 0 ? -1 : tail.lastIndexOf(mark, start - 1);
    }
    if (Buffer.byteLength(tail) < bytes - 4) return undefined; // that was the whole file
  }
  return undefined;
}

function recordOf(line: string): Json | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return isObject(record) ? record : undefined;
  } catch {
    return undefined;
  }
}
