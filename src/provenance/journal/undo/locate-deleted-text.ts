/** Where in deleted text a part of it was, and who wrote it. Pure. */
import { partOf, type Operation, type CharacterStore, type Span } from '../../authorship';

/** Maximum number of places where restored text may have been that are compared. */
const PLACES_AT_MOST = 50;

/**
 * Where a part of deleted text begins, from an offset on: the only place, or the one deleted last if all have the same
 * writers.
 */
export function locateDeleted(
  text: string,
  part: string,
  from: number,
  spans: readonly Span[],
  store: CharacterStore,
): number | undefined {
  const places: number[] = [];
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    if (places.length === PLACES_AT_MOST) return undefined;
    places.push(at);
  }
  const found = places.map((at) => {
    const parts = partsOf(spans, at, at + part.length);
    return {
      at,
      last: Math.min(...parts.map((span) => span.deletedBy?.order ?? 0)),
      writers: authorsOfText(store, parts),
    };
  });
  const [only] = found;
  if (!found.every(({ writers }) => writers.every((operation, i) => operation === only?.writers[i]))) return undefined;
  return found.reduce<(typeof found)[number] | undefined>(
    (best, place) => (best === undefined || place.last > best.last ? place : best),
    undefined,
  )?.at;
}

/** Who wrote each character of spans. */
export const authorsOfText = (store: CharacterStore, spans: readonly Span[]): Operation[] =>
  spans.flatMap((span) => Array.from({ length: span.length }, (_, i) => store.insertedBy(span.textOffset + i)));

/** The parts of spans that lie in a range of their joined text. */
export function partsOf(spans: readonly Span[], from: number, to: number): Span[] {
  const parts: Span[] = [];
  let at = 0;
  for (const span of spans) {
    const start = Math.max(from - at, 0);
    const length = Math.min(to - at, span.length) - start;
    if (length > 0) parts.push(partOf(span, start, start + length));
    at += span.length;
  }
  return parts;
}
