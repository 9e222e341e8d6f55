/**
 * All versions of one file, woven together: every character that was ever in it, in an order that fits every version, and for
 * each version which of them it has. So any two versions can be compared by what was really done between them, however the
 * file went back and forth: part of it committed, changes taken back, a stash put away and fetched again.
 *
 * Offsets are UTF-16 code units.
 */
import { compare, equalRanges, type Splice } from '../diff/char-diff';
import { ORIGIN, type Deed, type Ink } from './character-store';
import { splitLines } from '../diff/line-diff';
import { BLOCK_FROM, isDistinctive, weight } from '../diff/tokens';

/** A run of characters in their place. */
export interface Strand {
  /** Of the first character; the others follow. No two places have the same id. */
  readonly id: number;
  readonly length: number;
  /** Place of the first character in the ink: text that was moved or copied has the ink that it had before. */
  readonly ink: number;
  /** Who put it here. */
  readonly put: Deed;
  /** Who took it away; null while it is there. */
  readonly gone: Deed | null;
  /** Who brought it back last, after it was gone. */
  readonly back: Deed | null;
}

/** One content that the file had. */
export interface Version {
  readonly text: string;
  /** In the weave's order. What was written later is not in here, what is gone is. */
  readonly strands: readonly Strand[];
}

/** Text that a change puts in. */
export interface Put {
  /** Where, in the new text. */
  readonly at: number;
  readonly text: string;
  readonly by: Deed;
  /** Ink of the parts that were moved or copied here; the rest is newly written. Undefined while nobody looked. */
  parts?: readonly { readonly length: number; readonly ink?: number }[];
}

/** Text that was gone and is there again; or was gone, and is now taken out by somebody else. */
interface Take {
  readonly id: number;
  readonly length: number;
  readonly back: Deed | null;
  readonly gone: Deed | null;
}

/** `[from, to)` of the old text is replaced. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly by: Deed;
  readonly fill: readonly (Put | Take)[];
}

/** What a change does, before it is done. Gaps are ascending and do not overlap. */
export interface Plan {
  readonly on: Version;
  readonly text: string;
  readonly gaps: readonly Gap[];
}

export const isPut = (item: Put | Take): item is Put => 'text' in item;

export const EMPTY: Version = { text: '', strands: [] };

/** Tells the state that a version gives to strands, asked for in the weave's order. */
export class Cursor {
  private index = 0;
  constructor(private readonly strands: readonly Strand[]) {}

  /** The version's strand that this one is, or is a part of; undefined when the version does not know it. */
  at(strand: Strand): Strand | undefined {
    const own = this.strands[this.index];
    if (!own || strand.id < own.id || strand.id + strand.length > own.id + own.length) return undefined;
    if (strand.id + strand.length === own.id + own.length) this.index++;
    return own;
  }
}

/** A part of a strand, in the state of a version; in the strand's own when none is given. */
export const partOf = (strand: Strand, from: number, to: number, state: Pick<Strand, 'gone' | 'back'> = strand): Strand =>
  from === 0 && to === strand.length && strand.gone === state.gone && strand.back === state.back
    ? strand
    : { id: strand.id + from, length: to - from, ink: strand.ink + from, put: strand.put, gone: state.gone, back: state.back };

/** The text of strands. */
export const textOf = (ink: Ink, strands: readonly Strand[]): string => strands.map((strand) => ink.text(strand.ink, strand.length)).join('');

/** The parts of a range that are in one line with what stands before it or behind it. */
function besides(text: string, from: number, to: number, before: boolean, behind: boolean): [number, number][] {
  if (to <= from) return [];
  const first = text.indexOf('\n', from);
  const last = text.lastIndexOf('\n', to - 1);
  if (first < 0 || first >= to) return (before && text[from - 1] !== '\n') || behind ? [[from, to]] : [];
  return [...(before && text[from - 1] !== '\n' ? [[from, first + 1] as [number, number]] : []), ...(behind && last + 1 < to ? [[last + 1, to] as [number, number]] : [])];
}

interface Line {
  readonly start: number;
  readonly end: number;
}

const keys = new WeakMap<Version, ReadonlySet<string>>();

/**
 * The lines of a text that another version has too, by themselves or side by side: only whole lines are taken to have come back
 * from there, because single words are shared by texts that have nothing to do with each other.
 */
function cameBack(text: string, other: Version): Line[] {
  let there = keys.get(other);
  if (!there) keys.set(other, (there = new Set(splitLines(other.text).map((line) => line.trim()))));
  const lines = splitLines(text);
  const known = lines.map((line) => there.has(line.trim()));
  const tells = (i: number): boolean => known[i] === true && weight(lines[i] ?? '') >= BLOCK_FROM;
  const sure = lines.map((line, i) => known[i] === true && (isDistinctive(line) || (tells(i) && (tells(i - 1) || tells(i + 1)))));
  const found: Line[] = [];
  let start = 0;
  // Brackets and empty lines go with their neighbours, several of them with the one that tells.
  for (let from = 0, next = 0; from < lines.length; from = next) {
    next = from + 1;
    while (known[from] === true && known[next] === true) next++;
    const isBack = sure.slice(from, next).includes(true);
    for (const line of lines.slice(from, next)) {
      if (isBack) found.push({ start, end: start + line.length });
      start += line.length;
    }
  }
  return found;
}

/** The parts of common ranges that lie in some lines of the text that is put in at `at`. All are ascending. */
function within(ranges: readonly Splice[], lines: readonly Line[], at: number): Splice[] {
  const parts: Splice[] = [];
  let l = 0;
  for (const range of ranges) {
    while (l < lines.length && (lines[l]?.end ?? 0) <= at + range.newStart) l++;
    for (let i = l; i < lines.length; i++) {
      const line = lines[i];
      if (!line || line.start >= at + range.newEnd) break;
      const newStart = Math.max(range.newStart, line.start - at);
      const newEnd = Math.min(range.newEnd, line.end - at);
      const oldStart = range.oldStart + (newStart - range.newStart);
      const last = parts.at(-1);
      if (last?.newEnd === newStart && last.oldEnd === oldStart) parts[parts.length - 1] = { ...last, oldEnd: oldStart + (newEnd - newStart), newEnd };
      else parts.push({ oldStart, oldEnd: oldStart + (newEnd - newStart), newStart, newEnd });
    }
  }
  return parts;
}

/** Tells of a line, without the white space around it, that it was somewhere before just so, other than in this part of a version. */
interface Known {
  isKnown(key: string, on: Version, from: number, to: number): boolean;
}

export class Weave {
  private strands: readonly Strand[] = [];
  private nextId = 0;
  constructor(
    private readonly ink: Ink,
    private readonly moves: Known,
  ) {}

  /** Every strand in the order that fits all versions. What it says of being gone means nothing. */
  get order(): readonly Strand[] {
    return this.strands;
  }

  /** A text that was there before anything was recorded. Only for an empty weave. */
  start(text: string): Version {
    return this.write({ on: EMPTY, text, gaps: text === '' ? [] : [{ from: 0, to: 0, by: ORIGIN, fill: [{ at: 0, text, by: ORIGIN }] }] });
  }

  /**
   * How a version becomes `text` by somebody. What one of `bases` or `others` has in the same place, and this version has not,
   * is taken as brought back: for changes that git or an editor may have made by putting an earlier state there. Text of
   * `bases` is then in its old place, as if it had never been gone; other text is put in anew.
   */
  plan(on: Version, text: string, by: Deed, bases: readonly Version[] = [], others: readonly Version[] = []): Plan {
    const splices = compare(on.text, text, (key, from, to) => this.moves.isKnown(key, on, from, to));
    let gaps = splices.map((s): Gap => ({ from: s.oldStart, to: s.oldEnd, by, fill: s.newEnd > s.newStart ? [{ at: s.newStart, text: text.slice(s.newStart, s.newEnd), by }] : [] }));
    for (const other of [...bases, ...others]) if (other !== on && gaps.some((gap) => gap.fill.length > 0)) gaps = this.restore(on, gaps, other, bases.includes(other), cameBack(text, other));
    return { on, text, gaps };
  }

  private restore(on: Version, gaps: readonly Gap[], other: Version, inPlace: boolean, lines: readonly Line[]): Gap[] {
    if (lines.length === 0) return [...gaps];
    const found = gaps.map((): Strand[] => []);
    const inOn = new Cursor(on.strands);
    const inOther = new Cursor(other.strands);
    let at = 0;
    let g = 0;
    for (const strand of this.strands) {
      const mine = inOn.at(strand);
      const theirs = inOther.at(strand);
      if (mine?.gone === null) at += strand.length;
      else if (theirs?.gone === null) {
        while ((gaps[g]?.to ?? Infinity) < at) g++;
        if ((gaps[g]?.from ?? Infinity) <= at) found[g]?.push(strand);
      }
    }
    return gaps.map((gap, i): Gap => {
      const [put, ...more] = gap.fill;
      const strands = found[i] ?? [];
      // White space that is there again need not be what it was.
      return put && isPut(put) && more.length === 0 && strands.length > 0 && (inPlace || /\S/.test(put.text)) ? { ...gap, fill: this.fill(put, strands, gap.by, inPlace, lines) } : gap;
    });
  }

  private fill(put: Put, strands: readonly Strand[], by: Deed, inPlace: boolean, lines: readonly Line[]): (Put | Take)[] {
    const text = textOf(this.ink, strands);
    const items: (Put | Take)[] = [];
    const putIn = (from: number, to: number): void => {
      if (to > from) items.push({ at: put.at + from, text: put.text.slice(from, to), by: put.by });
    };
    let index = 0;
    let start = 0;
    const each = (from: number, to: number, use: (strand: Strand, from: number, to: number) => void): void => {
      for (let at = from; at < to; ) {
        let here = strands[index];
        while (here && start + here.length <= at) {
          start += here.length;
          here = strands[++index];
        }
        if (!here) return;
        const stop = Math.min(to, start + here.length);
        use(here, at - start, stop - start);
        at = stop;
      }
    };
    const same = within(equalRanges(compare(text, put.text), text.length, put.text.length), lines, put.at);
    let done = 0;
    let left = 0;
    for (const range of same) {
      // What is left of a line that came back otherwise was taken out by who brought it back.
      if (inPlace) for (const [from, to] of besides(text, left, range.oldStart, left > 0, true)) each(from, to, (strand, a, b) => items.push({ id: strand.id + a, length: b - a, back: null, gone: by }));
      putIn(done, range.newStart);
      each(range.oldStart, range.oldEnd, (strand, a, b) => {
        if (inPlace) items.push({ id: strand.id + a, length: b - a, back: by, gone: null });
        else items.push({ at: put.at + range.newStart + (start + a - range.oldStart), text: text.slice(start + a, start + b), by: put.by, parts: [{ length: b - a, ink: strand.ink + a }] });
      });
      done = range.newEnd;
      left = range.oldEnd;
    }
    if (inPlace && left > 0) for (const [from, to] of besides(text, left, text.length, true, false)) each(from, to, (strand, a, b) => items.push({ id: strand.id + a, length: b - a, back: null, gone: by }));
    putIn(done, put.text.length);
    return items;
  }

  /** Does what was planned, and gives the new version. */
  write(plan: Plan): Version {
    const order: Strand[] = [];
    const own: Strand[] = [];
    const cursor = new Cursor(plan.on.strands);
    let gap = plan.gaps[0];
    let g = 0;
    let filled = 0;
    let at = 0;
    const keep = (strand: Strand, state: Strand | undefined, from: number, to: number, change?: Pick<Strand, 'gone' | 'back'>): void => {
      if (to <= from) return;
      const part = partOf(strand, from, to, change ?? state ?? strand);
      order.push(part);
      if (change ?? state) own.push(part);
    };
    const putUntil = (end: number): void => {
      for (; gap && filled < end; filled++) {
        const item = gap.fill[filled];
        if (!item || !isPut(item)) continue;
        let offset = 0;
        for (const part of item.parts ?? [{ length: item.text.length }]) {
          const ink = part.ink ?? this.ink.add(item.text.slice(offset, offset + part.length), item.by);
          const strand: Strand = { id: this.nextId, length: part.length, ink, put: item.by, gone: null, back: null };
          this.nextId += part.length;
          offset += part.length;
          order.push(strand);
          own.push(strand);
        }
      }
    };
    const close = (): void => {
      putUntil(gap?.fill.length ?? 0);
      gap = plan.gaps[++g];
      filled = 0;
    };
    for (const strand of this.strands) {
      const state = cursor.at(strand);
      const end = strand.length;
      let done = 0;
      if (state?.gone !== null) {
        while (gap && gap.from <= at) {
          const next = gap.fill.findIndex((item, i) => i >= filled && !isPut(item));
          const take = gap.fill[next];
          if (!take || isPut(take) || take.id < strand.id || take.id >= strand.id + end) break;
          keep(strand, state, done, take.id - strand.id);
          putUntil(next);
          done = take.id - strand.id + take.length;
          keep(strand, state, take.id - strand.id, done, { gone: take.gone, back: take.back });
          filled = next + 1;
        }
        keep(strand, state, done, end);
        continue;
      }
      while (done < end) {
        const here = at + done;
        if (!gap || gap.from >= at + end) {
          keep(strand, state, done, end);
          done = end;
        } else if (here < gap.from) {
          keep(strand, state, done, gap.from - at);
          done = gap.from - at;
        } else if (here < gap.to) {
          const to = Math.min(gap.to - at, end);
          keep(strand, state, done, to, { gone: gap.by, back: state.back });
          done = to;
        } else close();
      }
      at += end;
    }
    while (gap) close();
    this.strands = order;
    return { text: plan.text, strands: own };
  }

  /**
   * The file is again as it was in version `to`: what that one had is there, what it had not is gone. Text that had been brought
   * back before, by a deed after `since`, stays that one's: it was only put away meanwhile. What an older version (`isOlder`) had
   * not is gone once more, by who brought that about.
   */
  back(from: Version, to: Version, by: Deed, since: number, isOlder: boolean): Version {
    const strands: Strand[] = [];
    const now = new Cursor(from.strands);
    const then = new Cursor(to.strands);
    for (const strand of this.strands) {
      const mine = now.at(strand);
      const old = then.at(strand);
      if (!mine && !old) continue;
      const kept = mine?.back ?? old?.back ?? null;
      const isBack = old?.gone === null && (mine ? mine.gone !== null : old.put !== by);
      const isGoneAgain = isOlder && mine?.gone === null && old !== undefined && old.gone !== null;
      const state = old ? { gone: isGoneAgain ? by : old.gone, back: isBack ? (old.back && old.back.order > since ? old.back : by) : kept } : { gone: mine?.gone ?? by, back: kept };
      strands.push(partOf(strand, 0, strand.length, state));
    }
    return { text: to.text, strands };
  }

  /**
   * What was done between two versions done to a third one: what `done` put in is there too, by whom it was, and what it took out
   * is gone. Text that both put in at one place is in the weave's order.
   */
  merged(onto: Version, before: Version, done: Version): Version {
    const strands: Strand[] = [];
    let text = '';
    const [here, old, now] = [onto, before, done].map(({ strands: own }) => new Cursor(own)) as [Cursor, Cursor, Cursor];
    for (const strand of this.strands) {
      const [mine, was, is] = [here.at(strand), old.at(strand), now.at(strand)];
      const [isHere, wasThere, isThere] = [mine, was, is].map((state) => state?.gone === null) as [boolean, boolean, boolean];
      const state = isThere && !wasThere && is && !isHere ? { gone: null, back: null } : wasThere && !isThere && isHere ? { gone: is?.gone ?? ORIGIN, back: mine?.back ?? null } : mine;
      if (!state) continue;
      strands.push(partOf(strand, 0, strand.length, state));
      if (state.gone === null) text += this.ink.text(strand.ink, strand.length);
    }
    return { text, strands };
  }

  /** Where a version (`to`) has text that another one has not, and that text. */
  missing(from: Version, to: Version): { readonly at: number; readonly text: string }[] {
    const parts: { at: number; text: string }[] = [];
    let at = 0;
    const now = new Cursor(from.strands);
    const then = new Cursor(to.strands);
    for (const strand of this.strands) {
      const mine = now.at(strand);
      if (then.at(strand)?.gone !== null) continue;
      if (mine?.gone !== null) parts.push({ at, text: this.ink.text(strand.ink, strand.length) });
      at += strand.length;
    }
    return parts;
  }
}
