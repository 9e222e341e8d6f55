/**
 * Who first changed a line of the saved text, where several did before the next save: operations are listed in text
 * order and do not show the time order. Offsets are UTF-16 code units. Pure.
 */
import { lineStarts, splitLines } from '../../../provenance/authorship';
import type { Author } from '../../../provenance/authorship/types';
import type { TimeSliced } from '../../time-slices';
import type { AuthoredChange } from '../buffer/text-change';
import type { DraftState } from '../buffer/document-draft';
import type { RunPlaces } from '../buffer/span-offsets';
import { isVisible, type Provenance, type Span } from '../buffer/text-spans';
import { partAt } from '../buffer/binary-search';

/** A document's state before a step. */
export interface StateBefore extends DraftState {
  /** Who made the step; undefined where there is no single known author, as with an undo. */
  readonly by: Provenance | undefined;
}

/** A line of the saved text, without its break. */
interface Line {
  readonly start: number;
  readonly end: number;
}

interface TouchedLine extends Line {
  /** 1-based. */
  readonly line: number;
  /** Of the operations. */
  readonly authors: ReadonlySet<Author>;
}

/** At most this many runs of earlier states are examined. */
const MOST_RUNS = 1_000_000;

/**
 * Who first changed lines (1-based) of the saved text after they were last whole (null: unknown). Only lines for which
 * that is known and the operations, which lead from that text to the current one, do not show the same. `before`: the
 * states since the save, latest first; `doers`: who made the steps between them. `places`: of the saved text.
 */
export function* firstToChange(
  saved: string,
  operations: readonly AuthoredChange[],
  now: DraftState,
  before: Iterable<StateBefore>,
  doers: readonly StateBefore['by'][],
  places: RunPlaces,
): TimeSliced<ReadonlyMap<number, Provenance>> {
  const firsts = new Map<number, Provenance>();
  const authors = new Set(
    [...operations.map(({ by }) => by), ...doers].flatMap((by) => (by === undefined ? [] : [authorOf(by)])),
  );
  if (authors.size <= 1) return firsts;
  const isWholeNow = wholeLines(now, now.runs.all(), places);
  let open = touchedLines(saved, operations).filter((line) => !isWholeNow(line));
  let count = 0;
  for (const state of before) {
    const runs = state.runs.all();
    count += runs.length;
    if (open.length === 0 || count > MOST_RUNS) break;
    const isWhole = wholeLines(state, runs, places);
    for (const line of open)
      if (state.by !== undefined && isWhole(line) && isNew(line, state.by)) firsts.set(line.line, state.by);
    open = open.filter((line) => !isWhole(line));
    yield;
  }
  return firsts;
}

const authorOf = (by: Provenance): Author => by?.author ?? 'unknown';

/** Whether the operations do not show who was first, or name somebody else. */
const isNew = ({ authors }: TouchedLine, by: Provenance): boolean =>
  authors.size > 1 ? by !== null : !authors.has(authorOf(by));

/** Lines that operations touch, or may touch. */
function touchedLines(saved: string, operations: readonly AuthoredChange[]): TouchedLine[] {
  const lines = splitLines(saved);
  const starts = lineStarts(lines).slice(0, -1);
  const authors = new Map<number, Set<Author>>();
  let shift = 0;
  for (const { offset, deleted, inserted, by } of operations) {
    const at = offset - shift;
    for (let line = partAt(starts, at - 1), last = partAt(starts, at + deleted); line <= last; line++)
      authors.set(line, (authors.get(line) ?? new Set()).add(authorOf(by)));
    shift += inserted.length - deleted;
  }
  return [...authors].map(([line, by]): TouchedLine => {
    const start = starts[line] ?? 0;
    const end = start + (lines[line] ?? '').replace(/\r?\n$/, '').length;
    return { line: line + 1, start, end, authors: by };
  });
}

/** Whether a line of the saved text is in a state with nothing before or after it, whatever its line break. */
function wholeLines({ text }: DraftState, runs: readonly Span[], places: RunPlaces): (line: Line) => boolean {
  const parts: { readonly place: number; readonly at: number; length: number }[] = [];
  let at = 0;
  for (const run of runs) {
    if (!isVisible(run)) continue;
    places.cut(run, (part, place) => {
      const last = parts.at(-1);
      if (place !== undefined && last && last.place + last.length === place && last.at + last.length === at)
        last.length += part.length;
      else if (place !== undefined) parts.push({ place, at, length: part.length });
      at += part.length;
    });
  }
  const starts = parts.map(({ place }) => place);
  return ({ start, end }) => {
    const part = parts[partAt(starts, start)];
    if (!part || part.place > start || part.place + part.length < end) return false;
    const from = part.at + start - part.place;
    const to = from + end - start;
    return (
      /^\n?$/.test(text.slice(Math.max(0, from - 1), from)) &&
      /^(?:\r?\n|$)/.test(text.slice(to, Math.min(text.length, to + 2)))
    );
  };
}
