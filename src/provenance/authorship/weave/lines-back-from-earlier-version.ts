/** Lines of a text that an earlier version had, and the parts of ranges that lie in them. Pure. */
import { type Splice } from '../diff/trim-splices';
import { splitLines } from '../text/split-lines';
import { MIN_BLOCK_WEIGHT, isDistinctive, weight } from '../diff/distinctive-lines';
import { type Snapshot } from './snapshot-and-patch';

/** The parts of a range that share a line with text before or after it. */
export function partialLines(
  text: string,
  from: number,
  to: number,
  before: boolean,
  behind: boolean,
): [number, number][] {
  if (to <= from) return [];
  const first = text.indexOf('\n', from);
  const last = text.lastIndexOf('\n', to - 1);
  if (first < 0 || first >= to) return (before && text[from - 1] !== '\n') || behind ? [[from, to]] : [];
  return [
    ...(before && text[from - 1] !== '\n' ? [[from, first + 1] as [number, number]] : []),
    ...(behind && last + 1 < to ? [[last + 1, to] as [number, number]] : []),
  ];
}

export interface Line {
  readonly start: number;
  readonly end: number;
}

const keys = new WeakMap<Snapshot, ReadonlySet<string>>();

/**
 * The lines of a text that another version has too, on their own or side by side. Only whole lines count as having come
 * back, because unrelated texts share single words.
 */
export function cameBack(text: string, snapshot: Snapshot): Line[] {
  let there = keys.get(snapshot);
  if (!there) keys.set(snapshot, (there = new Set(splitLines(snapshot.text).map((line) => line.trim()))));
  const lines = splitLines(text);
  const known = lines.map((line) => there.has(line.trim()));
  const tells = (i: number): boolean => known[i] === true && weight(lines[i] ?? '') >= MIN_BLOCK_WEIGHT;
  const sure = lines.map(
    (line, i) => known[i] === true && (isDistinctive(line) || (tells(i) && (tells(i - 1) || tells(i + 1)))),
  );
  const found: Line[] = [];
  let start = 0;
  // Brackets and empty lines go with their neighbours; several of them go with one distinctive line.
  for (let from = 0, next = 0; from < lines.length; from = next) {
    next = from + 1;
    while (known[from] === true && known[next] === true) next++;
    const isBack = sure.slice(from, next).includes(true);
    for (const line of lines.slice(from, next)) {
      if (isBack) found.push({ start, end: start + line.length });
      start += line.length;
    }
  }
  return found;
}

/** The parts of common ranges that lie in the given lines of the text inserted at `at`. All are ascending. */
export function within(ranges: readonly Splice[], lines: readonly Line[], at: number): Splice[] {
  const parts: Splice[] = [];
  let l = 0;
  for (const range of ranges) {
    while (l < lines.length && (lines[l]?.end ?? 0) <= at + range.newStart) l++;
    for (let i = l; i < lines.length; i++) {
      const line = lines[i];
      if (!line || line.start >= at + range.newEnd) break;
      const newStart = Math.max(range.newStart, line.start - at);
      const newEnd = Math.min(range.newEnd, line.end - at);
      const oldStart = range.oldStart + (newStart - range.newStart);
      const last = parts.at(-1);
      if (last?.newEnd === newStart && last.oldEnd === oldStart)
        parts[parts.length - 1] = { ...last, oldEnd: oldStart + (newEnd - newStart), newEnd };
      else parts.push({ oldStart, oldEnd: oldStart + (newEnd - newStart), newStart, newEnd });
    }
  }
  return parts;
}
