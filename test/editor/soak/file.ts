/** One file of the oracle's: what is committed, on disk and in the editor. */
import type { Author } from '../../../src/provenance/authorship/types';
import {
  Base,
  clean,
  edited,
  next,
  rebased,
  restored,
  textOf,
  written,
  type Change,
  type Char,
  type Put,
  type State,
} from './text';

/**
 * Whoever's text is put into another place: text since the parent keeps its author, older text counts for who puts it
 * there.
 */
export interface Carried {
  readonly ch: string;
  readonly by: Author;
  readonly or?: Author;
  readonly from: Char;
}

export class SoakFile {
  base: Base;
  disk: State;
  /** As the editor shows it; undefined when it was not opened yet. */
  buffer: State | undefined;
  /** What is in the editor is not on disk. */
  dirty = false;
  /** The file was written by somebody else while it was dirty: saving asks. */
  conflict = false;
  private epoch = 0;
  private history: State[] = [];
  private readonly committed = new WeakSet<Char>();

  constructor(
    readonly path: string,
    text: string,
  ) {
    this.base = new Base(written(text, 'unknown'));
    this.disk = clean(this.base);
    this.commit();
  }

  get diskText(): string {
    return textOf(this.disk.chars);
  }

  get shown(): State {
    return this.buffer ?? this.disk;
  }

  get text(): string {
    return textOf(this.shown.chars);
  }

  open(): void {
    if (this.buffer !== undefined) return;
    this.buffer = this.disk;
    this.history = [this.disk];
  }

  /** The window was loaded anew: the editor forgets what it could undo. */
  forget(): void {
    this.buffer = undefined;
    this.history = [];
  }

  /** An event of the editor. `or`: as right as `by`. */
  changed(changes: readonly Change[], put: Put, by: Author, or = by): void {
    const [one, other] = [by, or].map((hand) => edited(this.base, this.shown, changes, put, hand, this.epoch));
    if (one && other) this.show({ ...one, broken: eitherOf(one.broken, other.broken) });
  }

  /** An undo or a redo to a text: false when it was never seen. */
  restore(text: string): boolean {
    const wanted = this.history.findLast((state) => state.chars.length === text.length && textOf(state.chars) === text);
    if (wanted === undefined) return false;
    this.show(restored(this.base, this.shown, this.putInAgain(wanted), 'human', this.epoch));
    return true;
  }

  /** Somebody else writes the file. Gives its text. */
  write(chars: readonly Char[], by: Author): string {
    this.onDisk(next(this.base, this.disk, chars, by, this.epoch));
    return this.diskText;
  }

  /** git writes the file as it was committed. */
  discard(): void {
    this.onDisk(clean(this.base));
  }

  /** The stash brings a state of the disk back. */
  putBack(state: State): void {
    this.onDisk(state);
  }

  /** The editor read the file anew. */
  reloaded(): void {
    if (this.buffer === undefined) return;
    this.show(this.disk);
    this.dirty = false;
    this.conflict = false;
  }

  /** The person wants the file as it is on disk. */
  reverted(): void {
    this.dirty = false;
    this.conflict = false;
  }

  saved(): void {
    const { chars } = this.shown;
    const live = new Set(chars);
    // What never came to the editor went on disk.
    const gone = this.conflict
      ? new Map([...[...this.disk.gone].filter(([char]) => !live.has(char)), ...this.shown.gone])
      : this.shown.gone;
    // What is on disk and was never in the editor, also if it is a part of a line, is taken out by a save that does not
    // know of it.
    const known = new Set([...live, ...gone.keys()]);
    const wasIn = (line: number): boolean =>
      this.base.chars.slice(...(this.base.lines[line] ?? [0, 0])).every((char) => known.has(char));
    // Whose deletion came first can be seen either way: in the editor, or on disk, where a line that an undo brought
    // back was not seen.
    const either = eitherOf(this.shown.broken, this.disk.broken);
    const broken = new Map(
      [...either].map(
        ([line, one]) =>
          [
            line,
            one.by.size > 0 && wasIn(line) ? one : { ...one, by: new Set<Author>([...one.by, 'unknown']) },
          ] as const,
      ),
    );
    this.buffer = { chars, gone, broken };
    this.disk = this.buffer;
    this.dirty = false;
    this.conflict = false;
    this.epoch++;
  }

  /** The file on disk is the parent from now on. */
  commit(): void {
    const from = this.base;
    const before = this.epoch++;
    this.base = new Base(this.disk.chars);
    for (const char of this.base.chars) this.committed.add(char);
    const seen = (state: State): State =>
      rebased(state, from, this.base, { before, now: this.epoch }, (char) => this.committed.has(char));
    this.disk = seen(this.disk);
    if (this.buffer) this.buffer = this.putInAgain(seen(this.buffer));
    this.history = this.history.map(seen);
  }

  /** Characters that somebody takes along to put them elsewhere. */
  carried(from: number, to: number): Carried[] {
    return this.shown.chars.slice(from, to).map((char) => {
      if (this.base.place.has(char)) return { ch: char.ch, by: 'human', from: char };
      return { ch: char.ch, by: char.by, ...(char.or === undefined ? {} : { or: char.or }), from: char };
    });
  }

  /**
   * What was committed once and is no more is old text that is put in by whoever pressed the key; it may also keep its
   * author.
   */
  private putInAgain(state: State): State {
    return {
      ...state,
      chars: state.chars.map((char): Char =>
        this.committed.has(char) && !this.base.place.has(char) ? { ch: char.ch, by: 'human', or: char.by } : char,
      ),
    };
  }

  private onDisk(state: State): void {
    this.disk = state;
    this.epoch++;
    if (this.dirty) this.conflict = true;
  }

  private show(state: State): void {
    this.buffer = state;
    this.history.push(state);
  }
}

/** Those lines of the first with who may have made them others by either of the two. */
const eitherOf = (one: State['broken'], other: State['broken']): State['broken'] =>
  new Map(
    [...one].map(([line, broken]) => [
      line,
      { ...broken, by: new Set([...broken.by, ...(other.get(line)?.by ?? [])]) },
    ]),
  );
