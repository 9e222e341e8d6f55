/**
 * The authorship of a line of the range, and what a new line inherits from the lines that it derives from. Pure.
 */
import { bagOf, commonOf, editedLines, withoutFormatting, type Bag } from '../../../provenance/authorship';
import type { Author, LineAuthorship } from '../../../provenance/authorship/types';

/** The most severe authorship that any commit of the range gave a line, and that commit. */
export interface Taint {
  readonly hand: LineAuthorship;
  readonly commit: string;
  /** It is from before the adoption: nothing is required of it. */
  readonly exempt: boolean;
}

export const WEIGHT: Readonly<Record<Author, number>> = { human: 0, unknown: 1, ai: 2 };

const weightOf = (taint: Taint): number => (taint.exempt ? -1 : WEIGHT[taint.hand.author]);

/** Whether one is more severe than another; null is the least severe. */
export const isHeavier = (first: Taint | null, second: Taint | null): boolean =>
  first !== null && (second === null || weightOf(first) > weightOf(second));

/** The more severe of two; the first of equal ones. */
export function worse(first: Taint, second: Taint | null): Taint {
  if (second === null || weightOf(second) <= weightOf(first)) return first;
  return first.exempt || first.hand.author === second.hand.author
    ? second
    : { ...second, hand: { ...second.hand, edited: true } };
}

/** At least this share of the longer of two lines must match for one to be an edit of the other. */
const LIKE_FROM = 0.35;
/** At least this share of a line must be in another one for it to be a part of that. */
const PART_FROM = 0.8;
/** A part of fewer characters than this is no evidence. */
const PART_AT_LEAST = 4;
/**
 * At most this many pairs of lines of one hunk are compared; beyond that, each new line inherits the most severe
 * authorship among the hunk's removed lines.
 */
const PAIRS_AT_MOST = 10_000;
/** A longer line is not compared word by word, and counts as similar to any other. */
const LINE_AT_MOST = 4_000;

/**
 * For each of the added lines, which of the lines removed at the same place it derives from (by index): those that it
 * has enough in common with, and the one that an attribution of both changes as one would take it for. `matters`:
 * pairs of interest. `enough`: a removed line after which no further ones are compared.
 */
export function madeOf(
  removed: readonly string[],
  added: readonly string[],
  matters: (old: number, now: number) => boolean = () => true,
  enough: (old: number) => boolean = () => false,
): readonly (readonly number[])[] {
  if (removed.length === 0 || added.length === 0) return added.map(() => []);
  if (removed.length * added.length > PAIRS_AT_MOST) {
    const all = [...removed.keys()];
    return added.map(() => all);
  }
  const old = removed.map((text) => new Weighed(text));
  let edited: ReadonlySet<string> | undefined;
  const isEdit = (index: number, now: number): boolean =>
    (edited ??= new Set(editedLines(removed, added).map(({ a, b }) => `${String(a)} ${String(b)}`))).has(
      `${String(index)} ${String(now)}`,
    );
  return added.map((text, newLine) => {
    const line = new Weighed(text);
    const like: number[] = [];
    for (let index = 0; index < old.length; index++) {
      const removal = old[index];
      if (removal === undefined || !matters(index, newLine)) continue;
      if (!(beginAlike(removal, line) || isLike(removal, line) || isEdit(index, newLine))) continue;
      like.push(index);
      if (enough(index)) break;
    }
    return like;
  });
}

/**
 * A line for comparison, without case: who writes a word in capitals keeps the word. Values are computed on first use,
 * since a range has very many lines.
 */
class Weighed {
  private knownSize = -1;
  private knownKey: string | undefined;
  private knownBag: Bag | null | undefined;
  constructor(readonly text: string) {}

  /** Total weight of its words, or an upper bound. */
  get size(): number {
    if (this.knownSize < 0) this.knownSize = sizeAtMost(this.text);
    return this.knownSize;
  }

  get key(): string {
    return (this.knownKey ??= withoutFormatting(this.text).toLowerCase());
  }

  /** Null for a line that is too long. */
  get bag(): Bag | null {
    if (this.knownBag === undefined)
      this.knownBag = this.text.length > LINE_AT_MOST ? null : bagOf(this.text.toLowerCase(), false);
    return this.knownBag;
  }
}

/**
 * Whether two lines begin and end so alike that counting words is unnecessary: never true where counting would say no.
 */
function beginAlike(first: Weighed, second: Weighed): boolean {
  const [firstText, secondText] = [first.text, second.text];
  const shorter = Math.min(firstText.length, secondText.length);
  let from = 0;
  while (from < shorter && firstText.charCodeAt(from) === secondText.charCodeAt(from)) from++;
  let to = 0;
  while (
    to < shorter - from &&
    firstText.charCodeAt(firstText.length - 1 - to) === secondText.charCodeAt(secondText.length - 1 - to)
  )
    to++;
  // Whole words only.
  if (isWord(firstText, from) || isWord(secondText, from)) while (from > 0 && isWord(firstText, from - 1)) from--;
  if (isWord(firstText, firstText.length - 1 - to) || isWord(secondText, secondText.length - 1 - to))
    while (to > 0 && isWord(firstText, firstText.length - to)) to--;
  let same = 0;
  for (let index = 0; index < from; index++) if (isWord(firstText, index)) same++;
  for (let index = firstText.length - to; index < firstText.length; index++) if (isWord(firstText, index)) same++;
  return same > 0 && same >= LIKE_FROM * Math.max(first.size, second.size);
}

function sizeAtMost(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index++) {
    if (isWord(text, index)) size++;
    else if (text.charCodeAt(index) > 32) size += 0.25;
  }
  return size;
}

function isWord(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (
    (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || code > 127
  );
}

function isLike(old: Weighed, now: Weighed): boolean {
  if (old.key === now.key) return true;
  const [bag, secondBag] = [old.bag, now.bag];
  if (bag === null || secondBag === null) return true;
  const [smaller, larger] = bag.size < secondBag.size ? [bag.size, secondBag.size] : [secondBag.size, bag.size];
  if (smaller === 0) return false;
  const common = commonOf(bag, secondBag);
  return common >= LIKE_FROM * larger || (smaller >= PART_AT_LEAST && common >= PART_FROM * smaller);
}
