/**
 * A text without what one hand did to it: as if it had not been at work, with everybody else's changes as they are. Pure.
 *
 * What that hand took away is known only where the base had it: text that somebody else put in, and this hand took out, does not come back.
 */
import { deletedParts, gapsOf, slide, type Gap, type Run } from './hunks';
import { lineOf, lineStarts, splitLines } from '../diff/line-diff';
import type { AuthoredText, Hand } from './authored-text';

/** Replaces `deleted` characters at `offset` (UTF-16 code units, counted in the text as it is) by `inserted`. */
export interface Replacement {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

export interface Undone {
  /** Ascending, without overlap. */
  readonly edits: readonly Replacement[];
  /** Lines (from 1, both ends included, ascending) in which something of the hand stays, because others changed them too. */
  readonly kept: readonly { readonly start: number; readonly end: number }[];
}

export type IsTheirs = (hand: Hand) => boolean;

/** Without any of their characters, and with all that they took away. */
export function withoutHand(text: AuthoredText, isTheirs: IsTheirs): string {
  const edits = gapsOf(text).filter((gap) => isTouched(text, gap, isTheirs)).map((gap): Replacement => ({
    offset: gap.at,
    deleted: lengthOf(gap),
    inserted: textOf(goneOf(text, gap).filter(({ hand }) => isTheirs(hand))) + othersIn(gap.run, isTheirs, text.text.slice(gap.at + lengthOf(gap), gap.at + lengthOf(gap) + 2)),
  }));
  return replaced(text.text, edits);
}

/** What others put in. A line of theirs that ends with the session's line break keeps it. `next`: what follows. */
function othersIn(run: readonly Run[], isTheirs: IsTheirs, next: string): string {
  let text = '';
  run.forEach((part, index) => {
    const follows = run.slice(index).find(({ hand }) => !isTheirs(hand))?.text ?? next;
    if (!isTheirs(part.hand)) text += part.text;
    else if (text !== '' && !text.endsWith('\n') && !/^\r?\n/.test(follows)) text += /\r?\n/.exec(part.text)?.[0] ?? '';
  });
  return text;
}

/** What to do to the text so that their changes are undone, but for lines that others changed too: those stay as they are. */
export function undoOf(text: AuthoredText, isTheirs: IsTheirs): Undone {
  const lines = splitLines(text.text);
  const starts = lineStarts(lines);
  const baseStarts = lineStarts(splitLines(text.base));
  const gaps = gapsOf(text).flatMap((gap) => parted(text, gap, isTheirs)).map((gap) => slide(text, gap, starts, baseStarts));
  const edits: Replacement[] = [];
  const kept: { start: number; end: number }[] = [];
  const keep = (start: number, end: number): void => {
    const last = kept.at(-1);
    if (last && last.end >= start) kept[kept.length - 1] = { start: last.start, end: Math.max(last.end, end + 1) };
    else kept.push({ start: start + 1, end: end + 1 });
  };
  for (const cluster of clustersOf(text, gaps, starts)) {
    if (!cluster.gaps.some((gap) => isTouched(text, gap, isTheirs))) continue;
    if (cluster.gaps.every((gap) => isOnly(text, gap, isTheirs))) edits.push(...cluster.gaps.map((gap) => ({ offset: gap.at, deleted: lengthOf(gap), inserted: text.base.slice(gap.goneFrom, gap.goneTo) })));
    else if (cluster.gaps.some((gap) => gap.goneTo > gap.goneFrom)) keep(cluster.first, cluster.last);
    else for (const gap of joined(cluster.gaps)) takeOutLines(gap, starts, isTheirs, (start, end) => edits.push({ offset: start, deleted: end - start, inserted: '' }), keep);
  }
  return { edits, kept };
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

const lengthOf = ({ run }: Gap): number => run.reduce((sum, { text }) => sum + text.length, 0);

const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

const goneOf = (text: AuthoredText, { goneFrom, goneTo }: Gap): Run[] => deletedParts(text, goneFrom, goneTo).map(({ start, end, hand }) => ({ hand, text: text.base.slice(start, end) }));

const handsOf = (text: AuthoredText, gap: Gap): Hand[] => [...gap.run, ...goneOf(text, gap)].map(({ hand }) => hand);

const isTouched = (text: AuthoredText, gap: Gap, isTheirs: IsTheirs): boolean => handsOf(text, gap).some(isTheirs);

const isOnly = (text: AuthoredText, gap: Gap, isTheirs: IsTheirs): boolean => handsOf(text, gap).every(isTheirs);

/** Lines that others put in right before or behind what they changed have a gap of their own. */
function parted(text: AuthoredText, gap: Gap, isTheirs: IsTheirs): Gap[] {
  const { at, run, goneFrom, goneTo } = gap;
  const withinLine = at > 0 && text.text[at - 1] !== '\n';
  if (goneFrom === goneTo ? !withinLine : !goneOf(text, gap).every(({ hand }) => isTheirs(hand))) return [gap];
  const first = run.findIndex(({ hand }) => !isTheirs(hand));
  const last = run.findLastIndex(({ hand }) => !isTheirs(hand));
  const head = run.slice(0, first);
  if (first > 0 && (/^\r?\n/.test(run[first]?.text ?? '') || textOf(head).endsWith('\n'))) {
    return [{ at, run: head, goneFrom, goneTo }, { at: at + textOf(head).length, run: run.slice(first), goneFrom: goneTo, goneTo }];
  }
  const front = run.slice(0, last + 1);
  if (last >= 0 && last < run.length - 1 && textOf(front).endsWith('\n')) {
    return [{ at, run: front, goneFrom, goneTo: goneFrom }, { at: at + textOf(front).length, run: run.slice(last + 1), goneFrom, goneTo }];
  }
  return [gap];
}

/** Makes one of gaps of put-in text that follow each other at once. */
function joined(gaps: readonly Gap[]): Gap[] {
  const all: Gap[] = [];
  for (const gap of gaps) {
    const last = all.at(-1);
    if (last && last.at + lengthOf(last) === gap.at) all[all.length - 1] = { ...last, run: [...last.run, ...gap.run], goneTo: gap.goneTo };
    else all.push(gap);
  }
  return all;
}

/** Gaps that share lines. `first`, `last`: lines from 0. */
interface Cluster {
  readonly gaps: Gap[];
  first: number;
  last: number;
}

function clustersOf(text: AuthoredText, gaps: readonly Gap[], starts: readonly number[]): Cluster[] {
  const clusters: Cluster[] = [];
  let open: Cluster | undefined;
  for (const gap of gaps) {
    const lines = linesOf(text, gap, starts);
    if (lines && open && lines.first <= open.last) {
      open.gaps.push(gap);
      open.last = Math.max(open.last, lines.last);
      continue;
    }
    const where = lineOf(starts, gap.at);
    const cluster = { gaps: [gap], first: lines?.first ?? where, last: lines?.last ?? where };
    clusters.push(cluster);
    // A gap that takes whole lines away is in none that is left.
    if (lines) open = cluster;
  }
  return clusters;
}

/** The lines that a gap changed within the text as it is; undefined where whole lines were taken away and nothing else. */
function linesOf({ base, text }: AuthoredText, gap: Gap, starts: readonly number[]): { readonly first: number; readonly last: number } | undefined {
  const after = gap.at + lengthOf(gap);
  const gone = gap.goneTo > gap.goneFrom;
  const places = [
    ...(after > gap.at ? [gap.at, after - 1] : []),
    ...(gone && gap.at > 0 && gap.goneFrom > 0 && base[gap.goneFrom - 1] !== '\n' ? [gap.at - 1] : []),
    ...(gone && after < text.length && gap.goneTo < base.length && base[gap.goneTo - 1] !== '\n' ? [after] : []),
  ].map((offset) => lineOf(starts, offset));
  return places.length === 0 ? undefined : { first: Math.min(...places), last: Math.max(...places) };
}

/** Of text that was only put in: whole lines of theirs go, and those stay in which others have a hand. */
function takeOutLines({ at, run }: Gap, starts: readonly number[], isTheirs: IsTheirs, take: (start: number, end: number) => void, keep: (first: number, last: number) => void): void {
  const end = at + textOf(run).length;
  for (let line = lineOf(starts, at); line < starts.length - 1 && (starts[line] ?? end) < end; line++) {
    const from = starts[line] ?? 0;
    const to = starts[line + 1] ?? end;
    const within = partsBetween(run, from - at, to - at);
    const solid = within.filter(({ text }) => /\S/.test(text));
    const deciding = solid.length > 0 ? solid : within;
    if (!deciding.some(({ hand }) => isTheirs(hand))) continue;
    if (from >= at && to <= end && deciding.every(({ hand }) => isTheirs(hand))) take(from, to);
    else keep(line, line);
  }
}

function partsBetween(run: readonly Run[], start: number, end: number): Run[] {
  let at = 0;
  return run.flatMap(({ hand, text }): Run[] => {
    const cut = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    at += text.length;
    return cut === '' ? [] : [{ hand, text: cut }];
  });
}
