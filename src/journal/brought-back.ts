/** What an undo in an editor brings back stands in its old place again, by whoever wrote it there; what it takes out again is gone by whoever took it out there. Pure. */
import { between, compare, isPut, isUnrecorded, splitGap, takenBy, textOf, type Between, type Deed, type Gap, type Ink, type Strand, type Taken, type Version, type Remade } from '../attribution';
import { goneIn } from './plans';
import type { KeptOperation } from './record';

/** An edit of a text: `[from, to)` of it is replaced. */
export interface KnownEdit {
  readonly from: number;
  readonly to: number;
  /** Where it begins in the text after all edits. */
  readonly offset: number;
  readonly inserted: string;
  readonly by: Deed;
  /** Who brought the inserted text back, which was there before, or took out again what was not; undefined for what is new. */
  readonly back?: Deed;
}

/** What a file was before. */
export interface Former {
  /** What it may be again now, the likeliest first. */
  readonly versions: readonly Version[];
  /** The strands of the weave, in their order. */
  readonly order: readonly Strand[];
  /** A deed of which nobody knows whose it is. */
  readonly nobody: () => Deed;
}

type Fill = Gap['fill'][number];

/** So many places are compared in which text that came back may have stood. */
const PLACES_AT_MOST = 50;

/**
 * The gaps of edits that are ascending and do not overlap. What came back and is not found again, or in several places by different
 * hands, is put in by `by`.
 */
export function gapsOfEdits(ink: Ink, on: Version, edits: readonly KnownEdit[], former: Former): Gap[] {
  const groups = touching(edits);
  const known = asTheyWere(ink, on, groups, former);
  const rest = groups.filter((group) => !known.has(group));
  const gaps = rest.flatMap((group) => (group.some(comesBack) ? besideUnseen(group, restored(ink, on, group) ?? rewritten(on, group) ?? group.map(gapOf), former) : group.map(gapOf)));
  const again = rest.flat().filter(({ from, to, back }) => back && to > from);
  return [...[...known.values()].flat(), ...(again.length === 0 ? gaps : goneAgain(on, gaps, again, former))].sort((a, b) => a.from - b.from);
}

/** The gaps of edits that make a part of the text just what it was in one of the former versions; not where others had it so by other hands. */
function asTheyWere(ink: Ink, on: Version, groups: readonly (readonly KnownEdit[])[], { versions, order }: Former): Map<readonly KnownEdit[], readonly Gap[]> {
  const asked = groups.flatMap((group) => {
    const remade = remadeBy(group);
    return remade ? [{ group, remade }] : [];
  });
  if (asked.length === 0) return new Map();
  const others = versions.filter((version) => version !== on).map((version) => between(on, version, order, asked.map(({ remade }) => remade)));
  return new Map(
    asked.flatMap(({ group, remade }, i) => {
      const [one, ...more] = others.flatMap((ranges) => (ranges[i]?.isMade(on.text, ink) && !isTwofold(ink, remade, ranges[i]) ? [ranges[i]] : []));
      if (!one) return [];
      const hands = handsOf(ink, one);
      const isSame = (others: readonly Deed[]): boolean => others.length === hands.length && others.every((hand, at) => hand === hands[at]);
      return more.every((other) => isSame(handsOf(ink, other))) ? [[group, one.gaps]] : [];
    }),
  );
}

/** What edits that touch make of the text; undefined where not all of it is told to be taken out again or brought back, or nothing is brought back. */
function remadeBy(group: readonly KnownEdit[]): Remade | undefined {
  const back = group.find(comesBack)?.back;
  const [first] = group;
  const isAll = group.every((edit) => edit.back ?? (edit.from === edit.to && isUnrecorded(edit.by.by)));
  return first && back && isAll ? { from: first.from, to: group.at(-1)?.to ?? first.to, text: group.map(({ inserted }) => inserted).join(''), back } : undefined;
}

/** Whether a text that is made again in its place was there twice, by different hands. */
function isTwofold(ink: Ink, { text }: Remade, { all }: Between): boolean {
  const ever = textOf(ink, all);
  return ever.includes(text) && placeOf(ever, text, 0, all, ink) === undefined;
}

/** By whom each character is that is there, and by whom each is gone that is not. */
const handsOf = (ink: Ink, { there, gaps }: Between): Deed[] => [
  ...there.flatMap(({ ink: at, length, put }) => Array.from({ length }, (_, i) => [ink.birth(at + i), put]).flat()),
  ...gaps.flatMap(({ from, to, by }) => Array.from({ length: to - from }, () => by)),
];

/** Whether some of what comes back may be either of two texts that stood in its place, by different hands. `operations` are ascending. */
export function isAmbiguous(ink: Ink, on: Version, operations: readonly KeptOperation[]): boolean {
  let shift = 0;
  return operations.some(({ offset, deleted, inserted, back }) => {
    const start = offset - shift;
    shift += inserted.length - deleted;
    if (back === undefined || inserted === '') return false;
    const { gone, text } = goneBetween(ink, on, start, start + deleted);
    return text.includes(inserted) && placeOf(text, inserted, 0, gone, ink) === undefined;
  });
}

const comesBack = ({ back, inserted }: KnownEdit): boolean => back !== undefined && inserted !== '';

/** Gaps of edits that touch, in which what an undo takes out is nobody's where it brings back what nobody is known to have put in its place. */
function besideUnseen(group: readonly KnownEdit[], gaps: readonly Gap[], { nobody }: Former): readonly Gap[] {
  if (group.some(({ from, to, back }) => !back && to > from)) return gaps;
  const isUnseen = ({ fill }: Gap): boolean => fill.some((item) => isPut(item) && isUnrecorded(item.by.by) && /\S/.test(item.text));
  return gaps.map((gap) => (gap.to > gap.from && isUnseen(gap) ? { ...gap, by: nobody() } : gap));
}

/** The gaps of edits that touch, in which what an undo takes out and brings back in one go had stayed; undefined where it does not. */
function rewritten(on: Version, group: readonly KnownEdit[]): Gap[] | undefined {
  const [taker, ...more] = group.filter(({ from, to }) => to > from);
  if (!taker?.back || more.length > 0) return undefined;
  const made = group.map((edit) => (comesBack(edit) ? edit.inserted : '')).join('');
  const old = on.text.slice(taker.from, taker.to);
  const gaps = compare(old, made).map(({ oldStart, oldEnd, newStart, newEnd }) => ({ start: newStart, end: newEnd, from: taker.from + oldStart, to: taker.from + oldEnd, by: taker.by, fill: [] as Fill[] }));
  let at = 0;
  for (const edit of group) {
    const { offset, inserted, by } = edit;
    const end = comesBack(edit) ? at + inserted.length : at;
    const put = (gap: (typeof gaps)[number], from: number, to: number): void => void gap.fill.push({ at: offset + from, text: inserted.slice(from, to), by });
    for (const gap of gaps) if (gap.start < end && at < gap.end) put(gap, Math.max(gap.start, at) - at, Math.min(gap.end, end) - at);
    if (end === at && inserted !== '') {
      const here = gaps.find((gap) => gap.start <= at && at <= gap.end);
      const before = gaps.findLast((gap) => gap.end < at);
      const place = before ? before.to + at - before.end : taker.from + at;
      const own = here ?? { start: at, end: at, from: place, to: place, by, fill: [] };
      if (!here) gaps.splice(before ? gaps.indexOf(before) + 1 : 0, 0, own);
      put(own, 0, inserted.length);
    }
    at = end;
  }
  return gaps.map(({ from, to, by, fill }) => ({ from, to, by, fill }));
}

/**
 * Gaps of which those of some edits are by whoever made them in the first of the former versions that has the most of it gone. Where
 * somebody else took out a part only, it is not known who took out what.
 */
function goneAgain(on: Version, gaps: readonly Gap[], again: readonly KnownEdit[], { versions, order, nobody }: Former): Gap[] {
  const takenIn = versions.map((version) => takenBy(on, version, order));
  const solid = (from: number, to: number): number => on.text.slice(from, to).replace(/\s/g, '').length;
  return gaps.flatMap((gap) => {
    if (!again.some(({ from, to }) => gap.from < to && from < gap.to)) return [gap];
    const found = takenIn.map((all) => {
      const taken = all.filter(({ from, to }) => from < gap.to && gap.from < to);
      return { taken, size: taken.reduce((sum, { from, to }) => sum + solid(Math.max(from, gap.from), Math.min(to, gap.to)), 0) };
    });
    const { taken, size } = found.reduce((most, one) => (one.size > most.size ? one : most), { taken: [] as readonly Taken[], size: 0 });
    const isOthers = size < solid(gap.from, gap.to) && taken.some(({ by }) => by.by?.author !== gap.by.by?.author);
    return isOthers ? [{ ...gap, by: nobody() }] : splitGap(gap, taken);
  });
}

const gapOf = ({ from, to, offset, inserted, by }: KnownEdit): Gap => ({ from, to, by, fill: inserted === '' ? [] : [{ at: offset, text: inserted, by }] });

/** Edits that touch, together. */
function touching(edits: readonly KnownEdit[]): KnownEdit[][] {
  const groups: KnownEdit[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1);
    if (last?.at(-1)?.to === edit.from) last.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** The gap of edits that touch; undefined where nothing of it is found again. */
function restored(ink: Ink, on: Version, group: readonly KnownEdit[]): Gap[] | undefined {
  const [first] = group;
  const takers = group.filter(({ from, to }) => to > from);
  if (first === undefined || takers.length > 1) return undefined;
  const to = group.at(-1)?.to ?? first.to;
  const { gone, text } = goneBetween(ink, on, first.from, to);
  const fill: Fill[] = [];
  let after = 0;
  let isFound = false;
  for (const { offset, inserted, by, back } of group) {
    if (inserted === '') continue;
    const at = back ? placeOf(text, inserted, after, gone, ink) : undefined;
    if (back && at !== undefined) {
      fill.push(...partsOf(gone, at, at + inserted.length).map(({ id, length }) => ({ id, length, back, gone: null })));
      after = at + inserted.length;
      isFound = true;
    } else fill.push({ at: offset, text: inserted, by });
  }
  return isFound ? [{ from: first.from, to, by: (takers[0] ?? first).by, fill }] : undefined;
}

/** What is gone in a range of a version's text, and its text. */
function goneBetween(ink: Ink, on: Version, start: number, end: number): { readonly gone: readonly Strand[]; readonly text: string } {
  const gone = goneIn(on, { start, end });
  return { gone, text: textOf(ink, gone) };
}

/** Where a part of what is gone begins, from a place on: the only one, or the one that was there last where all are by the same. */
function placeOf(text: string, part: string, from: number, gone: readonly Strand[], ink: Ink): number | undefined {
  const places: number[] = [];
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    if (places.length === PLACES_AT_MOST) return undefined;
    places.push(at);
  }
  const found = places.map((at) => {
    const parts = partsOf(gone, at, at + part.length);
    return { at, last: Math.min(...parts.map((strand) => strand.gone?.order ?? 0)), writers: parts.flatMap((strand) => Array.from({ length: strand.length }, (_, i) => ink.birth(strand.ink + i))) };
  });
  const [one] = found;
  if (!found.every(({ writers }) => writers.every((deed, i) => deed === one?.writers[i]))) return undefined;
  return found.reduce<(typeof found)[number] | undefined>((best, place) => (best === undefined || place.last > best.last ? place : best), undefined)?.at;
}

/** The parts of strands that lie in a range of their joined text. */
function partsOf(strands: readonly Strand[], from: number, to: number): Strand[] {
  const parts: Strand[] = [];
  let at = 0;
  for (const strand of strands) {
    const start = Math.max(from - at, 0);
    const length = Math.min(to - at, strand.length) - start;
    if (length > 0) parts.push({ ...strand, id: strand.id + start, ink: strand.ink + start, length });
    at += strand.length;
  }
  return parts;
}
