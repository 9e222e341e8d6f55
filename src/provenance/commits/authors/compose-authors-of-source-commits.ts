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
import { hasLines, isPatch, isSpecial, isZero, type DiffFile, type PatchFile } from '../../../git';
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
  readonly file: PatchFile;
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
  /** As far as changes reach: what is below is older. */
  private readonly lines: Line[] = [];
  private readonly removers = new Map<number, LineAuthorship>();
  /** How many older lines changes reach. */
  private count = 0;

  private reach({ hunks }: Pick<DiffFile, 'hunks'>): void {
    const end = Math.max(0, ...hunks.map(({ oldEnd }) => oldEnd));
    while (this.lines.length < end) this.lines.push(++this.count);
  }

  /** The lines that earlier changes wrote and a hunk takes away: index in the hunk, and writer. */
  writtenIn(hunk: LineHunk): (readonly [index: number, by: LineAuthorship])[] {
    this.reach({ hunks: [hunk] });
    return this.lines
      .slice(hunk.oldStart, hunk.oldEnd)
      .flatMap((line, index) => (typeof line === 'number' ? [] : [[index, line] as const]));
  }

  /** Whether the authors of lines are enough to tell whose they are behind a change; else characters must. */
  canTake({ file, authors }: TextChange): boolean {
    return file.hunks.every((hunk) => {
      const written = this.writtenIn(hunk);
      if (written.length === 0 || hunk.newStart === hunk.newEnd) return true;
      const added = hunk.added.map((text, index) => ({ text, by: authorOf(authors.added, hunk.newStart + 1 + index) }));
      const isSame = added.every(({ by }) => written.every(([, writer]) => !writer.edited && sameWriters(writer, by)));
      if (isSame && added.every(({ by }) => !by.edited)) return true;
      // What AI put into lines of others, where the text before all changes had none, is AI's.
      const letters = lettersOf(hunk.removed.join(''));
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

  add({ file, authors: { added, removed } }: TextChange): void {
    this.reach(file);
    for (const hunk of [...file.hunks].reverse()) {
      const others = this.writtenIn(hunk).filter(([, { author }]) => author !== 'ai');
      const words = new Set(others.flatMap(([index]) => wordsOf(hunk.removed[index] ?? '')));
      const written = hunk.added.map((text, index) => {
        const by = authorOf(added, hunk.newStart + 1 + index);
        return by.author === 'ai' && wordsOf(text).some((word) => words.has(word)) ? { ...by, edited: true } : by;
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

/** What sources say together. */
interface ComposedFiles {
  /** By path, of each file of which the lines' authors are enough. */
  readonly answers: ReadonlyMap<string, FileAttribution>;
  /** Files whose change is what the sources did to them, one after the other, without text of other files. */
  readonly whole: ReadonlySet<string>;
}

/**
 * The answer for each file of which the lines' authors in the notes are enough, by path. What the sources changed is told
 * by their patches. `read`: contents by id, latin1, asked for once at most; those that are not to be had are left out.
 */
export async function composeSources(
  files: readonly DiffFile[],
  changes: readonly SourceChange[],
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<ComposedFiles> {
  const chains = new Map<string, Chain>();
  const broken = new Set<string>();
  const mixed = new Set<string>();
  const texts = new WrittenTexts();
  for (const change of changes) {
    const plain = change.files.flatMap((file) => {
      if (isPlain(file) && isPatch(file) && change.source.commit.parents.length < 2)
        return [{ file, authors: authorsIn(change, file.path) } satisfies TextChange];
      for (const path of [file.path, ...(file.from === null ? [] : [file.from])]) broken.add(path);
      return [];
    });
    for (const { file } of plain)
      for (const hunk of file.hunks)
        for (const [line, by] of chains.get(file.path)?.composition?.writtenIn(hunk) ?? [])
          texts.learn(hunk.removed[line] ?? '', by, file.path, true);
    for (const text of plain) {
      const { file } = text;
      const chain = chains.get(file.path) ?? new Chain(file.oldId, new Composition());
      chains.set(file.path, chain);
      if (chain.after !== file.oldId) broken.add(file.path);
      const places = placesOfTexts(text, texts);
      if ([...places].some((path) => path !== file.path)) for (const path of [file.path, ...places]) mixed.add(path);
      chain.add(text, places.size > 0);
    }
    for (const { file, authors } of plain)
      for (const { newStart, added } of file.hunks)
        for (const [index, text] of added.entries()) {
          const by = authors.added.get(newStart + 1 + index);
          if (by) texts.learn(text, by, file.path, false);
        }
  }
  const apart = files.flatMap((file) => {
    const chain = chains.get(file.path);
    const isApart = chain && isPlain(file) && !broken.has(file.path) && !mixed.has(file.path);
    return isApart ? [{ file, chain }] : [];
  });
  const composed = apart.flatMap(({ file, chain }): Composed[] => {
    const change = chain.composition?.change();
    if (change?.hunks.length !== file.hunks.length) return [];
    return [{ file, made: { ...file, oldId: chain.before, newId: chain.after, hunks: change.hunks }, change }];
  });
  const linesOf = cachedLines(await textsOf(composed.filter(isElsewhere), read));
  const answers = composed.flatMap((each) => {
    const answer = answerFor(each, linesOf);
    return answer ? [[each.file.path, answer] as const] : [];
  });
  const whole = apart.filter(({ file, chain }) => chain.before === file.oldId && chain.after === file.newId);
  return { answers: new Map(answers), whole: new Set(whole.map(({ file }) => file.path)) };
}

/** A changed file, and what the sources made of it together. */
interface Composed {
  readonly file: DiffFile;
  readonly made: DiffFile;
  readonly change: ComposedChange;
}

/** Whether the change has another text before or behind it than the sources. */
const isElsewhere = ({ file, made }: Composed): boolean => made.oldId !== file.oldId || made.newId !== file.newId;

function textsOf(
  composed: readonly Composed[],
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const ids = composed.flatMap(({ file, made }) => [file.oldId, file.newId, made.oldId, made.newId]);
  return ids.length === 0 ? Promise.resolve(new Map()) : read(ids.filter((id) => !isZero(id)));
}

/** Where others wrote what a source writes into a file, before it. */
function placesOfTexts({ file, authors: { added } }: TextChange, texts: WrittenTexts): ReadonlySet<string> {
  const places = new Set<string>();
  for (const hunk of file.hunks)
    for (const [index, text] of hunk.added.entries()) {
      const place = texts.placeOf(text, authorOf(added, hunk.newStart + 1 + index));
      if (place !== undefined) places.add(place);
    }
  return places;
}

function answerFor(composed: Composed, linesOf: LinesOf): FileAttribution | undefined {
  const { file, made, change } = composed;
  const isSame = isElsewhere(composed)
    ? isSameChange({ was: made, is: file }, linesOf)
    : sameHunks(change.hunks, file.hunks);
  if (!isSame) return undefined;
  const { path, from, status, binary } = file;
  const [ranges, removed] = [
    renumberedRanges(change.ranges, made, file, 'new'),
    renumberedRanges(change.removed, made, file, 'old'),
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
function cachedLines(texts: ReadonlyMap<string, string>): LinesOf {
  const split = new Map<string, readonly string[] | undefined>();
  return (id) => {
    if (isZero(id)) return [];
    if (!split.has(id)) {
      const text = texts.get(id);
      split.set(id, text === undefined ? undefined : splitLines(text));
    }
    return split.get(id);
  };
}
