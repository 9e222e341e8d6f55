/** Who wrote which line since the last commit, by whose hunks were put in. It never looks at the code under test. */
import type { Actor } from '../model';
import type { Hunk } from './hunks';

export interface TrueLine {
  /** With its break. */
  readonly text: string;
  /** In the file as it was committed last, from 0. */
  readonly base?: number;
  /** Whose it is, and whose what it was put over was; of none where it was committed before. */
  readonly by: ReadonlySet<Actor>;
  /** The lines of the last commit that it was put over. */
  readonly over: readonly number[];
  /**
   * Who wrote a line like it, where what is beside it is as they wrote it: it may be their line, copied and changed at
   * once.
   */
  readonly like: ReadonlySet<Actor>;
}

/** So many letters and digits of a line tell where it is copied from. */
const TELLING_FROM = 8;
/** Of its words so many are in a line that it is like. */
const LIKE_FROM = 0.5;
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

export class TrueFile {
  lines: readonly TrueLine[];
  readonly removed = new Map<number, ReadonlySet<Actor>>();

  /** @param committed Its lines in the last commit; undefined where it was not there. */
  constructor(readonly committed: readonly string[] | undefined) {
    this.lines = (committed ?? []).map((text, base) => ({ text, base, by: new Set(), over: [], like: new Set() }));
  }

  get text(): string {
    return this.lines.map(({ text }) => text).join('');
  }

  /** Somebody puts the new lines of a hunk over its old ones, which begin at `at`. Throws where these are not there. */
  put(at: number, hunk: Hunk, by: Actor, likeOf: (text: string) => ReadonlySet<Actor>): void {
    const gone = this.lines.slice(at, at + hunk.old.length);
    if (gone.map(({ text }) => text).join('') !== hunk.old.join(''))
      throw new Error(`the oracle does not know what is at line ${String(at + 1)}`);
    for (const { base, over } of gone) {
      if (base !== undefined) this.removed.set(base, new Set([by]));
      for (const line of over) this.removed.set(line, new Set([...(this.removed.get(line) ?? []), by]));
    }
    const over = gone.flatMap((line) => (line.base === undefined ? line.over : [line.base]));
    const all = new Set([by, ...gone.flatMap((line) => [...line.by])]);
    const put = hunk.new.map((text): TrueLine => ({ text, by: all, over, like: likeOf(text) }));
    this.lines = this.lines.toSpliced(at, gone.length, ...put);
  }
}

/** All that was changed since the last commit. */
export class Truth {
  readonly files = new Map<string, TrueFile>();
  private readonly writers = new Map<string, Set<Actor>>();

  /** Who wrote such a line, anywhere, indented as it likes. */
  writersOf(text: string): ReadonlySet<Actor> {
    return this.writers.get(text.trim()) ?? new Set();
  }

  put(file: TrueFile, at: number, hunk: Hunk, by: Actor): void {
    const copied = new Set(
      hunk.new
        .filter((text) => wordsOf(text).join('').length >= TELLING_FROM)
        .flatMap((text) => [...this.writersOf(text)]),
    );
    copied.delete(by);
    const lines = [...this.writers]
      .filter(([, writers]) => [...writers].some((writer) => copied.has(writer)))
      .map(([text, writers]) => ({ words: new Set(wordsOf(text)), writers }));
    const likeOf = (text: string): ReadonlySet<Actor> => {
      const words = wordsOf(text);
      return new Set(
        lines
          .filter(
            (line) =>
              words.length > 0 && words.filter((word) => line.words.has(word)).length >= LIKE_FROM * words.length,
          )
          .flatMap(({ writers }) => [...writers]),
      );
    };
    file.put(at, hunk, by, likeOf);
    for (const text of hunk.new) this.writers.set(text.trim(), new Set([...this.writersOf(text), by]));
  }
}
