/** Where the runs of a text (spans.ts) stand in it. Offsets are UTF-16 code units. Pure. */
import type { RunSequence } from './span-sequence';
import { SpanIndex, type Span } from './spans';

export class RunPlaces {
  private readonly index: SpanIndex;
  private readonly starts = new Map<Span, number>();

  /** The runs of a text from which nothing is gone. */
  constructor(runs: readonly Span[]) {
    this.index = new SpanIndex(runs);
    let at = 0;
    for (const run of runs) {
      this.starts.set(run, at);
      at += run.length;
    }
  }

  /** Cuts a run into what is in the text, and where it begins there, and what is not. */
  cut(run: Span, use: (part: Span, place: number | undefined) => void): void {
    this.index.cut(run, (part, found) => use(part, found && (this.starts.get(found) ?? 0) + part.start - found.start));
  }
}

/** A text as it was saved. */
export class SavedRuns {
  private known: RunPlaces | undefined;

  /** From which nothing is gone. */
  constructor(readonly runs: RunSequence) {}

  /** Where its runs stand in it. */
  get places(): RunPlaces {
    return (this.known ??= new RunPlaces(this.runs.all()));
  }

  /** Cuts a run that is a copy where what it is a copy of is cut in this text, and says where that stands. */
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
