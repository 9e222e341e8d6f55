/** What somebody says of lines: the declared author takes the place of whoever was not known there. */
import { lineStarts, ORIGIN, splitLines, type Deed, type Ink, type Plan, type Spans, type Version } from '../../attribution';

/** Lines of a text, from 1, both ends included. */
export type DeclaredLines = readonly (readonly [first: number, last: number])[];

type Fill = Plan['gaps'][number]['fill'][number];

/**
 * The plan by which all that nobody is known for in some lines (null: anywhere) is by `deed`: what was put in there, and what was taken out.
 * What was taken out counts for the line that it was taken from, or that now follows it, and at the end for the last one. Text whose first writer is known stays that one's. `committed`: the places of what the latest
 * commit has, which is nobody's any more.
 */
export function declaredPlan(on: Version, ink: Ink, committed: Spans, lines: DeclaredLines | null, deed: Deed): Plan {
  const { within, borders } = placesOf(on.text, lines);
  const gaps: { from: number; to: number; by: Deed; fill: Fill[] }[] = [];
  const add = (from: number, to: number, fill: Fill): void => {
    const last = gaps.at(-1);
    if (last?.to === from) {
      last.to = to;
      last.fill.push(fill);
    } else gaps.push({ from, to, by: deed, fill: [fill] });
  };
  let at = 0;
  for (const strand of on.strands) {
    const { id, length, put, gone, back } = strand;
    if (gone !== null) {
      if (isUnknown(gone) && within(at, at)) add(at, at, { id, length, back: null, gone: deed });
      continue;
    }
    const whole: [number, number][] = committed.cut(id, length).flatMap(({ start, length: part, inside }) => (inside ? [] : [[at + start - id, at + start - id + part] as [number, number]]));
    for (const [from, to] of whole.flatMap((run) => cut(...run, borders))) {
      const place = strand.ink + (from - at);
      const birth = ink.birth(place);
      // Text is by whoever wrote it first; older text in a new place by whoever put it there.
      if (!within(from, to) || !isUnknown(birth === ORIGIN ? (back ?? put) : birth)) continue;
      add(from, to, { at: from, text: on.text.slice(from, to), by: deed });
    }
    at += length;
  }
  return { on, text: on.text, gaps };
}

const isUnknown = (deed: Deed): boolean => deed !== ORIGIN && (deed.by === null || deed.by.author === 'unknown' || deed.by.evidence === 'inferred');

interface Places {
  readonly within: (start: number, end: number) => boolean;
  readonly borders: readonly number[];
}

function placesOf(text: string, lines: DeclaredLines | null): Places {
  if (lines === null) return { within: () => true, borders: [] };
  const starts = lineStarts(splitLines(text));
  const ranges = lines.map(([first, last]) => ({ from: starts[first - 1] ?? text.length, to: starts[last] ?? text.length, atEnd: last >= starts.length - 1 }));
  return {
    within: (start, end) => ranges.some(({ from, to, atEnd }) => from <= start && (start < end ? end <= to : start < to || (atEnd && start === to))),
    borders: ranges.flatMap(({ from, to }) => [from, to]),
  };
}

/** A run cut at those borders that lie in it. */
function cut(start: number, end: number, borders: readonly number[]): [number, number][] {
  const at = [...new Set([start, ...borders.filter((border) => start < border && border < end), end])].sort((a, b) => a - b);
  return at.slice(1).map((to, index) => [at[index] ?? start, to]);
}
