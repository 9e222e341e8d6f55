/**
 * A text without what one author did to it: as if that author had not been at work, with everybody else's changes as
 * they are. Pure.
 *
 * What that author deleted is known only where the base had it: text that somebody else inserted and this author
 * deleted does not come back.
 */
import { deletionsByLine, textHunksOf, alignToLineStart, type TextHunk, type Run } from './hunks-and-deletions-by-line';
import { lineOf, lineStarts, splitLines } from './split-lines';
import type { AuthoredText } from './authored-text';
import type { Replacement } from './edit-batches';
import type { Provenance } from './provenance-of-change';

export interface Undone {
  /** Ascending, without overlap. */
  readonly edits: readonly Replacement[];
  /**
   * Lines (1-based, both ends included, ascending) in which something of the author stays, because others changed them
   * too.
   */
  readonly kept: readonly { readonly start: number; readonly end: number }[];
}

export type AuthorFilter = (provenance: Provenance) => boolean;

/** The text without any of their characters, and with everything they deleted. */
export function withoutAuthor(text: AuthoredText, isTheirs: AuthorFilter): string {
  const edits = textHunksOf(text)
    .filter((hunk) => isTouched(text, hunk, isTheirs))
    .map((hunk): Replacement => ({
      offset: hunk.at,
      deleted: lengthOf(hunk),
      inserted:
        textOf(deletionsOf(text, hunk).filter(({ hand: provenance }) => isTheirs(provenance))) +
        othersIn(hunk.run, isTheirs, text.text.slice(hunk.at + lengthOf(hunk), hunk.at + lengthOf(hunk) + 2)),
    }));
  return replaced(text.text, edits);
}

/** What others inserted. A line of theirs that ends with the session's line break keeps it. `next`: what follows. */
function othersIn(run: readonly Run[], isTheirs: AuthorFilter, next: string): string {
  let text = '';
  run.forEach((part, index) => {
    const follows = run.slice(index).find(({ hand: provenance }) => !isTheirs(provenance))?.text ?? next;
    if (!isTheirs(part.hand)) text += part.text;
    else if (text !== '' && !text.endsWith('\n') && !/^\r?\n/.test(follows)) text += /\r?\n/.exec(part.text)?.[0] ?? '';
  });
  return text;
}

/** The edits that undo their changes, except in lines that others changed too: those stay as they are. */
export function revertEdits(text: AuthoredText, isTheirs: AuthorFilter): Undone {
  const lines = splitLines(text.text);
  const starts = lineStarts(lines);
  const baseStarts = lineStarts(splitLines(text.base));
  const hunks = textHunksOf(text)
    .flatMap((hunk) => parted(text, hunk, isTheirs))
    .map((hunk) => alignToLineStart(text, hunk, starts, baseStarts));
  const edits: Replacement[] = [];
  const ranges: { start: number; end: number }[] = [];
  const keep = (start: number, end: number): void => {
    const last = ranges.at(-1);
    if (last && last.end >= start) ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, end + 1) };
    else ranges.push({ start: start + 1, end: end + 1 });
  };
  for (const cluster of clustersOf(text, hunks, starts)) {
    if (!cluster.hunks.some((hunk) => isTouched(text, hunk, isTheirs))) continue;
    if (cluster.hunks.every((hunk) => isOnly(text, hunk, isTheirs)))
      edits.push(
        ...cluster.hunks.map((hunk) => ({
          offset: hunk.at,
          deleted: lengthOf(hunk),
          inserted: text.base.slice(hunk.goneFrom, hunk.goneTo),
        })),
      );
    else if (cluster.hunks.some((hunk) => hunk.goneTo > hunk.goneFrom)) keep(cluster.first, cluster.last);
    else
      for (const hunk of joined(cluster.hunks))
        takeOutLines(
          hunk,
          starts,
          isTheirs,
          (start, end) => edits.push({ offset: start, deleted: end - start, inserted: '' }),
          keep,
        );
  }
  return { edits, kept: ranges };
}

/** The text after replacements, as {@link Undone} has them. */
export function replaced(text: string, edits: readonly Replacement[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { offset, deleted, inserted } of edits) {
    parts.push(text.slice(at, offset), inserted);
    at = offset + deleted;
  }
  return [...parts, text.slice(at)].join('');
}

const lengthOf = ({ run }: TextHunk): number => run.reduce((sum, { text }) => sum + text.length, 0);

const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

const deletionsOf = (text: AuthoredText, { goneFrom, goneTo }: TextHunk): Run[] =>
  deletionsByLine(text, goneFrom, goneTo).map(({ start, end, hand: provenance }) => ({
    hand: provenance,
    text: text.base.slice(start, end),
  }));

const provenancesOf = (text: AuthoredText, hunk: TextHunk): Provenance[] =>
  [...hunk.run, ...deletionsOf(text, hunk)].map(({ hand: provenance }) => provenance);

const isTouched = (text: AuthoredText, hunk: TextHunk, isTheirs: AuthorFilter): boolean =>
  provenancesOf(text, hunk).some(isTheirs);

const isOnly = (text: AuthoredText, hunk: TextHunk, isTheirs: AuthorFilter): boolean =>
  provenancesOf(text, hunk).every(isTheirs);

/** Splits off lines that others inserted right before or behind what these authors changed, as hunks of their own. */
function parted(text: AuthoredText, hunk: TextHunk, isTheirs: AuthorFilter): TextHunk[] {
  const { at, run, goneFrom, goneTo } = hunk;
  const withinLine = at > 0 && text.text[at - 1] !== '\n';
  if (
    goneFrom === goneTo ? !withinLine : !deletionsOf(text, hunk).every(({ hand: provenance }) => isTheirs(provenance))
  )
    return [hunk];
  const first = run.findIndex(({ hand: provenance }) => !isTheirs(provenance));
  const last = run.findLastIndex(({ hand: provenance }) => !isTheirs(provenance));
  const head = run.slice(0, first);
  if (first > 0 && (/^\r?\n/.test(run[first]?.text ?? '') || textOf(head).endsWith('\n'))) {
    return [
      { at, run: head, goneFrom, goneTo },
      { at: at + textOf(head).length, run: run.slice(first), goneFrom: goneTo, goneTo },
    ];
  }
  const front = run.slice(0, last + 1);
  if (last >= 0 && last < run.length - 1 && textOf(front).endsWith('\n')) {
    return [
      { at, run: front, goneFrom, goneTo: goneFrom },
      { at: at + textOf(front).length, run: run.slice(last + 1), goneFrom, goneTo },
    ];
  }
  return [hunk];
}

/** Joins adjacent hunks of inserted text. */
function joined(hunks: readonly TextHunk[]): TextHunk[] {
  const all: TextHunk[] = [];
  for (const hunk of hunks) {
    const last = all.at(-1);
    if (last && last.at + lengthOf(last) === hunk.at)
      all[all.length - 1] = { ...last, run: [...last.run, ...hunk.run], goneTo: hunk.goneTo };
    else all.push(hunk);
  }
  return all;
}

/** Hunks that share lines. `first` and `last` are 0-based line numbers. */
interface Cluster {
  readonly hunks: TextHunk[];
  first: number;
  last: number;
}

function clustersOf(text: AuthoredText, hunks: readonly TextHunk[], starts: readonly number[]): Cluster[] {
  const clusters: Cluster[] = [];
  let open: Cluster | undefined;
  for (const hunk of hunks) {
    const lines = linesOf(text, hunk, starts);
    if (lines && open && lines.first <= open.last) {
      open.hunks.push(hunk);
      open.last = Math.max(open.last, lines.last);
      continue;
    }
    const where = lineOf(starts, hunk.at);
    const cluster = { hunks: [hunk], first: lines?.first ?? where, last: lines?.last ?? where };
    clusters.push(cluster);
    // A hunk that deletes whole lines lies in none of the remaining lines.
    if (lines) open = cluster;
  }
  return clusters;
}

/** The lines of the current text that a hunk changed; undefined where it only removed whole lines. */
function linesOf(
  { base, text }: AuthoredText,
  hunk: TextHunk,
  starts: readonly number[],
): { readonly first: number; readonly last: number } | undefined {
  const after = hunk.at + lengthOf(hunk);
  const hasRemoved = hunk.goneTo > hunk.goneFrom;
  const places = [
    ...(after > hunk.at ? [hunk.at, after - 1] : []),
    ...(hasRemoved && hunk.at > 0 && hunk.goneFrom > 0 && base[hunk.goneFrom - 1] !== '\n' ? [hunk.at - 1] : []),
    ...(hasRemoved && after < text.length && hunk.goneTo < base.length && base[hunk.goneTo - 1] !== '\n'
      ? [after]
      : []),
  ].map((offset) => lineOf(starts, offset));
  return places.length === 0 ? undefined : { first: Math.min(...places), last: Math.max(...places) };
}

/** For a pure insertion: their whole lines are removed, and lines that others also worked on stay. */
function takeOutLines(
  { at, run }: TextHunk,
  starts: readonly number[],
  isTheirs: AuthorFilter,
  take: (start: number, end: number) => void,
  keep: (first: number, last: number) => void,
): void {
  const end = at + textOf(run).length;
  for (let line = lineOf(starts, at); line < starts.length - 1 && (starts[line] ?? end) < end; line++) {
    const from = starts[line] ?? 0;
    const to = starts[line + 1] ?? end;
    const within = partsBetween(run, from - at, to - at);
    const solid = within.filter(({ text }) => /\S/.test(text));
    const deciding = solid.length > 0 ? solid : within;
    if (!deciding.some(({ hand: provenance }) => isTheirs(provenance))) continue;
    if (from >= at && to <= end && deciding.every(({ hand: provenance }) => isTheirs(provenance))) take(from, to);
    else keep(line, line);
  }
}

function partsBetween(run: readonly Run[], start: number, end: number): Run[] {
  let at = 0;
  return run.flatMap(({ hand: provenance, text }): Run[] => {
    const cut = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    at += text.length;
    return cut === '' ? [] : [{ hand: provenance, text: cut }];
  });
}
