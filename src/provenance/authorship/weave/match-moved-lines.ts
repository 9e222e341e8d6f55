/** Matches lines that a change inserts with lines that it cuts, and with the lines around them. Pure. */
import { bagOf, commonOf, shareOf, type Bag } from '../diff/line-similarity';
import { isLong, marksOf } from '../diff/compare-long-lines';
import { LIKENESS_STEPS, Steps } from '../diff/step-budget';
import { MIN_BLOCK_WEIGHT, isImport, weight } from '../diff/distinctive-lines';
import { isInsertion, type Patch, type Insertion } from './snapshot-and-patch';
import { type SpannedText, type Line, wholeLines, lineAfter, lineBefore } from './lines-of-spanned-text';

/** A line that was cut, within its run of lines cut together. */
interface CutLine extends Line {
  used: boolean;
  readonly previous: CutLine | undefined;
  next: CutLine | undefined;
}

export interface NewLine extends Line {
  readonly put: Insertion;
  /**
   * `alone`: the line may come from one of several places with different neighbours, so its neighbours prove nothing.
   */
  source: { readonly line: Line; readonly whole: boolean; readonly alone?: true } | undefined;
  /** The line exists in several places, written by different authors. */
  unclear: boolean;
  readonly previous: NewLine | undefined;
  next: NewLine | undefined;
}

/** Lines that exist in more places than this are not considered. */
export const PLACES_AT_MOST = 16;
/** Lines are matched word by word only in changes that insert no more lines than this. */
const REWORDED_AT_MOST = 2_000;
export const REWORDED_FROM = 0.5;

export function newLines(patch: Patch): NewLine[] {
  const lines: NewLine[] = [];
  const version: SpannedText = { text: patch.text, spans: [] };
  for (const hunk of patch.hunks) {
    for (const put of hunk.items) {
      if (!isInsertion(put) || put.parts) continue;
      let previous: NewLine | undefined;
      for (const line of wholeLines(version, put.at, put.at + put.text.length)) {
        const next: NewLine = { ...line, put, source: undefined, unclear: false, previous, next: undefined };
        if (previous) previous.next = next;
        lines.push(next);
        previous = next;
      }
    }
  }
  return lines;
}

export function cutLines(patch: Patch): CutLine[] {
  const lines: CutLine[] = [];
  for (const { from, to } of cutRanges(patch)) {
    let previous: CutLine | undefined;
    for (const line of wholeLines(patch.on, from, to)) {
      const next: CutLine = { ...line, used: false, previous, next: undefined };
      if (previous) previous.next = next;
      lines.push(next);
      previous = next;
    }
  }
  return lines;
}

/** What a patch deletes. A space that stays between two deleted words does not hold a line together. */
function cutRanges({ on, hunks }: Patch): { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { from, to } of hunks) {
    const last = ranges.at(-1);
    if (last && !/[\S\n]/.test(on.text.slice(last.to, from))) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}

/** Matches lines that were cut and inserted again unchanged. */
export function matchCut(put: readonly NewLine[], cut: readonly CutLine[]): void {
  const places = new Map<string, CutLine[]>();
  for (const line of cut) {
    if (weight(line.key) < CUT_FROM) continue;
    const list = places.get(line.key);
    if (list) list.push(line);
    else places.set(line.key, [line]);
  }
  for (const line of put) {
    if (line.source || weight(line.key) < CUT_FROM) continue;
    const list = places.get(line.key);
    if (!list || list.length > PLACES_AT_MOST * 4) continue;
    let best: CutLine | undefined;
    let longest = -1;
    for (const place of list) {
      if (place.used) continue;
      const length = run(line, place, 'next') + run(line, place, 'previous');
      if (length > longest) [best, longest] = [place, length];
    }
    if (!best) continue;
    for (const way of ['next', 'previous'] as const) {
      for (
        let a: NewLine | undefined = line, b: CutLine | undefined = best;
        a && b && sameKey(a, b) && (a === line || (!a.source && !b.used));
        a = a[way], b = b[way]
      ) {
        a.source = { line: b, whole: true };
        b.used = true;
      }
    }
  }
}

const sameKey = (a: Line, b: Line): boolean => a.key === b.key;

function run(line: NewLine, place: CutLine, way: 'next' | 'previous'): number {
  let length = 0;
  for (
    let a = line[way], b = place[way];
    a && b && sameKey(a, b) && !a.source && !b.used && length < 1_000;
    a = a[way], b = b[way]
  )
    length++;
  return length;
}

/** Matches lines that were cut and inserted again with some words changed. */
export function reword(put: readonly NewLine[], cut: readonly CutLine[]): void {
  const open = put.filter((line) => !line.source && weight(line.key) >= CUT_FROM);
  const unused = cut.filter((line) => !line.used && weight(line.key) >= CUT_FROM);
  if (open.length === 0 || unused.length === 0 || open.length > REWORDED_AT_MOST || unused.length > REWORDED_AT_MOST)
    return;
  const byWord = new Map<string, CutLine[]>();
  for (const line of unused) {
    for (const word of marksOf(line.key)) {
      const list = byWord.get(word);
      if (list) list.push(line);
      else byWord.set(word, [line]);
    }
  }
  const steps = new Steps(LIKENESS_STEPS);
  const bags = new Map<CutLine, Bag>();
  const pairs: { line: NewLine; place: CutLine; likeness: number }[] = [];
  for (const line of open) {
    const near = new Set<CutLine>();
    for (const word of marksOf(line.key)) {
      const list = byWord.get(word);
      if (list && list.length <= PLACES_AT_MOST) for (const place of list) near.add(place);
    }
    const bag = bagOf(line.key);
    for (const place of near) {
      const counterpart = bags.get(place) ?? bagOf(place.key);
      bags.set(place, counterpart);
      if (isLong(place.key) !== isLong(line.key) || !steps.take(counterpart.counts.size)) continue;
      const alike = shareOf(commonOf(bag, counterpart), bag, counterpart);
      if (alike >= REWORDED_FROM) pairs.push({ line, place, likeness: alike });
    }
  }
  pairs.sort((a, b) => b.likeness - a.likeness);
  for (const { line, place } of pairs) {
    if (line.source || place.used) continue;
    line.source = { line: place, whole: false };
    place.used = true;
  }
}

/** Extends a match from a line with a known source to its neighbours: they come from there too when they are equal. */
export function spread(line: NewLine, source: Line): void {
  line.source = { line: source, whole: true };
  alongside(line, source, (a, b) => a.key === b.key);
}

export function alongside(line: NewLine, source: Line, isFrom: (line: NewLine, source: Line) => boolean): void {
  for (const [way, counterpart] of [
    ['next', lineAfter],
    ['previous', lineBefore],
  ] as const) {
    for (
      let a = line[way], b = counterpart(source);
      a && b && !a.source && isFrom(a, b);
      a = a[way], b = counterpart(b)
    )
      a.source = { line: b, whole: a.key === b.key };
  }
}

/** Whether a line that is not distinctive on its own is next to a line that was its neighbour before. */
export function inBlock(line: NewLine, source: Line): boolean {
  const isBeside = (mine: Line | undefined, its: Line | undefined): boolean =>
    mine !== undefined && mine.key === its?.key && weight(mine.key) >= MIN_BLOCK_WEIGHT && !isImport(mine.key);
  return isBeside(line.next, lineAfter(source)) || isBeside(line.previous, lineBefore(source));
}

/**
 * The minimum weight at which a line shows where it comes from: when the same change cut it; next to a neighbour; on
 * its own.
 */
export const CUT_FROM = 3;
