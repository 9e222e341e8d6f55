/**
 * A commit of part of a file. Where changed lines are staged without the removal of the lines they replace, git puts
 * the older ones first and the newer ones after them, though nobody moved a line. Pure.
 */
import { BASELINE, IntervalSet, splitLines, type WeaveHunk, type Patch, type Snapshot } from '../../authorship';
import { runs, spansIn, type Range } from './patches-spans-and-runs-of-versions';

/**
 * How such a content was made from the previous commit, with each of its lines in its old place. Undefined where its
 * lines are not those of the previous commit and of the work tree (`now`), each in order; and where `version`, the
 * content as known, has the older lines in their places anyway.
 */
export function stagedPatch(version: Snapshot, former: Snapshot, after: string): Patch | undefined {
  const older = placesOf(former.text);
  const newer = splitLines(after);
  const known = new Set(older.map(({ line }) => line));
  const ranges: Range[] = [];
  const hunks: WeaveHunk[] = [];
  let [next, nextNew, from, at, start] = [0, 0, 0, 0, 0];
  const close = (to: number, end: number): void => {
    if (to > from || end > start)
      hunks.push({
        from,
        to,
        by: BASELINE,
        items: end > start ? [{ at: start, text: version.text.slice(start, end), by: BASELINE }] : [],
      });
  };
  for (const line of splitLines(version.text)) {
    if (known.has(line)) {
      while (next < older.length && older[next]?.line !== line) next++;
      const place = older[next++];
      if (!place) return undefined;
      close(place.start, at);
      ranges.push(place);
      from = place.end;
      start = at + line.length;
    } else {
      nextNew = newer.indexOf(line, nextNew) + 1;
      if (nextNew === 0) return undefined;
    }
    at += line.length;
  }
  close(former.text.length, version.text.length);
  const places = new IntervalSet(runs(version, 'id'));
  const isMoved = spansIn(former, ranges).some((part) =>
    places.cut(part.id, part.end - part.start).some(({ inside }) => !inside),
  );
  return isMoved ? { on: former, text: version.text, hunks } : undefined;
}

function placesOf(text: string): (Range & { readonly line: string })[] {
  let at = 0;
  return splitLines(text).map((line) => ({ line, start: at, end: (at += line.length) }));
}
