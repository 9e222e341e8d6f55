/**
 * Finds text that was not written but moved or copied (rule 4 of docs/dev/attribution.md): lines that a change inserts and that the
 * same change cut somewhere, or that are known from elsewhere.
 *
 * Only text that can't recur by chance counts: never a lone bracket or `return;` by itself, though such a line goes
 * with its neighbours.
 */
import { equalRanges } from '../diff/char-diff';
import { refineLine } from '../diff/word-diff';
import { type CharacterStore, detachSlice } from './character-store';
import { BASELINE, type Operation } from './operation';
import { similarity } from '../diff/line-similarity';
import { LONG_STEPS, Steps, wordSteps } from '../diff/step-budget';
import { isUnrecorded } from '../text/provenance-of-change';
import type { Author } from '../types';
import { MIN_BLOCK_WEIGHT, isDistinctive, identifiesAlone, weight } from '../diff/distinctive-lines';
import { isInsertion, type WeaveHunk, type Patch, type Insertion, type Snapshot } from './snapshot-and-patch';
import {
  type SpannedText,
  type Line,
  lineStart,
  lineFrom,
  splitIn,
  lineAfter,
  lineBefore,
} from './lines-of-spanned-text';
import { isSamePlace, placeIn, storedRunsOf } from './runs-in-store';
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
} from './match-moved-lines';

/** A change that inserts more characters than this counts as generated, and none of it as moved. */
const TRACED_AT_MOST = 4_000_000;
/**
 * Two lines that are about half alike may be a copy with changes, or unrelated. Likeness between these two bounds
 * leaves that undecided.
 */
const PERHAPS_COPIED_FROM = 0.4;
const COPIED_FROM = 0.6;
/** Brackets and empty lines are matched next to no more lines than this. */
const BESIDE_AT_MOST = 2_000;

/** The author that a line by several counts as: the first of these that applies. */
const AUTHORS = ['ai', 'unknown', 'human'] as const;
const UNCLEAR = Symbol('unclear');

export class Moves {
  private readonly places = new Map<string, Line[]>();
  private readonly unread: Snapshot[] = [];

  /**
   * `present` returns the current versions of the files; `isOlder` returns whether a commit before the change already
   * had the character at a place in the character store; `isGone`, whether it was lost before the change.
   */
  constructor(
    private readonly store: CharacterStore,
    private readonly present: () => Iterable<Snapshot> = () => [],
    private readonly isOlder: (place: number) => boolean = () => false,
    private readonly isGone: (place: number) => boolean = () => false,
  ) {}

  /**
   * Finds, for each text that the patches insert, which parts of it existed somewhere before. The patches belong to one
   * change. Text typed by an operation is never a copy, whatever exists elsewhere.
   */
  trace(patches: readonly Patch[], isTyped: (operation: Operation) => boolean = () => false): void {
    if (patches.reduce((sum, patch) => sum + putIn(patch), 0) > TRACED_AT_MOST) return;
    const cut = patches.flatMap((patch) => cutLines(patch));
    // Nothing is here that could have been moved or copied.
    if (cut.length === 0 && this.places.size === 0 && this.unread.length === 0) return;
    const put = patches.flatMap((patch) => newLines(patch));
    if (!put.some((line) => weight(line.key) >= CUT_FROM)) return;
    matchCut(put, cut);
    // A line that is known in this exact form was not made from one that only resembles it.
    const known = this.matchKnown(put, isTyped);
    this.matchBeside(put);
    reword(put, cut);
    for (const line of known) if (line.source?.whole && !line.source.alone) this.spreadReworded(line, line.source.line);
    const lines = new Map<Insertion, NewLine[]>();
    const whole = new InsertedLines(put);
    for (const line of [...put, ...patches.flatMap((patch) => this.unclearIn(patch, whole, isTyped))]) {
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

  /** Registers text that was there from the start. */
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
      // The line after the insertion may have lost its beginning.
      const endsInLine = hunk.to > 0 && patch.on.text[hunk.to - 1] !== '\n';
      if (hunk.items.some(isInsertion)) return [{ start, end: endsInLine ? end + 1 : end }];
      return beginsInLine || endsInLine ? [{ start, end: start + 1 }] : [];
    });
    const [first] = made;
    const last = made.at(-1);
    if (!first || !last) return;
    const { at, part } = excerpt(version, first.start, last.end);
    // A line may have changed in many places: learn it once.
    let done = 0;
    for (const { start, end } of made)
      if (end - at > done) done = this.learnLines(part, Math.max(start - at, done), end - at);
  }

  /** Returns where the last of them ends. */
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
   * Whether a line (without the white space around it) is distinctive and existed before, outside a part of a version.
   * Text that comes back equals its own earlier or later form, which therefore does not count.
   */
  isKnown(key: string, on: Snapshot, from: number, to: number): boolean {
    this.read();
    const places = this.places.get(key);
    if (!places || places.length > PLACES_AT_MOST || !isDistinctive(key)) return false;
    const runs = storedRunsOf(on, from, to).filter((part) => /\S/.test(this.store.text(part.textOffset, part.length)));
    return !places.some((place) =>
      storedRunsOf(place.version, place.from, place.from + place.key.length).some((part) =>
        runs.some((other) => isSamePlace(part, other)),
      ),
    );
  }

  private read(): void {
    for (const version of this.unread.splice(0)) this.learnLines(version, 0, version.text.length);
  }

  /** Whether the places of a line have different neighbours. */
  private hasOtherNeighbours(key: string): boolean {
    return (
      new Set(
        (this.places.get(key) ?? []).map((place) => `${lineBefore(place)?.key ?? ''}\n${lineAfter(place)?.key ?? ''}`),
      ).size > 1
    );
  }

  /** Matches lines that are known in this exact form; returns all lines it considered. */
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
   * A bracket or an empty line next to a copied line is compared with the current neighbours of that line's source:
   * when the source was written, the bracket may not have been there yet.
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
      const place = line?.source && this.presentPlace(line.source.line, present);
      if (line && place) alongside(line, place, (a, b) => a.key === b.key && weight(a.key) < MIN_BLOCK_WEIGHT);
    }
  }

  /** Where a line is now, if all of it is still there. */
  private presentPlace({ version, from, key }: Line, present: readonly Snapshot[]): Line | undefined {
    const [first] = storedRunsOf(version, from, from + key.length);
    for (const snapshot of present) {
      const at = first && placeIn(snapshot, first);
      const line = at === undefined ? undefined : lineFrom(snapshot, lineStart(snapshot.text, at));
      if (line?.from === at && line?.key === key) return line;
    }
    return undefined;
  }

  /**
   * The place that a line comes from, if there is exactly one answer. Unclear when its places have different authors,
   * or when somebody other than its writer may have written the same by chance.
   */
  private known(line: NewLine): Line | typeof UNCLEAR | undefined {
    const { by } = line.put.by;
    const all = this.places.get(line.key);
    if (!all || all.length > PLACES_AT_MOST) return undefined;
    // A person can't have copied what was no longer there.
    const places =
      by?.author !== 'human'
        ? all
        : all.filter(({ version, from, key }) =>
            storedRunsOf(version, from, from + key.length).every(({ textOffset }) => !this.isGone(textOffset)),
          );
    const last = places.at(-1);
    const tells = isDistinctive(line.key);
    if (!last || (!tells && !inBlock(line, last))) return undefined;
    // A reason or a declaration recorded with the text says more than where else the text exists.
    const isTold = by !== null && (by.author === 'unknown' ? !isUnrecorded(by) : by.evidence === 'declared');
    if (isTold && places.every((place) => this.isByNobodyKnown(place))) return undefined;
    // Older text belongs to whoever inserts it again.
    const author = by?.author ?? 'unknown';
    const authors = new Set(places.map((place) => this.writer(place) ?? author));
    const isSure =
      isTold || (authors.size === 1 && authors.has(author)) || identifiesAlone(line.key) || inBlock(line, last);
    return authors.size === 1 && isSure ? last : tells ? UNCLEAR : undefined;
  }

  /**
   * The neighbours of a line come from next to its source too, possibly with some words changed, when nothing else is
   * known of them.
   */
  private spreadReworded(line: NewLine, source: Line): void {
    alongside(line, source, (newLine, place) => {
      if (newLine.key === place.key) return true;
      const alike =
        Math.min(weight(newLine.key), weight(place.key)) < CUT_FROM ? 0 : similarity(place.key, newLine.key);
      if (alike >= COPIED_FROM) return true;
      if (alike < PERHAPS_COPIED_FROM) return false;
      const author = newLine.put.by.by?.author ?? 'unknown';
      if ((this.writer(place) ?? author) === author) return alike >= REWORDED_FROM;
      newLine.unclear = true;
      return true;
    });
  }

  private isByNobodyKnown({ version, from, key }: Line): boolean {
    return storedRunsOf(version, from, from + key.length).every(
      ({ textOffset }) => (this.store.insertedBy(textOffset).by?.author ?? 'unknown') === 'unknown',
    );
  }

  /**
   * Insertions into lines written since recording began, next to a whole inserted line, whose line now equals one that
   * another author wrote: they may be copied from there, and not made from what they seem to be.
   */
  private unclearIn(patch: Patch, whole: InsertedLines, isTyped: (operation: Operation) => boolean): NewLine[] {
    const edges = whole.edgesIn(patch.text);
    if (edges.size === 0) return [];
    return patch.hunks.flatMap((hunk) =>
      hunk.items.flatMap((put): NewLine[] => {
        if (!isInsertion(put) || put.parts || isTyped(put.by)) return [];
        const found = whole.tracedIn(put);
        return splitIn(patch.text, put).flatMap(([from, to]): NewLine[] => {
          const line = lineFrom({ text: patch.text, spans: [] }, from);
          // It may be a whole line of which only the break is somebody else's.
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

  private isByAnother(key: string, { by }: Insertion, on: Snapshot, { from, to }: WeaveHunk): boolean {
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
   * The author that rule 1 of docs/dev/attribution.md gives a line; undefined when the line was there before recording began, or
   * before the change.
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

  /** Inserted text as parts that point to the stored characters of their sources; the rest is new. */
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

/** How many characters a patch inserts. */
const putIn = (patch: Patch): number =>
  patch.hunks.reduce(
    (sum, hunk) => sum + hunk.items.reduce((all, item) => all + (isInsertion(item) ? item.text.length : 0), 0),
    0,
  );

/**
 * This many lines on each side of a change are remembered with it, to match copied brackets and reworded lines between
 * distinctive lines.
 */
const EXCERPT_CONTEXT_LINES = 24;

/**
 * The part of a version within {@link EXCERPT_CONTEXT_LINES} lines of a range, without retaining the rest: a file has
 * as many versions as edits. `at`: where the part starts. When the range covers most of a version, the part is the
 * whole version.
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
  for (const { id, textOffset, length, deletedBy } of version.spans) {
    if (deletedBy) continue;
    const cut = Math.max(at - start, 0);
    const stop = Math.min(length, end - start);
    if (stop > cut) spans.push({ id: id + cut, textOffset: textOffset + cut, length: stop - cut, deletedBy: null });
    start += length;
    if (start >= end) break;
  }
  return { at, part: { text: detachSlice(text.slice(at, end)), spans } };
}

/**
 * A change may be of very many files: each asks for its own lines only, so the cost of all of them grows with the
 * number of lines.
 */
class InsertedLines {
  private readonly edges = new Map<string, Set<number>>();
  private readonly traced = new Map<Insertion, Set<number>>();

  constructor(lines: readonly NewLine[]) {
    for (const { version, start, end, put, from, source, unclear } of lines) {
      groupOf(this.edges, version.text).add(start).add(end);
      if (source || unclear) groupOf(this.traced, put).add(from);
    }
  }

  /** Where they start and end in a version. */
  edgesIn(text: string): ReadonlySet<number> {
    return this.edges.get(text) ?? NONE;
  }

  /** Where those of an insertion begin whose source is known, or unclear. */
  tracedIn(put: Insertion): ReadonlySet<number> {
    return this.traced.get(put) ?? NONE;
  }
}

const NONE: ReadonlySet<number> = new Set();

function groupOf<Key>(groups: Map<Key, Set<number>>, key: Key): Set<number> {
  const known = groups.get(key);
  if (known) return known;
  const group = new Set<number>();
  groups.set(key, group);
  return group;
}
