/** One act of changing texts, and when it was done. */
import type { Provenance } from '../text/provenance-of-change';

/**
 * One act of changing texts. Its author may become known later: an assistant that was at work says so only at the end.
 */
export interface Operation {
  by: Provenance;
  /** Grows with time. */
  readonly order: number;
  /**
   * The order of the first of several operations whose mutual order is unknown, such as all that a single save reports.
   */
  readonly concurrentSince?: number;
  /**
   * Which of those operations changed a line first, where reported. Keyed by the place of the line's first character in
   * the weave.
   */
  readonly firstChangeByLine?: ReadonlyMap<number, Operation>;
}

/** When an operation was done, as far as known: operations with equal logical time may have been done in any order. */
export const logicalTime = ({ concurrentSince: among, order }: Operation): number => among ?? order;

/** When an operation deleted something; Infinity while the text is still there. */
export const deletedAt = (deletedBy: Operation | null): number => (deletedBy ? logicalTime(deletedBy) : Infinity);

/** The operation for everything that was there before recording began. */
export const BASELINE: Operation = { by: null, order: 0 };
