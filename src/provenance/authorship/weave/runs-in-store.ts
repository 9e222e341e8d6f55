/** Where the characters of a version's text are in the character store and in the weave. Pure. */
import { type SpannedText } from './lines-of-spanned-text';

/**
 * The spans present in the text: where each starts there, and its first character's place in the character store and in
 * the weave.
 */
interface Reader {
  readonly starts: number[];
  readonly textOffsets: number[];
  readonly ids: number[];
  readonly lengths: number[];
}

const readers = new WeakMap<SpannedText, Reader>();

/** A run of stored characters, and the weave id of the first one's place. */
interface StoredRun {
  readonly length: number;
  readonly textOffset: number;
  readonly id: number;
}

/**
 * Whether both runs share a character at the same place. Ids are per file, so the character store distinguishes files.
 */
export const isSamePlace = (a: StoredRun, b: StoredRun): boolean =>
  a.id - b.id === a.textOffset - b.textOffset && a.id < b.id + b.length && b.id < a.id + a.length;

/**
 * The offset at which a version has the first character of a run at the same place; undefined where it does not have
 * it.
 */
export function placeIn(version: SpannedText, run: StoredRun): number | undefined {
  const { starts, textOffsets, ids, lengths } = readerOf(version);
  const index = ids.findIndex(
    (id, i) =>
      id - run.id === (textOffsets[i] ?? 0) - run.textOffset && id <= run.id && run.id < id + (lengths[i] ?? 0),
  );
  return index < 0 ? undefined : (starts[index] ?? 0) + run.id - (ids[index] ?? 0);
}

function readerOf(version: SpannedText): Reader {
  let reader = readers.get(version);
  if (!reader) {
    reader = { starts: [], textOffsets: [], ids: [], lengths: [] };
    let at = 0;
    for (const span of version.spans) {
      if (span.deletedBy) continue;
      reader.starts.push(at);
      reader.textOffsets.push(span.textOffset);
      reader.ids.push(span.id);
      reader.lengths.push(span.length);
      at += span.length;
    }
    readers.set(version, reader);
  }
  return reader;
}

/** The stored runs that make up a range of a version's text. */
export function storedRunsOf(version: SpannedText, from: number, to: number): StoredRun[] {
  const { starts, textOffsets, ids, lengths } = readerOf(version);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= from) low = middle;
    else high = middle - 1;
  }
  const parts: StoredRun[] = [];
  for (let i = low, at = from; at < to && i < starts.length; i++) {
    const start = starts[i] ?? 0;
    const stop = Math.min(to, start + (lengths[i] ?? 0));
    if (stop <= at) continue;
    parts.push({
      length: stop - at,
      textOffset: (textOffsets[i] ?? 0) + (at - start),
      id: (ids[i] ?? 0) + (at - start),
    });
    at = stop;
  }
  return parts;
}
