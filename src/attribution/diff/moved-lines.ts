/** Where a line of a change may come from, other than from the line whose place it took. Pure. */
import type { LineHunk } from './line-diff';
import { bagOf, commonOf, shareOf, type Bag } from './similarity';
import { isLong, marksOf } from './long-lines';
import { LIKENESS_STEPS, Steps } from './steps';
import { isDistinctive } from './tokens';

/**
 * Tells of a line, without the white space around it, that it was somewhere before just so, other than in this part of
 * the former text.
 */
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

export class MovedLines {
  private readonly moved = new Set<string>();
  private byWord: ReadonlyMap<string, readonly GoneLine[]> | undefined;
  private readonly bags = new Map<string, Bag>();
  private readonly like = new Map<string, ReadonlySet<LineHunk>>();
  private readonly steps = new Steps(LIKENESS_STEPS);

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
    let hunks = this.like.get(key);
    if (!hunks) this.like.set(key, (hunks = this.hunksLike(key)));
    return hunks.size > (hunks.has(hunk) ? 1 : 0);
  }

  /** The hunks that took a line away which is like this one, as far as the steps go. */
  private hunksLike(key: string): ReadonlySet<LineHunk> {
    const near = new Set<GoneLine>();
    for (const mark of marksOf(key)) {
      const lines = this.goneByWord().get(mark) ?? [];
      if (lines.length <= PLACES_AT_MOST) for (const gone of lines) near.add(gone);
    }
    const bag = this.bagOf(key);
    const found = new Set<LineHunk>();
    for (const gone of near) {
      if (found.has(gone.hunk) || isLong(gone.key) !== isLong(key)) continue;
      const other = this.bagOf(gone.key);
      if (!this.steps.take(other.counts.size)) break;
      if (shareOf(commonOf(bag, other), bag, other) >= ALIKE_FROM) found.add(gone.hunk);
    }
    return found;
  }

  private bagOf(key: string): Bag {
    let bag = this.bags.get(key);
    if (!bag) this.bags.set(key, (bag = bagOf(key)));
    return bag;
  }

  private goneByWord(): ReadonlyMap<string, readonly GoneLine[]> {
    if (this.byWord) return this.byWord;
    const byWord = new Map<string, GoneLine[]>();
    const lines = [...this.goneLines()];
    for (const line of lines.length > GONE_AT_MOST ? [] : lines) {
      for (const word of marksOf(line.key)) {
        const list = byWord.get(word);
        if (list) list.push(line);
        else byWord.set(word, [line]);
      }
    }
    return (this.byWord = byWord);
  }

  private *goneLines(): Generator<GoneLine> {
    for (const hunk of this.hunks)
      for (let line = hunk.oldStart; line < hunk.oldEnd; line++) yield { key: (this.a[line] ?? '').trim(), hunk };
  }
}
