/** A set of numbers, kept as runs. */

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
