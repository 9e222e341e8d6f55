/** Text whose insertion was not recorded, and that a later record claims for its author. */
import { BASELINE, diffChars, equalRanges, isUnrecorded, type Operation, type Provenance } from '../../authorship';
import type { File } from './replayed-file';
import { operationsIn, overlap, spansIn } from './patches-spans-and-runs-of-versions';

/** Credits to an author every operation since a time (milliseconds since the epoch) that has no known author. */
export function claimSince({ track }: File, by: Provenance, since: number): void {
  for (const operation of track.operations)
    if (isUnrecorded(operation.by) && (operation.by?.time ?? 0) > since) operation.by = by;
}

/**
 * Whether the text that a reported edit claims to have inserted was already there: all of it, or a part that has a
 * recorded author.
 */
export function isTaken({ track }: File, from: string, to: string): boolean {
  if (track.current.text === to) return from !== to;
  const claimed = diffChars(from, to);
  const equal = equalRanges(diffChars(track.current.text, to), track.current.text.length, to.length);
  return spansIn(
    track.current,
    equal.flatMap((same) => claimed.flatMap((claim) => overlap(same, claim))),
  ).some(({ span }) => span.insertedBy !== BASELINE && !isUnrecorded(span.insertedBy.by));
}

/** Credits to an edit's author the text that it claims to have inserted, except where somebody else is recorded. */
export function claimPart({ track }: File, from: string, by: Provenance, operation: Operation): void {
  const on = track.current;
  const last = track.former;
  const ranges = diffChars(from, on.text).map((s) => ({ start: s.newStart, end: s.newEnd }));
  // The edit describes exactly the change observed last.
  if (last?.text === from) {
    const before = operationsIn(last);
    for (const unseen of operationsIn(on))
      if (!before.has(unseen) && unseen !== BASELINE && isUnrecorded(unseen.by)) unseen.by = by;
  }
  const hunks = spansIn(on, ranges)
    .filter(({ span }) => span.insertedBy !== BASELINE && isUnrecorded(span.insertedBy.by))
    .map(({ start, end }) => ({
      from: start,
      to: end,
      by: operation,
      items: [{ at: start, text: on.text.slice(start, end), by: operation }],
    }));
  if (hunks.length > 0) track.set(track.weave.apply({ on, text: on.text, hunks }));
}
