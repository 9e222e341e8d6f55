/**
 * A commit of a part of a file: where lines that were changed are staged without those that they took the place of, git has the older
 * ones first and the newer ones behind them, though nobody moved a line. Pure.
 */
import { ORIGIN, Spans, splitLines, type Gap, type Plan, type Version } from '../../attribution';
import { runs, strandsIn, type Range } from './edit-scripts';

/**
 * How such a content came about from the commit before it, each line of which is in its old place. Undefined where its lines are not
 * those of the commit before and those of the work tree (`now`), both in their order; and where `version`, the content as it is
 * known, has the older lines in their places anyway.
 */
export function stagedPlan(version: Version, former: Version, now: string): Plan | undefined {
  const older = placesOf(former.text);
  const newer = splitLines(now);
  const known = new Set(older.map(({ line }) => line));
  const kept: Range[] = [];
  const gaps: Gap[] = [];
  let [next, nextNew, from, at, start] = [0, 0, 0, 0, 0];
  const close = (to: number, end: number): void => {
    if (to > from || end > start) gaps.push({ from, to, by: ORIGIN, fill: end > start ? [{ at: start, text: version.text.slice(start, end), by: ORIGIN }] : [] });
  };
  for (const line of splitLines(version.text)) {
    if (known.has(line)) {
      while (next < older.length && older[next]?.line !== line) next++;
      const place = older[next++];
      if (!place) return undefined;
      close(place.start, at);
      kept.push(place);
      from = place.end;
      start = at + line.length;
    } else {
      nextNew = newer.indexOf(line, nextNew) + 1;
      if (nextNew === 0) return undefined;
    }
    at += line.length;
  }
  close(former.text.length, version.text.length);
  const places = new Spans(runs(version, 'id'));
  const isMoved = strandsIn(former, kept).some((part) => places.cut(part.id, part.end - part.start).some(({ inside }) => !inside));
  return isMoved ? { on: former, text: version.text, gaps } : undefined;
}

/** The lines of a text and where they are. */
function placesOf(text: string): (Range & { readonly line: string })[] {
  let at = 0;
  return splitLines(text).map((line) => ({ line, start: at, end: (at += line.length) }));
}
