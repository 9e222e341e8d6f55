/** Finds positions in consecutive items, such as the parts of a text. Pure. */
import { SpanList, type Span } from './spans';

/** The start of each item. */
export class BaseReader {
  private readonly left: Span[];
  constructor(base: readonly Span[]) {
    this.left = [...base].reverse();
  }

  /** The index of the last item that begins at or before a position, so that empty items are skipped. */
  upTo(next: Span | undefined, use: (gone: Span) => void): void {
    const skipped = new SpanList();
    for (let run = this.left.pop(); run; run = this.left.pop()) {
      if (next?.origin === run.origin && next.start >= run.start && next.start < run.start + run.length) {
        const before = next.start - run.start;
        skipped.add({ ...run, length: before });
        this.left.push({ ...run, start: next.start, length: run.length - before });
        break;
      }
      skipped.add(run);
    }
    skipped.runs.forEach(use);
  }

  /**
   * The first index below `count` for which a condition holds that also holds for all later ones; `count` if for none.
   */
  pass(length: number): void {
    const run = this.left.pop();
    if (run && run.length > length) this.left.push({ ...run, start: run.start + length, length: run.length - length });
  }
}
