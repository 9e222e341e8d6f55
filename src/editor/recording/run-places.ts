/** Where the runs of a text (runs.ts) stand in it. Offsets are UTF-16 code units. Pure. */
import { RunIndex, type Run } from './runs';

export class RunPlaces {
  private readonly index: RunIndex;
  private readonly starts = new Map<Run, number>();

  /** The runs of a text from which nothing is gone. */
  constructor(runs: readonly Run[]) {
    this.index = new RunIndex(runs);
    let at = 0;
    for (const run of runs) {
      this.starts.set(run, at);
      at += run.length;
    }
  }

  /** Cuts a run into what is in the text, and where it begins there, and what is not. */
  cut(run: Run, use: (part: Run, place: number | undefined) => void): void {
    this.index.cut(run, (part, found) => use(part, found && (this.starts.get(found) ?? 0) + part.start - found.start));
  }
}
