/**
 * What many commits did to a file, as one change: where each changed other lines than those before it, the authors of
 * the lines are those that its note gives, and nothing has to be replayed. A squash of 200 commits is made of such.
 */
import {
  isDistinctive,
  joinRanges,
  rangeBy,
  rangesByLine,
  sameWriters,
  splitLines,
  UNKNOWN_AUTHOR,
  type LineHunk,
} from '../../authorship';
import type { FileAttribution, LineAuthorship, LineRange } from '../../authorship/types';
import { hasLines, isSpecial, isZero, type DiffFile } from '../../../git';
import { isKnown } from '../origins/source-commits';
import type { SourceChange } from './authors-from-source-notes';
import { isSameChange, renumberedRanges } from './reuse-source-attribution';

/** Changes of one file as one. */
interface ComposedChange {
  readonly hunks: readonly LineHunk[];
  readonly ranges: readonly LineRange[];
  readonly removed: readonly LineRange[];
}

/** A line of the state between two commits: its number before all of them, or who wrote it. */
type Line = number | LineAuthorship;

/** What one source did to a text. */
interface TextChange {
  readonly file: DiffFile;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly authors: LineAuthors;
}

const lettersOf = (text: string): string => text.replace(/\s+/g, '');
const wordsOf = (text: string): readonly string[] => text.match(/[\w\x80-\xff]+/g) ?? [];

/** Whether a text is what deletions leave of another one. */
function isContainedIn(part: string, whole: string): boolean {
  let at = 0;
  for (const letter of part) {
    at = whole.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Grows by one change after the other. */
class Composition {
  private readonly lines: Line[];
  private readonly removers = new Map<number, LineAuthorship>();

  constructor(private readonly count: number) {
    this.lines = Array.from({ length: count }, (_, index) => index + 1);
  }

  /** The lines that earlier changes wrote and this one takes away: index before it, and writer. */
  writtenIn({ hunks }: Pick<DiffFile, 'hunks'>): (readonly [index: number, by: LineAuthorship])[] {
    return hunks.flatMap(({ oldStart, oldEnd }) =>
      this.lines
        .slice(oldStart, oldEnd)
        .flatMap((line, index) => (typeof line === 'number' ? [] : [[oldStart + index, line] as const])),
    );
  }

  /** Whether the authors of lines are enough to tell whose they are behind a change; else characters must. */
  canTake({ file, before, after, authors }: TextChange): boolean {
    return file.hunks.every((hunk) => {
      const written = this.writtenIn({ hunks: [hunk] });
      if (written.length === 0 || hunk.newStart === hunk.newEnd) return true;
      const added = Array.from({ length: hunk.newEnd - hunk.newStart }, (_, index) => ({
        text: after[hunk.newStart + index] ?? '',
        by: authorOf(authors.added, hunk.newStart + 1 + index),
      }));
      const isSame = added.every(({ by }) => written.every(([, writer]) => !writer.edited && sameWriters(writer, by)));
      if (isSame && added.every(({ by }) => !by.edited)) return true;
      // What AI put into lines of others, where the text before all changes had none, is AI's.
      const letters = lettersOf(before.slice(hunk.oldStart, hunk.oldEnd).join(''));
      return (
        written.length === hunk.oldEnd - hunk.oldStart &&
        !this.replacesOlder(hunk) &&
        written.every(([, writer]) => writer.author !== 'ai') &&
        added.every(({ text, by }) => by.author === 'ai' && !isContainedIn(lettersOf(text), letters))
      );
    });
  }

  /** Whether older lines are gone where a hunk is. */
  private replacesOlder({ oldStart, oldEnd }: LineHunk): boolean {
    const isOlder = (line: Line): line is number => typeof line === 'number';
    const above = this.lines.slice(0, oldStart).findLast(isOlder) ?? 0;
    const below = this.lines.slice(oldEnd).find(isOlder) ?? this.count + 1;
    return below - above > 1;
  }

  add({ file: { hunks }, before, after, authors: { added, removed } }: TextChange): void {
    for (const hunk of [...hunks].reverse()) {
      const others = this.writtenIn({ hunks: [hunk] }).filter(([, { author }]) => author !== 'ai');
      const words = new Set(others.flatMap(([index]) => wordsOf(before[index] ?? '')));
      const written = Array.from({ length: hunk.newEnd - hunk.newStart }, (_, index) => {
        const by = authorOf(added, hunk.newStart + 1 + index);
        return by.author === 'ai' && wordsOf(after[hunk.newStart + index] ?? '').some((word) => words.has(word))
          ? { ...by, edited: true }
          : by;
      });
      const away = this.lines.splice(hunk.oldStart, hunk.oldEnd - hunk.oldStart, ...written);
      for (const [index, line] of away.entries())
        if (typeof line === 'number') this.removers.set(line, authorOf(removed, hunk.oldStart + 1 + index));
    }
  }

  /** All of it as one change. */
  change(): ComposedChange {
    const hunks: LineHunk[] = [];
    const ranges: LineRange[] = [];
    let next = 1;
    let start: number | undefined;
    const close = (until: number, end: number): void => {
      const newStart = start ?? end;
      if (until > next || end > newStart) hunks.push({ oldStart: next - 1, oldEnd: until - 1, newStart, newEnd: end });
      start = undefined;
    };
    for (const [index, line] of this.lines.entries())
      if (typeof line === 'number') {
        close(line, index);
        next = line + 1;
      } else {
        start ??= index;
        ranges.push(rangeBy(index + 1, index + 1, line));
      }
    close(this.count + 1, this.lines.length);
    const removed = [...this.removers].sort(([one], [another]) => one - another);
    return {
      hunks,
      ranges: joinRanges(ranges),
      removed: joinRanges(removed.map(([line, by]) => rangeBy(line, line, by))),
    };
  }
}

/** The changes of one file by one source after the other. */
class Chain {
  after: string;

  constructor(
    readonly before: string,
    /** Undefined once characters must tell whose its lines are. */
    public composition: Composition | undefined,
  ) {
    this.after = before;
  }

  /** `isTaken`: some of its text may come from somebody else. */
  add(change: TextChange, isTaken: boolean): void {
    if (isTaken || this.composition?.canTake(change) !== true) this.composition = undefined;
    else this.composition.add(change);
    this.after = change.file.newId;
  }
}

/** The authors of the lines that a source's note gives for one file. */
interface LineAuthors {
  readonly added: ReadonlyMap<number, LineAuthorship>;
  readonly removed: ReadonlyMap<number, LineAuthorship>;
}

const authorOf = (lines: ReadonlyMap<number, LineAuthorship>, line: number): LineAuthorship =>
  lines.get(line) ?? UNKNOWN_AUTHOR;

const authorsIn = ({ source }: SourceChange, path: string): LineAuthors => {
  const file = isKnown(source) ? source.files.find((each) => each.path === path) : undefined;
  return { added: rangesByLine(file?.ranges ?? []), removed: rangesByLine(file?.removed ?? []) };
};

/**
 * The texts that sources wrote, where, and by whom: a later one that writes the same may have moved or copied it, and
 * then its own note does not decide.
 */
class WrittenTexts {
  private readonly writers = new Map<string, { readonly by: LineAuthorship; readonly path: string }>();

  /** Where somebody else wrote this text before. */
  placeOf(text: string, by: LineAuthorship): string | undefined {
    const writer = this.writers.get(text.trim());
    return writer === undefined || sameWriters(writer.by, by) ? undefined : writer.path;
  }

  /** `isAway`: it was taken away again, and may be put somewhere else. */
  learn(text: string, by: LineAuthorship, path: string, isAway: boolean): void {
    const key = text.trim();
    if (key !== '' && (isAway || isDistinctive(key)) && !this.writers.has(key)) this.writers.set(key, { by, path });
  }
}

const isPlain = (file: DiffFile): boolean =>
  hasLines(file) && !isSpecial(file) && file.from === null && file.status !== 'R' && file.status !== 'C';

/**
 * The answer for each file of which the lines' authors in the notes are enough, by path. `textOf`: a content, latin1; undefined where it is not
 * to be had.
 */
export function composeSources(
  files: readonly DiffFile[],
  changes: readonly SourceChange[],
  textOf: (id: string) => string | undefined,
): ReadonlyMap<string, FileAttribution> {
  const linesOf = cachedLines(textOf);
  const chains = new Map<string, Chain>();
  const broken = new Set<string>();
  const mixed = new Set<string>();
  const texts = new WrittenTexts();
  for (const change of changes) {
    const plain = change.files.flatMap((file) => {
      const [before, after] = [linesOf(file.oldId), linesOf(file.newId)];
      if (isPlain(file) && before && after && change.source.commit.parents.length < 2)
        return [{ file, before, after, authors: authorsIn(change, file.path) } satisfies TextChange];
      for (const path of [file.path, ...(file.from === null ? [] : [file.from])]) broken.add(path);
      return [];
    });
    for (const { file, before } of plain)
      for (const [line, by] of chains.get(file.path)?.composition?.writtenIn(file) ?? [])
        texts.learn(before[line] ?? '', by, file.path, true);
    for (const text of plain) {
      const { file, before } = text;
      const chain = chains.get(file.path) ?? new Chain(file.oldId, new Composition(before.length));
      chains.set(file.path, chain);
      if (chain.after !== file.oldId) broken.add(file.path);
      const places = placesOfTexts(text, texts);
      if ([...places].some((path) => path !== file.path)) for (const path of [file.path, ...places]) mixed.add(path);
      chain.add(text, places.size > 0);
    }
    for (const { file, after, authors } of plain)
      for (const [line, by] of authors.added) texts.learn(after[line - 1] ?? '', by, file.path, false);
  }
  return new Map(
    files.flatMap((file) => {
      const chain = chains.get(file.path);
      const isApart = chain && isPlain(file) && !broken.has(file.path) && !mixed.has(file.path);
      const answer = isApart ? answerFor(file, chain, linesOf) : undefined;
      return answer ? [[file.path, answer] as const] : [];
    }),
  );
}

/** Where others wrote what a source writes into a file, before it. */
function placesOfTexts({ file, after, authors: { added } }: TextChange, texts: WrittenTexts): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { newStart, newEnd } of file.hunks)
    for (let line = newStart; line < newEnd; line++) {
      const place = texts.placeOf(after[line] ?? '', authorOf(added, line + 1));
      if (place !== undefined) places.add(place);
    }
  return places;
}

function answerFor(
  file: DiffFile,
  { before, after, composition }: Chain,
  linesOf: LinesOf,
): FileAttribution | undefined {
  const change = composition?.change();
  if (change?.hunks.length !== file.hunks.length) return undefined;
  const composed = { ...file, oldId: before, newId: after, hunks: change.hunks };
  const isSame =
    before === file.oldId && after === file.newId
      ? sameHunks(change.hunks, file.hunks)
      : isSameChange({ was: composed, is: file }, linesOf);
  if (!isSame) return undefined;
  const { path, from, status, binary } = file;
  const [ranges, removed] = [
    renumberedRanges(change.ranges, composed, file, 'new'),
    renumberedRanges(change.removed, composed, file, 'old'),
  ];
  return { path, from, status, binary, ranges, removed, change: null };
}

const sameHunks = (some: readonly LineHunk[], others: readonly LineHunk[]): boolean =>
  some.every((hunk, index) => {
    const match = others[index];
    return (
      hunk.oldStart === match?.oldStart &&
      hunk.oldEnd === match.oldEnd &&
      hunk.newStart === match.newStart &&
      hunk.newEnd === match.newEnd
    );
  });

type LinesOf = (id: string) => readonly string[] | undefined;

/** Each content is split once. */
function cachedLines(textOf: (id: string) => string | undefined): LinesOf {
  const split = new Map<string, readonly string[] | undefined>();
  return (id) => {
    if (isZero(id)) return [];
    if (!split.has(id)) {
      const text = textOf(id);
      split.set(id, text === undefined ? undefined : splitLines(text));
    }
    return split.get(id);
  };
}
