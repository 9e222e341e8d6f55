/**
 * Every character that was ever written, stored once. A character keeps its place here however often it is moved or
 * copied, so its first writer stays known.
 */
import type { Provenance } from '../text/provenance';

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

interface StoredText {
  readonly start: number;
  readonly text: string;
  readonly operation: Operation;
}

/** V8 keeps a whole text in memory for a slice of it; this copy is independent. */
export const detachSlice = (slice: string): string => ` ${slice}`.slice(1);

export class CharacterStore {
  private readonly writings: StoredText[] = [];
  private end = 0;

  /** Stores a text and returns the place of its first character; the others follow. */
  add(text: string, operation: Operation): number {
    const start = this.end;
    this.writings.push({ start, text: detachSlice(text), operation });
    this.end += text.length;
    return start;
  }

  /** The characters from a place on; they must have been written together. */
  text(start: number, length: number): string {
    const writing = this.at(start);
    return writing ? writing.text.slice(start - writing.start, start - writing.start + length) : '';
  }

  /** The operation that wrote the character at a place. */
  insertedBy(place: number): Operation {
    return this.at(place)?.operation ?? BASELINE;
  }

  private at(place: number): StoredText | undefined {
    let low = 0;
    let high = this.writings.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.writings[middle]?.start ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return this.writings[low];
  }
}

/** A set of numbers, kept as runs. */
export class IntervalSet {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(runs: Iterable<{ readonly start: number; readonly length: number }>) {
    for (const { start, length } of [...runs].sort((a, b) => a.start - b.start)) {
      const last = this.ends.length - 1;
      const end = this.ends[last];
      if (end !== undefined && end >= start) this.ends[last] = Math.max(end, start + length);
      else {
        this.starts.push(start);
        this.ends.push(start + length);
      }
    }
  }

  has(place: number): boolean {
    return (this.starts[this.firstEndingAfter(place)] ?? Infinity) <= place;
  }

  get isEmpty(): boolean {
    return this.starts.length === 0;
  }

  /** Cuts a run into parts that lie inside the set and parts that do not. */
  cut(start: number, length: number): { readonly start: number; readonly length: number; readonly inside: boolean }[] {
    const parts: { start: number; length: number; inside: boolean }[] = [];
    const stop = start + length;
    let at = start;
    for (let i = this.firstEndingAfter(start); at < stop; i++) {
      const from = Math.min(stop, this.starts[i] ?? stop);
      const to = Math.min(stop, this.ends[i] ?? stop);
      if (from > at) parts.push({ start: at, length: from - at, inside: false });
      at = Math.max(at, from);
      if (to > at) parts.push({ start: at, length: to - at, inside: true });
      at = Math.max(at, to);
      if (i >= this.starts.length) break;
    }
    return parts;
  }

  private firstEndingAfter(place: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
