/** Where a line of a change may come from, other than from the line whose place it took. Pure. */
import type { LineHunk } from './line-diff';
import { likeness } from './likeness';
import { isDistinctive, words } from './words';

/** Tells of a line, without the white space around it, that it was somewhere before just so, other than in this part of the former text. */
export type IsKnown = (line: string, from: number, to: number) => boolean;

/** A line that comes from elsewhere has at least so much in common with the one that it was. */
const ALIKE_FROM = 0.5;
/** Lines with a word that more of them have are not looked at, and none in changes that take more away. */
const PLACES_AT_MOST = 16;
const GONE_AT_MOST = 2_000;

interface GoneLine {
  readonly key: string;
  readonly hunk: LineHunk;
}

export class Elsewhere {
  private readonly moved = new Set<string>();
  private byWord: ReadonlyMap<string, readonly GoneLine[]> | undefined;

  /** `starts`: offsets of the lines of `a`. */
  constructor(
    private readonly a: readonly string[],
    b: readonly string[],
    private readonly hunks: readonly LineHunk[],
    private readonly starts: readonly number[],
    private readonly isKnownLine: IsKnown,
  ) {
    if (hunks.length < 2) return;
    const gone = new Map<string, LineHunk>();
    for (const { key, hunk } of this.goneLines()) gone.set(key, hunk);
    for (const hunk of hunks) {
      for (let line = hunk.newStart; line < hunk.newEnd; line++) {
        const key = (b[line] ?? '').trim();
        const from = gone.get(key);
        if (from !== undefined && from !== hunk && isDistinctive(key)) this.moved.add(key);
      }
    }
  }

  /** Went away in one place of the text and came in another: no other line became this one. */
  isMoved(line: string): boolean {
    return this.moved.size > 0 && this.moved.has(line.trim());
  }

  /** Was somewhere before just so, other than where these lines of the former text are. */
  isKnown(line: string, oldStart: number, oldEnd: number): boolean {
    return this.isKnownLine(line.trim(), this.starts[oldStart] ?? 0, this.starts[oldEnd] ?? Infinity);
  }

  /** Is like one that went away in another place than `hunk`. */
  isLikeMoved(line: string, hunk: LineHunk): boolean {
    if (this.hunks.length < 2) return false;
    const key = line.trim();
    return words(key).some((word) => {
      const lines = this.goneByWord().get(word) ?? [];
      return lines.length <= PLACES_AT_MOST && lines.some((gone) => gone.hunk !== hunk && likeness(gone.key, key) >= ALIKE_FROM);
    });
  }

  private goneByWord(): ReadonlyMap<string, readonly GoneLine[]> {
    if (this.byWord) return this.byWord;
    const byWord = new Map<string, GoneLine[]>();
    const lines = [...this.goneLines()];
    for (const line of lines.length > GONE_AT_MOST ? [] : lines) {
      for (const word of new Set(words(line.key))) {
        const list = byWord.get(word);
        if (list) list.push(line);
        else byWord.set(word, [line]);
      }
    }
    return (this.byWord = byWord);
  }

  private *goneLines(): Generator<GoneLine> {
    for (const hunk of this.hunks) for (let line = hunk.oldStart; line < hunk.oldEnd; line++) yield { key: (this.a[line] ?? '').trim(), hunk };
  }
}
