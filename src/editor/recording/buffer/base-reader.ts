/** Walks the saved text alongside its edited version. Pure. */
import { SpanList, type Span } from './spans';

/** Reads the saved text's runs from the front. */
export class BaseReader {
  private readonly left: Span[];
  constructor(base: readonly Span[]) {
    this.left = [...base].reverse();
  }

  /** Passes to `use` what comes before a run that is in the base, or all that is left. */
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

  /** Skips characters that stayed. */
  pass(length: number): void {
    const run = this.left.pop();
    if (run && run.length > length) this.left.push({ ...run, start: run.start + length, length: run.length - length });
  }
}
