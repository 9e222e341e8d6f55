/**
 * A text that knows who wrote each of its characters.
 *
 * It is relative to a base: the text of the commit's parent. Every character of the text is either *carried* (it was in
 * the base and stayed in place) or *inserted* by somebody; every character missing from the base was deleted by
 * somebody. `null` is a change that was not recorded. Values are immutable: every edit returns a new one.
 *
 * Offsets are UTF-16 code units.
 */
import { inBatches, withBatch } from './edit-batches';
import { diffChars, equalRanges } from '../diff/char-diff';
import { hunksAsGiven } from '../diff/line-diff';
import { splitLines } from './split-lines';
import { type Provenance, type ProvenanceOfLine, areOthers } from './provenance-of-change';
import {
  type Piece,
  type SplitContext,
  type Deletion,
  PieceList,
  PieceReader,
  mergeDeletions,
  without,
} from './pieces-and-deletions-of-text';
import { BaseLines } from './line-index-of-base';

/** Replaces `deleted` characters at `offset` by `inserted`; the characters of `inserted` may have several authors. */
export interface TextEdit {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  readonly by: Provenance;
  /** Who wrote the parts of `inserted`, when not all of it is by `by`; the lengths add up to its length. */
  readonly parts?: readonly { readonly length: number; readonly by: Provenance }[];
}

interface State {
  readonly base: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly deletions: readonly Deletion[];
  readonly broken: ReadonlyMap<number, Provenance>;
  readonly order: number;
}

export class AuthoredText {
  private constructor(private readonly state: State) {}

  /** A text in which nothing changed yet. */
  static carried(base: string): AuthoredText {
    const pieces = base === '' ? [] : [{ length: base.length, base: 0, by: null }];
    return new AuthoredText({ base, text: base, pieces, deletions: [], broken: new Map(), order: 0 });
  }

  /**
   * A text whose history is known. `broken` are the base lines (0-based) that were removed or changed, with the first
   * author who did so.
   */
  static of(
    base: string,
    text: string,
    pieces: readonly Piece[],
    deletions: readonly Deletion[],
    broken: ReadonlyMap<number, Provenance>,
  ): AuthoredText {
    const list = new PieceList();
    for (const piece of pieces) list.add(piece);
    return new AuthoredText({
      base,
      text,
      pieces: list.done(),
      deletions: mergeDeletions(deletions),
      broken,
      order: deletions.reduce((order, g) => Math.max(order, g.order), 0),
    });
  }

  get base(): string {
    return this.state.base;
  }
  get text(): string {
    return this.state.text;
  }
  get pieces(): readonly Piece[] {
    return this.state.pieces;
  }
  /** Ascending, without overlap. */
  get deletions(): readonly Deletion[] {
    return this.state.deletions;
  }
  /** Base lines (0-based) that an edit removed or changed, with the author of the first such edit. */
  get broken(): ReadonlyMap<number, Provenance> {
    return this.state.broken;
  }

  /** One precise edit, such as an editor reports. Throws a RangeError when it lies outside the text. */
  edit(operation: TextEdit): AuthoredText {
    const end = operation.offset + operation.deleted;
    if (operation.offset < 0 || operation.deleted < 0 || end > this.text.length)
      throw new RangeError(
        `an edit of ${String(operation.offset)}-${String(end)} lies outside a text of ${String(this.text.length)}`,
      );
    const text = this.text.slice(0, operation.offset) + operation.inserted + this.text.slice(end);
    return this.applied(text, [{ ...operation, end, parts: partsOf(operation) }]);
  }

  /** Edits one after another. Throws a RangeError when one lies outside the text. */
  edits(operations: readonly TextEdit[]): AuthoredText {
    let text = this as AuthoredText;
    for (const batch of inBatches(operations)) {
      text = text.applied(
        withBatch(text.text, batch),
        batch.map(({ edit, at }) => ({ ...edit, offset: at, end: at + edit.deleted, parts: partsOf(edit) })),
      );
    }
    return text;
  }

  /** The whole text became `content`: what stayed keeps its author, the rest is by `by`. */
  replaceText(content: string, by: Provenance): AuthoredText {
    const changes = diffChars(this.text, content).map((s): Change => ({
      offset: s.oldStart,
      end: s.oldEnd,
      by,
      parts: [{ length: s.newEnd - s.newStart, by }],
    }));
    return changes.length === 0 ? this : this.applied(content, changes);
  }

  private applied(text: string, changes: readonly Change[]): AuthoredText {
    const order = this.state.order + 1;
    const pieces = new PieceList();
    const deletions: Deletion[] = [];
    const broken = new Map(this.state.broken);
    const lines = new BaseLines(this.base);
    const source = new PieceReader(this.pieces);
    let at = 0;
    for (const change of changes) {
      source.take(change.offset - at, (piece) => pieces.add(piece));
      const before = pieces.lastCarried;
      source.take(change.end - change.offset, (piece) => {
        if (piece.base < 0) return;
        deletions.push({ start: piece.base, end: piece.base + piece.length, by: change.by, order });
        lines.touched(piece.base, piece.base + piece.length, (line) => {
          if (!broken.has(line)) broken.set(line, change.by);
        });
      });
      const inserted = change.parts.filter((part) => part.length > 0);
      const next = source.nextBase;
      if (inserted.length > 0) {
        const length = lengthOf(inserted);
        for (const line of lines.changedBy(text.slice(pieces.length, pieces.length + length), before, next))
          if (!broken.has(line)) broken.set(line, change.by);
      }
      for (const part of inserted) pieces.add({ length: part.length, base: -1, by: part.by });
      at = change.end;
    }
    source.take(Infinity, (piece) => pieces.add(piece));
    // A text that equals its base again has not changed, whatever happened on the way.
    if (text.length === this.base.length && text === this.base) return AuthoredText.carried(this.base);
    const before = this.deletions.map((deletion) =>
      deletion.parted?.beside === undefined
        ? deletion
        : { ...deletion, parted: movedBy(changes, deletion.parted, deletion.parted.beside) },
    );
    return new AuthoredText({
      base: this.base,
      text,
      pieces: pieces.done(),
      deletions: mergeDeletions([...before, ...deletions].sort((x, y) => x.start - y.start)),
      broken,
      order,
    });
  }

  /**
   * An edit known by lines only: the text became `content`; what it inserted into a line is by that line's `addedBy`
   * (1-based, of `content`), what it deleted from a line by that line's `removedBy` (1-based, of this text). A changed
   * line has the same author on both sides: two lines with different authors are unrelated, whatever they have in
   * common.
   */
  replaceByLines(content: string, addedBy: ProvenanceOfLine, removedBy: ProvenanceOfLine): AuthoredText {
    const oldLines = new BaseLines(this.text);
    const newLines = new BaseLines(content);
    const hunks = hunksAsGiven(
      splitLines(this.text),
      splitLines(content),
      (line) => removedBy(line + 1) !== undefined,
      (line) => addedBy(line + 1) !== undefined,
    );
    const same = equalRanges(diffChars(this.text, content, undefined, hunks), this.text.length, content.length).flatMap(
      (range) =>
        oldLines.cutBoth(
          newLines,
          range,
          (oldLine, line) => removedBy(oldLine + 1) === undefined && addedBy(line + 1) === undefined,
        ),
    );
    const shared = same.filter(({ oldLine, line }) => !areOthers(removedBy(oldLine + 1), addedBy(line + 1)));
    const changedTo = new Map([...shared].reverse().map(({ oldLine, line }) => [oldLine, line]));
    const changes: Change[] = [];
    let [x, y] = [0, 0];
    for (const { oldStart, start, end } of [
      ...shared,
      { oldStart: this.text.length, start: content.length, end: content.length },
    ]) {
      for (const run of oldLines.cut(x, oldStart)) {
        const line = changedTo.get(run.line);
        changes.push({
          offset: run.start,
          end: run.end,
          by: removedBy(run.line + 1) ?? (line === undefined ? null : (addedBy(line + 1) ?? null)),
          parts: [],
        });
      }
      const parts = newLines
        .cut(y, start)
        .map((run): Part => ({ length: run.end - run.start, by: addedBy(run.line + 1) ?? null }));
      if (parts.length > 0) changes.push({ offset: oldStart, end: oldStart, by: null, parts });
      [x, y] = [oldStart + end - start, end];
    }
    return changes.length === 0 ? this : this.applied(content, changes);
  }

  /**
   * Text that was removed and put back unchanged has not changed, whoever did it: a hunk whose inserted text equals the
   * deleted text becomes carried again.
   */
  get settled(): AuthoredText {
    const back = new Set<number>();
    let at = 0;
    let base = 0;
    let start = 0;
    let first = 0;
    const close = (index: number, until: number): void => {
      if (at > start && until - base === at - start && this.base.slice(base, until) === this.text.slice(start, at))
        for (let i = first; i < index; i++) back.add(i);
    };
    this.pieces.forEach((piece, index) => {
      if (piece.base >= 0) {
        close(index, piece.base);
        base = piece.base + piece.length;
        start = at + piece.length;
        first = index + 1;
      }
      at += piece.length;
    });
    close(this.pieces.length, this.base.length);
    if (back.size === 0) return this;
    const ranges: [number, number][] = [];
    const pieces = new PieceList();
    let offset = 0;
    this.pieces.forEach((piece, index) => {
      if (back.has(index)) {
        pieces.add({ length: piece.length, base: offset, by: null });
        ranges.push([offset, offset + piece.length]);
        offset += piece.length;
      } else {
        pieces.add(piece);
        if (piece.base >= 0) offset = piece.base + piece.length;
      }
    });
    return this.withBack(pieces.done(), ranges);
  }

  private withBack(pieces: readonly Piece[], back: readonly (readonly [number, number])[]): AuthoredText {
    const deletions = without(this.deletions, back);
    const lines = new BaseLines(this.base);
    const remaining = new Set<number>();
    for (const g of deletions) lines.touched(g.start, g.end, (line) => remaining.add(line));
    const broken = new Map(this.state.broken);
    for (const [start, end] of back) lines.touched(start, end, (line) => !remaining.has(line) && broken.delete(line));
    return new AuthoredText({ ...this.state, pieces, deletions, broken });
  }

  /** Who wrote the characters from `start` to `end`; `by` is undefined for carried ones. */
  slice(start: number, end: number): { readonly length: number; readonly by: Provenance | undefined }[] {
    const result: { length: number; by: Provenance | undefined }[] = [];
    let at = 0;
    for (const piece of this.pieces) {
      const from = Math.max(at, start);
      const to = Math.min(at + piece.length, end);
      if (from < to) result.push({ length: to - from, by: piece.base < 0 ? piece.by : undefined });
      at += piece.length;
      if (at >= end) break;
    }
    return result;
  }
}

/** A run of inserted text and who wrote it. */
interface Part {
  readonly length: number;
  readonly by: Provenance;
}

interface Change {
  readonly offset: number;
  readonly end: number;
  readonly by: Provenance;
  readonly parts: readonly Part[];
}

function partsOf(operation: TextEdit): readonly Part[] {
  return operation.parts ?? [{ length: operation.inserted.length, by: operation.by }];
}

const lengthOf = (parts: readonly { readonly length: number }[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

/** Updates the context of a deletion: what shared its line is at another offset after the changes, or is gone. */
function movedBy(changes: readonly Change[], { before, behind }: SplitContext, beside: number): SplitContext {
  let moved = beside;
  for (const { offset, end, parts } of changes) {
    if (offset > beside) break;
    if (beside < end) return { before, behind };
    moved += lengthOf(parts) - (end - offset);
  }
  return { before, behind, beside: moved };
}
