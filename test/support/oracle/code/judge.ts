/** Holds what is said of a commit's lines against who wrote them. */
import type { Author, LineRange } from '../../../../src/provenance/authorship/types';
import { authorOf, type Actor } from '../model';
import type { Said } from '../world';
import { linesOf } from './hunks';
import type { Score } from './score';
import type { TrueFile, Truth } from './truth';

export interface SaidFile extends Said {
  /** The name that it had before the commit. */
  readonly from?: string | null;
}

export interface Judgement {
  /** Each line of which something is said that is not so, with what it should be. */
  readonly wrong: readonly string[];
  /** Each that is called unknown although somebody is known. */
  readonly missed: readonly string[];
}

interface Case {
  /** For people: where it is, and its text. */
  readonly name: string;
  readonly said: Author;
  readonly by: ReadonlySet<Actor> | undefined;
  /** Who else wrote such a line, or one that it may have been made from. */
  readonly others: ReadonlySet<Actor>;
}

const answersOf = (by: Iterable<Actor>): ReadonlySet<Author> => new Set([...by].map(authorOf));
const eachLine = (ranges: readonly LineRange[]): readonly { readonly line: number; readonly author: Author }[] =>
  ranges.flatMap(({ start, end, author }) =>
    Array.from({ length: end - start + 1 }, (_, i) => ({ line: start + i, author })),
  );

/** Judges lines one by one and counts them. */
class Judge {
  readonly wrong: string[] = [];
  readonly missed: string[] = [];

  constructor(private readonly score: Score) {}

  look({ name, said, by, others }: Case): void {
    this.score.lines++;
    if (!by || by.size === 0) {
      this.score.twins++;
      return;
    }
    const answers = answersOf(by);
    if (answers.size === 1 && answers.has(said)) return;
    const all = answersOf([...by, ...others]);
    const expected = `${name.trimEnd()}\n    said: ${said}, expected: ${[...all].join(' or ')}`;
    if (said !== 'unknown' && !all.has(said)) {
      this.score.wrong++;
      this.wrong.push(expected);
    } else if (answers.size > 1) this.score.several++;
    else if (all.size > 1) this.score.copies++;
    else {
      this.score.missed++;
      this.missed.push(expected);
    }
  }

  /** The files whose lines can be held against something; those of the others are only counted. */
  judgeable(said: readonly SaidFile[]): readonly SaidFile[] {
    const left = eachLine(said.filter(isRenamed).flatMap(({ ranges, removed }) => [...ranges, ...removed])).length;
    this.score.lines += left;
    this.score.renamed += left;
    return said.filter((file) => !isRenamed(file));
  }
}

const isRenamed = ({ path, from }: SaidFile): boolean => from !== undefined && from !== null && from !== path;

/**
 * Of a commit of all that was changed.
 * @param isExact What git compares is what the hunks were taken from. Where it is not, git may mark another one of
 *   equal lines.
 */
export function judgeWhole(said: readonly SaidFile[], truth: Truth, score: Score, isExact: boolean): Judgement {
  score.commits++;
  const judge = new Judge(score);
  for (const file of judge.judgeable(said)) {
    const known = truth.files.get(file.path);
    for (const { line, author } of eachLine(file.ranges)) {
      const { text = '', by, like = [] } = known?.lines[line - 1] ?? {};
      judge.look({
        name: `${file.path}:${String(line)} +${text}`,
        said: author,
        by,
        others: new Set([...truth.writersOf(text), ...like]),
      });
    }
    for (const { line, author } of eachLine(file.removed)) {
      const text = known?.committed?.[line - 1] ?? '';
      judge.look({
        name: `${file.path}:${String(line)} -${text}`,
        said: author,
        by: known?.removed.get(line - 1),
        others: isExact || !known ? new Set() : removersOf(known, text),
      });
    }
  }
  return judge;
}

function removersOf({ committed, removed }: TrueFile, text: string): ReadonlySet<Actor> {
  return new Set([...removed].flatMap(([line, by]) => (committed?.[line]?.trim() === text.trim() ? [...by] : [])));
}

/**
 * Of a commit that has some of the hunks only: a line is known by its text, where all that have it are new. `texts`:
 * the files in that commit.
 */
export function judgePart(
  said: readonly SaidFile[],
  texts: ReadonlyMap<string, string>,
  truth: Truth,
  score: Score,
): Judgement {
  score.commits++;
  const judge = new Judge(score);
  for (const file of judge.judgeable(said)) {
    const now = linesOf(texts.get(file.path) ?? '');
    for (const { line, author } of eachLine(file.ranges)) {
      const text = now[line - 1] ?? '';
      const same = truth.files.get(file.path)?.lines.filter((one) => one.text.trimEnd() === text.trimEnd()) ?? [];
      const isNew = same.every(({ by }) => by.size > 0);
      judge.look({
        name: `${file.path}:${String(line)} +${text}`,
        said: author,
        by: new Set(isNew ? same.flatMap(({ by }) => [...by]) : []),
        others: new Set([...truth.writersOf(text), ...same.flatMap(({ like }) => [...like])]),
      });
    }
  }
  return judge;
}
