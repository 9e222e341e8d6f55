/**
 * Finds text that was not written but moved or copied (rule 4 of DESIGN 1.3): lines that a change puts in and that were
 * cut somewhere by the same change, or that were known from elsewhere.
 *
 * Only what can't be there by chance counts: never a lone bracket or `return;`, but such a line goes with its
 * neighbours.
 */
import { equalRanges } from '../diff/char-diff';
import { refineLine } from '../diff/word-diff';
import { BASELINE, type Operation, type CharacterStore } from './character-store';
import { similarity } from '../diff/similarity';
import { LONG_STEPS, Steps, wordSteps } from '../diff/steps';
import { isUnrecorded } from '../text/provenance';
import type { Author } from '../types';
import { MIN_BLOCK_WEIGHT, isDistinctive, identifiesAlone, weight } from '../diff/tokens';
import { isInsertion, type Hunk, type Patch, type Insertion, type Snapshot } from './snapshot';
import { type SpannedText, type Line, lineStart, lineFrom, splitIn, lineAfter, lineBefore } from './text-lines';
import { isSamePlace, placeIn, storedRunsOf } from './stored-runs';
import {
  type NewLine,
  PLACES_AT_MOST,
  REWORDED_FROM,
  newLines,
  cutLines,
  matchCut,
  reword,
  spread,
  alongside,
  inBlock,
  CUT_FROM,
} from './match-lines';
import { excerpt } from './excerpt';

/**
 * Above this many characters put in by one change, it is taken for what somebody generated, and nothing of it for
 * moved.
 */
const TRACED_AT_MOST = 4_000_000;
/**
 * Lines that are like each other by about half may be one that was copied and changed, and may be two: between these
 * nobody can say.
 */
const PERHAPS_COPIED_FROM = 0.4;
const COPIED_FROM = 0.6;
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

/** How many characters a plan puts in. */
const putIn = (patch: Patch): number =>
  patch.hunks.reduce(
    (sum, hunk) => sum + hunk.items.reduce((all, item) => all + (isInsertion(item) ? item.text.length : 0), 0),
    0,
  );
