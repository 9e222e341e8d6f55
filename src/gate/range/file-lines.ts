/** The lines of a file during the replay of a range: the end that nothing has touched yet is as in the merge base. */
import type { PatchFile } from '../../git';
import type { Taint } from './taint';

export interface Line {
  readonly text: string;
  /** The line of the merge base that it is (1-based); 0 for any other. */
  readonly base: number;
  /** Null for a line that was not written in the range. */
  readonly taint: Taint | null;
  /** The commit of the range that last wrote it. */
  readonly commit: string | null;
  /** Lines of the merge base that it derives from. Computed on demand, since it is rarely needed. */
  readonly was: () => readonly number[];
}

/** Derives from no line of the merge base. */
export const NONE = (): readonly number[] => [];

export class FileLines {
  /**
   * `base`: its path at the merge base; null for a file that did not exist there. `tail`: the line of the base that
   * follows the known ones; 0 for none.
   */
  constructor(
    readonly base: string | null,
    readonly lines: Line[],
    private tail = 0,
  ) {}

  copy(): FileLines {
    return new FileLines(this.base, [...this.lines], this.tail);
  }

  /** Loads the first `count` lines. */
  reach(count: number): void {
    while (this.lines.length < count)
      this.lines.push({ text: '', base: this.tail > 0 ? this.tail++ : 0, taint: null, commit: null, was: NONE });
  }

  at(index: number): Line {
    if (index < this.lines.length || this.tail === 0)
      return this.lines[index] ?? { text: '', base: 0, taint: null, commit: null, was: NONE };
    return { text: '', base: this.tail + index - this.lines.length, taint: null, commit: null, was: NONE };
  }

  /** Replaces lines; returns the removed ones. */
  replace(at: number, count: number, lines: readonly Line[]): Line[] {
    const out = this.lines.slice(at, at + count);
    // In chunks, since a call accepts only so many arguments.
    if (lines.length < 10_000) this.lines.splice(at, count, ...lines);
    else {
      const after = this.lines.slice(at + count);
      this.lines.length = at;
      for (const line of lines) this.lines.push(line);
      for (const line of after) this.lines.push(line);
    }
    return out;
  }
}

/** How many lines of the old file a change reaches. */
export const changedLines = ({ hunks }: PatchFile): number =>
  hunks.reduce((most, { oldEnd }) => Math.max(most, oldEnd), 0);
