/** Conflicts that git left in a file, and what of them was not done by who settled them by keeping one side. Pure. */
import { compareLines, isUnrecorded, likeness, lineStarts, Spans, splitLines, type Deed, type Hand, type Plan, type Strand, type Version } from '../../attribution';
import { strandsIn, type Range } from './edit-scripts';

/** What a commit that is made again had changed, as texts. */
interface Change {
  readonly before: string;
  readonly after: string;
}

/** Lines of the one side of a conflict that go when lines of the other side stay. Places are those of the file's weave. */
export interface Side {
  readonly lines: Spans;
  readonly other: Spans;
  /** The commit that is made again had taken the lines away; else the other side has them in another wording. */
  readonly isTaken: boolean;
  /** The last deed when the conflict was there. */
  readonly since: number;
  /** The last deed when it was settled: lines that are taken away later are so by who does it. Infinity while the conflict is there. */
  readonly until: number;
}

/** Two lines with so much in common are one line that was changed. */
const ALIKE_FROM = 0.5;

/** Up to so many pairs of lines of a conflict are compared. */
const PAIRS_AT_MOST = 10_000;

/** Whether git may have left a conflict in a text: looked for in every content, so cheap. */
export const mayHaveConflicts = (text: string): boolean => text.includes('<<<<<<< ');

/** The sides of the conflicts in a version, whose lines one who keeps the other side takes no more away than git does. */
export function sidesOf(version: Version, changes: readonly Change[], since: number): Side[] {
  const lines = splitLines(version.text);
  const starts = lineStarts(lines);
  const rangeOf = (line: number): Range => ({ start: starts[line] ?? 0, end: (starts[line] ?? 0) + (lines[line] ?? '').length });
  const placesOf = (list: readonly number[]): Spans => new Spans(strandsIn(version, list.map(rangeOf)).map(({ id, start, end }) => ({ start: id, length: end - start })));
  const taken = changes.map(takenBy);
  return conflictsIn(lines).flatMap(({ ours, theirs }): Side[] => {
    const gone = ours.filter((line) => taken.some((away) => away.has(lines[line] ?? '')));
    const others = ours.length * theirs.length > PAIRS_AT_MOST ? [] : ours.filter((line) => !gone.includes(line)).flatMap((line) => {
      const alike = theirs.map((other) => ({ other, share: likeness(lines[line] ?? '', lines[other] ?? '') })).reduce((best, one) => (one.share > best.share ? one : best), { other: -1, share: 0 });
      return alike.share < ALIKE_FROM ? [] : [{ lines: placesOf([line]), other: placesOf([alike.other]), isTaken: false, since, until: Infinity }];
    });
    return [...(gone.length > 0 ? [{ lines: placesOf(gone), other: placesOf(theirs), isTaken: true, since, until: Infinity }] : []), ...others];
  });
}

/**
 * A plan for a version in which the lines of such sides went by nobody's hand, where the other side stays. `handsOf`: who is known
 * for the text of a strand. Undefined where there are none.
 */
export function withSidesKept(version: Version, sides: readonly Side[], handsOf: (strand: Strand) => readonly Hand[]): Plan | undefined {
  const kept = sides.filter(({ other, isTaken }) => {
    const there = other.isEmpty ? [] : version.strands.filter(({ gone }) => gone === null).flatMap((strand) => partsIn(strand, other));
    if (isTaken) return other.isEmpty || there.length > 0;
    return there.some((part) => handsOf(part).some(isUnrecorded));
  });
  const gaps: Plan['gaps'][number][] = [];
  let at = 0;
  for (const strand of version.strands) {
    const { gone } = strand;
    if (gone === null) {
      at += strand.length;
      continue;
    }
    if (isUnrecorded(gone.by)) continue;
    const nobody: Deed = { ...gone, by: null };
    const parts = kept.filter(({ since, until }) => since < gone.order && gone.order <= until).flatMap(({ lines }) => partsIn(strand, lines));
    const fill = [...new Map(parts.map(({ id, length }) => [id, { id, length, back: strand.back, gone: nobody }])).values()].sort((a, b) => a.id - b.id);
    const last = gaps.at(-1);
    if (fill.length > 0 && last?.from === at) gaps[gaps.length - 1] = { ...last, fill: [...last.fill, ...fill] };
    else if (fill.length > 0) gaps.push({ from: at, to: at, by: nobody, fill });
  }
  return gaps.length > 0 ? { on: version, text: version.text, gaps } : undefined;
}

/** The parts of a strand that lie in some places. */
const partsIn = (strand: Strand, places: Spans): Strand[] =>
  places.cut(strand.id, strand.length).flatMap(({ start, length, inside }) => (inside ? [{ ...strand, id: start, length, ink: strand.ink + (start - strand.id) }] : []));

/** The lines that a change took away altogether. */
function takenBy({ before, after }: Change): ReadonlySet<string> {
  const there = new Set(splitLines(after));
  const lines = splitLines(before);
  return new Set(compareLines(lines, splitLines(after)).flatMap(({ oldStart, oldEnd }) => lines.slice(oldStart, oldEnd)).filter((line) => !there.has(line)));
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
