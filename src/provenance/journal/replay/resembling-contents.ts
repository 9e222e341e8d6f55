/** Which contents of a file a given one more likely comes from. */
import { countLetters, diffLines, MIN_IDENTIFYING_LETTERS, splitLines, withoutFormatting } from '../../authorship';

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
