/**
 * Conflicts that git left in a file, and which deletions in them were not made by the person who resolved them by
 * keeping one side. Pure.
 */
import {
  diffLines,
  isUnrecorded,
  partOf,
  similarity,
  lineStarts,
  IntervalSet,
  splitLines,
  type Operation,
  type Provenance,
  type Patch,
  type Span,
  type Snapshot,
} from '../../authorship';
import { spansIn, type Range } from './patches-spans-and-runs-of-versions';

/** What a replayed commit had changed, as texts. */
interface Change {
  readonly before: string;
  readonly after: string;
}

/** Lines on one side of a conflict that disappear when the other side is kept. Places are those of the file's weave. */
export interface Side {
  readonly lines: IntervalSet;
  readonly other: IntervalSet;
  /** The replayed commit had removed the lines; otherwise the other side has them in different wording. */
  readonly isTaken: boolean;
  /** The last operation at the time of the conflict. */
  readonly since: number;
  /**
   * The last operation when it was resolved: later deletions of these lines belong to whoever makes them. Infinity
   * while the conflict is unresolved.
   */
  readonly until: number;
}

/** Two lines with at least this much in common are one changed line. */
const ALIKE_FROM = 0.5;

/** Up to this many pairs of lines of a conflict are compared. */
const PAIRS_AT_MOST = 10_000;

/** Whether a text may contain a git conflict. Runs on every content, so it is cheap. */
export const mayHaveConflicts = (text: string): boolean => text.includes('<<<<<<< ');

/**
 * The sides of the conflicts in a version. Whoever keeps the other side deletes no more of their lines than git would.
 */
export function sidesOf(version: Snapshot, changes: readonly Change[], since: number): Side[] {
  const lines = splitLines(version.text);
  const starts = lineStarts(lines);
  const rangeOf = (line: number): Range => ({
    start: starts[line] ?? 0,
    end: (starts[line] ?? 0) + (lines[line] ?? '').length,
  });
  const placesOf = (list: readonly number[]): IntervalSet =>
    new IntervalSet(
      spansIn(version, list.map(rangeOf)).map(({ id, start, end }) => ({ start: id, length: end - start })),
    );
  const deletedLines = changes.map(takenBy);
  return conflictsIn(lines).flatMap(({ ours, theirs }): Side[] => {
    const removed = ours.filter((line) => deletedLines.some((away) => away.has(lines[line] ?? '')));
    const others =
      ours.length * theirs.length > PAIRS_AT_MOST
        ? []
        : ours
            .filter((line) => !removed.includes(line))
            .flatMap((line) => {
              const alike = theirs
                .map((other) => ({ other, share: similarity(lines[line] ?? '', lines[other] ?? '') }))
                .reduce((best, one) => (one.share > best.share ? one : best), { other: -1, share: 0 });
              return alike.share < ALIKE_FROM
                ? []
                : [{ lines: placesOf([line]), other: placesOf([alike.other]), isTaken: false, since, until: Infinity }];
            });
    return [
      ...(removed.length > 0
        ? [{ lines: placesOf(removed), other: placesOf(theirs), isTaken: true, since, until: Infinity }]
        : []),
      ...others,
    ];
  });
}

/**
 * A patch that makes the author of the deletion of such sides' lines unknown where the other side is kept.
 * `provenancesOf`: the known authors of a span's text. Undefined if there are no such deletions.
 */
export function withSidesKept(
  version: Snapshot,
  sides: readonly Side[],
  provenancesOf: (span: Span) => readonly Provenance[],
): Patch | undefined {
  const untaken = sides.filter(({ other: otherSide, isTaken }) => {
    const there = otherSide.isEmpty
      ? []
      : version.spans.filter(({ deletedBy }) => deletedBy === null).flatMap((span) => partsIn(span, otherSide));
    if (isTaken) return otherSide.isEmpty || there.length > 0;
    return there.some((part) => provenancesOf(part).some(isUnrecorded));
  });
  const hunks: Patch['hunks'][number][] = [];
  let at = 0;
  for (const span of version.spans) {
    const { deletedBy } = span;
    if (deletedBy === null) {
      at += span.length;
      continue;
    }
    if (isUnrecorded(deletedBy.by)) continue;
    const nobody: Operation = { ...deletedBy, by: null };
    const parts = untaken
      .filter(({ since, until }) => since < deletedBy.order && deletedBy.order <= until)
      .flatMap(({ lines }) => partsIn(span, lines));
    const fill = [
      ...new Map(
        parts.map(({ id, length }) => [id, { id, length, restoredBy: span.restoredBy, deletedBy: nobody }]),
      ).values(),
    ].sort((a, b) => a.id - b.id);
    const last = hunks.at(-1);
    if (fill.length > 0 && last?.from === at) hunks[hunks.length - 1] = { ...last, items: [...last.items, ...fill] };
    else if (fill.length > 0) hunks.push({ from: at, to: at, by: nobody, items: fill });
  }
  return hunks.length > 0 ? { on: version, text: version.text, hunks } : undefined;
}

/** The parts of a span that lie at the given places. */
const partsIn = (span: Span, places: IntervalSet): Span[] =>
  places
    .cut(span.id, span.length)
    .flatMap(({ start, length, inside }) => (inside ? [partOf(span, start - span.id, start - span.id + length)] : []));

/** The lines that a change removed completely. */
function takenBy({ before, after }: Change): ReadonlySet<string> {
  const there = new Set(splitLines(after));
  const lines = splitLines(before);
  return new Set(
    diffLines(lines, splitLines(after))
      .flatMap(({ oldStart, oldEnd }) => lines.slice(oldStart, oldEnd))
      .filter((line) => !there.has(line)),
  );
}

/** The lines of the two sides of a conflict, by their index in the text. */
interface Conflict {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

function conflictsIn(lines: readonly string[]): Conflict[] {
  const found: Conflict[] = [];
  let sides: { ours: number[]; theirs: number[] } | undefined;
  let side: number[] | undefined;
  lines.forEach((line, index) => {
    if (line.startsWith('<<<<<<< ')) {
      sides = { ours: [], theirs: [] };
      side = sides.ours;
    } else if (sides && line.startsWith('||||||| ')) side = undefined;
    else if (sides && /^=======\r?\n$/.test(line)) side = sides.theirs;
    else if (sides && line.startsWith('>>>>>>> ')) {
      found.push(sides);
      sides = side = undefined;
    } else side?.push(index);
  });
  return found;
}
