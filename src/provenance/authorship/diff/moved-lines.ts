/** Where a changed line may come from, other than from the line it replaced. Pure. */
import type { LineHunk } from '../../../git/types';
import { bagOf, commonOf, shareOf, type Bag } from './line-similarity';
import { isLong, marksOf } from './compare-long-lines';
import { LIKENESS_STEPS, Steps } from './step-budget';
import { isDistinctive } from './distinctive-lines';

/**
 * Whether a line (without the white space around it) existed before in this exact form, outside this part of the old
 * text.
 */
export type IsKnown = (line: string, from: number, to: number) => boolean;

/** A line from elsewhere has at least this much in common with its original. */
const ALIKE_FROM = 0.5;
/** Lines are skipped when more lines than this share their word; so are changes that remove more lines than this. */
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
    const removed = new Map<string, LineHunk>();
    for (const { key, hunk } of this.goneLines()) removed.set(key, hunk);
    for (const hunk of hunks) {
      for (let line = hunk.newStart; line < hunk.newEnd; line++) {
        const key = (b[line] ?? '').trim();
        const from = removed.get(key);
        if (from !== undefined && from !== hunk && isDistinctive(key)) this.moved.add(key);
      }
    }
  }

  /** Whether the line was removed in one place of the text and added in another: then no other line became this one. */
  isMoved(line: string): boolean {
    return this.moved.size > 0 && this.moved.has(line.trim());
  }

  /** Whether the line existed before in this exact form, outside these lines of the old text. */
  isKnown(line: string, oldStart: number, oldEnd: number): boolean {
    return this.isKnownLine(line.trim(), this.starts[oldStart] ?? 0, this.starts[oldEnd] ?? Infinity);
  }

  /** Whether the line resembles one that was removed outside `hunk`. */
  isLikeMoved(line: string, hunk: LineHunk): boolean {
    if (this.hunks.length < 2) return false;
    const key = line.trim();
    let hunks = this.like.get(key);
    if (!hunks) this.like.set(key, (hunks = this.hunksLike(key)));
    return hunks.size > (hunks.has(hunk) ? 1 : 0);
  }

  /** The hunks that removed a line similar to this one, as far as the steps allow. */
  private hunksLike(key: string): ReadonlySet<LineHunk> {
    const near = new Set<GoneLine>();
    for (const mark of marksOf(key)) {
      const lines = this.goneByWord().get(mark) ?? [];
      if (lines.length <= PLACES_AT_MOST) for (const line of lines) near.add(line);
    }
    const bag = this.bagOf(key);
    const found = new Set<LineHunk>();
    for (const removedLine of near) {
      if (found.has(removedLine.hunk) || isLong(removedLine.key) !== isLong(key)) continue;
      const addedBag = this.bagOf(removedLine.key);
      if (!this.steps.take(addedBag.counts.size)) break;
      if (shareOf(commonOf(bag, addedBag), bag, addedBag) >= ALIKE_FROM) found.add(removedLine.hunk);
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
