/**
 * Finds text that was not written but moved or copied (rule 4 of DESIGN 1.3): lines that a change puts in and that were
 * cut somewhere by the same change, or that were known from elsewhere.
 *
 * Only what can't be there by chance counts: never a lone bracket or `return;`, but such a line goes with its
 * neighbours.
 */
import { equalRanges, refineLine } from '../diff/char-diff';
import { detachSlice, BASELINE, type Operation, type CharacterStore } from './character-store';
import { bagOf, commonOf, similarity, shareOf, type Bag } from '../diff/similarity';
import { isLong, marksOf } from '../diff/long-lines';
import { LIKENESS_STEPS, LONG_STEPS, Steps, wordSteps } from '../diff/steps';
import { isUnrecorded } from '../text/authored-text';
import type { Author } from '../types';
import { MIN_BLOCK_WEIGHT, isDistinctive, isImport, identifiesAlone, weight } from '../diff/tokens';
import { isInsertion, type Hunk, type Patch, type Insertion, type Span, type Snapshot } from './weave';

/** A text and the character store of its characters: a version, or a part of one. */
interface SpannedText {
  readonly text: string;
  readonly spans: readonly Pick<Span, 'id' | 'textOffset' | 'length' | 'deletedBy'>[];
}

/** A whole line of a text. */
interface Line {
  readonly version: SpannedText;
  readonly start: number;
  /** Behind its break. */
  readonly end: number;
  /** Without the white space around it. */
  readonly key: string;
  /** Where the key starts. */
  readonly from: number;
}

/** A line that was cut, in its run of lines cut together. */
interface CutLine extends Line {
  used: boolean;
  readonly previous: CutLine | undefined;
  next: CutLine | undefined;
}

/** A line that was put in. */
interface NewLine extends Line {
  readonly put: Insertion;
  /**
   * `alone`: it may be from one of several places with other lines beside it, so what stands beside it says nothing.
   */
  source: { readonly line: Line; readonly whole: boolean; readonly alone?: true } | undefined;
  /** It is in several places, and different people wrote those. */
  unclear: boolean;
  readonly previous: NewLine | undefined;
  next: NewLine | undefined;
}

/** Above this many places with the same line, none of them is looked at. */
const PLACES_AT_MOST = 16;
/**
 * Above this many characters put in by one change, it is taken for what somebody generated, and nothing of it for
 * moved.
 */
const TRACED_AT_MOST = 4_000_000;
/** Lines are matched word by word only in changes that put in no more than this many. */
const REWORDED_AT_MOST = 2_000;
const REWORDED_FROM = 0.5;
/**
 * Lines that are like each other by about half may be one that was copied and changed, and may be two: between these
 * nobody can say.
 */
const PERHAPS_COPIED_FROM = 0.4;
const COPIED_FROM = 0.6;
/**
 * As many lines on each side of a change are remembered with it: for copied brackets and reworded lines between lines
 * that tell where they come from.
 */
const EXCERPT_CONTEXT_LINES = 24;
/** Brackets and empty lines are looked for beside no more lines than this. */
const BESIDE_AT_MOST = 2_000;

/** What a line counts as in which several took part, first to last. */
const AUTHORS = ['ai', 'unknown', 'human'] as const;
const UNCLEAR = Symbol('unclear');

export class Moves {
  private readonly places = new Map<string, Line[]>();
  private readonly unread: Snapshot[] = [];

  /**
   * `present` gives the files as they are by now; `isOlder` tells of a place in the character store that a commit
   * before the change had it.
   */
  constructor(
    private readonly store: CharacterStore,
    private readonly present: () => Iterable<Snapshot> = () => [],
    private readonly isOlder: (place: number) => boolean = () => false,
  ) {}

  /**
   * Finds out for each text that the plans put in which parts of it have been somewhere before. Plans are of one
   * change. What is typed by an operation is no copy, whatever stands elsewhere.
   */
  trace(patches: readonly Patch[], isTyped: (operation: Operation) => boolean = () => false): void {
    if (patches.reduce((sum, patch) => sum + putIn(patch), 0) > TRACED_AT_MOST) return;
    const put = patches.flatMap((patch) => newLines(patch));
    if (!put.some((line) => weight(line.key) >= CUT_FROM)) return;
    const cut = patches.flatMap((patch) => cutLines(patch));
    matchCut(put, cut);
    // A line that is known as it is was not made from one that is only like it.
    const known = this.matchKnown(put, isTyped);
    this.matchBeside(put);
    reword(put, cut);
    for (const line of known) if (line.source?.whole && !line.source.alone) this.spreadReworded(line, line.source.line);
    const lines = new Map<Insertion, NewLine[]>();
    for (const line of [...put, ...patches.flatMap((patch) => this.unclearIn(patch, put, isTyped))]) {
      if (!line.source && !line.unclear) continue;
      const found = lines.get(line.put);
      if (found) found.push(line);
      else lines.set(line.put, [line]);
    }
    const steps = {
      words: new Steps(wordSteps(put.reduce((sum, { key }) => sum + key.length, 0))),
      long: new Steps(LONG_STEPS),
    };
    for (const [item, found] of lines)
      item.parts = this.partsOf(
        item,
        found.sort((a, b) => a.from - b.from),
        steps,
      );
  }

  /** Text that was there from the start. */
  know(version: Snapshot): void {
    if (version.text !== '') this.unread.push(version);
  }

  /** Remembers the lines that a change made. */
  learn(patch: Patch, version: Snapshot): void {
    if (putIn(patch) > TRACED_AT_MOST) return;
    let shift = 0;
    const made = patch.hunks.flatMap((hunk) => {
      const start = hunk.from + shift;
      const end =
        start +
        hunk.items.reduce(
          (sum, item) => sum + (isInsertion(item) ? item.text.length : item.deletedBy ? 0 : item.length),
          0,
        );
      shift = end - hunk.to;
      const beginsInLine = start > 0 && version.text[start - 1] !== '\n';
      // The line behind what was put in may have lost its beginning.
      const endsInLine = hunk.to > 0 && patch.on.text[hunk.to - 1] !== '\n';
      if (hunk.items.some(isInsertion)) return [{ start, end: endsInLine ? end + 1 : end }];
      return beginsInLine || endsInLine ? [{ start, end: start + 1 }] : [];
    });
    const [first] = made;
    const last = made.at(-1);
    if (!first || !last) return;
    const { at, part } = excerpt(version, first.start, last.end);
    // A line may have been changed in many places: it is learned once.
    let done = 0;
    for (const { start, end } of made)
      if (end - at > done) done = this.learnLines(part, Math.max(start - at, done), end - at);
  }

  /** Gives where the last of them ends. */
  private learnLines(version: SpannedText, from: number, to: number): number {
    const text = version.text;
    const stop = Math.min(to, text.length);
    let start = lineStart(text, from);
    while (start < stop) {
      const line = lineFrom(version, start);
      this.remember(line);
      start = line.end;
    }
    return start;
  }

  private remember(line: Line): void {
    if (weight(line.key) < MIN_BLOCK_WEIGHT) return;
    const list = this.places.get(line.key);
    if (!list) this.places.set(line.key, [line]);
    else if (list.length <= PLACES_AT_MOST) list.push(line);
  }

  /**
   * Tells of a line, without the white space around it, that it says where it comes from by itself and was somewhere
   * before, other than in a part of a version: what a line was before, or would be later, it is again when work comes
   * back.
   */
  isKnown(key: string, on: Snapshot, from: number, to: number): boolean {
    this.read();
    const places = this.places.get(key);
    if (!places || places.length > PLACES_AT_MOST || !isDistinctive(key)) return false;
    const own = storedRunsOf(on, from, to).filter((part) => /\S/.test(this.store.text(part.textOffset, part.length)));
    return !places.some((place) =>
      storedRunsOf(place.version, place.from, place.from + place.key.length).some((part) =>
        own.some((other) => isSamePlace(part, other)),
      ),
    );
  }

  private read(): void {
    for (const version of this.unread.splice(0)) this.learnLines(version, 0, version.text.length);
  }

  /** The places of a line do not all have the same lines beside them. */
  private hasOtherNeighbours(key: string): boolean {
    return (
      new Set(
        (this.places.get(key) ?? []).map((place) => `${lineBefore(place)?.key ?? ''}\n${lineAfter(place)?.key ?? ''}`),
      ).size > 1
    );
  }

  /** Finds lines that are known as they are; gives all that were looked for. */
  private matchKnown(put: readonly NewLine[], isTyped: (operation: Operation) => boolean): readonly NewLine[] {
    const open = put.filter((line) => !line.source && !isTyped(line.put.by) && weight(line.key) >= MIN_BLOCK_WEIGHT);
    if (open.length === 0) return open;
    this.read();
    for (const line of open) {
      if (line.source) continue;
      const source = this.known(line);
      if (source === UNCLEAR) line.unclear = true;
      else if (source && !inBlock(line, source) && this.hasOtherNeighbours(line.key))
        line.source = { line: source, whole: true, alone: true };
      else if (source) spread(line, source);
    }
    return open;
  }

  /**
   * A bracket or an empty line stands beside a line that was copied just as it does where that one is by now; when that
   * line was written it may not have been there yet.
   */
  private matchBeside(put: readonly NewLine[]): void {
    const light = put.filter((line) => !line.source && weight(line.key) < MIN_BLOCK_WEIGHT);
    const beside = light.flatMap(({ previous, next }) =>
      [previous, next].filter(
        (line) => line?.source?.whole === true && !line.source.alone && weight(line.key) >= MIN_BLOCK_WEIGHT,
      ),
    );
    if (beside.length === 0 || beside.length > BESIDE_AT_MOST) return;
    const present = [...this.present()];
    for (const line of new Set(beside)) {
      const now = line?.source && this.presentPlace(line.source.line, present);
      if (line && now) alongside(line, now, (a, b) => a.key === b.key && weight(a.key) < MIN_BLOCK_WEIGHT);
    }
  }

  /** Where a line is by now, all of it. */
  private presentPlace({ version, from, key }: Line, present: readonly Snapshot[]): Line | undefined {
    const [first] = storedRunsOf(version, from, from + key.length);
    for (const now of present) {
      const at = first && placeIn(now, first);
      const line = at === undefined ? undefined : lineFrom(now, lineStart(now.text, at));
      if (line?.from === at && line?.key === key) return line;
    }
    return undefined;
  }

  /**
   * The place that a line comes from, when there is one. It is unclear when its places are not all as much by people,
   * by AI or by nobody known, and where somebody else than its writer may have put the same in by chance.
   */
  private known(line: NewLine): Line | typeof UNCLEAR | undefined {
    const places = this.places.get(line.key);
    if (!places || places.length > PLACES_AT_MOST) return undefined;
    const last = places.at(-1);
    const tells = isDistinctive(line.key);
    if (!last || (!tells && !inBlock(line, last))) return undefined;
    const { by } = line.put.by;
    // A reason, or somebody's word, that is recorded with the text says more than where else it is.
    const isTold = by !== null && (by.author === 'unknown' ? !isUnrecorded(by) : by.evidence === 'declared');
    if (isTold && places.every((place) => this.isByNobodyKnown(place))) return undefined;
    // What is older is by whoever puts it in anew.
    const own = by?.author ?? 'unknown';
    const authors = new Set(places.map((place) => this.writer(place) ?? own));
    const isSure =
      isTold || (authors.size === 1 && authors.has(own)) || identifiesAlone(line.key) || inBlock(line, last);
    return authors.size === 1 && isSure ? last : tells ? UNCLEAR : undefined;
  }

  /**
   * What stands beside a line comes from beside its source too, when nothing else is known of it, with some words
   * changed.
   */
  private spreadReworded(line: NewLine, source: Line): void {
    alongside(line, source, (one, place) => {
      if (one.key === place.key) return true;
      const alike = Math.min(weight(one.key), weight(place.key)) < CUT_FROM ? 0 : similarity(place.key, one.key);
      if (alike >= COPIED_FROM) return true;
      if (alike < PERHAPS_COPIED_FROM) return false;
      const own = one.put.by.by?.author ?? 'unknown';
      if ((this.writer(place) ?? own) === own) return alike >= REWORDED_FROM;
      one.unclear = true;
      return true;
    });
  }

  private isByNobodyKnown({ version, from, key }: Line): boolean {
    return storedRunsOf(version, from, from + key.length).every(
      ({ textOffset }) => (this.store.insertedBy(textOffset).by?.author ?? 'unknown') === 'unknown',
    );
  }

  /**
   * What was put into a line that somebody has written since the records began, beside a line that was put in whole, if
   * that line is now as one that another wrote: it may have been put in from there, and not made from what it seems to
   * have been.
   */
  private unclearIn(patch: Patch, whole: readonly NewLine[], isTyped: (operation: Operation) => boolean): NewLine[] {
    if (whole.length === 0) return [];
    const edges = new Set(
      whole.flatMap(({ version, start, end }) => (version.text === patch.text ? [start, end] : [])),
    );
    return patch.hunks.flatMap((hunk) =>
      hunk.items.flatMap((put): NewLine[] => {
        if (!isInsertion(put) || put.parts || isTyped(put.by)) return [];
        const found = new Set(
          whole.flatMap((line) => (line.put === put && (line.source || line.unclear) ? [line.from] : [])),
        );
        return splitIn(patch.text, put).flatMap(([from, to]): NewLine[] => {
          const line = lineFrom({ text: patch.text, spans: [] }, from);
          // It may be a line by itself, and only its break somebody else's.
          if (found.has(line.from)) return [];
          const { start, end } = lineFrom(line.version, lineStart(patch.text, from));
          const { key } = lineFrom(line.version, start);
          if ((!edges.has(start) && !edges.has(end)) || !this.isByAnother(key, put, patch.on, hunk)) return [];
          return [
            {
              ...line,
              end: to,
              key: patch.text.slice(from, to).trim(),
              put,
              source: undefined,
              unclear: true,
              previous: undefined,
              next: undefined,
            },
          ];
        });
      }),
    );
  }

  private isByAnother(key: string, { by }: Insertion, on: Snapshot, { from, to }: Hunk): boolean {
    const places = this.places.get(key);
    if (!places || places.length > PLACES_AT_MOST || !isDistinctive(key)) return false;
    const start = lineStart(on.text, from);
    const end = lineFrom(on, to).end;
    if (
      ![...storedRunsOf(on, start, from), ...storedRunsOf(on, to, end)].some(
        ({ textOffset }) => this.store.insertedBy(textOffset) !== BASELINE,
      )
    )
      return false;
    const author = by.by?.author ?? 'unknown';
    return places.some((place) => (this.writer(place) ?? author) !== author);
  }

  /**
   * Whom a line would be told to be by, as rule 1 of DESIGN 1.3 has it; undefined when it was there before the records,
   * or before the change.
   */
  private writer({ version, from, key }: Line): Author | undefined {
    const births = storedRunsOf(version, from, from + key.length).flatMap(({ textOffset, length }) =>
      /\S/.test(this.store.text(textOffset, length)) && !this.isOlder(textOffset)
        ? [this.store.insertedBy(textOffset)]
        : [],
    );
    const authors = new Set(births.flatMap((birth) => (birth === BASELINE ? [] : [birth.by?.author ?? 'unknown'])));
    return AUTHORS.find((author) => authors.has(author));
  }

  /** A put text as parts with the character store of their sources; the rest is new. */
  private partsOf(
    insertion: Insertion,
    lines: readonly NewLine[],
    steps: Parameters<typeof refineLine>[2],
  ): { length: number; textOffset?: number }[] {
    const parts: { length: number; textOffset?: number }[] = [];
    let at = insertion.at;
    const end = insertion.at + insertion.text.length;
    const add = (to: number, source?: { readonly version: SpannedText; readonly from: number }): void => {
      const stop = Math.min(to, end);
      if (stop <= at) return;
      if (!source) parts.push({ length: stop - at });
      else parts.push(...storedRunsOf(source.version, source.from, source.from + (stop - at)));
      at = stop;
    };
    for (const { start, from, end: lineEnd, key, version, source, unclear } of lines) {
      if (unclear && source?.whole !== true) {
        add(from);
        parts.push({
          length: key.length,
          textOffset: this.store.add(key, { by: { author: 'unknown', reason: 'copied' }, order: insertion.by.order }),
        });
        at = from + key.length;
      }
      if (!source) continue;
      const { line, whole } = source;
      add(Math.max(start, insertion.at));
      const lead = line.version.text.slice(line.start, line.from) === version.text.slice(start, from);
      add(from, lead && at === start ? { version: line.version, from: line.start } : undefined);
      if (whole) add(from + key.length, { version: line.version, from: line.from });
      else {
        for (const same of equalRanges(refineLine(line.key, key, steps), line.key.length, key.length)) {
          add(from + same.newStart);
          add(from + same.newEnd, { version: line.version, from: line.from + same.oldStart });
        }
        add(from + key.length);
      }
      const tail =
        line.version.text.slice(line.from + line.key.length, line.end) ===
        version.text.slice(from + key.length, lineEnd);
      add(lineEnd, tail ? { version: line.version, from: line.from + line.key.length } : undefined);
    }
    add(end);
    return parts;
  }
}

/**
 * What of a version stands within so many lines of a range, without keeping the rest of it: a file has as many versions
 * as it had edits. `at`: where the part starts. A range that is most of a version is all of it.
 */
function excerpt(version: Snapshot, from: number, to: number): { readonly at: number; readonly part: SpannedText } {
  const { text } = version;
  let at = lineStart(text, from);
  for (let lines = 0; lines < EXCERPT_CONTEXT_LINES && at > 0; lines++) at = lineStart(text, at - 1);
  let end = to;
  for (let lines = 0; lines <= EXCERPT_CONTEXT_LINES && end < text.length; lines++)
    end = text.indexOf('\n', end) + 1 || text.length;
  if ((end - at) * 2 > text.length) return { at: 0, part: version };
  const spans: SpannedText['spans'][number][] = [];
  let start = 0;
  for (const { id, textOffset: textOffset, length, deletedBy: deletedBy } of version.spans) {
    if (deletedBy) continue;
    const cut = Math.max(at - start, 0);
    const stop = Math.min(length, end - start);
    if (stop > cut) spans.push({ id: id + cut, textOffset: textOffset + cut, length: stop - cut, deletedBy: null });
    start += length;
    if (start >= end) break;
  }
  return { at, part: { text: detachSlice(text.slice(at, end)), spans: spans } };
}

/** How many characters a plan puts in. */
const putIn = (patch: Patch): number =>
  patch.hunks.reduce(
    (sum, hunk) => sum + hunk.items.reduce((all, item) => all + (isInsertion(item) ? item.text.length : 0), 0),
    0,
  );

/** Where the line starts that a place in a text is in. */
const lineStart = (text: string, at: number): number => (at > 0 ? text.lastIndexOf('\n', at - 1) + 1 : 0);

function lineFrom(version: SpannedText, start: number): Line {
  const text = version.text;
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found + 1;
  const line = text.slice(start, end);
  const key = line.trim();
  return { version, start, end, key, from: key === '' ? end : start + (line.length - line.trimStart().length) };
}

/** The lines of a range whose words lie in it whole; of an empty line, its break. */
function wholeLines(version: SpannedText, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let start = firstWhole(version.text, from, to);
  while (start < to) {
    const line = lineFrom(version, start);
    const first = line.key === '' ? line.start : line.from;
    const last = line.key === '' ? line.end : line.from + line.key.length;
    if (first >= from && last <= to && last > first) lines.push(line);
    start = line.end;
  }
  return lines;
}

/**
 * Where the first line starts whose words may lie in a range whole; `to` where none does. A long line may hold
 * thousands of ranges, so it is not looked through for each.
 */
function firstWhole(text: string, from: number, to: number): number {
  let at = from;
  while (at > 0 && text[at - 1] !== '\n' && /\s/.test(text[at - 1] ?? '')) at--;
  if (at === 0 || text[at - 1] === '\n') return at;
  for (at = from; at < to; at++) if (text[at] === '\n') return at + 1;
  return to;
}

/** The parts of a text that is put in that lie in lines with others. */
function splitIn(text: string, { at, text: { length } }: Insertion): [number, number][] {
  const parts: [number, number][] = [];
  for (let from = at; from < at + length;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found + 1;
    const to = Math.min(end, at + length);
    const startsIn = from > 0 && text[from - 1] !== '\n';
    if ((startsIn || to < end) && /\S/.test(text.slice(from, to))) parts.push([from, to]);
    from = to;
  }
  return parts;
}

function newLines(patch: Patch): NewLine[] {
  const lines: NewLine[] = [];
  const version: SpannedText = { text: patch.text, spans: [] };
  for (const hunk of patch.hunks) {
    for (const put of hunk.items) {
      if (!isInsertion(put) || put.parts) continue;
      let previous: NewLine | undefined;
      for (const line of wholeLines(version, put.at, put.at + put.text.length)) {
        const next: NewLine = { ...line, put, source: undefined, unclear: false, previous, next: undefined };
        if (previous) previous.next = next;
        lines.push(next);
        previous = next;
      }
    }
  }
  return lines;
}

function cutLines(patch: Patch): CutLine[] {
  const lines: CutLine[] = [];
  for (const { from, to } of cutRanges(patch)) {
    let previous: CutLine | undefined;
    for (const line of wholeLines(patch.on, from, to)) {
      const next: CutLine = { ...line, used: false, previous, next: undefined };
      if (previous) previous.next = next;
      lines.push(next);
      previous = next;
    }
  }
  return lines;
}

/** What a plan takes away. A space that stays between two words that are gone holds no line together. */
function cutRanges({ on, hunks: hunks }: Patch): { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { from, to } of hunks) {
    const last = ranges.at(-1);
    if (last && !/[\S\n]/.test(on.text.slice(last.to, from))) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}

/** Lines that were cut and put in again as they were. */
function matchCut(put: readonly NewLine[], cut: readonly CutLine[]): void {
  const places = new Map<string, CutLine[]>();
  for (const line of cut) {
    if (weight(line.key) < CUT_FROM) continue;
    const list = places.get(line.key);
    if (list) list.push(line);
    else places.set(line.key, [line]);
  }
  for (const line of put) {
    if (line.source || weight(line.key) < CUT_FROM) continue;
    const list = places.get(line.key);
    if (!list || list.length > PLACES_AT_MOST * 4) continue;
    let best: CutLine | undefined;
    let longest = -1;
    for (const place of list) {
      if (place.used) continue;
      const length = run(line, place, 'next') + run(line, place, 'previous');
      if (length > longest) [best, longest] = [place, length];
    }
    if (!best) continue;
    for (const way of ['next', 'previous'] as const) {
      for (
        let a: NewLine | undefined = line, b: CutLine | undefined = best;
        a && b && sameKey(a, b) && (a === line || (!a.source && !b.used));
        a = a[way], b = b[way]
      ) {
        a.source = { line: b, whole: true };
        b.used = true;
      }
    }
  }
}

const sameKey = (a: Line, b: Line): boolean => a.key === b.key;

function run(line: NewLine, place: CutLine, way: 'next' | 'previous'): number {
  let length = 0;
  for (
    let a = line[way], b = place[way];
    a && b && sameKey(a, b) && !a.source && !b.used && length < 1_000;
    a = a[way], b = b[way]
  )
    length++;
  return length;
}

/** Lines that were cut and put in again with some words changed. */
function reword(put: readonly NewLine[], cut: readonly CutLine[]): void {
  const open = put.filter((line) => !line.source && weight(line.key) >= CUT_FROM);
  const left = cut.filter((line) => !line.used && weight(line.key) >= CUT_FROM);
  if (open.length === 0 || left.length === 0 || open.length > REWORDED_AT_MOST || left.length > REWORDED_AT_MOST)
    return;
  const byWord = new Map<string, CutLine[]>();
  for (const line of left) {
    for (const word of marksOf(line.key)) {
      const list = byWord.get(word);
      if (list) list.push(line);
      else byWord.set(word, [line]);
    }
  }
  const steps = new Steps(LIKENESS_STEPS);
  const bags = new Map<CutLine, Bag>();
  const pairs: { line: NewLine; place: CutLine; likeness: number }[] = [];
  for (const line of open) {
    const near = new Set<CutLine>();
    for (const word of marksOf(line.key)) {
      const list = byWord.get(word);
      if (list && list.length <= PLACES_AT_MOST) for (const place of list) near.add(place);
    }
    const bag = bagOf(line.key);
    for (const place of near) {
      const other = bags.get(place) ?? bagOf(place.key);
      bags.set(place, other);
      if (isLong(place.key) !== isLong(line.key) || !steps.take(other.counts.size)) continue;
      const alike = shareOf(commonOf(bag, other), bag, other);
      if (alike >= REWORDED_FROM) pairs.push({ line, place, likeness: alike });
    }
  }
  pairs.sort((a, b) => b.likeness - a.likeness);
  for (const { line, place } of pairs) {
    if (line.source || place.used) continue;
    line.source = { line: place, whole: false };
    place.used = true;
  }
}

/** From a line whose source is known to its neighbours: they come from there too when they are the same. */
function spread(line: NewLine, source: Line): void {
  line.source = { line: source, whole: true };
  alongside(line, source, (a, b) => a.key === b.key);
}

function alongside(line: NewLine, source: Line, isFrom: (line: NewLine, source: Line) => boolean): void {
  for (const [way, other] of [
    ['next', lineAfter],
    ['previous', lineBefore],
  ] as const) {
    for (let a = line[way], b = other(source); a && b && !a.source && isFrom(a, b); a = a[way], b = other(b))
      a.source = { line: b, whole: a.key === b.key };
  }
}

const lineAfter = (line: Line): Line | undefined =>
  line.end < line.version.text.length ? lineFrom(line.version, line.end) : undefined;
const lineBefore = (line: Line): Line | undefined =>
  line.start > 0 ? lineFrom(line.version, lineStart(line.version.text, line.start - 1)) : undefined;

/** A line that is nothing special by itself stands beside another one that was its neighbour before. */
function inBlock(line: NewLine, source: Line): boolean {
  const isBeside = (mine: Line | undefined, its: Line | undefined): boolean =>
    mine !== undefined && mine.key === its?.key && weight(mine.key) >= MIN_BLOCK_WEIGHT && !isImport(mine.key);
  return isBeside(line.next, lineAfter(source)) || isBeside(line.previous, lineBefore(source));
}

/**
 * From which weight on a line tells where it comes from: when it was cut by the same change; beside a neighbour; by
 * itself.
 */
const CUT_FROM = 3;

/**
 * The spans that are there: where in the text each starts, and its first character's place in the character store and
 * in the weave.
 */
interface Reader {
  readonly starts: number[];
  readonly textOffsets: number[];
  readonly ids: number[];
  readonly lengths: number[];
}

const readers = new WeakMap<SpannedText, Reader>();

/** A run of character store, and the id of its first character's place. */
interface StoredRun {
  readonly length: number;
  readonly textOffset: number;
  readonly id: number;
}

/** Characters of both are the same in the same place. Ids are of one file, so the character store tells files apart. */
const isSamePlace = (a: StoredRun, b: StoredRun): boolean =>
  a.id - b.id === a.textOffset - b.textOffset && a.id < b.id + b.length && b.id < a.id + a.length;

/** Where a version has the first character of a run in the same place; undefined where it has not. */
function placeIn(version: SpannedText, run: StoredRun): number | undefined {
  const { starts, textOffsets: inks, ids, lengths } = readerOf(version);
  const index = ids.findIndex(
    (id, i) => id - run.id === (inks[i] ?? 0) - run.textOffset && id <= run.id && run.id < id + (lengths[i] ?? 0),
  );
  return index < 0 ? undefined : (starts[index] ?? 0) + run.id - (ids[index] ?? 0);
}

function readerOf(version: SpannedText): Reader {
  let reader = readers.get(version);
  if (!reader) {
    reader = { starts: [], textOffsets: [], ids: [], lengths: [] };
    let at = 0;
    for (const span of version.spans) {
      if (span.deletedBy) continue;
      reader.starts.push(at);
      reader.textOffsets.push(span.textOffset);
      reader.ids.push(span.id);
      reader.lengths.push(span.length);
      at += span.length;
    }
    readers.set(version, reader);
  }
  return reader;
}

/** The character store of a range of a version's text. */
function storedRunsOf(version: SpannedText, from: number, to: number): StoredRun[] {
  const { starts, textOffsets: inks, ids, lengths } = readerOf(version);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= from) low = middle;
    else high = middle - 1;
  }
  const parts: StoredRun[] = [];
  for (let i = low, at = from; at < to && i < starts.length; i++) {
    const start = starts[i] ?? 0;
    const stop = Math.min(to, start + (lengths[i] ?? 0));
    if (stop <= at) continue;
    parts.push({ length: stop - at, textOffset: (inks[i] ?? 0) + (at - start), id: (ids[i] ?? 0) + (at - start) });
    at = stop;
  }
  return parts;
}
