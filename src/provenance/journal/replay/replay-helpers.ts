/** Helpers of the replay: compare texts and versions, and turn an attributed change into a patch. */
import {
  diffLines,
  countLetters,
  lineStarts,
  BASELINE,
  splitLines,
  withoutFormatting,
  MIN_IDENTIFYING_LETTERS,
  type AuthoredText,
  type Operation,
  type Provenance,
  type Patch,
  type Splice,
  type Span,
  type Snapshot,
} from '../../authorship';

/** True when every line occurs in one of the two texts. */
export function isInterleaving(text: string, first: string, second: string): boolean {
  const lines = new Set([...splitLines(first), ...splitLines(second)]);
  return splitLines(text).every((line) => lines.has(line));
}

/**
 * True when a content was probably never in the work tree between two others: it has lines of the previous commit that
 * neither has, or lacks lines that both have, and no other file has those lines. Then only part of the file was
 * committed, and the file itself went directly from one to the other.
 */
export function isSideVersion(
  text: string,
  former: string,
  before: string,
  after: string,
  elsewhere: Iterable<string>,
): boolean {
  const [newLines, old, first, last] = [linesOf(text), linesOf(former), linesOf(before), linesOf(after)];
  const odd = new Set([
    ...[...newLines].filter((line) => old.has(line) && !first.has(line) && !last.has(line)),
    ...[...first].filter((line) => last.has(line) && !newLines.has(line)),
  ]);
  for (const alternative of elsewhere) {
    if (odd.size === 0) return false;
    for (const line of linesOf(alternative)) odd.delete(line);
  }
  return odd.size > 0;
}

/**
 * Whether a third text more likely continues the first of two texts than the second. Evidence for the second: a line
 * that only the second added is still there. Evidence for the first: a line that only the first has is there, and none
 * that the second added. If neither is there, the second still counts when nothing it added is missing. Only
 * distinctive lines count. Otherwise the text that is nearer by `between` wins: first ignoring white space, then with
 * it. Where other lines have new white space too, that proves nothing, and the first wins.
 */
export function continuesFirst(
  first: string,
  second: string,
  third: string,
  between: (a: string, b: string) => number,
): boolean {
  const [had, has, later] = [first, second, third].map((text) => new Set(splitLines(text))) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const put = [...has].filter((line) => !had.has(line));
  const removed = [...had].filter((line) => !has.has(line));
  const [former, now, before, then] = [removed, put, [...has], [...later]].map(
    (lines) => new Set(lines.map((line) => line.trim())),
  ) as [Set<string>, Set<string>, Set<string>, Set<string>];
  const isOwn = (line: string): boolean => countLetters(line) >= MIN_IDENTIFYING_LETTERS;
  const tells = (line: string, others: ReadonlySet<string>): boolean => isOwn(line) && !others.has(line.trim());
  if (put.some((line) => tells(line, former) && later.has(line))) return false;
  if (!put.some((line) => later.has(line)) && removed.some((line) => isOwn(line) && later.has(line))) return true;
  const isMissing = (line: string): boolean => !later.has(line) && !(tells(line, now) && then.has(line.trim()));
  if (removed.every(isMissing) && removed.some((line) => tells(line, now)) && put.every((line) => later.has(line)))
    return false;
  const trimmed = (text: string): string =>
    splitLines(text)
      .map((line) => line.trim())
      .join('\n');
  const nearer = between(trimmed(first), trimmed(third)) - between(trimmed(second), trimmed(third));
  if (nearer !== 0) return nearer < 0;
  return (
    [...later].some((line) => !has.has(line) && isOwn(line) && before.has(line.trim())) ||
    between(first, third) <= between(second, third)
  );
}

/** The distinctive lines of a text, without what a formatter may change in them. */
const linesOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split('\n')
      .map(withoutFormatting)
      .filter((line) => countLetters(line) >= MIN_IDENTIFYING_LETTERS),
  );

/**
 * True when a content seems to be only a part of what `current` has, beside `former`: every line is in one of the two,
 * and the next one is nearer to `current`, or has exactly hunks that were pending, as when they are staged one by one.
 */
export function isStagedPart(text: string, former: string, current: string, next: string | undefined): boolean {
  if (!isInterleaving(text, former, current)) return false;
  return next === undefined || hasHunksOf(text, next, current) || distance(text, next) > distance(current, next);
}

/** True when a second text is the first one with some of the hunks that lead from it to a third, each whole. */
function hasHunksOf(first: string, second: string, third: string): boolean {
  const hunksTo = (text: string): readonly string[] => {
    const lines = splitLines(text);
    return diffLines(splitLines(first), lines).map(({ oldStart, oldEnd, newStart, newEnd }) =>
      [oldStart, oldEnd, ...lines.slice(newStart, newEnd)].join('\n'),
    );
  };
  const [part, whole] = [hunksTo(second), new Set(hunksTo(third))];
  return part.length > 0 && part.every((hunk) => whole.has(hunk));
}

/** The number of lines that differ. */
export function distance(a: string, b: string): number {
  return diffLines(splitLines(a), splitLines(b)).reduce(
    (sum, hunk) => sum + hunk.oldEnd - hunk.oldStart + hunk.newEnd - hunk.newStart,
    0,
  );
}

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
