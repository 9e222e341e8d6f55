/**
 * Two versions of a woven file, one seen from the other: which characters stayed, and who inserted or deleted the
 * others.
 */
import { type CharacterStore } from './character-store';
import { logicalTime, BASELINE, deletedAt, type Operation } from './operation';
import { type IntervalSet } from './interval-set';
import { lineOf, lineStarts, splitLines } from '../text/split-lines';
import { deletionsWithContext, type InsertedSpan, type DeletedSpan } from './deletions-cut-off-from-line';
import { AuthoredText } from '../text/authored-text';
import { type Deletion, type Piece } from '../text/pieces-and-deletions-of-text';
import { type Provenance } from '../text/provenance-of-change';
import { type Weave } from './weave';
import { SnapshotCursor, type Span, type Snapshot } from './snapshot-and-patch';

/** What is older than the change in question: it was in the parent or in an earlier commit. */
export interface BaselineHistory {
  /** Characters, by their place in the character store. */
  readonly stored: IntervalSet;
  /** Places of this file that held them. */
  readonly places: IntervalSet;
  /** The last operation before the parent was committed; 0 when unknown. */
  readonly until: number;
}

/** `text` seen from `base`. */
export function diffSnapshots(
  weave: Weave,
  store: CharacterStore,
  base: Snapshot,
  text: Snapshot,
  older: BaselineHistory,
): AuthoredText {
  const pieces: Piece[] = [];
  const deletions: Deletion[] = [];
  const breaks = new Breaks(base.text);
  const inBase = new SnapshotCursor(base.spans);
  const inText = new SnapshotCursor(text.spans);
  let [at, length] = [0, 0];
  let insertedSpans: InsertedSpan[] = [];
  let deletedSpans: DeletedSpan[] = [];
  const close = (): void => {
    for (const deletion of deletionsWithContext(deletedSpans, insertedSpans, base.text[at])) deletions.push(deletion);
    [insertedSpans, deletedSpans] = [[], []];
  };
  for (const span of weave.order) {
    const wasDeleted = inBase.stateOf(span)?.deletedBy === null;
    const state = inText.stateOf(span);
    const there = state?.deletedBy === null;
    if (wasDeleted) breaks.place(at, span.id);
    if (wasDeleted && there) {
      close();
      pieces.push({ length: span.length, base: at, by: null });
    } else if (wasDeleted) {
      const operation = state?.deletedBy ?? BASELINE;
      deletedSpans.push({ start: at, end: at + span.length, operation, index: insertedSpans.length });
      breaks.removed(at, at + span.length, operation);
    } else {
      if (there)
        for (const part of authorsOf(
          { ...state, id: span.id, textOffset: span.textOffset, length: span.length },
          store,
          older,
        ))
          pieces.push({ length: part.length, base: -1, by: part.by });
      // Text that was deleted for a while counts from when it came back, unless whoever deleted it before that has
      // deleted it again.
      if (state) {
        const by =
          state.restoredBy && !(state.deletedBy && state.deletedBy.order < state.restoredBy.order)
            ? state.restoredBy
            : state.insertedBy;
        const content = store.text(span.textOffset, span.length);
        breaks.inserted(content, at, by, state.deletedBy);
        insertedSpans.push({ text: content, at: length, isThere: there, by, deletedBy: state.deletedBy });
      }
    }
    if (there) length += span.length;
    if (wasDeleted) at += span.length;
  }
  close();
  return AuthoredText.of(base.text, text.text, pieces, deletions, breaks.hands());
}

/**
 * The authors of a span's text, part by part. Rule 4 of docs/dev/attribution.md: text written since the parent belongs to its writer
 * wherever it is; older text belongs to whoever put it there.
 */
export function authorsOf(
  span: Span,
  store: CharacterStore,
  older: BaselineHistory,
): { readonly length: number; readonly by: Provenance }[] {
  return older.places.cut(span.id, span.length).flatMap(({ start, length, inside }) => {
    // It was deleted, though this version never lost it: the restoration was not seen.
    if (inside)
      return [{ length, by: span.restoredBy && span.restoredBy.order > older.until ? span.restoredBy.by : null }];
    const place = span.textOffset + (start - span.id);
    const birth = store.insertedBy(place);
    // Text inserted here since the parent keeps its author when it comes back, for example from a stash.
    const isOwn = span.restoredBy === null || span.insertedBy.order > older.until;
    // White space that is back need not be the same white space.
    if (
      (span.restoredBy ?? span.insertedBy) !== birth &&
      birth.order < older.until &&
      !/\S/.test(store.text(place, length))
    )
      return [{ length, by: (isOwn ? span.insertedBy : span.restoredBy).by }];
    if (birth === span.insertedBy && !span.restoredBy) return [{ length, by: birth.by }];
    const last = isOwn || span.restoredBy.order <= older.until ? span.insertedBy : span.restoredBy;
    return older.stored
      .cut(place, length)
      .map((part) => ({ length: part.length, by: part.inside ? last.by : birth.by }));
  });
}

interface Insert {
  readonly starts: boolean;
  readonly ends: boolean;
  readonly by: Operation;
  readonly deletedBy: Operation | null;
}

/** A period in which a line differed from the base. */
interface Break {
  readonly operation: Operation;
  /** Logical times; `until` is exclusive. */
  readonly from: number;
  readonly until: number;
  /** What restored the line, if a single operation did. */
  readonly ender: Operation | null;
}

/** When base lines changed, and who changed them. */
class Breaks {
  private readonly starts: readonly number[];
  private readonly events = new Map<number, Break[]>();
  /** Keyed by the base character that they were inserted before. */
  private readonly insertsAt = new Map<number, readonly Insert[]>();
  /** Where the base's spans begin in the base, and the places of their first characters. */
  private readonly spanStarts: number[] = [];
  private readonly ids: number[] = [];
  private readonly lost: { readonly line: number; readonly at: number; readonly operation: Operation }[] = [];
  private readonly inserts: Insert[] = [];
  private next = 0;

  constructor(private readonly base: string) {
    this.starts = lineStarts(splitLines(base));
  }

  /** Adds the next span of the base, and where it begins there. */
  place(at: number, id: number): void {
    this.spanStarts.push(at);
    this.ids.push(id);
  }

  removed(start: number, end: number, operation: Operation): void {
    for (let line = lineOf(this.starts, start), last = lineOf(this.starts, end - 1); line <= last; line++) {
      const at = Math.min(end, this.starts[line + 1] ?? Infinity) - 1;
      if (Math.max(start, this.starts[line] ?? 0) === at && this.base[at] === '\n')
        this.lost.push({ line, at, operation });
      else this.note(line, { operation, from: logicalTime(operation), until: Infinity, ender: null });
    }
  }

  /**
   * A line whose break was deleted counts as whole as long as another break is in its place. If the break of a blank
   * line below now ends the line, the blank line no longer exists.
   */
  private lose(line: number, at: number, operation: Operation): void {
    const inserts = [...(this.insertsAt.get(at) ?? []), ...(this.insertsAt.get(at + 1) ?? [])];
    const since = logicalTime(operation);
    const times = [since, ...timesOf(inserts).filter((time) => time > since && time < Infinity)];
    const topAt = (time: number): Insert | undefined => inserts.find((insert) => isThereAt(insert, time));
    const isBeforeBlank = this.base[at + 1] === '\n' && (this.starts[line] ?? 0) < at;
    let stood: Insert | undefined;
    times.forEach((from, i) => {
      const top = topAt(from);
      const until = times[i + 1] ?? Infinity;
      const breaker =
        stood && deletedAt(stood.deletedBy) === from ? stood.deletedBy : from === since ? operation : top?.by;
      const broken = { operation: breaker ?? operation, from, until, ender: topAt(until)?.by ?? null };
      if (top?.starts !== true)
        for (const lineNumber of isBeforeBlank ? [line, line + 1] : [line]) this.note(lineNumber, broken);
      stood = top?.starts === true ? top : undefined;
    });
  }

  /** Records text that was once inserted before the character at `next`, in the order of the weave. */
  inserted(text: string, next: number, by: Operation, deletedBy: Operation | null): void {
    if (this.inserts.length > 0 && this.next !== next) this.close();
    this.next = next;
    this.inserts.push({ starts: text.startsWith('\n'), ends: text.endsWith('\n'), by, deletedBy });
  }

  /**
   * Whole lines inserted before or after a line do not change it; a break typed at the end of a line is a line inserted
   * below it. What else was inserted at the same place decides where lines start and end, as long as it was there. A
   * blank line that gets text no longer exists, unless a blank line came along with it.
   */
  private close(): void {
    const inserts = this.inserts.splice(0);
    this.insertsAt.set(this.next, inserts);
    const behind = this.base[this.next];
    const before = this.base[this.next - 1];
    const first = behind !== undefined && behind !== '\n' ? lineOf(this.starts, this.next) : undefined;
    const last = before !== undefined && before !== '\n' ? lineOf(this.starts, this.next - 1) : undefined;
    const blank =
      behind === '\n' && (before === undefined || before === '\n') ? lineOf(this.starts, this.next) : undefined;
    if (last === undefined && (first ?? blank) === undefined) return;
    if (last === undefined && inserts.every(({ ends }) => ends)) return;
    const times = timesOf(inserts);
    times.forEach((from, i) => {
      const until = times[i + 1] ?? Infinity;
      const there = inserts.filter((insert) => isThereAt(insert, from));
      const [top, bottom] = [there[0], there.at(-1)];
      if (!bottom || !top) return;
      // Something inserted next to it at the same logical time may have been there first.
      const note = (line: number, insert: Insert, isWhole: (other: Insert) => boolean): void => {
        const ender = deletedAt(insert.deletedBy) === until ? insert.deletedBy : null;
        for (const sibling of there)
          if (sibling === insert || (logicalTime(sibling.by) === logicalTime(insert.by) && !isWhole(sibling)))
            this.note(line, { operation: sibling.by, from, until, ender });
      };
      const isAbove = ({ ends }: Insert): boolean => ends;
      const isBelow = ({ starts }: Insert): boolean => starts && (behind === undefined || behind === '\n');
      if (first !== undefined && !isAbove(bottom)) note(first, bottom, isAbove);
      if (blank !== undefined && !bottom.ends && !top.starts) note(blank, bottom, ({ starts, ends }) => starts || ends);
      if (last !== undefined && !isBelow(top)) note(last, top, isBelow);
    });
  }

  /**
   * For each changed line, who changed it: the first since the line was last whole. Of several operations with equal
   * logical time, each may have been the first.
   */
  hands(): Map<number, Provenance> {
    if (this.inserts.length > 0) this.close();
    for (const { line, at, operation } of this.lost) this.lose(line, at, operation);
    const provenances = new Map<number, Provenance>();
    const spans = [...this.spanStarts, Infinity];
    for (const [line, events] of this.events) {
      events.sort((a, b) => a.from - b.from);
      let firsts: Operation[] = [];
      let last: Break | undefined;
      for (const event of events) {
        const { operation, from, until } = event;
        if (!last || from > last.until) firsts = [operation];
        else if (
          firsts.some((first) => logicalTime(first) === logicalTime(operation)) ||
          (from === last.until && isBesides(operation, last.ender))
        )
          firsts.push(operation);
        if (!last || until > last.until) last = event;
      }
      if (last?.until === Infinity)
        provenances.set(line, this.toldFirst(this.starts[line] ?? 0, firsts, spans)?.by ?? anyOf(firsts));
    }
    return provenances;
  }

  /**
   * Of operations with equal logical time, the one reported as the first to change the line that starts at a place of
   * the base.
   */
  private toldFirst(start: number, operations: readonly Operation[], spans: readonly number[]): Operation | undefined {
    const [first] = operations;
    if (
      !first?.firstChangeByLine ||
      first.firstChangeByLine.size === 0 ||
      operations.some((operation) => logicalTime(operation) !== logicalTime(first))
    )
      return undefined;
    const index = lineOf(spans, start);
    return first.firstChangeByLine.get((this.ids[index] ?? 0) + start - (spans[index] ?? 0));
  }

  private note(line: number, event: Break): void {
    const list = this.events.get(line);
    if (list) list.push(event);
    else this.events.set(line, [event]);
  }
}

const isThereAt = ({ by, deletedBy }: Insert, time: number): boolean =>
  logicalTime(by) <= time && time < deletedAt(deletedBy);

/** The logical times at which these inserts appear or disappear, ascending; Infinity for one that stays. */
const timesOf = (inserts: readonly Insert[]): number[] =>
  [...new Set(inserts.flatMap(({ by, deletedBy }) => [logicalTime(by), deletedAt(deletedBy)]))].sort((a, b) => a - b);

/** Whether an operation may have been done after another of equal logical time. */
const isBesides = (operation: Operation, second: Operation | null): boolean =>
  second !== null && second !== operation && logicalTime(second) === logicalTime(operation);

/** The author when any of these operations may have done it: their common author, else unknown. */
function anyOf(operations: readonly Operation[]): Provenance {
  const [first] = operations;
  if (!first || operations.every(({ by }) => by?.author === first.by?.author)) return first?.by ?? null;
  return operations.find(({ by }) => by?.author === 'unknown')?.by ?? null;
}
