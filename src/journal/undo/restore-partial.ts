/** What an undo in an editor writes anew, such as a line of which it saw that it was another one before. Pure. */
import { compare, type Gap, type Version } from '../../attribution';
import { comesBack, type KnownEdit } from './undo-edit';

type Fill = Gap['fill'][number];

/** The gaps of edits that touch, in which what an undo takes out and brings back in one go had stayed; undefined where it does not. */
export function rewritten(on: Version, group: readonly KnownEdit[]): Gap[] | undefined {
  const [taker, ...more] = group.filter(({ from, to }) => to > from);
  if (!taker?.back || more.length > 0) return undefined;
  const made = group.map((edit) => (comesBack(edit) ? edit.inserted : '')).join('');
  const old = on.text.slice(taker.from, taker.to);
  const gaps = compare(old, made).map(({ oldStart, oldEnd, newStart, newEnd }) => ({ start: newStart, end: newEnd, from: taker.from + oldStart, to: taker.from + oldEnd, by: taker.by, fill: [] as Fill[] }));
  let at = 0;
  for (const edit of group) {
    const { offset, inserted, by } = edit;
    const end = comesBack(edit) ? at + inserted.length : at;
    const put = (gap: (typeof gaps)[number], from: number, to: number): void => void gap.fill.push({ at: offset + from, text: inserted.slice(from, to), by });
    for (const gap of gaps) if (gap.start < end && at < gap.end) put(gap, Math.max(gap.start, at) - at, Math.min(gap.end, end) - at);
    if (end === at && inserted !== '') {
      const here = gaps.find((gap) => gap.start <= at && at <= gap.end);
      const before = gaps.findLast((gap) => gap.end < at);
      const place = before ? before.to + at - before.end : taker.from + at;
      const own = here ?? { start: at, end: at, from: place, to: place, by, fill: [] };
      if (!here) gaps.splice(before ? gaps.indexOf(before) + 1 : 0, 0, own);
      put(own, 0, inserted.length);
    }
    at = end;
  }
  return gaps.map(({ from, to, by, fill }) => ({ from, to, by, fill }));
}
