/** The lines of a base by offset, and which of them an insertion changes. Pure. */

/** A part that two texts share: its offsets and its line in the other text, its offset and its line in this one. */
interface SharedPart {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly oldLine: number;
  readonly oldStart: number;
}

/** Finds base lines by offset. The table is built on first use. */
export class BaseLines {
  private starts: number[] | undefined;
  constructor(private readonly base: string) {}

  private table(): number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    for (let at = this.base.indexOf('\n'); at >= 0; at = this.base.indexOf('\n', at + 1)) starts.push(at + 1);
    return (this.starts = starts);
  }

  lineAt(offset: number): number {
    const starts = this.table();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  touched(start: number, end: number, use: (line: number) => unknown): void {
    for (let line = this.lineAt(start), last = this.lineAt(end - 1); line <= last; line++) use(line);
  }

  /** Cuts a range into parts that lie in one line each. */
  cut(start: number, end: number): { readonly start: number; readonly end: number; readonly line: number }[] {
    const runs: { start: number; end: number; line: number }[] = [];
    for (let at = start; at < end;) {
      const line = this.lineAt(at);
      const stop = Math.min(end, this.table()[line + 1] ?? end);
      runs.push({ start: at, end: stop, line });
      at = stop;
    }
    return runs;
  }

  /**
   * Cuts a range that two texts share into parts that lie in one line of each. Whole lines in a row that are `plain` (by
   * their numbers here and there) stay one part, with the numbers of the first: most texts hardly change.
   */
  cutBoth(
    there: BaseLines,
    { oldStart, oldEnd, newStart }: { readonly oldStart: number; readonly oldEnd: number; readonly newStart: number },
    plain: (line: number, lineThere: number) => boolean,
  ): SharedPart[] {
    const shift = newStart - oldStart;
    const parts: SharedPart[] = [];
    for (let at = oldStart; at < oldEnd;) {
      const [oldLine, line] = [this.lineAt(at), there.lineAt(at + shift)];
      let stop = Math.min(oldEnd, this.endOf(oldLine), there.endOf(line) - shift);
      const isAtStart = this.table()[oldLine] === at && there.table()[line] === at + shift;
      for (
        let next = 0;
        isAtStart && this.endOf(oldLine + next) <= oldEnd && plain(oldLine + next, line + next);
        next++
      ) {
        stop = this.endOf(oldLine + next);
        if (stop === oldEnd) break;
      }
      parts.push({ start: at + shift, end: stop + shift, line, oldLine, oldStart: at });
      at = stop;
    }
    return parts;
  }

  /** Where the next line begins; behind the last one, the end of the text. */
  private endOf(line: number): number {
    return this.table()[line + 1] ?? this.base.length;
  }

  /**
   * The base lines that an insertion changes, judged by the carried characters right before and after it. Whole lines
   * inserted before or after a line change none; a break typed at the end of a line is a line inserted below it. A
   * blank line that gets text no longer exists, unless the insertion brings a blank line along.
   */
  changedBy(inserted: string, before: number | undefined, next: number | undefined): Set<number> {
    const changed = new Set<number>();
    const isBlank =
      next !== undefined &&
      this.base[next] === '\n' &&
      (next === 0 || (before !== undefined && this.base[before] === '\n'));
    if (isBlank && !inserted.endsWith('\n') && !inserted.startsWith('\n')) changed.add(this.lineAt(next));
    if (next !== undefined && !inserted.endsWith('\n') && this.base[next] !== '\n') changed.add(this.lineAt(next));
    if (
      before !== undefined &&
      this.base[before] !== '\n' &&
      !(inserted.startsWith('\n') && (next === undefined || this.base[next] === '\n'))
    )
      changed.add(this.lineAt(before));
    return changed;
  }
}
