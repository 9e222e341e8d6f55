/**
 * Where a text with authors differs from its base: the hunks between carried runs, placed where a reader would place
 * them. Pure.
 */
import { lineOf } from './split-lines';
import { type AuthoredText } from './authored-text';
import { type Deletion, type SplitContext } from './pieces-and-deletions-of-text';
import { sameWriter, type Provenance } from './provenance-of-change';

export interface Run {
  readonly hand: Provenance;
  readonly text: string;
}

/** What lies between two carried runs: text inserted at `at`, and `[goneFrom, goneTo)` of the base deleted. */
export interface TextHunk {
  readonly at: number;
  readonly run: readonly Run[];
  readonly goneFrom: number;
  readonly goneTo: number;
}

export function textHunksOf(text: AuthoredText): TextHunk[] {
  const hunks: TextHunk[] = [];
  let at = 0;
  let base = 0;
  let start = 0;
  let run: Run[] = [];
  const close = (goneTo: number): void => {
    if (run.length > 0 || goneTo > base) hunks.push({ at: start, run, goneFrom: base, goneTo });
    run = [];
  };
  for (const piece of text.pieces) {
    if (piece.base >= 0) {
      close(piece.base);
      base = piece.base + piece.length;
      start = at + piece.length;
    } else {
      run.push({ hand: piece.by, text: text.text.slice(at, at + piece.length) });
    }
    at += piece.length;
  }
  close(text.base.length);
  return hunks;
}

const SLIDE_AT_MOST = 400;

/**
 * Several edits can give the same result: "break, word" typed at the end of a line is the line "word, break" inserted
 * below it. Chooses the one that starts at a line start, as git does; each line keeps the break that created it.
 */
export function alignToLineStart(
  text: AuthoredText,
  hunk: TextHunk,
  starts: readonly number[],
  baseStarts: readonly number[],
): TextHunk {
  const length = hunk.run.reduce((sum, part) => sum + part.text.length, 0);
  if (length > 0 && hunk.goneTo === hunk.goneFrom) {
    const atStart = (offset: number): boolean => starts[lineOf(starts, offset)] === offset;
    let by = 0;
    while (
      by < SLIDE_AT_MOST &&
      !atStart(hunk.at + by) &&
      hunk.at + by + length < text.text.length &&
      text.text[hunk.at + by] === text.text[hunk.at + by + length]
    )
      by++;
    if (by > 0 && atStart(hunk.at + by) && staysCarried(text, hunk.at + length, by))
      return {
        ...hunk,
        at: hunk.at + by,
        run: breaksBehind(hunk.run, text.text.slice(hunk.at, hunk.at + by)) ?? rotate(hunk.run, by),
        goneFrom: hunk.goneFrom + by,
        goneTo: hunk.goneTo + by,
      };
  }
  if (length === 0 && hunk.goneTo > hunk.goneFrom) {
    const atStart = (offset: number): boolean => baseStarts[lineOf(baseStarts, offset)] === offset;
    let by = 0;
    while (
      by < SLIDE_AT_MOST &&
      !atStart(hunk.goneFrom + by) &&
      hunk.goneTo + by < text.base.length &&
      text.base[hunk.goneFrom + by] === text.base[hunk.goneTo + by]
    )
      by++;
    if (by > 0 && atStart(hunk.goneFrom + by) && staysCarried(text, hunk.at, by))
      return { ...hunk, at: hunk.at + by, goneFrom: hunk.goneFrom + by, goneTo: hunk.goneTo + by };
  }
  return hunk;
}

/** True when the `count` characters from `at` on are one carried run, so that a slide crosses no other change. */
function staysCarried(text: AuthoredText, at: number, count: number): boolean {
  let offset = 0;
  for (const piece of text.pieces) {
    if (offset + piece.length > at) return piece.base >= 0 && at + count <= offset + piece.length;
    offset += piece.length;
  }
  return count === 0;
}

/** An inserted line: its text, and the break that was inserted before it. */
interface PutLine {
  readonly content: Run[];
  readonly before: Run;
}

/**
 * Rewrites lines that several authors inserted below another one so that each ends with its break. Each line preferably
 * gets the break of its own author, the one before it first; empty lines get the remaining ones. Undefined for a run
 * that does not begin with a break.
 */
function breaksBehind(run: readonly Run[], start: string): Run[] | undefined {
  if (
    !/^\r?\n$/.test(start) ||
    run[0]?.text.startsWith(start) !== true ||
    run.every(({ hand: provenance }) => sameWriter(provenance, run[0]?.hand ?? null))
  )
    return undefined;
  const lines: PutLine[] = [];
  for (const { hand: provenance, text } of run) {
    for (const [index, content] of text.split(start).entries()) {
      if (index > 0) lines.push({ content: [], before: { hand: provenance, text: start } });
      if (content !== '') lines.at(-1)?.content.push({ hand: provenance, text: content });
    }
  }
  const sources = new Map<PutLine, Run>();
  const free = new Set(lines.map(({ before }) => before));
  const take = (line: PutLine, former: Run | undefined): boolean => {
    if (former === undefined || !free.delete(former)) return false;
    sources.set(line, former);
    return true;
  };
  for (const [index, line] of lines.entries()) {
    const writer = line.content.find(({ text }) => /\S/.test(text));
    const isOwn = (former: Run | undefined): former is Run =>
      writer !== undefined && former !== undefined && sameWriter(former.hand, writer.hand);
    for (const neighbour of [line.before, lines[index + 1]?.before])
      if (isOwn(neighbour) && take(line, neighbour)) break;
  }
  for (const line of lines) if (!sources.has(line) && !take(line, line.before)) take(line, free.values().next().value);
  return lines.flatMap((line) => [...line.content, sources.get(line) ?? line.before]);
}

function rotate(run: readonly Run[], by: number): Run[] {
  const characters: Run[] = [];
  let offset = by % run.reduce((sum, part) => sum + part.text.length, 0);
  const tail: Run[] = [];
  for (const part of run) {
    const cut = Math.min(offset, part.text.length);
    if (cut > 0) tail.push({ hand: part.hand, text: part.text.slice(0, cut) });
    if (cut < part.text.length) characters.push({ hand: part.hand, text: part.text.slice(cut) });
    offset -= cut;
  }
  return [...characters, ...tail];
}

/** A deleted part of the base, within one line. */
export interface DeletedPart {
  readonly start: number;
  readonly end: number;
  readonly hand: Provenance;
  readonly parted: SplitContext | undefined;
}

export function deletionsByLine(text: AuthoredText, from: number, to: number): DeletedPart[] {
  const parts: DeletedPart[] = [];
  // A slid deletion takes the author recorded at the place it slid from.
  const covering: Deletion[] = [];
  for (let i = firstEndingAfter(text.deletions, from); i < text.deletions.length; i++) {
    const g = text.deletions[i];
    if (!g || g.start >= to) break;
    covering.push(g);
  }
  const add = (start: number, end: number, provenance: Provenance, parted?: SplitContext): void => {
    for (let at = start; at < end;) {
      const breakAt = text.base.slice(at, end).indexOf('\n');
      const stop = breakAt < 0 ? end : at + breakAt + 1;
      parts.push({ start: at, end: stop, hand: provenance, parted });
      at = stop;
    }
  };
  let at = from;
  for (const g of covering) {
    if (g.start > at) add(at, g.start, covering[0]?.by ?? null);
    add(Math.max(at, g.start), Math.min(to, g.end), g.by, g.parted);
    at = Math.max(at, Math.min(to, g.end));
  }
  if (at < to) add(at, to, covering.at(-1)?.by ?? null);
  return parts;
}

function firstEndingAfter(deletions: readonly Deletion[], offset: number): number {
  let low = 0;
  let high = deletions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((deletions[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
