/** What an undo in an editor brings back stands in its old place again, by whoever wrote it there; what it takes out again is gone by whoever took it out there. Pure. */
import { isPut, isUnrecorded, splitGap, takenBy, textOf, type Gap, type Ink, type Strand, type Taken, type Version } from '../../attribution';
import { asTheyWere } from './restore-exact';
import { comesBack, touching, type Former, type KnownEdit } from './undo-edit';
import { partsOf, placeOf } from './locate-deleted';
import { goneIn } from '../replay/edit-scripts';
import type { KeptOperation } from '../store/record';
import { rewritten } from './restore-partial';

type Fill = Gap['fill'][number];

/**
 * The gaps of edits that are ascending and do not overlap. What came back and is not found again, or in several places by different
 * hands, is put in by `by`.
 */
export function gapsOfEdits(ink: Ink, on: Version, edits: readonly KnownEdit[], former: Former): Gap[] {
  const groups = touching(edits, (edit) => edit);
  const known = asTheyWere(ink, on, groups, former);
  const rest = groups.filter((group) => !known.has(group));
  const gaps = rest.flatMap((group) => (group.some(comesBack) ? besideUnseen(group, restored(ink, on, group) ?? rewritten(on, group) ?? group.map(gapOf), former) : group.map(gapOf)));
  const again = rest.flat().filter(({ from, to, back }) => back && to > from);
  return [...[...known.values()].flat(), ...(again.length === 0 ? gaps : goneAgain(on, gaps, again, former))].sort((a, b) => a.from - b.from);
}

/** Whether some of what comes back may be either of two texts that stood in its place, by different hands. `operations` are ascending. */
export function isAmbiguous(ink: Ink, on: Version, operations: readonly KeptOperation[]): boolean {
  let shift = 0;
  return operations.some(({ offset, deleted, inserted, back }) => {
    const start = offset - shift;
    shift += inserted.length - deleted;
    if (back === undefined || inserted === '') return false;
    const { gone, text } = goneBetween(ink, on, start, start + deleted);
    return text.includes(inserted) && placeOf(text, inserted, 0, gone, ink) === undefined;
  });
}

/** Gaps of edits that touch, in which what an undo takes out is nobody's where it brings back what nobody is known to have put in its place. */
function besideUnseen(group: readonly KnownEdit[], gaps: readonly Gap[], { nobody }: Former): readonly Gap[] {
  if (group.some(({ from, to, back }) => !back && to > from)) return gaps;
  const isUnseen = ({ fill }: Gap): boolean => fill.some((item) => isPut(item) && isUnrecorded(item.by.by) && /\S/.test(item.text));
  return gaps.map((gap) => (gap.to > gap.from && isUnseen(gap) ? { ...gap, by: nobody() } : gap));
}

/**
 * Gaps of which those of some edits are by whoever made them in the first of the former versions that has the most of it gone. Where
 * somebody else took out a part only, it is not known who took out what.
 */
function goneAgain(on: Version, gaps: readonly Gap[], again: readonly KnownEdit[], { versions, order, nobody }: Former): Gap[] {
  const takenIn = versions.map((version) => takenBy(on, version, order));
  const solid = (from: number, to: number): number => on.text.slice(from, to).replace(/\s/g, '').length;
  return gaps.flatMap((gap) => {
    if (!again.some(({ from, to }) => gap.from < to && from < gap.to)) return [gap];
    const found = takenIn.map((all) => {
      const taken = all.filter(({ from, to }) => from < gap.to && gap.from < to);
      return { taken, size: taken.reduce((sum, { from, to }) => sum + solid(Math.max(from, gap.from), Math.min(to, gap.to)), 0) };
    });
    const { taken, size } = found.reduce((most, one) => (one.size > most.size ? one : most), { taken: [] as readonly Taken[], size: 0 });
    const isOthers = size < solid(gap.from, gap.to) && taken.some(({ by }) => by.by?.author !== gap.by.by?.author);
    return isOthers ? [{ ...gap, by: nobody() }] : splitGap(gap, taken);
  });
}

const gapOf = ({ from, to, offset, inserted, by }: KnownEdit): Gap => ({ from, to, by, fill: inserted === '' ? [] : [{ at: offset, text: inserted, by }] });

/** The gap of edits that touch; undefined where nothing of it is found again. */
function restored(ink: Ink, on: Version, group: readonly KnownEdit[]): Gap[] | undefined {
  const [first] = group;
  const takers = group.filter(({ from, to }) => to > from);
  if (first === undefined || takers.length > 1) return undefined;
  const to = group.at(-1)?.to ?? first.to;
  const { gone, text } = goneBetween(ink, on, first.from, to);
  const fill: Fill[] = [];
  let after = 0;
  let isFound = false;
  for (const { offset, inserted, by, back } of group) {
    if (inserted === '') continue;
    const at = back ? placeOf(text, inserted, after, gone, ink) : undefined;
    if (back && at !== undefined) {
      fill.push(...partsOf(gone, at, at + inserted.length).map(({ id, length }) => ({ id, length, back, gone: null })));
      after = at + inserted.length;
      isFound = true;
    } else fill.push({ at: offset, text: inserted, by });
  }
  return isFound ? [{ from: first.from, to, by: (takers[0] ?? first).by, fill }] : undefined;
}

/** What is gone in a range of a version's text, and its text. */
function goneBetween(ink: Ink, on: Version, start: number, end: number): { readonly gone: readonly Strand[]; readonly text: string } {
  const gone = goneIn(on, { start, end });
  return { gone, text: textOf(ink, gone) };
}
