/** The runs that make up a text with authors, and the runs deleted from its base. Pure. */
import { type Provenance, sameProvenance } from './provenance-of-change';

/** A run of characters of the text: carried from `base` on, or inserted by `by` (then `base` is -1). */
export interface Piece {
  readonly length: number;
  readonly base: number;
  readonly by: Provenance;
}

/** How line breaks, inserted before base text was deleted, separated that text from what stayed. */
export interface SplitContext {
  readonly before: boolean;
  readonly behind: boolean;
  /** Offset in the text of an insertion that shared a line with it and is still there. */
  readonly beside?: number;
}

/** A deleted run of the base. `order` grows with each edit. */
export interface Deletion {
  readonly start: number;
  readonly end: number;
  readonly by: Provenance;
  readonly order: number;
  /** Also undefined when unknown. */
  readonly parted?: SplitContext | undefined;
}

/** Collects pieces, joining adjacent ones that belong together. */
export class PieceList {
  private readonly list: Piece[] = [];
  length = 0;

  /** Base offset of the last character, if it is carried. */
  get lastCarried(): number | undefined {
    const last = this.list.at(-1);
    return last && last.base >= 0 ? last.base + last.length - 1 : undefined;
  }

  add(piece: Piece): void {
    if (piece.length === 0) return;
    this.length += piece.length;
    const last = this.list.at(-1);
    if (
      last &&
      ((last.base >= 0 && piece.base === last.base + last.length) ||
        (last.base < 0 && piece.base < 0 && sameProvenance(last.by, piece.by)))
    ) {
      this.list[this.list.length - 1] = { ...last, length: last.length + piece.length };
    } else {
      this.list.push(piece);
    }
  }

  done(): readonly Piece[] {
    return this.list;
  }
}

/** Reads pieces from the front, cutting where asked. */
export class PieceReader {
  private index = 0;
  private used = 0;
  constructor(private readonly pieces: readonly Piece[]) {}

  /** Base offset of the next character, if it is carried. */
  get nextBase(): number | undefined {
    const piece = this.pieces[this.index];
    return piece && piece.base >= 0 ? piece.base + this.used : undefined;
  }

  take(count: number, use: (piece: Piece) => void): void {
    let rest = count;
    while (rest > 0) {
      const piece = this.pieces[this.index];
      if (!piece) return;
      const length = Math.min(rest, piece.length - this.used);
      use({ length, base: piece.base < 0 ? -1 : piece.base + this.used, by: piece.by });
      rest -= length;
      this.used += length;
      if (this.used === piece.length) {
        this.index++;
        this.used = 0;
      }
    }
  }
}

/** Joins adjacent deletions that belong together. The list is ascending. */
export function mergeDeletions(list: readonly Deletion[]): readonly Deletion[] {
  const merged: Deletion[] = [];
  for (const deletions of list) {
    const last = merged.at(-1);
    if (
      last?.end === deletions.start &&
      last.order === deletions.order &&
      sameProvenance(last.by, deletions.by) &&
      sameParted(last.parted, deletions.parted)
    )
      merged[merged.length - 1] = { ...last, end: deletions.end };
    else merged.push(deletions);
  }
  return merged;
}

const sameParted = (a: SplitContext | undefined, b: SplitContext | undefined): boolean =>
  a?.before === b?.before && a?.behind === b?.behind && a?.beside === b?.beside;

/** The deletions without the ranges that are back. Both lists are ascending. */
export function without(deletions: readonly Deletion[], back: readonly (readonly [number, number])[]): Deletion[] {
  const result: Deletion[] = [];
  let b = 0;
  for (const g of deletions) {
    let start = g.start;
    while (b < back.length && (back[b]?.[1] ?? 0) <= start) b++;
    for (let i = b; i < back.length; i++) {
      const [from, to] = back[i] ?? [Infinity, Infinity];
      if (from >= g.end) break;
      if (from > start) result.push({ ...g, start, end: from });
      start = Math.max(start, to);
    }
    if (start < g.end) result.push({ ...g, start });
  }
  return result;
}
