/**
 * A document between two saves: what happened to its text, and by whom. Undo and redo restore authors with the text.
 *
 * Offsets are UTF-16 code units. Pure.
 */
import { atOnce, PLACES_IN_A_SLICE, type TimeSliced } from '../../time-slices';
import { firstToChange, type StateBefore } from '../document/first-author-between-saves';
import { LongText } from './chunked-text';
import { RunSequence } from './span-sequence';
import { SavedRuns } from './span-offsets';
import { sameProvenance, spanBy, type InsertedText, type Provenance, type Replacement, type Span } from './text-spans';
import {
  areApart,
  inverse,
  resetAway,
  type AuthoredChange,
  type TextChange,
  isCompared,
  NOTHING,
  trimmed,
} from './text-change';
import { NOT_PASTED, piecesOf, type Cutting, type Pasted } from './pasted-spans';
import { listOperations } from './edits-since-save';
import { diffCharsInSteps } from '../../../provenance/authorship';

/** The text at some point in time, and the origins of its parts. */
export interface DraftState {
  readonly text: LongText;
  readonly runs: RunSequence;
}

interface Step {
  /** The runs before the step. */
  readonly runs: RunSequence;
  /** Applied one after another to the text after the step, they give the text before it. */
  readonly back: readonly TextChange[];
  /** Who made it; undefined where there is no single known author. */
  readonly by: Provenance | undefined;
}

/** Undo is recognised over this many steps, */
const MOST_STEPS = 1_000;

/** with at most this many runs kept in all (see `RunSequence.kept`), */
const MOST_KEPT_RUNS = 200_000;

/** and a search for a state compares at most this many characters. */
const MOST_COMPARED = 40_000_000;

/** Storage sizes of a draft, for tests: characters in a part of the text, runs in a chunk. */
interface Grain {
  readonly part?: number;
  readonly chunk?: number;
}

export class Draft {
  private current: LongText;
  private runs: RunSequence;
  private base: SavedRuns;
  private steps: Step[] = [];
  private keptRuns = 0;
  /** How many of the steps came after the saved state. */
  private stepsSinceSaved = 0;
  /** Who undid the insertion of what is no longer there. */
  private undoer: Provenance = null;
  /** What an undo restored last. */
  private restored: RunSequence | undefined;
  /** Text that was saved at some time: where it returns, it is restored. */
  private readonly onceSaved = new WeakSet<InsertedText>();

  /** `saved`: the text as it is on disk. */
  constructor(saved: string, { part, chunk }: Grain = {}) {
    this.current = LongText.of(saved, part);
    this.runs = RunSequence.of([spanBy(saved.length, undefined)], chunk);
    this.base = new SavedRuns(this.runs);
  }

  /** Use it seldom: it is assembled again after each change. */
  get text(): string {
    return this.current.toString();
  }

  get length(): number {
    return this.current.length;
  }

  slice(start: number, end: number): string {
    return this.current.slice(start, end);
  }

  /**
   * Makes simultaneous changes: all offsets are those of the text before, in any order, without overlap. Text that a
   * replacement leaves unchanged keeps its author, and so does previously cut text. Returns the deleted text. Throws a
   * RangeError for an offset outside the text.
   */
  change(changes: readonly TextChange[], provenanceOf: (index: number) => Provenance, pasted?: Pasted): Cutting[] {
    return atOnce(this.changing(changes, provenanceOf, pasted));
  }

  /** The same in slices. Nothing else may change the draft meanwhile. */
  *changing(
    changes: readonly TextChange[],
    provenanceOf: (index: number) => Provenance,
    { cutBefore, around, taker, isUndo }: Pasted = NOT_PASTED,
  ): TimeSliced<Cutting[]> {
    const ordered = changes
      .map((change, index) => ({ ...change, by: provenanceOf(index), taker: taker?.(index) }))
      .sort((a, b) => b.offset - a.offset);
    const smaller: ChangeByTwo[] = [];
    for (const change of ordered) yield* pushSmaller(this.current, change, smaller);
    const cuttings: Cutting[] = [];
    const replacements: Replacement[] = [];
    const back: TextChange[] = [];
    const doers: Provenance[] = [];
    for (const [index, change] of smaller.entries()) {
      if (index % PLACES_IN_A_SLICE === 0) yield;
      if (change.deleted > 0) cuttings.push(this.copyOf(change.offset, change.offset + change.deleted));
      const cutting = cutBefore(change.inserted);
      const by = change.taker === undefined ? change.by : change.taker;
      replacements.push({ ...change, inserted: piecesOf(change, cutting, around), by });
      if (change.deleted > 0) doers.push(by);
      if (change.inserted !== '') doers.push(cutting && around !== undefined ? around : change.by);
      back.push(inverse(this.current, change));
    }
    yield;
    for (const list of [smaller, replacements, back]) list.reverse();
    const text = this.current.with(smaller);
    yield;
    // Those that touch each other are applied one by one, the last one first.
    const runs = areApart(smaller)
      ? yield* this.runs.splicing(replacements)
      : replacements.reduceRight((so: RunSequence, one) => so.splice([one]), this.runs);
    const [doer] = doers;
    this.become(text, runs, back, isUndo || doers.some((one) => !sameProvenance(one, doer)) ? undefined : doer);
    return cuttings;
  }

  /** What changes would delete. */
  cuttingsOf(changes: readonly TextChange[]): Cutting[] {
    return changes
      .filter((change) => change.deleted > 0)
      .map(({ offset, deleted }) => this.copyOf(offset, offset + deleted));
  }

  /**
   * Makes an undo or a redo. If the resulting text was there before, its parts have the authors that they had then.
   * Otherwise the author of inserted text is unknown. `by`: the author of deletions.
   */
  *restoring(changes: readonly TextChange[], by: Provenance): TimeSliced<void> {
    const ordered = [...changes].sort((a, b) => b.offset - a.offset).reverse();
    const target = this.current.with(ordered);
    const known = yield* this.stateOf(target);
    if (known === undefined) {
      yield* this.changing(changes, (index) => (changes[index]?.inserted === '' ? by : null), {
        ...NOT_PASTED,
        isUndo: true,
      });
      return;
    }
    this.become(
      target,
      known,
      ordered.map((change) => inverse(this.current, change)),
      undefined,
    );
    this.undoer = by;
    this.restored = known;
  }

  /** The operations that lead from the saved text to this one. */
  operations(): AuthoredChange[] {
    return atOnce(this.listing());
  }

  /**
   * The same in slices, for the text as it is when this begins, whatever happens to the draft meanwhile, or for a state
   * since the save.
   */
  listing({ text, runs }: DraftState = this.state): TimeSliced<AuthoredChange[]> {
    const { base, undoer, restored, onceSaved } = this;
    return listOperations({ text, runs, base, undoer, restored, onceSaved });
  }

  /**
   * Who first changed lines (1-based) of the saved text after they were last whole (null: unknown). Only lines for
   * which that is known and the operations, which lead from that text to this one, do not show the same. `saved`: that
   * text.
   */
  firstsToChange(saved: string, operations: readonly AuthoredChange[]): TimeSliced<ReadonlyMap<number, Provenance>> {
    const doers = this.steps.slice(Math.max(0, this.steps.length - this.stepsSinceSaved)).map(({ by }) => by);
    return firstToChange(saved, operations, this.state, this.statesSinceSaved(), doers, this.base.places);
  }

  /** Whether the text already differed from the saved one before the last change. */
  get wasUnsaved(): boolean {
    return this.stepsSinceSaved > 1;
  }

  /** Reverts everything unsaved: restores the saved text (`saved`) with its authors. */
  reverting(saved: string): void {
    const { current } = this;
    this.become(
      LongText.of(saved),
      this.base.runs,
      [inverse(current, { offset: 0, deleted: current.length, inserted: saved })],
      undefined,
    );
  }

  /**
   * The text was read from disk: insertions by unknown authors are as old as the rest of the file, and may be recorded
   * by others.
   */
  *loading(): TimeSliced<void> {
    const runs = yield* this.runs.living((run) => (run.origin.by === null ? spanBy(run.length, undefined) : run));
    yield* this.saving(runs);
  }

  /**
   * A piece of the text with the origins of its parts. Parts that are in the saved text are copies of that, whoever
   * inserted them: they may have been committed since.
   */
  copyOf(start: number, end: number): Cutting {
    const parts: Span[] = [];
    for (const run of this.runs.slice(start, end)) {
      this.base.places.cut(run, (part, place) => {
        parts.push(place === undefined ? part : spanBy(part.length, null, { origin: run.origin, start: part.start }));
      });
    }
    return { text: this.current.slice(start, end), parts };
  }

  /**
   * Where the parts of a cutting are in the saved text, split where they are apart there; undefined for those that are
   * not in it.
   */
  savedPlacesOf({ parts }: Cutting): readonly { readonly part: Span; readonly place: number | undefined }[] {
    return parts.flatMap((run) => {
      const found: { part: Span; place: number | undefined }[] = [];
      let start = run.start;
      this.base.cutCopied(run, (length, place) => {
        found.push({ part: { ...run, start, length }, place });
        start += length;
      });
      return found;
    });
  }

  /** The text is on disk now. This takes effect only when the slices are done. */
  *saving(runs = this.runs): TimeSliced<void> {
    yield* this.toDisk(runs);
    this.runs = this.base.runs;
    this.stepsSinceSaved = 0;
    this.undoer = null;
    this.restored = undefined;
  }

  /** The text is on disk as it was in a state since the last save. */
  *savingBefore({ runs }: DraftState): TimeSliced<void> {
    yield* this.toDisk(runs);
    this.stepsSinceSaved = this.steps.length - this.steps.findIndex((step) => step.runs === runs);
  }

  /**
   * The latest earlier state since the save that had this text; undefined when there was none.
   */
  *stateWith(text: string): TimeSliced<DraftState | undefined> {
    const wanted = LongText.of(text);
    const from = this.steps.length - this.stepsSinceSaved;
    for (const state of this.statesBefore()) {
      if (state.index <= from) return undefined;
      if (state.text.equals(wanted)) return state;
      yield;
    }
    return undefined;
  }

  private get state(): DraftState {
    return { text: this.current, runs: this.runs };
  }

  private *toDisk(runs: RunSequence): TimeSliced<void> {
    const { living } = runs.differenceFrom(this.base.runs);
    yield;
    const saved = new SavedRuns(yield* runs.living());
    yield;
    for (const { origin } of living) this.onceSaved.add(origin);
    this.base = saved;
  }

  /** The runs of the latest state with this text. */
  private *stateOf(target: LongText): TimeSliced<RunSequence | undefined> {
    for (const { text, runs } of this.statesBefore()) {
      if (text.equals(target)) return runs;
      yield;
    }
    return undefined;
  }

  /** The draft's states before each of its steps, latest first, within the limit of a search. */
  private *statesBefore(): Generator<StateBefore & { readonly index: number }> {
    let text = this.current;
    let compared = 0;
    for (let index = this.steps.length - 1; index >= 0 && compared < MOST_COMPARED; index--) {
      const step = this.steps[index];
      if (!step) return;
      text = resetAway(text, step.back);
      yield { text, runs: step.runs, by: step.by, index };
      compared += text.length;
    }
  }

  /** The same since the save. */
  private *statesSinceSaved(): Generator<StateBefore> {
    for (const state of this.statesBefore()) {
      if (state.index < this.steps.length - this.stepsSinceSaved) return;
      yield state;
    }
  }

  /** Replaces the text and its runs. `back` leads back to the text before. */
  private become(text: LongText, runs: RunSequence, back: readonly TextChange[], by: Provenance | undefined): void {
    if (back.length > 0) {
      this.steps.push({ runs: this.runs, back, by });
      this.stepsSinceSaved++;
      this.keptRuns += this.runs.kept;
    }
    while (this.steps.length > MOST_STEPS || this.keptRuns > MOST_KEPT_RUNS)
      this.keptRuns -= this.steps.shift()?.runs.kept ?? 0;
    this.current = text;
    this.runs = runs;
  }
}

/** A change whose insertion and deletion may have different authors. */
interface ChangeByTwo extends AuthoredChange {
  readonly taker: Provenance | undefined;
}

/**
 * Adds the parts of a replacement that really change something to a list, the last one first. Throws a RangeError.
 */
function* pushSmaller(text: LongText, change: ChangeByTwo, into: ChangeByTwo[]): TimeSliced<void> {
  const { offset, deleted, inserted, by, taker } = change;
  if (offset < 0 || deleted < 0 || offset + deleted > text.length)
    throw new RangeError(`a change at ${String(offset)} lies outside a text of ${String(text.length)}`);
  if (deleted === 0) {
    if (inserted !== '') into.push(change);
    return;
  }
  yield;
  const old = text.slice(offset, offset + deleted);
  const whole = [{ oldStart: 0, oldEnd: deleted, newStart: 0, newEnd: inserted.length }];
  const splices = change.splices ?? (isCompared(old, inserted) ? yield* diffCharsInSteps(old, inserted) : whole);
  for (let i = splices.length - 1; i >= 0; i--) {
    if (i % PLACES_IN_A_SLICE === 0) yield;
    const part = trimmed(old, inserted, splices[i] ?? NOTHING);
    if (part.oldEnd > part.oldStart || part.newEnd > part.newStart)
      into.push({
        offset: offset + part.oldStart,
        deleted: part.oldEnd - part.oldStart,
        inserted: inserted.slice(part.newStart, part.newEnd),
        by,
        taker,
      });
  }
}
