/**
 * What a set-aside version deleted is gone again when that version comes back, for example when git merges a stash into
 * a file that changed in the meantime. The deletion's author is the one who made it, not the one who brought the work
 * back.
 */
import { BASELINE } from './operation';
import { splitLines } from '../text/split-lines';
import {
  SnapshotCursor,
  isInsertion,
  type WeaveHunk,
  type Patch,
  type Span,
  type Snapshot,
} from './snapshot-and-patch';
import { countLettersIn } from '../diff/tokens-and-letter-counts';
import { MIN_IDENTIFYING_LETTERS } from '../diff/distinctive-lines';

const CONFLICT = /^<{7} [^]*^>{7} /m;

/** A part of a text that somebody deleted in another version. */
export interface DeletedRange {
  readonly from: number;
  readonly to: number;
  readonly by: NonNullable<Span['deletedBy']>;
}

/**
 * A patch for an unattributed change, in which deletions that `aside` also made keep their original author; the patch
 * itself where not all of `aside` comes back. `order`: the spans of the weave, in their order; `committed`: versions
 * that were committed, whose lines are not `aside`'s own.
 */
export function creditStashedDeletions(
  patch: Patch,
  aside: Snapshot,
  order: readonly Span[],
  committed: readonly Snapshot[],
): Patch {
  const linesOf = (text: string): ReadonlySet<string> => new Set(splitLines(text).map((line) => line.trim()));
  const [had, has] = [linesOf(patch.on.text), linesOf(patch.text)];
  const put = putBy(aside).filter((line) => !had.has(line));
  const missing = put.filter((line) => !has.has(line));
  if (missing.some((line) => !committed.some(({ text }) => text.includes(line)))) return patch;
  const deletedRanges = deletedIn(patch.on, aside, order);
  const solid = deletedRanges.filter(({ from, to }) => /\S/.test(patch.on.text.slice(from, to)));
  const missingHere = solid.filter(({ from, to }) => patch.hunks.some((hunk) => hunk.from <= from && to <= hunk.to));
  // Where git left both sides of a conflict, text that one of them deleted is still there.
  if (missingHere.length === 0 || (missingHere.length < solid.length && !CONFLICT.test(patch.text))) return patch;
  const back = put.filter((line) => has.has(line) && /\w/.test(line));
  // The same single deletion may have been made twice.
  if (back.length === 0 && missingHere.length < 2) return patch;
  const letters = countLettersIn([
    ...put.filter((line) => has.has(line)),
    ...missingHere.map(({ from, to }) => patch.on.text.slice(from, to)),
  ]);
  return letters < MIN_IDENTIFYING_LETTERS
    ? patch
    : { ...patch, hunks: patch.hunks.flatMap((hunk) => splitHunk(hunk, deletedRanges)) };
}

/** The lines of a version in which something was inserted since recording began. */
function putBy({ text, spans }: Snapshot): string[] {
  const put: string[] = [];
  const there = spans.filter(({ deletedBy }) => deletedBy === null);
  let [index, start, at] = [0, 0, 0];
  for (const line of splitLines(text)) {
    at += line.length;
    let isPutIn = false;
    for (let span = there[index]; span && start < at; span = there[index]) {
      isPutIn ||= span.insertedBy !== BASELINE;
      if (start + span.length > at) break;
      start += span.length;
      index++;
    }
    if (isPutIn) put.push(line.trim());
  }
  return put;
}

/**
 * The parts of a version that are deleted in another one, ascending. `order`: the spans of the weave, in their order.
 */
export function deletedIn(on: Snapshot, aside: Snapshot, order: readonly Span[]): DeletedRange[] {
  const [mine, theirs] = [new SnapshotCursor(on.spans), new SnapshotCursor(aside.spans)];
  const ranges: DeletedRange[] = [];
  let at = 0;
  for (const span of order) {
    const here = mine.stateOf(span)?.deletedBy === null;
    const by = theirs.stateOf(span)?.deletedBy;
    if (!here) continue;
    if (by) ranges.push({ from: at, to: at + span.length, by });
    at += span.length;
  }
  return ranges;
}

/** Splits a hunk by who deleted what; returns it unchanged where nobody else did. Insertions go to the last part. */
export function splitHunk(hunk: WeaveHunk, deletedRanges: readonly DeletedRange[]): readonly WeaveHunk[] {
  const ranges = deletedRanges.filter((span) => span.from < hunk.to && hunk.from < span.to);
  if (ranges.length === 0 || !hunk.items.every(isInsertion)) return [hunk];
  const hunks: WeaveHunk[] = [];
  let done = hunk.from;
  for (const { from, to, by } of ranges) {
    const [start, end] = [Math.max(from, hunk.from), Math.min(to, hunk.to)];
    if (start > done) hunks.push({ from: done, to: start, by: hunk.by, items: [] });
    hunks.push({ from: start, to: end, by, items: [] });
    done = end;
  }
  if (done < hunk.to) hunks.push({ from: done, to: hunk.to, by: hunk.by, items: [] });
  return hunks.map((part, i) => (i === hunks.length - 1 ? { ...part, items: hunk.items } : part));
}
