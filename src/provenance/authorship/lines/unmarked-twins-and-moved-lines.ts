/**
 * Lines that git reports as changed although an identical line is the one that did: they get that line's author (rule 5
 * of docs/dev/attribution.md). Pure.
 */
import { type Provenance } from '../text/provenance-of-change';
import type { Author } from '../types';
import { type LineAuthor, type Mark, authorOf, single, judge, solidLength, solidIn } from './line-author';

/** Rule 5 for added lines: git marked an unchanged line and not its changed twin. Returns those lines. */
export function twinsOfAdded(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  marks: ReadonlyMap<number, readonly Mark[]>,
): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...added].filter(([, by]) => by === undefined).map(([line]) => line);
  if (open.length === 0) return found;
  const twins = groupsOf(
    [...marks].flatMap(([line, list]) => (added.has(line) || list.length === 0 ? [] : [line])),
    (line) => lines[line] ?? '',
  );
  assignTwins(open, lines, twins, (line, twin) => {
    const by = judge(marks.get(twin) ?? [], lines[twin] ?? '');
    if (!by) return;
    added.set(line, by);
    found.add(line);
  });
  return found;
}

/**
 * Lines that swapped places with others: git reports these as moved, the record reports those. Whoever moved those did
 * it.
 */
export function movedInstead(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  marks: ReadonlyMap<number, readonly Mark[]>,
  removed: ReadonlySet<string>,
): void {
  const open = [...added]
    .filter(([line, by]) => by === undefined && removed.has(lines[line] ?? ''))
    .map(([line]) => line);
  if (open.length === 0) return;
  const moved: { readonly line: number; readonly by: LineAuthor | undefined }[] = [];
  for (const [line, list] of marks) {
    const length = solidLength(lines[line] ?? '');
    if (!added.has(line) && length > 0 && solidIn(list) >= length)
      moved.push({ line, by: judge(list, lines[line] ?? '') });
  }
  for (const line of open) {
    const nearest = moved.reduce(
      (best: (typeof moved)[number] | undefined, candidate) =>
        best && Math.abs(best.line - line) <= Math.abs(candidate.line - line) ? best : candidate,
      undefined,
    );
    if (nearest) added.set(line, nearest.by);
  }
}

/** The same for blank lines, where a single author both added and removed some: nothing shows which of them moved. */
export function movedPastBlanks(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  marks: ReadonlyMap<number, readonly Mark[]>,
  removed: ReadonlySet<string>,
  oldLines: readonly string[],
  broken: ReadonlyMap<number, Provenance>,
): void {
  const isBlank = (text: string): boolean => text.trim() === '';
  const open = [...added]
    .filter(([line, by]) => by === undefined && !isBlank(lines[line] ?? '') && removed.has(lines[line] ?? ''))
    .map(([line]) => line);
  if (open.length === 0) return;
  const put = [...marks].flatMap(([line, list]) =>
    !added.has(line) && isBlank(lines[line] ?? '') ? (judge(list, '') ?? []) : [],
  );
  const takers = groupsOf([...broken], ([line]) => (isBlank(oldLines[line] ?? '') ? '' : (oldLines[line] ?? '')));
  const takersOf = (text: string): readonly Author[] =>
    (takers.get(text) ?? []).map(([, provenance]) => authorOf(provenance));
  const putters = put.map(({ author }) => author);
  const ofBlanks = takersOf('');
  for (const line of open) {
    const takers = [...ofBlanks, ...takersOf(lines[line] ?? '')];
    if (takers.length > 0 && new Set([...putters, ...takers]).size === 1) added.set(line, put[0]);
  }
}

export function twinsOfRemoved(
  removed: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  broken: ReadonlyMap<number, Provenance>,
): void {
  const open = [...removed].filter(([, by]) => by === undefined).map(([line]) => line);
  if (open.length === 0) return;
  const twins = groupsOf(
    [...broken.keys()].filter((line) => !removed.has(line)),
    (line) => lines[line] ?? '',
  );
  assignTwins(open, lines, twins, (line, twin) => removed.set(line, single(broken.get(twin) ?? null)));
}

function groupsOf<T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** With more pairs of equal lines than this, nearest pairs are not computed: lines pair in order. */
const TWIN_PAIRS_AT_MOST = 100_000;

/** Each line gets a twin of its own; the pairs nearest to each other are matched first. */
function assignTwins(
  open: readonly number[],
  lines: readonly string[],
  twins: ReadonlyMap<string, readonly number[]>,
  assign: (line: number, twin: number) => void,
): void {
  const alike = groupsOf(
    open.filter((line) => twins.has(lines[line] ?? '')),
    (line) => lines[line] ?? '',
  );
  for (const [text, list] of alike) {
    const sameLines = twins.get(text) ?? [];
    const isFew = list.length * sameLines.length <= TWIN_PAIRS_AT_MOST;
    const pairs = list.flatMap((line, i) =>
      (isFew ? sameLines : sameLines.slice(i, i + 1)).map((twin) => ({ line, twin, apart: Math.abs(twin - line) })),
    );
    const done = new Set<number>();
    const used = new Set<number>();
    for (const { line, twin } of pairs.sort((a, b) => a.apart - b.apart)) {
      if (done.has(line) || used.has(twin)) continue;
      done.add(line);
      used.add(twin);
      assign(line, twin);
    }
  }
}
