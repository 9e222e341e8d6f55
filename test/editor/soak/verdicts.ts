/** What must be said of the changed lines of a file, by the rules of docs/dev/attribution.md alone. */
import type { Author } from '../../../src/provenance/authorship/types';
import { isCopyOfOlder, linesOf, placesOf, textOf, type Base, type Char, type State } from './text';

export interface Verdict {
  readonly line: number;
  readonly text: string;
  /** Any of these is right. */
  readonly authors: ReadonlySet<Author>;
}

/** Something that happened in a line: a character put in, or one of the parent's taken out. */
interface Mark {
  readonly ch: string;
  readonly by: Author;
  readonly or: Author;
  /** It may as well be counted to a neighbour. */
  readonly maybe: boolean;
}

/** Verdicts on the lines (from 1) that git calls added and removed. */
export function verdicts(
  base: Base,
  state: State,
  added: readonly number[],
  removed: readonly number[],
): { readonly added: readonly Verdict[]; readonly removed: readonly Verdict[] } {
  const lines = linesOf(state.chars);
  const place = placesOf(state.chars);
  const lineAt = lineFinder(lines);
  const marks = marksOf(base, state, place, lineAt);
  const texts = lines.map(([start, end]) => textOf(state.chars.slice(start, end)));
  const baseTexts = base.lines.map(([start, end]) => textOf(base.chars.slice(start, end)));
  const everybody = new Set<Author>([...marks.values()].flatMap((list) => list.flatMap(({ by, or }) => [by, or])));
  for (const { by } of state.broken.values()) for (const one of by) everybody.add(one);
  const own = (line: number): Set<Author> => {
    const list = marks.get(line) ?? [];
    // What may be counted to a neighbour may leave a line with nothing but its break.
    const isOnlyBlank = list.length > 0 && list.every(({ ch, maybe }) => maybe || /\s/.test(ch));
    return new Set([...judge(list), ...(isOnlyBlank ? partedBy(base, state, lines[line]) : [])]);
  };

  const addedBy = new Map(
    added.map((number): [number, Set<Author>] => {
      const line = number - 1;
      const text = texts[line];
      if (text === undefined) throw new Error(`line ${String(number)} is not there`);
      const twins = texts.flatMap((other, index) => (other === text ? [...own(index)] : []));
      if (text.trim() === '')
        return [
          line,
          new Set([
            ...twins,
            ...around(marks, line),
            ...breaksLeft(base, state, lines, line),
            ...(twins.length > 0 ? [] : everybody),
          ]),
        ];
      return [line, twins.length > 0 ? new Set(twins) : everybody];
    }),
  );
  return {
    added: [...addedBy].map(([line, authors]) => ({ line: line + 1, text: texts[line] ?? '', authors })),
    removed: removed.map((number) => {
      const line = number - 1;
      const text = baseTexts[line];
      if (text === undefined) throw new Error(`line ${String(number)} was not there`);
      const twins = baseTexts.flatMap((other, index) => (other === text ? [index] : []));
      const authors = new Set(twins.flatMap((twin) => [...removedBy(base, state, twin, place, lineAt, addedBy)]));
      return { line: number, text, authors: authors.size > 0 ? authors : everybody };
    }),
  };
}

/** A line with a counterpart has its author; without one, the first who made it another. */
function removedBy(
  base: Base,
  state: State,
  line: number,
  place: ReadonlyMap<Char, number>,
  lineAt: (place: number) => number,
  addedBy: ReadonlyMap<number, ReadonlySet<Author>>,
): Set<Author> {
  const [start, end] = base.lines[line] ?? [0, 0];
  const shared = new Map<number, { letters: number; others: number }>();
  for (const char of base.chars.slice(start, end)) {
    const at = place.get(char);
    if (at === undefined) continue;
    const target = lineAt(at);
    const sum = shared.get(target) ?? { letters: 0, others: 0 };
    if (/\w/.test(char.ch)) sum.letters++;
    else sum.others++;
    shared.set(target, sum);
  }
  const partners = [...shared].filter(([target]) => addedBy.has(target));
  const most = Math.max(0, ...partners.map(([, { letters }]) => letters));
  const authors = new Set<Author>();
  if (most > 0)
    for (const [target, { letters }] of partners)
      if (letters === most) for (const one of addedBy.get(target) ?? []) authors.add(one);
  if (most > 0) return authors;
  // Only blanks or a bracket stayed: whether that is the same line can be seen either way.
  for (const [target] of partners) for (const one of addedBy.get(target) ?? []) authors.add(one);
  for (const one of state.broken.get(line)?.by ?? []) authors.add(one);
  return authors;
}

const NEUTRAL = /^[\s,;'"`]*$/;

/** Rules 1 and 2; nobody when nothing is new. */
function judge(marks: readonly Mark[]): Set<Author> {
  const sure = marks.filter(({ maybe }) => !maybe);
  const found = [sure, marks].flatMap((list) => [
    ...decide(list.map(({ ch, by }) => ({ ch, by }))),
    ...decide(list.map(({ ch, or }) => ({ ch, by: or }))),
  ]);
  return new Set(found);
}

function decide(marks: readonly { readonly ch: string; readonly by: Author }[]): Author[] {
  if (marks.length === 0) return [];
  const open = marks.filter(({ by }) => by === 'unknown');
  const neutral = NEUTRAL.test(open.map(({ ch }) => ch).join(''));
  const counted = neutral ? marks.filter(({ by }) => by !== 'unknown') : marks;
  if (counted.length === 0) return ['unknown'];
  const solid = counted.filter(({ ch }) => /\S/.test(ch));
  // A line break beside may be the next line's: then there is nothing but what is neutral.
  if (solid.length === 0)
    return [...new Set([...counted.map(({ by }) => by), ...(open.length > 0 ? (['unknown'] as const) : [])])];
  const hands = new Set(solid.map(({ by }) => by));
  return [hands.has('ai') ? 'ai' : hands.has('unknown') ? 'unknown' : 'human'];
}

/** Who put the line break in before a line that was the end of another one. */
function partedBy(base: Base, state: State, [start]: readonly [number, number] = [0, 0]): Author[] {
  const before = state.chars[start - 1];
  return before === undefined || base.place.has(before) ? [] : [before.by, before.or ?? before.by];
}

/** A blank line has no text: whose line break is whose can be seen in several ways. */
function around(marks: ReadonlyMap<number, readonly Mark[]>, line: number): Author[] {
  return [line - 1, line, line + 1].flatMap((one) =>
    (marks.get(one) ?? []).filter(({ ch }) => /\s/.test(ch)).flatMap(({ by, or }) => [by, or]),
  );
}

/**
 * Who put in the line break that is left for a blank line, where each line above it may as well have the break behind
 * it that its own writer put in, and not the one before it that is another's.
 */
function breaksLeft(base: Base, state: State, lines: readonly (readonly [number, number])[], blank: number): Author[] {
  const left: Author[] = [];
  for (let line = blank - 1; line > 0; line--) {
    const [start, end] = lines[line] ?? [0, 0];
    const writers = new Set(
      state.chars
        .slice(start, end - 1)
        .flatMap((char) => (base.place.has(char) || char.ch.trim() === '' ? [] : [char.by])),
    );
    const behind = state.chars[end - 1];
    if (!behind || base.place.has(behind) || !writers.has(behind.by)) break;
    left.push(...partedBy(base, state, [start, end]));
  }
  return left;
}

function marksOf(
  base: Base,
  state: State,
  places: ReadonlyMap<Char, number>,
  lineAt: (place: number) => number,
): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>();
  const put = (line: number, mark: Mark): void => {
    marks.set(line, [...(marks.get(line) ?? []), mark]);
  };
  let lastPlace = -1;
  let lastCarried = -1;
  const gap = (index: number, nextPlace: number): void => {
    const deleted = (from: number, to: number, nearest: readonly number[], isWhole = false): void => {
      for (const char of base.chars.slice(from, to)) {
        const { by, line: beside } = state.gone.get(char) ?? { by: 'unknown', line: [] };
        // What was put in beside it may have been parted from the parent's line before it went.
        const own = beside.map((other) => places.get(other) ?? -1).filter((at) => at > lastCarried && at < index);
        const targets = new Set([...nearest, ...own.map(lineAt)]);
        for (const line of targets) put(line, { ch: char.ch, by, or: by, maybe: isWhole || targets.size > 1 });
      }
    };
    let [from, to] = [lastPlace + 1, nextPlace];
    if (from >= to) return;
    const isPure = index === lastCarried + 1;
    // Of a line that was taken out it can't be seen whether its own line break went or that before it.
    for (
      let by = 0;
      isPure && by < to - from && to + by < base.chars.length && base.chars[from + by]?.ch === base.chars[to + by]?.ch;
      by++
    ) {
      if (base.chars[from + by]?.ch === '\n') {
        [from, to] = [from + by + 1, to + by + 1];
        break;
      }
    }
    const shift = from - lastPlace - 1;
    const text = textOf(base.chars.slice(from, to));
    const insideFirst = from > 0 && base.chars[from - 1]?.ch !== '\n';
    const insideLast = to < base.chars.length && !text.endsWith('\n');
    const firstBreak = text.indexOf('\n');
    const headEnd = firstBreak < 0 ? to : from + firstBreak + 1;
    const tailStart = Math.max(from, from + text.lastIndexOf('\n') + 1);
    const [first, last] = [
      lineAt(Math.max(0, lastCarried + shift)),
      lineAt(Math.min(state.chars.length - 1, index + shift)),
    ];
    if (insideFirst && insideLast && firstBreak < 0) deleted(from, to, [...new Set([first, last])]);
    else {
      if (insideFirst) deleted(from, headEnd, [first]);
      // A line of which only the break stayed may as well have been taken out whole, with another break.
      const isWhole = base.chars[to]?.ch === '\n' && (tailStart > from || !insideFirst);
      if (insideLast && tailStart < to) deleted(tailStart, to, [last], isWhole);
    }
  };
  state.chars.forEach((char, index) => {
    const place = base.place.get(char);
    if (place === undefined) {
      // What was moved or copied while it was new, and is kept only after it was committed, is older text that a person
      // puts elsewhere.
      const by = isCopyOfOlder(base, char) ? 'human' : char.by;
      put(lineAt(index), { ch: char.ch, by, or: char.or ?? char.by, maybe: false });
      return;
    }
    gap(index, place);
    lastPlace = place;
    lastCarried = index;
  });
  gap(state.chars.length, base.chars.length);
  return marks;
}

/** Finds the line of a place. */
function lineFinder(lines: readonly (readonly [number, number])[]): (place: number) => number {
  return (place) => {
    let [low, high] = [0, Math.max(0, lines.length - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.[1] ?? 0) > place) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
