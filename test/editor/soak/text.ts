/**
 * The oracle's files: texts in which each character knows who put it in, because the oracle knows whose key it pressed.
 *
 * It never looks at the code under test. A character is itself: it stays the same one as long as it lives, so that what
 * a change left as it was is known without comparing texts. States never change.
 */
import type { Author } from '../../../src/provenance/authorship/types';
import { commonEnds } from '../../support/common-ends';

export interface Char {
  readonly ch: string;
  readonly by: Author;
  /** Also right: where the rules leave it open. */
  readonly or?: Author;
  /** The one that it was copied or moved from. */
  readonly from?: Char;
}

/** Who first made a line of the parent another one, between two looks at the file. */
export interface Broken {
  readonly epoch: number;
  /** Nobody: the text never had it. */
  readonly by: ReadonlySet<Author>;
}

/** How a character went. */
export interface Went {
  readonly by: Author;
  /** What was in one line with it, and stayed then. */
  readonly line: readonly Char[];
}

export interface State {
  readonly chars: readonly Char[];
  /** What is not there any more. */
  readonly gone: ReadonlyMap<Char, Went>;
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
    this.place = placesOf(chars);
    this.lines = linesOf(chars);
  }
}

/** Whether a character is a copy of one that the last commit has: when it was made, that one may have been new. */
export function isCopyOfOlder(base: Base, char: Char): boolean {
  for (let { from } = char; from; { from } = from) if (base.place.has(from)) return true;
  return false;
}

export const textOf = (chars: readonly Char[]): string => chars.map(({ ch }) => ch).join('');

/** Where each character stands. */
export const placesOf = (chars: readonly Char[]): Map<Char, number> =>
  new Map(chars.map((char, index) => [char, index]));

export const written = (text: string, by: Author, or?: Author): Char[] =>
  text.split('').map((ch) => ({ ch, by, ...(or === undefined ? {} : { or }) }));

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
export function edited(
  base: Base,
  state: State,
  changes: readonly Change[],
  put: Put,
  by: Author,
  epoch: number,
): State {
  const chars = [...state.chars];
  for (const change of [...changes].sort((a, b) => b.offset - a.offset)) {
    const old = chars.slice(change.offset, change.offset + change.deleted);
    const fresh = put(change.inserted, change);
    if (textOf(fresh) !== change.inserted)
      throw new Error(`the model puts in ${JSON.stringify(textOf(fresh))} and not ${JSON.stringify(change.inserted)}`);
    const { head, tail } = commonEnds(old, fresh, (a, b) => a?.ch === b?.ch);
    chars.splice(change.offset + head, old.length - head - tail, ...fresh.slice(head, fresh.length - tail));
  }
  return next(base, state, chars, by, epoch);
}

/** The state with these characters; who takes out what goes is `by`. */
export function next(base: Base, state: State, chars: readonly Char[], by: Author, epoch: number): State {
  const now = new Set(chars);
  const gone = new Map(state.gone);
  for (const [char, went] of goneOf(state, now, by)) gone.set(char, went);
  for (const char of chars) gone.delete(char);
  return { chars, gone, broken: brokenBy(base, state, chars, by, epoch) };
}

/** What goes from a state when `now` stays of it. */
function goneOf({ chars }: State, now: ReadonlySet<Char>, by: Author): [Char, Went][] {
  return linesOf(chars).flatMap(([start, end]) => {
    const all = chars.slice(start, end);
    const line = all.filter((char) => now.has(char) && /\S/.test(char.ch));
    return all.flatMap((char): [Char, Went][] => (now.has(char) ? [] : [[char, { by, line }]]));
  });
}

/** A state that was there before, brought back by `by`. */
export function restored(base: Base, state: State, wanted: State, by: Author, epoch: number): State {
  const now = new Set(wanted.chars);
  const gone = new Map([...state.gone, ...wanted.gone]);
  for (const [char, went] of goneOf(state, now, by)) if (!gone.has(char)) gone.set(char, went);
  for (const char of wanted.chars) gone.delete(char);
  return { chars: wanted.chars, gone, broken: brokenBy(base, state, wanted.chars, by, epoch, wanted.broken) };
}

/**
 * The state seen from another commit. A line that was in the commit before too is still who made it another one; of a
 * new one, those who changed something in it since. Nobody took out what was never in it, until it is saved over that.
 * `isOlder`: it was in a commit before, so that it may be the person's as well, who has it in the editor still or again
 * (as with `putInAgain`).
 */
export function rebased(
  state: State,
  from: Base,
  base: Base,
  looks: { readonly before: number; readonly now: number },
  isOlder: (char: Char) => boolean,
): State {
  const broken = new Map<number, Broken>();
  const whole = wholeLines(base, state.chars);
  const before = linesByStart(from);
  base.lines.forEach(([start, end], line) => {
    if (whole.has(line)) return;
    const old = before.get(base.chars[start] ?? NO_CHAR);
    const was = old !== undefined && isSameLine(from, old, base, line) ? state.broken.get(old) : undefined;
    // Nobody looked at the file: a change of what was not saved yet is in the same look as those before the commit.
    if (was && was.by.size > 0) broken.set(line, { ...was, epoch: was.epoch === looks.before ? looks.now : was.epoch });
    else broken.set(line, { epoch: looks.now, by: new Set(handsIn(base, state, start, end, isOlder)) });
  });
  return { ...state, broken };
}

const linesByStart = ({ chars, lines }: Base): Map<Char, number> =>
  new Map(lines.map(([start], line) => [chars[start] ?? NO_CHAR, line]));

function isSameLine(from: Base, old: number, base: Base, line: number): boolean {
  const [a, b] = [from.lines[old], base.lines[line]];
  return (
    a !== undefined &&
    b !== undefined &&
    a[1] - a[0] === b[1] - b[0] &&
    from.chars.slice(...a).every((char, index) => char === base.chars[b[0] + index])
  );
}

/**
 * Who took something out of a line of the commit, or its break or that before it, or put something into it. What the
 * text never had will be taken out by a save that does not know of it.
 */
function handsIn(base: Base, state: State, start: number, end: number, isOlder: (char: Char) => boolean): Author[] {
  const live = placesOf(state.chars);
  const places = base.chars.slice(start, end).flatMap((char) => live.get(char) ?? []);
  const away = base.chars.slice(start, end).filter((char) => !live.has(char));
  const breakBefore = base.chars[start - 1];
  const joiner = breakBefore && !live.has(breakBefore) ? state.gone.get(breakBefore)?.by : undefined;
  const took = [...away.flatMap((char) => state.gone.get(char)?.by ?? []), ...(joiner === undefined ? [] : [joiner])];
  if (places.length === 0) return took;
  const around = state.chars.slice(Math.max(0, Math.min(...places) - 1), Math.max(...places) + 2);
  const put = around.flatMap((char): Author[] =>
    base.place.has(char) ? [] : [char.by, char.or ?? char.by, ...(isOlder(char) ? (['human'] as const) : [])],
  );
  return [...took, ...put];
}

function brokenBy(
  base: Base,
  state: State,
  chars: readonly Char[],
  by: Author,
  epoch: number,
  known?: ReadonlyMap<number, Broken>,
): Map<number, Broken> {
  const broken = new Map<number, Broken>();
  const whole = wholeLines(base, chars);
  const wholeBefore = wholeLines(base, state.chars);
  const [before, after] = [new Set(state.chars), new Set(chars)];
  const [aloneBefore, alone] = [state.chars, chars].map((list) => wholeLines(base, list, true));
  const [readsBefore, reads] = [state.chars, chars].map((list) => linesReadAsBefore(base, list));
  const [blankBefore, blank] = [state.chars, chars].map((list) => blankLines(base, list));
  base.lines.forEach(([start, end], line) => {
    if (whole.has(line)) return;
    const then = known?.get(line);
    const was = then === undefined || then.by.size === 0 ? (state.broken.get(line) ?? then) : then;
    const changed = base.chars.slice(start, end).some((char) => before.has(char) !== after.has(char));
    // It stood there until now with another line break: its own ends what was begun behind it, or went with a line that
    // was moved, if it was not this one that was.
    const stood = then === undefined && aloneBefore?.has(line) === true && alone?.has(line) === false;
    // Of several blank lines nobody sees which one got text, or went, before the last of them did.
    const stoodIn = then === undefined && blankBefore?.has(line) === true && blank?.has(line) === false;
    // Somebody made it read as it had: whoever changes it then has changed what the commit has.
    const hadRead = then === undefined && readsBefore?.has(line) === true && reads?.has(line) === false;
    const hasBreak = before.has(base.chars[end - 1] ?? NO_CHAR);
    if (was === undefined || (was.by.size === 0 && wholeBefore.has(line)) || (stood && hasBreak))
      broken.set(line, { epoch, by: new Set([by]) });
    else if (stood || stoodIn || hadRead) broken.set(line, { epoch, by: new Set([...was.by, by]) });
    else if (changed && was.epoch === epoch) broken.set(line, { epoch, by: new Set([...was.by, by]) });
    else broken.set(line, was);
  });
  return broken;
}

/** The lines of the parent that are there as they were; `anyBreak`: those with text also with another line break. */
function wholeLines(base: Base, chars: readonly Char[], anyBreak = false): Set<number> {
  const at = placesOf(chars);
  const whole = new Set<number>();
  base.lines.forEach(([start, end], line) => {
    const first = at.get(base.chars[start] ?? NO_CHAR);
    if (first === undefined || (first > 0 && chars[first - 1]?.ch !== '\n')) return;
    const isOther = (i: number): boolean =>
      !anyBreak || i === start || base.chars[i]?.ch !== '\n' || chars[first + i - start]?.ch !== '\n';
    for (let i = start; i < end; i++) if (chars[first + i - start] !== base.chars[i] && isOther(i)) return;
    if (base.chars[end - 1]?.ch !== '\n' && first + end - start < chars.length) return;
    whole.add(line);
  });
  return whole;
}

/** The lines of the parent of which something is there still, in a line with the same text. */
function linesReadAsBefore(base: Base, chars: readonly Char[]): Set<number> {
  const found = new Set<number>();
  const lineOf = new Map(
    base.lines.flatMap(([start, end], line) => base.chars.slice(start, end).map((char) => [char, line] as const)),
  );
  for (const [start, end] of linesOf(chars)) {
    const own = chars.slice(start, end);
    for (const line of new Set(own.flatMap((char) => lineOf.get(char) ?? [])))
      if (textOf(own) === textOf(base.chars.slice(...(base.lines[line] ?? [0, 0])))) found.add(line);
  }
  return found;
}

/** The blank lines of the parent in whose place there is one, whichever that is. */
function blankLines(base: Base, chars: readonly Char[]): Set<number> {
  const blank = new Set<number>();
  const places = chars.map((char) => base.place.get(char) ?? -1);
  base.lines.forEach(([start], line) => {
    if (base.chars[start]?.ch !== '\n') return;
    const first = places.findLastIndex((place) => place >= 0 && place < start) + 1;
    const behind = places.findIndex((place, at) => at >= first && place > start);
    const end = behind < 0 ? chars.length : behind;
    if (
      chars.slice(first, end).some(({ ch }, i) => ch === '\n' && (first + i === 0 || chars[first + i - 1]?.ch === '\n'))
    )
      blank.add(line);
  });
  return blank;
}

const NO_CHAR: Char = { ch: '', by: 'unknown' };
