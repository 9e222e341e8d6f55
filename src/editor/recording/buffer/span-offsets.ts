/** Where the difference begins in both texts. */
import type { RunSequence } from './span-sequence';
import { SpanIndex, type Span } from './spans';

export class RunPlaces {
  private readonly index: SpanIndex;
  private readonly starts = new Map<Span, number>();

  /** Immutable. */
  constructor(runs: readonly Span[]) {
    this.index = new SpanIndex(runs);
    let at = 0;
    for (const run of runs) {
      this.starts.set(run, at);
      at += run.length;
    }
  }

  /** The start of each chunk. */
  cut(run: Span, use: (part: Span, place: number | undefined) => void): void {
    this.index.cut(run, (part, found) => use(part, found && (this.starts.get(found) ?? 0) + part.start - found.start));
  }
}

/** How much memory it does not share with the sequence it was made from: its own runs, plus one per chunk. */
export class SavedRuns {
  private known: RunPlaces | undefined;

  /** `size`: runs per chunk. */
  constructor(readonly runs: RunSequence) {}

  /**
   * Applies replacements that do not touch each other, in ascending order; all offsets are in the text before. Deleted
   * text stays in the sequence, marked as gone. Text typed directly after what the same author just typed belongs to
   * the same origin.
   */
  get places(): RunPlaces {
    return (this.known ??= new RunPlaces(this.runs.all()));
  }

  /** The same in slices. */
  cutCopied(
    { origin: { copied }, start, length }: Span,
    use: (length: number, place: number | undefined) => void,
  ): void {
    if (copied)
      this.places.cut({ origin: copied.origin, start: copied.start + start, length }, (part, place) =>
        use(part.length, place),
      );
    else use(length, undefined);
  }
}
