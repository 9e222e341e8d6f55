/** The lines of a file during the replay of a range: the end that nothing has touched yet is as in the merge base. */
import type { PatchFile } from '../../../git';
import type { Taint } from './inherited-line-authorship';

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

/**
 * A line, or the number of the merge base's line that it is; 0 for one that neither the base nor the range wrote. Most
 * lines of a file are such ones.
 */
export type Entry = Line | number;

/** Derives from no line of the merge base. */
export const NONE = (): readonly number[] => [];

export const lineOf = (entry: Entry): Line =>
  typeof entry === 'number' ? { text: '', base: entry, taint: null, commit: null, was: NONE } : entry;

export class FileLines {
  /**
   * `base`: its path at the merge base; null for a file that did not exist there. `tail`: the line of the base that
   * follows the known ones; 0 for none.
   */
  constructor(
    readonly base: string | null,
    readonly entries: Entry[],
    private tail = 0,
  ) {}

  copy(): FileLines {
    return new FileLines(this.base, [...this.entries], this.tail);
  }

  /** Loads the first `count` lines. */
  reach(count: number): void {
    while (this.entries.length < count) this.entries.push(this.tail > 0 ? this.tail++ : 0);
  }

  entryAt(index: number): Entry {
    return this.entries[index] ?? (this.tail === 0 ? 0 : this.tail + index - this.entries.length);
  }

  at(index: number): Line {
    return lineOf(this.entryAt(index));
  }

  /** Replaces lines; returns the removed ones. */
  replace(at: number, count: number, lines: readonly Entry[]): Line[] {
    const out = this.entries.slice(at, at + count).map(lineOf);
    // In chunks, since a call accepts only so many arguments.
    if (lines.length < 10_000) this.entries.splice(at, count, ...lines);
    else {
      const after = this.entries.slice(at + count);
      this.entries.length = at;
      for (const line of lines) this.entries.push(line);
      for (const line of after) this.entries.push(line);
    }
    return out;
  }
}

/** How many lines of the old file a change reaches. */
export const changedLines = ({ hunks }: PatchFile): number =>
  hunks.reduce((most, { oldEnd }) => Math.max(most, oldEnd), 0);

/** The hunks of a file, last first, so that the positions of the others stay valid. */
export function hunksFromEnd(
  file: PatchFile,
  lines: FileLines,
): readonly { readonly hunk: PatchFile['hunks'][number]; readonly at: number }[] {
  lines.reach(changedLines(file));
  return [...file.hunks].reverse().map((hunk) => ({ hunk, at: hunk.oldStart }));
}
