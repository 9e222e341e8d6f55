/** Who wrote one line, judged from what happened in it (rules 1 and 2 of docs/dev/attribution.md). Pure. */
import { isUnrecorded, sameWriter, type Provenance } from '../text/provenance-of-change';
import type { Author } from '../types';
import { isFormattingOnly } from '../diff/formatting-neutral';

/** One line's author and the credit that it is shown with. */
export interface LineAuthor {
  readonly author: Author;
  readonly edited: boolean;
  readonly hand: Provenance;
}

/** Something that happened in a line: text inserted, or text of the parent deleted. */
export interface Mark {
  readonly hand: Provenance;
  readonly text: string;
}

export const UNKNOWN_LINE: LineAuthor = { author: 'unknown', edited: false, hand: null };

/** The author that a provenance counts as: a guess is not an author. */
export const authorOf = (provenance: Provenance): Author =>
  provenance === null || provenance.evidence === 'inferred' ? 'unknown' : provenance.author;

export const single = (provenance: Provenance): LineAuthor => ({
  author: authorOf(provenance),
  edited: false,
  hand: provenance,
});

/** Rules 1 and 2. Undefined when nothing new was found in the line. */
export function judge(marks: readonly Mark[], line: string): LineAuthor | undefined {
  if (marks.length === 0) return undefined;
  const open = marks.filter((mark) => isUnrecorded(mark.hand));
  const neutral = open.length > 0 && open.every((mark) => isFormattingOnly(mark.text));
  const counted = neutral ? marks.filter((mark) => !isUnrecorded(mark.hand)) : marks;
  if (counted.length === 0) return UNKNOWN_LINE;
  const solid = counted.filter((mark) => /\S/.test(mark.text));
  // Whoever created the line, no author is known for any of its text.
  if (neutral && solid.length === 0 && solidLength(line) <= solidIn(open)) return UNKNOWN_LINE;
  const deciding = solid.length > 0 ? solid : counted;
  const authors = new Set(deciding.map((mark) => authorOf(mark.hand)));
  const author: Author = authors.has('ai') ? 'ai' : authors.has('unknown') ? 'unknown' : 'human';
  const main = mostOf(deciding.filter((mark) => authorOf(mark.hand) === author));
  const provenances = new Set(deciding.map((mark) => `${authorOf(mark.hand)} ${mark.hand?.assistant ?? ''}`));
  return { author, edited: provenances.size > 1, hand: main };
}

export const solidLength = (text: string): number => text.replace(/\s/g, '').length;
export const solidIn = (marks: readonly Mark[]): number => marks.reduce((sum, mark) => sum + solidLength(mark.text), 0);

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
