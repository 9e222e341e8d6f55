/**
 * All versions of one file, woven together: every character that was ever in it, in an order that fits every version,
 * and for each version which of them it has. Any two versions can thus be compared by what was really done between
 * them, however the file went back and forth: partly committed, changes undone, a stash saved and popped.
 *
 * Offsets are UTF-16 code units.
 */
import { diffChars, equalRanges } from '../diff/char-diff';
import { diffWholeLines } from '../diff/diff-whole-lines';
import { type Splice } from '../diff/trim-splices';
import { type CharacterStore } from './character-store';
import { BASELINE, type Operation } from './operation';
import {
  type Span,
  type Snapshot,
  type Insertion,
  type Restoration,
  type WeaveHunk,
  type Patch,
  isInsertion,
  EMPTY,
  SnapshotCursor,
  partOf,
  textOf,
} from './snapshot-and-patch';
import { partialLines, type Line, cameBack, within } from './lines-back-from-earlier-version';

/**
 * Whether a line (without the white space around it) existed before in this exact form, outside this part of a version.
 */
interface Known {
  isKnown(key: string, on: Snapshot, from: number, to: number): boolean;
}

export class Weave {
  private spans: readonly Span[] = [];
  private nextId = 0;
  constructor(
    private readonly store: CharacterStore,
    private readonly moves: Known,
    /** Which words of a line stayed does not matter. */
    private readonly byLines = false,
  ) {}

  /** Every span in the order that fits all versions. Its deletion state means nothing here. */
  get order(): readonly Span[] {
    return this.spans;
  }

  /** Sets the text that was there before recording began. Only for an empty weave. */
  start(text: string): Snapshot {
    return this.apply({
      on: EMPTY,
      text,
      hunks: text === '' ? [] : [{ from: 0, to: 0, by: BASELINE, items: [{ at: 0, text, by: BASELINE }] }],
    });
  }

  /**
   * The patch by which a version becomes `text`. What one of `bases` has at the same place and this version lacks
   * counts as restored, as if it had never been deleted: for changes that git or an editor may have made by restoring
   * an earlier state.
   */
  diffTo(on: Snapshot, text: string, by: Operation, bases: readonly Snapshot[] = []): Patch {
    const splices = this.compare(on.text, text, (key, from, to) => this.moves.isKnown(key, on, from, to));
    let hunks = splices.map((s): WeaveHunk => ({
      from: s.oldStart,
      to: s.oldEnd,
      by,
      items: s.newEnd > s.newStart ? [{ at: s.newStart, text: text.slice(s.newStart, s.newEnd), by }] : [],
    }));
    for (const base of bases)
      if (base !== on && hunks.some((hunk) => hunk.items.length > 0))
        hunks = this.restore(on, hunks, base, cameBack(text, base));
    return { on, text, hunks };
  }

  private compare(before: string, after: string, isKnown?: Parameters<typeof diffChars>[2]): Splice[] {
    return this.byLines ? diffWholeLines(before, after) : diffChars(before, after, isKnown);
  }

  private restore(on: Snapshot, hunks: readonly WeaveHunk[], other: Snapshot, lines: readonly Line[]): WeaveHunk[] {
    if (lines.length === 0) return [...hunks];
    const found = hunks.map((): Span[] => []);
    const inOn = new SnapshotCursor(on.spans);
    const inOther = new SnapshotCursor(other.spans);
    let at = 0;
    let g = 0;
    for (const span of this.spans) {
      const mine = inOn.stateOf(span);
      const theirs = inOther.stateOf(span);
      if (mine?.deletedBy === null) at += span.length;
      else if (theirs?.deletedBy === null) {
        while ((hunks[g]?.to ?? Infinity) < at) g++;
        if ((hunks[g]?.from ?? Infinity) <= at) found[g]?.push(span);
      }
    }
    return hunks.map((hunk, i): WeaveHunk => {
      const [put, ...more] = hunk.items;
      const spans = found[i] ?? [];
      return put && isInsertion(put) && more.length === 0 && spans.length > 0
        ? { ...hunk, items: this.fill(put, spans, hunk.by, lines) }
        : hunk;
    });
  }

  private fill(
    insertion: Insertion,
    spans: readonly Span[],
    by: Operation,
    lines: readonly Line[],
  ): (Insertion | Restoration)[] {
    const text = textOf(this.store, spans);
    const items: (Insertion | Restoration)[] = [];
    const putIn = (from: number, to: number): void => {
      if (to > from) items.push({ at: insertion.at + from, text: insertion.text.slice(from, to), by: insertion.by });
    };
    let index = 0;
    let start = 0;
    const each = (from: number, to: number, use: (span: Span, from: number, to: number) => void): void => {
      for (let at = from; at < to;) {
        let here = spans[index];
        while (here && start + here.length <= at) {
          start += here.length;
          here = spans[++index];
        }
        if (!here) return;
        const stop = Math.min(to, start + here.length);
        use(here, at - start, stop - start);
        at = stop;
      }
    };
    const same = within(
      equalRanges(this.compare(text, insertion.text), text.length, insertion.text.length),
      lines,
      insertion.at,
    );
    let done = 0;
    let length = 0;
    for (const range of same) {
      // What is missing from a line that came back changed was deleted by whoever restored it.
      for (const [from, to] of partialLines(text, length, range.oldStart, length > 0, true))
        each(from, to, (span, a, b) => items.push({ id: span.id + a, length: b - a, restoredBy: null, deletedBy: by }));
      putIn(done, range.newStart);
      each(range.oldStart, range.oldEnd, (span, a, b) =>
        items.push({ id: span.id + a, length: b - a, restoredBy: by, deletedBy: null }),
      );
      done = range.newEnd;
      length = range.oldEnd;
    }
    if (length > 0)
      for (const [from, to] of partialLines(text, length, text.length, true, false))
        each(from, to, (span, a, b) => items.push({ id: span.id + a, length: b - a, restoredBy: null, deletedBy: by }));
    putIn(done, insertion.text.length);
    return items;
  }

  /** Applies a patch and returns the new version. */
  apply(patch: Patch): Snapshot {
    const order: Span[] = [];
    const spans: Span[] = [];
    const cursor = new SnapshotCursor(patch.on.spans);
    let hunk = patch.hunks[0];
    let g = 0;
    let filled = 0;
    let at = 0;
    const keep = (
      span: Span,
      state: Span | undefined,
      from: number,
      to: number,
      change?: Pick<Span, 'deletedBy' | 'restoredBy'>,
    ): void => {
      if (to <= from) return;
      const part = partOf(span, from, to, change ?? state ?? span);
      order.push(part);
      if (change ?? state) spans.push(part);
    };
    const putUntil = (end: number): void => {
      for (; hunk && filled < end; filled++) {
        const item = hunk.items[filled];
        if (!item || !isInsertion(item)) continue;
        let offset = 0;
        for (const part of item.parts ?? [{ length: item.text.length }]) {
          const textOffset = part.textOffset ?? this.store.add(item.text.slice(offset, offset + part.length), item.by);
          const span: Span = {
            id: this.nextId,
            length: part.length,
            textOffset,
            insertedBy: item.by,
            deletedBy: null,
            restoredBy: null,
          };
          this.nextId += part.length;
          offset += part.length;
          order.push(span);
          spans.push(span);
        }
      }
    };
    const close = (): void => {
      putUntil(hunk?.items.length ?? 0);
      hunk = patch.hunks[++g];
      filled = 0;
    };
    for (const span of this.spans) {
      const state = cursor.stateOf(span);
      const end = span.length;
      let done = 0;
      if (state?.deletedBy !== null) {
        while (hunk && hunk.from <= at) {
          const next = hunk.items.findIndex((item, i) => i >= filled && !isInsertion(item));
          const take = hunk.items[next];
          if (!take || isInsertion(take) || take.id < span.id || take.id >= span.id + end) break;
          keep(span, state, done, take.id - span.id);
          putUntil(next);
          done = take.id - span.id + take.length;
          keep(span, state, take.id - span.id, done, { deletedBy: take.deletedBy, restoredBy: take.restoredBy });
          filled = next + 1;
        }
        keep(span, state, done, end);
        continue;
      }
      while (done < end) {
        const here = at + done;
        if (!hunk || hunk.from >= at + end) {
          keep(span, state, done, end);
          done = end;
        } else if (here < hunk.from) {
          keep(span, state, done, hunk.from - at);
          done = hunk.from - at;
        } else if (here < hunk.to) {
          const to = Math.min(hunk.to - at, end);
          keep(span, state, done, to, { deletedBy: hunk.by, restoredBy: state.restoredBy });
          done = to;
        } else close();
      }
      at += end;
    }
    while (hunk) close();
    this.spans = order;
    return { text: patch.text, spans };
  }

  /**
   * Restores version `to`: what it had is back, what it lacked is deleted. Text that an operation after `since` had
   * already restored keeps that operation's author: it was only set aside in the meantime. Text that an older version
   * (`isOlder`) lacked is deleted again, by whoever restored it.
   */
  checkout(from: Snapshot, to: Snapshot, by: Operation, since: number, isOlder: boolean): Snapshot {
    const spans: Span[] = [];
    const cursor = new SnapshotCursor(from.spans);
    const then = new SnapshotCursor(to.spans);
    for (const span of this.spans) {
      const mine = cursor.stateOf(span);
      const old = then.stateOf(span);
      if (!mine && !old) continue;
      const restorer = mine?.restoredBy ?? old?.restoredBy ?? null;
      const isBack = old?.deletedBy === null && (mine ? mine.deletedBy !== null : old.insertedBy !== by);
      const isGoneAgain = isOlder && mine?.deletedBy === null && old !== undefined && old.deletedBy !== null;
      const state = old
        ? {
            deletedBy: isGoneAgain ? by : old.deletedBy,
            restoredBy: isBack ? (old.restoredBy && old.restoredBy.order > since ? old.restoredBy : by) : restorer,
          }
        : { deletedBy: mine?.deletedBy ?? by, restoredBy: restorer };
      spans.push(partOf(span, 0, span.length, state));
    }
    return { text: to.text, spans };
  }

  /**
   * Applies the changes between two versions to a third: what `done` inserted is inserted with its author, what it
   * deleted is deleted, if `deletes` agrees. Text that both inserted at one place is in the weave's order.
   */
  applyDelta(onto: Snapshot, before: Snapshot, done: Snapshot, deletes?: (text: string) => boolean): Snapshot {
    const spans: Span[] = [];
    let text = '';
    const [here, old, now] = [onto, before, done].map(({ spans: own }) => new SnapshotCursor(own)) as [
      SnapshotCursor,
      SnapshotCursor,
      SnapshotCursor,
    ];
    for (const span of this.spans) {
      const [mine, oldState, newState] = [here.stateOf(span), old.stateOf(span), now.stateOf(span)];
      const [isHere, wasThere, isThere] = [mine, oldState, newState].map((state) => state?.deletedBy === null) as [
        boolean,
        boolean,
        boolean,
      ];
      const state =
        isThere && !wasThere && newState && !isHere
          ? { deletedBy: null, restoredBy: null }
          : wasThere && !isThere && isHere && deletes?.(this.store.text(span.textOffset, span.length)) !== false
            ? { deletedBy: newState?.deletedBy ?? BASELINE, restoredBy: mine?.restoredBy ?? null }
            : mine;
      if (!state) continue;
      spans.push(partOf(span, 0, span.length, state));
      if (state.deletedBy === null) text += this.store.text(span.textOffset, span.length);
    }
    return { text, spans };
  }

  /** Where a version (`to`) has text that another one lacks, and that text. */
  textOnlyIn(from: Snapshot, to: Snapshot): { readonly at: number; readonly text: string }[] {
    const parts: { at: number; text: string }[] = [];
    let at = 0;
    const cursor = new SnapshotCursor(from.spans);
    const then = new SnapshotCursor(to.spans);
    for (const span of this.spans) {
      const mine = cursor.stateOf(span);
      if (then.stateOf(span)?.deletedBy !== null) continue;
      if (mine?.deletedBy !== null) parts.push({ at, text: this.store.text(span.textOffset, span.length) });
      at += span.length;
    }
    return parts;
  }
}
