/**
 * Everything that was ever written, each character once. A character keeps its place in here however often it is moved
 * or copied, so it stays known who wrote it first.
 */
import type { Provenance } from '../text/provenance';

/**
 * One act of changing texts. Its hand may become known later: an assistant that was at work says so only at its end.
 */
export interface Operation {
  by: Provenance;
  /** Grows with time. */
  readonly order: number;
  /**
   * The order of the first of several operations of which nobody knows in what order they were done, such as all that
   * one save tells of.
   */
  readonly concurrentSince?: number;
  /**
   * By the place of a line's first character in the weave: which of these was the first to change the line, where that
   * is told.
   */
  readonly firstChangeByLine?: ReadonlyMap<number, Operation>;
}

/**
 * When an operation was done, as far as that is known: operations of the same moment may have been done in any order.
 */
export const logicalTime = ({ concurrentSince: among, order }: Operation): number => among ?? order;

/** When what went by an operation went; Infinity while it is there. */
export const deletedAt = (deletedBy: Operation | null): number => (deletedBy ? logicalTime(deletedBy) : Infinity);

/** Stands for what was there before anything was recorded. */
export const BASELINE: Operation = { by: null, order: 0 };

interface StoredText {
  readonly start: number;
  readonly text: string;
  readonly operation: Operation;
}

/** V8 keeps all of a text for a slice of it; this one is by itself. */
export const detachSlice = (slice: string): string => ` ${slice}`.slice(1);

export class CharacterStore {
  private readonly writings: StoredText[] = [];
  private end = 0;

  /** Writes a text down and gives the place of its first character; the others follow. */
  add(text: string, operation: Operation): number {
    const start = this.end;
    this.writings.push({ start, text: detachSlice(text), operation: operation });
    this.end += text.length;
    return start;
  }

  /** The characters from a place on; they must have been written together. */
  text(start: number, length: number): string {
    const writing = this.at(start);
    return writing ? writing.text.slice(start - writing.start, start - writing.start + length) : '';
  }

  /** The act that wrote the character at a place. */
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

  /** Cuts a run into parts that lie inside of the set, and parts that do not. */
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
