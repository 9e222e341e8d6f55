/**
 * From characters to lines: who wrote each line that git calls added, and who removed each line that git calls removed.
 * The rules are those of DESIGN 1.3; their numbers stand beside them.
 *
 * git decides which lines changed (its hunks are given); the characters decide by whom.
 */
import {
  deletionsByLine,
  textHunksOf,
  alignToLineStart,
  type DeletedPart,
  type TextHunk,
  type Run,
} from '../text/hunks';
import { lineOf, lineStarts, splitLines, type LineHunk } from '../diff/line-diff';
import { isUnrecorded, sameWriter, type AuthoredText, type Provenance } from '../text/authored-text';
import type { Author, Counts, LineRange } from '../types';
import { isFormattingOnly } from '../diff/tokens';
import { joinRanges } from './line-ranges';

/** One line's author and the hand that it is shown with. */
export interface LineAuthor {
  readonly author: Author;
  readonly edited: boolean;
  readonly hand: Provenance;
}

export interface Attribution {
  readonly added: readonly { readonly line: number; readonly by: LineAuthor }[];
  readonly removed: readonly { readonly line: number; readonly by: LineAuthor }[];
}

/** Something that happened in a line: text put in, or text of the parent taken out. */
interface Mark {
  readonly hand: Provenance;
  readonly text: string;
}

interface BaseTouch {
  readonly line: number;
  /**
   * How many non-white characters of the base line stayed in the new line; a stayed line break weighs less than any.
   */
  readonly weight: number;
}

export const UNKNOWN_LINE: LineAuthor = { author: 'unknown', edited: false, hand: null };

/** The author that a hand counts as: a guess is not an author. */
const authorOf = (provenance: Provenance): Author =>
  provenance === null || provenance.evidence === 'inferred' ? 'unknown' : provenance.author;

/**
 * Authors of the changed lines. `hunks` are git's: 0-based, ends excluded, base lines and lines of `text.text`.
 * Lines in the result are 1-based.
 */
export function attributeLines(text: AuthoredText, hunks: readonly LineHunk[]): Attribution {
  const newLines = splitLines(text.text);
  const oldLines = splitLines(text.base);
  const { marks, touches } = readMarks(text, newLines, oldLines);
  const added = new Map<number, LineAuthor | undefined>();
  const removed = new Map<number, LineAuthor | undefined>();
  for (const hunk of hunks) {
    for (let line = hunk.newStart; line < hunk.newEnd; line++)
      added.set(line, judge(marks.get(line) ?? [], newLines[line] ?? ''));
    for (let line = hunk.oldStart; line < hunk.oldEnd; line++) removed.set(line, undefined);
  }
  partedFromOthers(added, newLines, text);
  const twins = twinsOfAdded(added, newLines, marks);
  const gone: ReadonlySet<string> = new Set([...removed.keys()].map((line) => oldLines[line] ?? ''));
  movedInstead(added, newLines, marks, gone);
  movedPastBlanks(added, newLines, marks, gone, oldLines, text.broken);

  const counterpart = new Map<number, { line: number; weight: number }>();
  for (const line of added.keys()) {
    for (const touch of touches.get(line) ?? []) {
      const known = counterpart.get(touch.line);
      if (!known || known.weight < touch.weight) counterpart.set(touch.line, { line, weight: touch.weight });
    }
  }
  for (const line of removed.keys()) {
    const partner = counterpart.get(line);
    // One that stayed where another one like it was put in went with others, not by who put that in.
    const byPartner = partner && !twins.has(partner.line) && added.get(partner.line);
    // Rule 3: a line with a counterpart has its author; without one, the first edit after which it no longer existed.
    if (byPartner) removed.set(line, byPartner);
    else if (text.broken.has(line)) removed.set(line, single(text.broken.get(line) ?? null));
  }
  twinsOfRemoved(removed, oldLines, text.broken);
  const stayed = [...counterpart].flatMap(([from, { line }]) =>
    removed.has(from) && !removed.get(from) && !added.get(line) ? [{ from, line }] : [],
  );
  for (const hunk of hunks) fillFromNeighbours(hunk, added, removed);
  for (const { from, line } of stayed) {
    const [away, here] = [removed.get(from), added.get(line)];
    // git tells of it as moved: whether by those above it here or those beside it there, nobody can say.
    if (!away || !here || away.author === here.author || [away, here].some(({ author }) => author === 'unknown'))
      continue;
    removed.set(from, UNKNOWN_LINE);
    added.set(line, UNKNOWN_LINE);
  }
  const list = (map: ReadonlyMap<number, LineAuthor | undefined>): { line: number; by: LineAuthor }[] =>
    [...map].sort((a, b) => a[0] - b[0]).map(([line, by]) => ({ line: line + 1, by: by ?? UNKNOWN_LINE }));
  return { added: list(added), removed: list(removed) };
}

const single = (provenance: Provenance): LineAuthor => ({
  author: authorOf(provenance),
  edited: false,
  hand: provenance,
});

/** Rules 1 and 2. Undefined when nothing new was found in the line. */
function judge(marks: readonly Mark[], line: string): LineAuthor | undefined {
  if (marks.length === 0) return undefined;
  const open = marks.filter((mark) => isUnrecorded(mark.hand));
  const neutral = open.length > 0 && open.every((mark) => isFormattingOnly(mark.text));
  const counted = neutral ? marks.filter((mark) => !isUnrecorded(mark.hand)) : marks;
  if (counted.length === 0) return UNKNOWN_LINE;
  const solid = counted.filter((mark) => /\S/.test(mark.text));
  // Whoever made the line, all that is said in it is nobody's.
  if (neutral && solid.length === 0 && solidLength(line) <= solidIn(open)) return UNKNOWN_LINE;
  const deciding = solid.length > 0 ? solid : counted;
  const authors = new Set(deciding.map((mark) => authorOf(mark.hand)));
  const author: Author = authors.has('ai') ? 'ai' : authors.has('unknown') ? 'unknown' : 'human';
  const main = mostOf(deciding.filter((mark) => authorOf(mark.hand) === author));
  const provenances = new Set(deciding.map((mark) => `${authorOf(mark.hand)} ${mark.hand?.assistant ?? ''}`));
  return { author, edited: provenances.size > 1, hand: main };
}

const solidLength = (text: string): number => text.replace(/\s/g, '').length;
const solidIn = (marks: readonly Mark[]): number => marks.reduce((sum, mark) => sum + solidLength(mark.text), 0);

function mostOf(marks: readonly Mark[]): Provenance {
  const sums: { hand: Provenance; size: number; last: number }[] = [];
  marks.forEach((mark, last) => {
    const size = solidLength(mark.text) + 0.001 * mark.text.length;
    const known = sums.find((sum) => sameWriter(sum.hand, mark.hand));
    if (known) {
      known.size += size;
      if ((mark.hand?.time ?? 0) >= (known.hand?.time ?? 0)) known.hand = mark.hand;
    } else sums.push({ hand: mark.hand, size, last });
  });
  // On a tie the later one (rule 1).
  sums.sort((a, b) => b.size - a.size || (b.hand?.time ?? 0) - (a.hand?.time ?? 0) || b.last - a.last);
  return sums[0]?.hand ?? null;
}

function readMarks(
  text: AuthoredText,
  newLines: readonly string[],
  oldLines: readonly string[],
): { marks: Map<number, Mark[]>; touches: Map<number, BaseTouch[]> } {
  const marks = new Map<number, Mark[]>();
  const touches = new Map<number, BaseTouch[]>();
  const starts = lineStarts(newLines);
  const baseStarts = lineStarts(oldLines);
  const put = (line: number, mark: Mark): void => {
    const list = marks.get(line);
    if (list) list.push(mark);
    else marks.set(line, [mark]);
  };
  const insert = (at: number, run: readonly Run[]): void => {
    let offset = at;
    for (const part of run) {
      for (let from = offset; from < offset + part.text.length;) {
        const line = lineOf(starts, from);
        const to = Math.min(offset + part.text.length, starts[line + 1] ?? Infinity);
        put(line, { hand: part.hand, text: text.text.slice(from, to) });
        from = to;
      }
      offset += part.text.length;
    }
  };
  for (const hunk of textHunksOf(text)) {
    const { run, at, goneFrom, goneTo } = alignToLineStart(text, hunk, starts, baseStarts);
    insert(at, run);
    if (goneTo > goneFrom) {
      const after = at + run.reduce((sum, part) => sum + part.text.length, 0);
      for (const part of deletionsByLine(text, goneFrom, goneTo)) {
        const line = lineOfDeletion(text, part, { goneFrom, goneTo, at, after }, starts);
        if (line === undefined) continue;
        put(line, { hand: part.hand, text: text.base.slice(part.start, part.end) });
        const baseLine = lineOf(baseStarts, part.start);
        const list = touches.get(line) ?? [];
        list.push({ line: baseLine, weight: 0.25 });
        touches.set(line, list);
      }
    }
  }
  readTouches(text, starts, baseStarts, touches);
  return { marks, touches };
}

function readTouches(
  text: AuthoredText,
  starts: readonly number[],
  baseStarts: readonly number[],
  touches: Map<number, BaseTouch[]>,
): void {
  let at = 0;
  for (const piece of text.pieces) {
    if (piece.base >= 0) {
      for (let from = at; from < at + piece.length;) {
        const line = lineOf(starts, from);
        const baseOffset = piece.base + (from - at);
        const baseLine = lineOf(baseStarts, baseOffset);
        const to = Math.min(
          at + piece.length,
          starts[line + 1] ?? Infinity,
          from + ((baseStarts[baseLine + 1] ?? Infinity) - baseOffset),
        );
        const stayed = text.text.slice(from, to);
        const solid = stayed.replace(/\s/g, '').length;
        const weight = solid + (stayed.endsWith('\n') ? 0.5 : 0);
        if (weight > 0) {
          const list = touches.get(line);
          const same = list?.find((touch) => touch.line === baseLine);
          if (list && same) list[list.indexOf(same)] = { line: baseLine, weight: same.weight + weight };
          else if (list) list.push({ line: baseLine, weight });
          else touches.set(line, [{ line: baseLine, weight }]);
        }
        from = to;
      }
    }
    at += piece.length;
  }
}

/** The range of the base that is gone, and what there is in its place in the text. */
interface Deletion extends Omit<TextHunk, 'run'> {
  readonly after: number;
}

/** The new line that deleted text was inside of; undefined for lines deleted whole. */
function lineOfDeletion(
  { base, text }: AuthoredText,
  { start, end, parted }: DeletedPart,
  { goneFrom, goneTo, at, after }: Deletion,
  starts: readonly number[],
): number | undefined {
  const was = base.slice(goneFrom, goneTo);
  const headEnd = was.includes('\n') ? goneFrom + was.indexOf('\n') + 1 : goneTo;
  const startsInside = goneFrom > 0 && base[goneFrom - 1] !== '\n';
  const tailStart = goneFrom + was.lastIndexOf('\n') + 1;
  const endsInside = goneTo < base.length && base[goneTo - 1] !== '\n';
  const head = startsInside && start < headEnd ? lineOf(starts, Math.max(0, at - 1)) : undefined;
  const tail = endsInside && end > tailStart && after < text.length ? lineOf(starts, after) : undefined;
  if (head !== undefined && (parted?.before !== true || head === tail)) return head;
  if (tail !== undefined && parted?.behind !== true) return tail;
  // It was in a line by itself, or in one with what others had put in.
  return (head ?? tail) === undefined || parted?.beside === undefined ? undefined : lineOf(starts, parted.beside);
}

/**
 * Rule 2 for the end of an older line that a line break was put into: nothing is new in it but that it stands alone.
 */
function partedFromOthers(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  { base, pieces }: AuthoredText,
): void {
  const open = new Set(
    [...added].filter(([line, by]) => by === undefined && /\S/.test(lines[line] ?? '')).map(([line]) => line),
  );
  if (open.size === 0) return;
  const lineOfStart = new Map(lineStarts(lines).map((start, line) => [start, line]));
  let at = 0;
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1];
    const line = lineOfStart.get(at);
    const wasWithinLine = piece.base > 0 && base[piece.base - 1] !== '\n';
    if (line !== undefined && open.has(line) && wasWithinLine && before && before.base < 0)
      added.set(line, judge([{ hand: before.by, text: '\n' }], lines[line] ?? ''));
    at += piece.length;
  });
}

/** Rule 5 for added lines: git marked a line that did not change, and not its twin that did. Gives those lines. */
function twinsOfAdded(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  marks: ReadonlyMap<number, readonly Mark[]>,
): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...added].filter(([, by]) => by === undefined).map(([line]) => line);
  if (open.length === 0) return found;
  const twins = groupsOf(
    [...marks].flatMap(([line, list]) => (added.has(line) || list.length === 0 ? [] : [line])),
    (line) => lines[line] ?? '',
  );
  assignTwins(open, lines, twins, (line, twin) => {
    const by = judge(marks.get(twin) ?? [], lines[twin] ?? '');
    if (!by) return;
    added.set(line, by);
    found.add(line);
  });
  return found;
}

/**
 * Lines that changed places with others: git says that these moved, the record that those did. Whoever moved those did
 * it.
 */
function movedInstead(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  marks: ReadonlyMap<number, readonly Mark[]>,
  removed: ReadonlySet<string>,
): void {
  const open = [...added]
    .filter(([line, by]) => by === undefined && removed.has(lines[line] ?? ''))
    .map(([line]) => line);
  if (open.length === 0) return;
  const moved: { readonly line: number; readonly by: LineAuthor | undefined }[] = [];
  for (const [line, list] of marks) {
    const length = solidLength(lines[line] ?? '');
    if (!added.has(line) && length > 0 && solidIn(list) >= length)
      moved.push({ line, by: judge(list, lines[line] ?? '') });
  }
  for (const line of open) {
    const nearest = moved.reduce(
      (best: (typeof moved)[number] | undefined, one) =>
        best && Math.abs(best.line - line) <= Math.abs(one.line - line) ? best : one,
      undefined,
    );
    if (nearest) added.set(line, nearest.by);
  }
}

/**
 * The same where these are blank lines, as far as one alone put some in and took some out: nothing says which of them
 * moved.
 */
function movedPastBlanks(
  added: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  marks: ReadonlyMap<number, readonly Mark[]>,
  removed: ReadonlySet<string>,
  oldLines: readonly string[],
  broken: ReadonlyMap<number, Provenance>,
): void {
  const isBlank = (text: string): boolean => text.trim() === '';
  const open = [...added]
    .filter(([line, by]) => by === undefined && !isBlank(lines[line] ?? '') && removed.has(lines[line] ?? ''))
    .map(([line]) => line);
  if (open.length === 0) return;
  const put = [...marks].flatMap(([line, list]) =>
    !added.has(line) && isBlank(lines[line] ?? '') ? (judge(list, '') ?? []) : [],
  );
  const takers = groupsOf([...broken], ([line]) => (isBlank(oldLines[line] ?? '') ? '' : (oldLines[line] ?? '')));
  const takersOf = (text: string): readonly Author[] =>
    (takers.get(text) ?? []).map(([, provenance]) => authorOf(provenance));
  const putters = put.map(({ author }) => author);
  const ofBlanks = takersOf('');
  for (const line of open) {
    const taken = [...ofBlanks, ...takersOf(lines[line] ?? '')];
    if (taken.length > 0 && new Set([...putters, ...taken]).size === 1) added.set(line, put[0]);
  }
}

function twinsOfRemoved(
  removed: Map<number, LineAuthor | undefined>,
  lines: readonly string[],
  broken: ReadonlyMap<number, Provenance>,
): void {
  const open = [...removed].filter(([, by]) => by === undefined).map(([line]) => line);
  if (open.length === 0) return;
  const twins = groupsOf(
    [...broken.keys()].filter((line) => !removed.has(line)),
    (line) => lines[line] ?? '',
  );
  assignTwins(open, lines, twins, (line, twin) => removed.set(line, single(broken.get(twin) ?? null)));
}

function groupsOf<T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Of more pairs of equal lines than these it is not asked which are the nearest: the first belongs to the first. */
const TWIN_PAIRS_AT_MOST = 100_000;

/** Each line has a twin of its own: those that are nearest to each other belong together first. */
function assignTwins(
  open: readonly number[],
  lines: readonly string[],
  twins: ReadonlyMap<string, readonly number[]>,
  assign: (line: number, twin: number) => void,
): void {
  const alike = groupsOf(
    open.filter((line) => twins.has(lines[line] ?? '')),
    (line) => lines[line] ?? '',
  );
  for (const [text, list] of alike) {
    const own = twins.get(text) ?? [];
    const isFew = list.length * own.length <= TWIN_PAIRS_AT_MOST;
    const pairs = list.flatMap((line, i) =>
      (isFew ? own : own.slice(i, i + 1)).map((twin) => ({ line, twin, apart: Math.abs(twin - line) })),
    );
    const done = new Set<number>();
    const taken = new Set<number>();
    for (const { line, twin } of pairs.sort((a, b) => a.apart - b.apart)) {
      if (done.has(line) || taken.has(twin)) continue;
      done.add(line);
      taken.add(twin);
      assign(line, twin);
    }
  }
}

/**
 * Rule 5, last resort: the nearest changed line of the hunk. Unknown where that may be one of two by different authors.
 */
function fillFromNeighbours(
  hunk: LineHunk,
  added: Map<number, LineAuthor | undefined>,
  removed: Map<number, LineAuthor | undefined>,
): void {
  const nearest = (
    map: ReadonlyMap<number, LineAuthor | undefined>,
    from: number,
    to: number,
    at: number,
  ): LineAuthor | undefined => {
    for (let d = 0; d < to - from; d++) {
      const [one, other] = [at - d, at + d].map((line) => (line >= from && line < to ? map.get(line) : undefined));
      if (one && other && one.author !== other.author) return UNKNOWN_LINE;
      if (one ?? other) return one ?? other;
    }
    return undefined;
  };
  const newOpen: [number, LineAuthor][] = [];
  const oldOpen: [number, LineAuthor][] = [];
  for (let line = hunk.newStart; line < hunk.newEnd; line++) {
    if (added.get(line)) continue;
    const by =
      nearest(added, hunk.newStart, hunk.newEnd, line) ??
      nearest(removed, hunk.oldStart, hunk.oldEnd, hunk.oldStart + (line - hunk.newStart));
    if (by) newOpen.push([line, by]);
  }
  for (let line = hunk.oldStart; line < hunk.oldEnd; line++) {
    if (removed.get(line)) continue;
    const by =
      nearest(removed, hunk.oldStart, hunk.oldEnd, line) ??
      nearest(added, hunk.newStart, hunk.newEnd, hunk.newStart + (line - hunk.oldStart));
    if (by) oldOpen.push([line, by]);
  }
  for (const [line, by] of newOpen) added.set(line, by);
  for (const [line, by] of oldOpen) removed.set(line, by);
}

/** Maximal runs of lines that belong together. */
export const toRanges = (lines: readonly { readonly line: number; readonly by: LineAuthor }[]): LineRange[] =>
  joinRanges(lines.map(({ line, by }) => rangeOf(line, by)));

function rangeOf(line: number, by: LineAuthor): LineRange {
  const known = by.author === 'unknown' ? null : by.hand;
  return {
    start: line,
    end: line,
    author: by.author,
    edited: by.edited,
    assistant: by.author === 'ai' ? (known?.assistant ?? 'unknown-assistant') : null,
    model: by.author === 'ai' ? (known?.model ?? null) : null,
    session: by.author === 'ai' ? (known?.session ?? null) : null,
    evidence: known?.evidence ?? null,
  };
}

export const NO_COUNTS: Counts = { ai: 0, human: 0, unknown: 0 };

/** How many lines the ranges hold, by author. */
export function countLines(ranges: readonly LineRange[]): Counts {
  const counts = { ai: 0, human: 0, unknown: 0 };
  for (const range of ranges) counts[range.author] += range.end - range.start + 1;
  return counts;
}

export const addCounts = (a: Counts, b: Counts): Counts => ({
  ai: a.ai + b.ai,
  human: a.human + b.human,
  unknown: a.unknown + b.unknown,
});
