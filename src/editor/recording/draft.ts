/**
 * A document between two saves: what happened to its text, and by whom. Undo and redo bring authors back with the text.
 *
 * Offsets are UTF-16 code units. Pure.
 */
import { compare, type Splice } from '../../attribution';
import { isLive, LiveRuns, RunIndex, RunList, sameHand, splice, type Hand, type Origin, type Replacement, type Run } from './runs';

/** Replaces `deleted` characters at `offset` by `inserted`. */
export interface TextChange {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  /** What of a replacement differs, where that was worked out before. */
  readonly splices?: readonly Splice[];
}

/** A change and its author. Applied one after another. */
export interface AuthoredChange extends TextChange {
  readonly by: Hand;
  /** What is put in was moved here from this offset of the saved text, and belongs to whoever wrote it there. */
  readonly movedFrom?: number;
}

/** A piece of text that was taken out, and where its parts come from. */
export interface Cutting {
  readonly text: string;
  readonly parts: readonly Run[];
}

interface Step {
  /** The runs before the step. */
  readonly runs: readonly Run[];
  /** Applied one after another to the text after the step they give the text before it. */
  readonly back: readonly TextChange[];
}

/** Undo can be taken back over this many steps, */
const MOST_STEPS = 1_000;
/** with at most this many runs kept in all, */
const MOST_KEPT_RUNS = 200_000;
/** and looking for a state compares at most this many characters. */
const MOST_COMPARED = 40_000_000;

export class Draft {
  private current: string;
  private runs: readonly Run[];
  private base: readonly Run[];
  private steps: Step[] = [];
  private keptRuns = 0;
  /** Who took back what is no longer there. */
  private undoer: Hand = null;

  /** `saved`: the text as it is on disk. */
  constructor(saved: string) {
    this.current = saved;
    this.runs = saved === '' ? [] : [{ origin: { by: undefined, length: saved.length }, start: 0, length: saved.length }];
    this.base = this.runs;
  }

  get text(): string {
    return this.current;
  }

  /**
   * Changes that happened at once: all offsets are those of the text before, in any order, without overlap. What a
   * replacement leaves as it was keeps its author, and so does text that was cut before. Gives what was taken out.
   * Throws a RangeError for a place outside the text.
   */
  change(changes: readonly TextChange[], handOf: (index: number) => Hand, cutBefore: (inserted: string) => Cutting | undefined = () => undefined): Cutting[] {
    const ordered = changes.map((change, index) => ({ ...change, by: handOf(index) })).sort((a, b) => b.offset - a.offset);
    const smaller = ordered.flatMap((change) => this.smaller(change));
    const cuttings = this.cuttingsOf(smaller);
    const before = this.runs;
    const replacements = smaller.map((change): Replacement => ({ ...change, inserted: piecesOf(change, cutBefore(change.inserted)) })).reverse();
    const ascending = smaller.reverse();
    const back = ascending.map((change) => inverse(this.current, change));
    // Those that touch each other are put in one by one, the last one first.
    this.runs = areApart(ascending) ? splice(before, replacements) : replacements.reduceRight((runs: readonly Run[], one) => splice(runs, [one]), before);
    this.current = replaced(this.current, ascending);
    this.remember(before, back);
    return cuttings;
  }

  /** What changes would take out. */
  cuttingsOf(changes: readonly TextChange[]): Cutting[] {
    const live = new LiveRuns(this.runs);
    return changes
      .filter((change) => change.deleted > 0)
      .map(({ offset, deleted }) => ({ text: this.current.slice(offset, offset + deleted), parts: live.slice(offset, offset + deleted) }));
  }

  /**
   * An undo or a redo: where the text is one that was there before, everybody's text is whose it was then. Else what comes
   * in is nobody's. What goes is taken away by `by`.
   */
  restore(changes: readonly TextChange[], by: Hand): void {
    const ordered = [...changes].sort((a, b) => b.offset - a.offset).reverse();
    const target = replaced(this.current, ordered);
    const known = this.stateOf(target);
    if (known === undefined) {
      this.change(changes, (index) => (changes[index]?.inserted === '' ? by : null));
      return;
    }
    const before = this.runs;
    const back = ordered.map((change) => inverse(this.current, change));
    this.current = target;
    this.runs = known;
    this.undoer = by;
    this.remember(before, back);
  }

  /** What leads from the saved text to this one. */
  operations(): AuthoredChange[] {
    if (this.runs === this.base) return []; // as it was saved
    const all = this.runs.filter(isLive);
    const same = sameEnds(all, this.base);
    const live = all.slice(same.first, all.length - same.last);
    const base = this.base.slice(same.first, this.base.length - same.last);
    const isInBase = new RunIndex(base);
    const deleted = new RunIndex(this.runs.filter((run) => !isLive(run)));
    const operations: AuthoredChange[] = [];
    const add = (operation: AuthoredChange): void => {
      const last = operations.at(-1);
      if (last?.inserted === '' && operation.inserted === '' && last.offset === operation.offset && sameHand(last.by, operation.by)) operations[operations.length - 1] = { ...last, deleted: last.deleted + operation.deleted };
      else operations.push(operation);
    };
    const pending = new BaseReader(base);
    let at = all.slice(0, same.first).reduce((sum, run) => sum + run.length, 0);
    let inserts: { run: Run; from: number }[] = [];
    const close = (next: Run | undefined): void => {
      const start = inserts[0]?.from ?? at;
      pending.upTo(next, (gone) => {
        deleted.cut(gone, (part, tomb) => add({ offset: start, deleted: part.length, inserted: '', by: tomb?.gone === undefined ? this.undoer : tomb.gone }));
      });
      for (const { run, from } of inserts) {
        const movedFrom = run.origin.copied && offsetIn(this.base, run.origin.copied.origin, run.origin.copied.start + run.start);
        const by = run.origin.by ?? null;
        add({ offset: from, deleted: 0, inserted: this.current.slice(from, from + run.length), by, ...(movedFrom === undefined ? {} : { movedFrom }) });
      }
      inserts = [];
    };
    for (const run of live) {
      isInBase.cut(run, (part, member) => {
        if (member) {
          close(part);
          pending.pass(part.length);
        } else inserts.push({ run: part, from: at });
        at += part.length;
      });
    }
    close(undefined);
    return operations;
  }

  /** The text was read from disk: what nobody is known to have put in is as old as the rest of the file, and may be recorded by others. */
  loaded(): void {
    this.runs = this.runs.map((run) => (isLive(run) && run.origin.by === null ? { origin: { by: undefined, length: run.length }, start: 0, length: run.length } : run));
    this.saved();
  }

  /** A piece of the text, with where its parts come from. */
  copyOf(start: number, end: number): Cutting {
    return { text: this.current.slice(start, end), parts: new LiveRuns(this.runs).slice(start, end) };
  }

  /** Where a part of the text stands in the saved text; undefined when it was put in since. */
  savedPlaceOf({ origin, start }: Run): number | undefined {
    return offsetIn(this.base, origin, start);
  }

  /** The text is on disk now. */
  saved(): void {
    this.runs = this.runs.filter(isLive);
    this.base = this.runs;
    this.undoer = null;
  }

  /** The parts of a replacement that really change something, last one first. Throws a RangeError. */
  private smaller(change: AuthoredChange): AuthoredChange[] {
    const { offset, deleted, inserted, by } = change;
    if (offset < 0 || deleted < 0 || offset + deleted > this.current.length) throw new RangeError(`a change at ${String(offset)} lies outside a text of ${String(this.current.length)}`);
    const old = this.current.slice(offset, offset + deleted);
    if (deleted === 0) return inserted === '' ? [] : [change];
    const whole = [{ oldStart: 0, oldEnd: deleted, newStart: 0, newEnd: inserted.length }];
    return (change.splices ?? (isCompared(old, inserted) ? compare(old, inserted) : whole))
      .map((part) => trimmed(old, inserted, part))
      .filter((part) => part.oldEnd > part.oldStart || part.newEnd > part.newStart)
      .map((part) => ({ offset: offset + part.oldStart, deleted: part.oldEnd - part.oldStart, inserted: inserted.slice(part.newStart, part.newEnd), by }))
      .reverse();
  }

  /** The runs of the latest state with this text. */
  private stateOf(target: string): readonly Run[] | undefined {
    let text = this.current;
    let compared = 0;
    for (let i = this.steps.length - 1; i >= 0 && compared < MOST_COMPARED; i--) {
      const step = this.steps[i];
      if (!step) break;
      text = takenBack(text, step.back);
      if (text.length === target.length && text === target) return step.runs;
      compared += text.length;
    }
    return undefined;
  }

  private remember(runs: readonly Run[], back: readonly TextChange[]): void {
    if (back.length === 0) return;
    this.steps.push({ runs, back });
    this.keptRuns += runs.length;
    while (this.steps.length > MOST_STEPS || this.keptRuns > MOST_KEPT_RUNS) this.keptRuns -= this.steps.shift()?.runs.length ?? 0;
  }
}

/** Whether one looks for what stays when a text is replaced: not within a line. */
export const isCompared = (old: string, inserted: string): boolean => old.includes('\n') && inserted.includes('\n');

/** How many runs two lists have in common at the beginning and at the end: a key press changes a few of thousands. */
function sameEnds(a: readonly Run[], b: readonly Run[]): { readonly first: number; readonly last: number } {
  const most = Math.min(a.length, b.length);
  const isSame = (x: Run | undefined, y: Run | undefined): boolean => x === y || (x?.origin === y?.origin && x?.start === y?.start && x?.length === y?.length);
  let first = 0;
  while (first < most && isSame(a[first], b[first])) first++;
  let last = 0;
  while (last < most - first && isSame(a[a.length - 1 - last], b[b.length - 1 - last])) last++;
  return { first, last };
}

/** Reads the saved text's runs off from the front. */
class BaseReader {
  private readonly left: Run[];
  constructor(base: readonly Run[]) {
    this.left = [...base].reverse();
  }

  /** Gives what comes before a run that is in the base, or all that is left. */
  upTo(next: Run | undefined, use: (gone: Run) => void): void {
    const skipped = new RunList();
    for (let run = this.left.pop(); run; run = this.left.pop()) {
      if (next?.origin === run.origin && next.start >= run.start && next.start < run.start + run.length) {
        const before = next.start - run.start;
        skipped.add({ ...run, length: before });
        this.left.push({ ...run, start: next.start, length: run.length - before });
        break;
      }
      skipped.add(run);
    }
    skipped.runs.forEach(use);
  }

  /** Goes over characters that stayed. */
  pass(length: number): void {
    const run = this.left.pop();
    if (run && run.length > length) this.left.push({ ...run, start: run.start + length, length: run.length - length });
  }
}

/** The runs of what is put in. Text cut before keeps its authors; the blanks around it may be others. */
function piecesOf({ inserted, by }: AuthoredChange, cutting: Cutting | undefined): Run[] {
  const fresh = (length: number): Run => ({ origin: { by, length }, start: 0, length });
  const core = cutting?.text.trim() ?? '';
  const at = core === '' ? -1 : inserted.indexOf(core);
  if (!cutting || at < 0 || inserted.trim() !== core) return inserted === '' ? [] : [fresh(inserted.length)];
  const lead = cutting.text.indexOf(core);
  const copies = new LiveRuns(cutting.parts).slice(lead, lead + core.length).map((part): Run => {
    const { origin, start, length } = part;
    if (origin.by !== undefined && !origin.copied) return { origin: { by: origin.by, length }, start: 0, length };
    const copied = origin.copied ? { origin: origin.copied.origin, start: origin.copied.start + start } : { origin, start };
    return { origin: { by: null, length, copied }, start: 0, length };
  });
  return [fresh(at), ...copies, fresh(inserted.length - at - core.length)].filter((run) => run.length > 0);
}

/** Where a character of an origin stands in a text; undefined when it is not in it. */
function offsetIn(runs: readonly Run[], origin: Origin, start: number): number | undefined {
  let at = 0;
  for (const run of runs) {
    if (run.origin === origin && run.start <= start && start < run.start + run.length) return at + (start - run.start);
    at += run.length;
  }
  return undefined;
}

/** Changes in the order of their places, all counted in the text before. Those at one place are put in from the last one on. */
function replaced(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { offset, deleted, inserted } of changes) {
    parts.push(text.slice(at, offset), inserted);
    at = Math.max(at, offset + deleted);
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Whether no two of them, in the order of their places, touch. */
const areApart = (changes: readonly TextChange[]): boolean => changes.every(({ offset }, index) => index === 0 || offset > endOf(changes[index - 1]));

const endOf = (change: TextChange | undefined): number => (change ? change.offset + change.deleted : -1);

/** The text before changes: each of `back` is counted in the text in which those before it are taken back already. */
function takenBack(text: string, back: readonly TextChange[]): string {
  let shift = 0;
  return replaced(text, back.map((change) => {
    const placed = { ...change, offset: change.offset - shift };
    shift += change.inserted.length - change.deleted;
    return placed;
  }));
}

const inverse = (text: string, change: TextChange): TextChange => ({
  offset: change.offset,
  deleted: change.inserted.length,
  inserted: text.slice(change.offset, change.offset + change.deleted),
});

/** What typing over a text left of it at both ends has stayed. */
function trimmed(old: string, now: string, part: Splice): Splice {
  let { oldStart, oldEnd, newStart, newEnd } = part;
  while (oldStart < oldEnd && newStart < newEnd && old[oldStart] === now[newStart]) {
    oldStart++;
    newStart++;
  }
  while (oldStart < oldEnd && newStart < newEnd && old[oldEnd - 1] === now[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}
