/** The parts of a replacement that really change something. Pure. */
import { diffCharsInSteps } from '../../../provenance/authorship';
import { PLACES_IN_A_SLICE, type TimeSliced } from '../../time-slices';
import type { LongText } from './chunked-text';
import type { Provenance } from './spans';
import { isCompared, NOTHING, trimmed, type AuthoredChange } from './text-change';

/** A change whose insertion and deletion may have different authors. */
export interface ChangeByTwo extends AuthoredChange {
  readonly taker: Provenance | undefined;
}

/**
 * Adds the parts of a replacement that really change something to a list, the last one first. Throws a RangeError.
 */
export function* pushSmaller(text: LongText, change: ChangeByTwo, into: ChangeByTwo[]): TimeSliced<void> {
  const { offset, deleted, inserted, by, taker } = change;
  if (offset < 0 || deleted < 0 || offset + deleted > text.length)
    throw new RangeError(`a change at ${String(offset)} lies outside a text of ${String(text.length)}`);
  if (deleted === 0) {
    if (inserted !== '') into.push(change);
    return;
  }
  yield;
  const old = text.slice(offset, offset + deleted);
  const whole = [{ oldStart: 0, oldEnd: deleted, newStart: 0, newEnd: inserted.length }];
  const splices = change.splices ?? (isCompared(old, inserted) ? yield* diffCharsInSteps(old, inserted) : whole);
  for (let i = splices.length - 1; i >= 0; i--) {
    if (i % PLACES_IN_A_SLICE === 0) yield;
    const part = trimmed(old, inserted, splices[i] ?? NOTHING);
    if (part.oldEnd > part.oldStart || part.newEnd > part.newStart)
      into.push({
        offset: offset + part.oldStart,
        deleted: part.oldEnd - part.oldStart,
        inserted: inserted.slice(part.newStart, part.newEnd),
        by,
        taker,
      });
  }
}
