/**
 * Text that an undo in an editor restores returns to its old place with its original writer; text that it removes again
 * is credited to whoever removed it before. Pure.
 */
import {
  isInsertion,
  isUnrecorded,
  splitHunk,
  deletedIn,
  textOf,
  type WeaveHunk,
  type CharacterStore,
  type Span,
  type DeletedRange,
  type Snapshot,
} from '../../authorship';
import { restoreExact } from './exactly-undone-parts';
import { isRestored, touching, type EarlierContent, type KnownEdit } from './editor-edits-and-earlier-contents';
import { partsOf, locateDeleted } from './locate-deleted-text';
import { deletedSpansIn } from '../replay/patches-spans-and-runs-of-versions';
import type { KeptOperation } from '../store/record-format';
import { restorePartial } from './partly-undone-parts';

type Fill = WeaveHunk['items'][number];

/**
 * The hunks of edits, which are ascending and do not overlap. Restored text that is not found, or is found in several
 * places by different authors, is inserted by `by`.
 */
export function hunksOfEdits(
  store: CharacterStore,
  on: Snapshot,
  edits: readonly KnownEdit[],
  former: EarlierContent,
): WeaveHunk[] {
  const groups = touching(edits, (edit) => edit);
  const known = restoreExact(store, on, groups, former);
  const rest = groups.filter((group) => !known.has(group));
  const hunks = rest.flatMap((group) =>
    group.some(isRestored)
      ? besideUnseen(group, restored(store, on, group) ?? restorePartial(on, group) ?? group.map(hunkOf), former)
      : group.map(hunkOf),
  );
  const again = rest.flat().filter(({ from, to, back: restoredBy }) => restoredBy && to > from);
  return [...[...known.values()].flat(), ...(again.length === 0 ? hunks : goneAgain(on, hunks, again, former))].sort(
    (a, b) => a.from - b.from,
  );
}

/**
 * Whether some restored text may be either of two texts that were at its place, by different authors. `operations` are
 * ascending.
 */
export function isAmbiguous(store: CharacterStore, on: Snapshot, operations: readonly KeptOperation[]): boolean {
  let shift = 0;
  return operations.some(({ offset, deleted, inserted, back }) => {
    const start = offset - shift;
    shift += inserted.length - deleted;
    if (back === undefined || inserted === '') return false;
    const { spans, text } = goneBetween(store, on, start, start + deleted);
    return text.includes(inserted) && locateDeleted(text, inserted, 0, spans, store) === undefined;
  });
}

/**
 * Hunks of touching edits, in which an undo's deletions have an unknown author where it restores unattributed text in
 * their place.
 */
function besideUnseen(
  group: readonly KnownEdit[],
  hunks: readonly WeaveHunk[],
  { nobody }: EarlierContent,
): readonly WeaveHunk[] {
  if (group.some(({ from, to, back: restoredBy }) => !restoredBy && to > from)) return hunks;
  const isUnseen = ({ items: fill }: WeaveHunk): boolean =>
    fill.some((item) => isInsertion(item) && isUnrecorded(item.by.by) && /\S/.test(item.text));
  return hunks.map((hunk) => (hunk.to > hunk.from && isUnseen(hunk) ? { ...hunk, by: nobody() } : hunk));
}

/**
 * Hunks in which repeated deletions are credited to whoever made them in the first of the earlier versions that has
 * most of them. Where somebody else deleted only a part, who deleted what is unknown.
 */
function goneAgain(
  on: Snapshot,
  hunks: readonly WeaveHunk[],
  again: readonly KnownEdit[],
  { versions, order, nobody }: EarlierContent,
): WeaveHunk[] {
  const takenIn = versions.map((version) => deletedIn(on, version, order));
  const solid = (from: number, to: number): number => on.text.slice(from, to).replace(/\s/g, '').length;
  return hunks.flatMap((hunk) => {
    if (!again.some(({ from, to }) => hunk.from < to && from < hunk.to)) return [hunk];
    const found = takenIn.map((all) => {
      const inHunk = all.filter(({ from, to }) => from < hunk.to && hunk.from < to);
      return {
        ranges: inHunk,
        size: inHunk.reduce((sum, { from, to }) => sum + solid(Math.max(from, hunk.from), Math.min(to, hunk.to)), 0),
      };
    });
    const { ranges, size } = found.reduce((most, one) => (one.size > most.size ? one : most), {
      ranges: [] as readonly DeletedRange[],
      size: 0,
    });
    const isOthers = size < solid(hunk.from, hunk.to) && ranges.some(({ by }) => by.by?.author !== hunk.by.by?.author);
    return isOthers ? [{ ...hunk, by: nobody() }] : splitHunk(hunk, ranges);
  });
}

const hunkOf = ({ from, to, offset, inserted, by }: KnownEdit): WeaveHunk => ({
  from,
  to,
  by,
  items: inserted === '' ? [] : [{ at: offset, text: inserted, by }],
});

/** The hunk of touching edits; undefined where none of it is found. */
function restored(store: CharacterStore, on: Snapshot, group: readonly KnownEdit[]): WeaveHunk[] | undefined {
  const [first] = group;
  const takers = group.filter(({ from, to }) => to > from);
  if (first === undefined || takers.length > 1) return undefined;
  const to = group.at(-1)?.to ?? first.to;
  const { spans, text } = goneBetween(store, on, first.from, to);
  const fill: Fill[] = [];
  let after = 0;
  let isFound = false;
  for (const { offset, inserted, by, back: restoredBy } of group) {
    if (inserted === '') continue;
    const at = restoredBy ? locateDeleted(text, inserted, after, spans, store) : undefined;
    if (restoredBy && at !== undefined) {
      fill.push(
        ...partsOf(spans, at, at + inserted.length).map(({ id, length }) => ({
          id,
          length,
          restoredBy,
          deletedBy: null,
        })),
      );
      after = at + inserted.length;
      isFound = true;
    } else fill.push({ at: offset, text: inserted, by });
  }
  return isFound ? [{ from: first.from, to, by: (takers[0] ?? first).by, items: fill }] : undefined;
}

/** The deleted spans in a range of a version's text, and their text. */
function goneBetween(
  store: CharacterStore,
  on: Snapshot,
  start: number,
  end: number,
): { readonly spans: readonly Span[]; readonly text: string } {
  const spans = deletedSpansIn(on, { start, end });
  return { spans, text: textOf(store, spans) };
}
