/** Who wrote the lines of one changed file, by what is known of its text. */
import {
  attributeLines,
  toRanges,
  type Attribution,
  type AuthoredText,
  type Provenance,
  rangeBy,
  UNKNOWN_AUTHOR,
} from '../../authorship';
import type { FileAttribution, LineRange } from '../../authorship/types';
import { isTraced } from '../../../base/debug-trace';
import { hasLines, isSpecial, type DiffFile } from '../../../git';
import { traceFile, traceLines } from './debug-trace-of-lines';

/** True for a change attributed line by line; any other change is a whole with one author. */
export const hasOwnLines = (file: DiffFile): boolean => hasLines(file) && !isSpecial(file) && file.hunks.length > 0;

/**
 * The attribution of one file: by the first of these texts, and by the others what it leaves unknown. `change`: the author
 * of a change without lines.
 */
export function attributeFile(
  file: DiffFile,
  texts: readonly (AuthoredText | undefined)[],
  change: Provenance,
): FileAttribution {
  const common = { path: file.path, from: file.from, status: file.status, binary: file.binary };
  if (!hasOwnLines(file)) {
    const by =
      toRanges([{ line: 1, by: { author: authorOf(change), edited: false, hand: change } }])[0] ?? unknownRange(1, 1);
    const lines = (side: 'old' | 'new'): LineRange[] =>
      file.hunks.flatMap((hunk) =>
        side === 'new' ? span(hunk.newStart, hunk.newEnd, by) : span(hunk.oldStart, hunk.oldEnd, by),
      );
    const { start: _start, end: _end, ...provenance } = by;
    const whole = { ...common, ranges: lines('new'), removed: lines('old'), change: provenance };
    traceFile(whole, 'as a whole');
    return whole;
  }
  const [text, ...others] = texts.filter((t) => t !== undefined);
  if (!text) {
    const unknown = {
      ...common,
      ranges: file.hunks.flatMap((h) => span(h.newStart, h.newEnd)),
      removed: file.hunks.flatMap((h) => span(h.oldStart, h.oldEnd)),
      change: null,
    };
    traceFile(unknown, 'no record names the file');
    return unknown;
  }
  const attribution = others.reduce(
    (known, other) => (isAllKnown(known) ? known : withKnown(known, attributeLines(other, file.hunks))),
    attributeLines(text, file.hunks),
  );
  if (isTraced()) traceLines(file.path, attribution);
  return { ...common, ranges: toRanges(attribution.added), removed: toRanges(attribution.removed), change: null };
}

const isAllKnown = ({ added, removed }: Attribution): boolean =>
  [...added, ...removed].every(({ by }) => by.author !== 'unknown');

/** Fills in what one attribution leaves unknown from the other. Both cover the same lines. */
function withKnown(first: Attribution, second: Attribution): Attribution {
  const both = (a: Attribution['added'], b: Attribution['added']): Attribution['added'] =>
    a.map((line, i) => (line.by.author === 'unknown' ? (b[i] ?? line) : line));
  return { added: both(first.added, second.added), removed: both(first.removed, second.removed) };
}

const authorOf = (provenance: Provenance): 'ai' | 'human' | 'unknown' =>
  provenance === null || provenance.evidence === 'inferred' ? 'unknown' : provenance.author;

const unknownRange = (start: number, end: number): LineRange => rangeBy(start, end, UNKNOWN_AUTHOR);

function span(start: number, end: number, like?: LineRange): LineRange[] {
  return end > start ? [{ ...(like ?? unknownRange(0, 0)), start: start + 1, end }] : [];
}
