/** Where in text that is gone a part of it stood, and by whom it is. Pure. */
import { partOf, type Deed, type Ink, type Strand } from '../../attribution';

/** So many places are compared in which text that came back may have stood. */
const PLACES_AT_MOST = 50;

/** Where a part of what is gone begins, from a place on: the only one, or the one that was there last where all are by the same. */
export function placeOf(text: string, part: string, from: number, gone: readonly Strand[], ink: Ink): number | undefined {
  const places: number[] = [];
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    if (places.length === PLACES_AT_MOST) return undefined;
    places.push(at);
  }
  const found = places.map((at) => {
    const parts = partsOf(gone, at, at + part.length);
    return { at, last: Math.min(...parts.map((strand) => strand.gone?.order ?? 0)), writers: writersOf(ink, parts) };
  });
  const [one] = found;
  if (!found.every(({ writers }) => writers.every((deed, i) => deed === one?.writers[i]))) return undefined;
  return found.reduce<(typeof found)[number] | undefined>((best, place) => (best === undefined || place.last > best.last ? place : best), undefined)?.at;
}

/** Who wrote each character of strands. */
export const writersOf = (ink: Ink, strands: readonly Strand[]): Deed[] => strands.flatMap((strand) => Array.from({ length: strand.length }, (_, i) => ink.birth(strand.ink + i)));

/** The parts of strands that lie in a range of their joined text. */
export function partsOf(strands: readonly Strand[], from: number, to: number): Strand[] {
  const parts: Strand[] = [];
  let at = 0;
  for (const strand of strands) {
    const start = Math.max(from - at, 0);
    const length = Math.min(to - at, strand.length) - start;
    if (length > 0) parts.push(partOf(strand, start, start + length));
    at += strand.length;
  }
  return parts;
}
