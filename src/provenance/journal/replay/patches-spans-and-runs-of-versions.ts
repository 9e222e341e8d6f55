/** Spans and runs of a file's versions, and an attributed change as a patch of one. */
import {
  type AuthoredText,
  BASELINE,
  lineStarts,
  type Operation,
  type Patch,
  type Provenance,
  type Snapshot,
  type Span,
  type Splice,
  splitLines,
} from '../../authorship';

/** The runs of a version's present text, as weave places (`id`) or places in the character store. */
export function runs(
  version: Snapshot,
  field: 'id' | 'textOffset',
): { readonly start: number; readonly length: number }[] {
  return version.spans
    .filter((span) => span.deletedBy === null)
    .map((span) => ({ start: span[field], length: span.length }));
}

/** Turns an attributed change into a patch for the version that it starts from. */
export function patchOf(on: Snapshot, change: AuthoredText, operationOf: (provenance: Provenance) => Operation): Patch {
  const operations = new Map<Provenance, Operation>();
  const operation = (provenance: Provenance): Operation => {
    const known = operations.get(provenance);
    if (known) return known;
    const made = provenance === null ? BASELINE : operationOf(provenance);
    operations.set(provenance, made);
    return made;
  };
  const hunks: Patch['hunks'][number][] = [];
  let at = 0;
  let base = 0;
  let g = 0;
  let insertions: { at: number; text: string; by: Operation }[] = [];
  const close = (until: number): void => {
    let from = base;
    for (; g < change.deletions.length && (change.deletions[g]?.start ?? Infinity) < until; g++) {
      const deletions = change.deletions[g];
      if (!deletions) break;
      hunks.push({ from: deletions.start, to: deletions.end, by: operation(deletions.by), items: [] });
      from = deletions.end;
    }
    const last = hunks.at(-1);
    if (insertions.length > 0) {
      if (from > base && last?.to === from && last.from >= base)
        hunks[hunks.length - 1] = { ...last, items: insertions };
      else hunks.push({ from, to: from, by: BASELINE, items: insertions });
    }
    insertions = [];
  };
  for (const piece of change.pieces) {
    if (piece.base >= 0) {
      close(piece.base);
      base = piece.base + piece.length;
    } else insertions.push({ at, text: change.text.slice(at, at + piece.length), by: operation(piece.by) });
    at += piece.length;
  }
  close(change.base.length);
  return { on, text: change.text, hunks };
}

/** A range of a text; the end is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The parts of a common range's old side that a splice inserted. */
export function overlap(same: Splice, claim: Splice): Range[] {
  const start = Math.max(same.newStart, claim.newStart);
  const end = Math.min(same.newEnd, claim.newEnd);
  return start < end
    ? [{ start: same.oldStart + (start - same.newStart), end: same.oldStart + (end - same.newStart) }]
    : [];
}

/** A part of a version's text that lies in one span. */
interface SpanPart extends Range {
  readonly span: Span;
  /** Of the part's first character. */
  readonly id: number;
}

/** The spans that the given ranges of a version's text lie in, cut to them. Ranges are ascending. */
export function spansIn(version: Snapshot, ranges: readonly Range[]): SpanPart[] {
  const found: SpanPart[] = [];
  let at = 0;
  let r = 0;
  for (const span of version.spans) {
    if (span.deletedBy) continue;
    const end = at + span.length;
    while (r < ranges.length && (ranges[r]?.end ?? 0) <= at) r++;
    for (let i = r; i < ranges.length; i++) {
      const range = ranges[i];
      if (!range || range.start >= end) break;
      const start = Math.max(at, range.start);
      found.push({ start, end: Math.min(end, range.end), span, id: span.id + start - at });
    }
    at = end;
  }
  return found;
}

/**
 * Maps the place (`id`) of a line's first character to what is recorded for that line. Lines of a version are 1-based.
 */
export function firstChangesIn(
  version: Snapshot,
  lines: readonly (readonly [line: number, by: number])[],
): ReadonlyMap<number, number> {
  if (lines.length === 0) return new Map();
  const starts = lineStarts(splitLines(version.text));
  const ordered = [...lines]
    .sort((a, b) => a[0] - b[0])
    .flatMap(([line, by]) => {
      const start = starts[line - 1];
      return start === undefined ? [] : [{ start, end: start + 1, by }];
    });
  const byStart = new Map(ordered.map(({ start, by }) => [start, by]));
  return new Map(spansIn(version, ordered).flatMap(({ start, id }) => [[id, byStart.get(start) ?? -1] as const]));
}

/** What a version once had in a range of its text and lost, in the weave's order. */
export function deletedSpansIn(version: Snapshot, { start, end }: Range): Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const span of version.spans) {
    if (at > end) break;
    if (span.deletedBy === null) at += span.length;
    else if (at >= start) found.push(span);
  }
  return found;
}

/** All operations on a version's spans. */
export const operationsIn = (version: Snapshot): ReadonlySet<Operation> =>
  new Set(version.spans.flatMap(({ insertedBy, deletedBy }) => (deletedBy ? [insertedBy, deletedBy] : [insertedBy])));
