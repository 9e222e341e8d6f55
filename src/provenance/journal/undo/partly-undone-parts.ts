/** What an undo in an editor rewrites, such as a line that the editor recorded as replaced by another one. Pure. */
import { diffChars, type WeaveHunk, type Snapshot } from '../../authorship';
import { isRestored, type KnownEdit } from './editor-edits-and-earlier-contents';

type Fill = WeaveHunk['items'][number];

/**
 * The hunks of touching edits, without the text that an undo removes and restores in one step: that had stayed.
 * Undefined where this does not apply.
 */
export function restorePartial(on: Snapshot, group: readonly KnownEdit[]): WeaveHunk[] | undefined {
  const [taker, ...more] = group.filter(({ from, to }) => to > from);
  if (!taker?.back || more.length > 0) return undefined;
  const made = group.map((edit) => (isRestored(edit) ? edit.inserted : '')).join('');
  const old = on.text.slice(taker.from, taker.to);
  const hunks = diffChars(old, made).map(({ oldStart, oldEnd, newStart, newEnd }) => ({
    start: newStart,
    end: newEnd,
    from: taker.from + oldStart,
    to: taker.from + oldEnd,
    by: taker.by,
    items: [] as Fill[],
  }));
  let at = 0;
  for (const edit of group) {
    const { offset, inserted, by } = edit;
    const end = isRestored(edit) ? at + inserted.length : at;
    const put = (hunk: (typeof hunks)[number], from: number, to: number): void =>
      void hunk.items.push({ at: offset + from, text: inserted.slice(from, to), by });
    for (const hunk of hunks)
      if (hunk.start < end && at < hunk.end) put(hunk, Math.max(hunk.start, at) - at, Math.min(hunk.end, end) - at);
    if (end === at && inserted !== '') {
      const here = hunks.find((hunk) => hunk.start <= at && at <= hunk.end);
      const before = hunks.findLast((hunk) => hunk.end < at);
      const place = before ? before.to + at - before.end : taker.from + at;
      const around = here ?? { start: at, end: at, from: place, to: place, by, items: [] };
      if (!here) hunks.splice(before ? hunks.indexOf(before) + 1 : 0, 0, around);
      put(around, 0, inserted.length);
    }
    at = end;
  }
  return hunks.map(({ from, to, by, items }) => ({ from, to, by, items }));
}
