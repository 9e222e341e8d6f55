/** Where the runs (text-spans.ts) are in a text. Offsets are UTF-16 code units. Pure. */
import type { RunSequence } from './span-sequence';
import { SpanIndex, type Span } from './text-spans';

export class RunPlaces {
  private readonly index: SpanIndex;
  private readonly starts = new Map<Span, number>();

  /** The runs of a text without deleted ones. */
  constructor(runs: readonly Span[]) {
    this.index = new SpanIndex(runs);
    let at = 0;
    for (const run of runs) {
      this.starts.set(run, at);
      at += run.length;
    }
  }

  /** Cuts a run into parts that are in the text, with their offsets there, and parts that are not. */
  cut(run: Span, use: (part: Span, place: number | undefined) => void): void {
    this.index.cut(run, (part, found) => use(part, found && (this.starts.get(found) ?? 0) + part.start - found.start));
  }
}

/** A text as it was saved. */
export class SavedRuns {
  private known: RunPlaces | undefined;

  /** Without deleted runs. */
  constructor(readonly runs: RunSequence) {}

  /** Where its runs are in it. */
  get places(): RunPlaces {
    return (this.known ??= new RunPlaces(this.runs.all()));
  }

  /** Cuts a copied run where its original is cut in this text, and reports where the original is. */
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
