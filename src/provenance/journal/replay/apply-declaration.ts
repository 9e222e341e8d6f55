/** A declaration about lines: the declared author replaces an unknown one. */
import {
  lineStarts,
  BASELINE,
  splitLines,
  type Operation,
  type CharacterStore,
  type Patch,
  type IntervalSet,
  type Snapshot,
} from '../../authorship';

/** Lines of a text, 1-based, both ends included. */
export type DeclaredLines = readonly (readonly [first: number, last: number])[];

type Fill = Patch['hunks'][number]['items'][number];

/**
 * The patch that credits everything with an unknown author in some lines (null: anywhere) to `operation`: insertions
 * and deletions. A deletion counts for the line it was made in, or the line that now follows it; at the end of the
 * text, for the last line. Text whose first writer is known stays that writer's. `committed`: the places of text in the
 * latest commit, which is left as it is.
 */
export function declaredPatch(
  on: Snapshot,
  store: CharacterStore,
  committed: IntervalSet,
  lines: DeclaredLines | null,
  operation: Operation,
): Patch {
  const { within, borders } = placesOf(on.text, lines);
  const hunks: { from: number; to: number; by: Operation; items: Fill[] }[] = [];
  const add = (from: number, to: number, fill: Fill): void => {
    const last = hunks.at(-1);
    if (last?.to === from) {
      last.to = to;
      last.items.push(fill);
    } else hunks.push({ from, to, by: operation, items: [fill] });
  };
  let at = 0;
  for (const span of on.spans) {
    const { id, length, insertedBy, deletedBy, restoredBy } = span;
    if (deletedBy !== null) {
      if (isUnknown(deletedBy) && within(at, at)) add(at, at, { id, length, restoredBy: null, deletedBy: operation });
      continue;
    }
    const whole: [number, number][] = committed
      .cut(id, length)
      .flatMap(({ start, length: part, inside }) =>
        inside ? [] : [[at + start - id, at + start - id + part] as [number, number]],
      );
    for (const [from, to] of whole.flatMap((run) => cut(...run, borders))) {
      const place = span.textOffset + (from - at);
      const birth = store.insertedBy(place);
      // Text belongs to its first writer; older text in a new place belongs to whoever put it there.
      if (!within(from, to) || !isUnknown(birth === BASELINE ? (restoredBy ?? insertedBy) : birth)) continue;
      add(from, to, { at: from, text: on.text.slice(from, to), by: operation });
    }
    at += length;
  }
  return { on, text: on.text, hunks };
}

const isUnknown = (operation: Operation): boolean =>
  operation !== BASELINE &&
  (operation.by === null || operation.by.author === 'unknown' || operation.by.evidence === 'inferred');

interface Places {
  readonly within: (start: number, end: number) => boolean;
  readonly borders: readonly number[];
}

function placesOf(text: string, lines: DeclaredLines | null): Places {
  if (lines === null) return { within: () => true, borders: [] };
  const starts = lineStarts(splitLines(text));
  const ranges = lines.map(([first, last]) => ({
    from: starts[first - 1] ?? text.length,
    to: starts[last] ?? text.length,
    atEnd: last >= starts.length - 1,
  }));
  return {
    within: (start, end) =>
      ranges.some(
        ({ from, to, atEnd }) => from <= start && (start < end ? end <= to : start < to || (atEnd && start === to)),
      ),
    borders: ranges.flatMap(({ from, to }) => [from, to]),
  };
}

/** Cuts a run at the borders that lie in it. */
function cut(start: number, end: number, borders: readonly number[]): [number, number][] {
  const at = [...new Set([start, ...borders.filter((border) => start < border && border < end), end])].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((to, index) => [at[index] ?? start, to]);
}
