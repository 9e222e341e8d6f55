/**
 * The oracle's files: texts in which each character knows who put it in, because the oracle knows whose key it pressed.
 *
 * It never looks at the code under test. A character is itself: it stays the same one as long as it lives, so that what a change left
 * as it was is known without comparing texts. States never change.
 */
import type { Author } from '../../../src/attribution/types';

export interface Char {
  readonly ch: string;
  readonly by: Author;
  /** Also right: where the rules leave it open. */
  readonly or?: Author;
}

/** Who first made a line of the parent another one, between two looks at the file. */
export interface Broken {
  readonly epoch: number;
  /** Nobody: the text never had it. */
  readonly by: ReadonlySet<Author>;
}

export interface State {
  readonly chars: readonly Char[];
  /** Who took out what is not there any more. */
  readonly gone: ReadonlyMap<Char, Author>;
  /** Lines of the parent (from 0) that are not as they were. */
  readonly broken: ReadonlyMap<number, Broken>;
}

/** Replaces characters; offsets are those of the text before, for all changes of an event. */
export interface Change {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** A file as the last commit has it. */
export class Base {
  readonly place: ReadonlyMap<Char, number>;
  /** Start and end of each line, its line break included. */
  readonly lines: readonly (readonly [start: number, end: number])[];

  constructor(readonly chars: readonly Char[]) {
    this.place = new Map(chars.map((char, index) => [char, index]));
    this.lines = linesOf(chars);
  }
}

export const textOf = (chars: readonly Char[]): string => chars.map(({ ch }) => ch).join('');

export const written = (text: string, by: Author, or?: Author): Char[] => text.split('').map((ch) => ({ ch, by, ...(or === undefined ? {} : { or }) }));

export const clean = (base: Base): State => ({ chars: base.chars, gone: new Map(), broken: new Map() });

export function linesOf(chars: readonly Char[]): (readonly [number, number])[] {
  const lines: (readonly [number, number])[] = [];
  let start = 0;
  chars.forEach(({ ch }, index) => {
    if (ch !== '\n') return;
    lines.push([start, index + 1]);
    start = index + 1;
  });
  if (start < chars.length) lines.push([start, chars.length]);
  return lines;
}

/** The characters that somebody puts in, in place of those that go. */
export type Put = (inserted: string, change: Change) => readonly Char[];

/** An event of an editor, or what somebody did to the file. `epoch`: how often the file was looked at before. */
export function edited(base: Base, state: State, changes: readonly Change[], put: Put, by: Author, epoch: number): State {
  const chars = [...state.chars];
  for (const change of [...changes].sort((a, b) => b.offset - a.offset)) {
    const old = chars.slice(change.offset, change.offset + change.deleted);
    const fresh = put(change.inserted, change);
    if (textOf(fresh) !== change.inserted) throw new Error(`the model puts in ${JSON.stringify(textOf(fresh))} and not ${JSON.stringify(change.inserted)}`);
    let first = 0;
    while (first < old.length && first < fresh.length && old[first]?.ch === fresh[first]?.ch) first++;
    let last = 0;
    while (last < old.length - first && last < fresh.length - first && old[old.length - 1 - last]?.ch === fresh[fresh.length - 1 - last]?.ch) last++;
    chars.splice(change.offset + first, old.length - first - last, ...fresh.slice(first, fresh.length - last));
  }
  return next(base, state, chars, by, epoch);
}

/** The state with these characters; who takes out what goes is `by`. */
export function next(base: Base, state: State, chars: readonly Char[], by: Author, epoch: number): State {
  const now = new Set(chars);
  const gone = new Map(state.gone);
  for (const char of state.chars) if (!now.has(char)) gone.set(char, by);
  for (const char of chars) gone.delete(char);
  return { chars, gone, broken: brokenBy(base, state, chars, by, epoch) };
}

/** A state that was there before, brought back by `by`. */
export function restored(base: Base, state: State, wanted: State, by: Author, epoch: number): State {
  const now = new Set(wanted.chars);
  const gone = new Map([...state.gone, ...wanted.gone]);
  for (const char of state.chars) if (!now.has(char) && !gone.has(char)) gone.set(char, by);
  for (const char of wanted.chars) gone.delete(char);
  return { chars: wanted.chars, gone, broken: brokenBy(base, state, wanted.chars, by, epoch, wanted.broken) };
}

/** The state seen from another commit. Nobody took out what was never in it, until it is saved over that. */
export function rebased(state: State, base: Base, epoch: number): State {
  const broken = new Map<number, Broken>();
  const whole = wholeLines(base, state.chars);
  const live = new Set(state.chars);
  base.lines.forEach(([start, end], line) => {
    if (whole.has(line)) return;
    const hands = base.chars.slice(start, end).flatMap((char): readonly Author[] => {
      const by = state.gone.get(char);
      return live.has(char) || by === undefined ? [] : [by];
    });
    broken.set(line, { epoch, by: new Set(hands) });
  });
  return { ...state, broken };
}

function brokenBy(base: Base, state: State, chars: readonly Char[], by: Author, epoch: number, known?: ReadonlyMap<number, Broken>): Map<number, Broken> {
  const broken = new Map<number, Broken>();
  const whole = wholeLines(base, chars);
  const wholeBefore = wholeLines(base, state.chars);
  const [before, after] = [new Set(state.chars), new Set(chars)];
  base.lines.forEach(([start, end], line) => {
    if (whole.has(line)) return;
    const then = known?.get(line);
    const was = then === undefined || then.by.size === 0 ? (state.broken.get(line) ?? then) : then;
    const changed = base.chars.slice(start, end).some((char) => before.has(char) !== after.has(char));
    if (was === undefined || (was.by.size === 0 && wholeBefore.has(line))) broken.set(line, { epoch, by: new Set([by]) });
    else if (changed && was.epoch === epoch) broken.set(line, { epoch, by: new Set([...was.by, by]) });
    else broken.set(line, was);
  });
  return broken;
}

/** The lines of the parent that are there as they were. */
function wholeLines(base: Base, chars: readonly Char[]): Set<number> {
  const at = new Map(chars.map((char, index) => [char, index]));
  const whole = new Set<number>();
  base.lines.forEach(([start, end], line) => {
    const first = at.get(base.chars[start] ?? NO_CHAR);
    if (first === undefined || (first > 0 && chars[first - 1]?.ch !== '\n')) return;
    for (let i = start; i < end; i++) if (chars[first + i - start] !== base.chars[i]) return;
    if (base.chars[end - 1]?.ch !== '\n' && first + end - start < chars.length) return;
    whole.add(line);
  });
  return whole;
}

const NO_CHAR: Char = { ch: '', by: 'unknown' };
