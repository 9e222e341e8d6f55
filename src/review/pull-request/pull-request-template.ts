/**
 * The repository's own template for pull requests, and text that somebody has already written: both are kept, and ours
 * is inserted at a marker in them, or below.
 */

/** A template may mark where our text goes. */
const PLACE = '<!-- linekeeper -->';
const BEGIN = '<!-- linekeeper: begin -->';
const END = '<!-- linekeeper: end -->';

/** Our text between marks, so that it can be found and replaced later. */
const marked = (ours: string): string => `${BEGIN}\n${ours}\n${END}`;

/**
 * `text` with ours in it: in place of our previous text, else at the marker, else below. What people wrote stays
 * byte-identical.
 */
export function withOurs(text: string, ours: string): string {
  const begin = text.indexOf(BEGIN);
  const end = begin < 0 ? -1 : text.indexOf(END, begin);
  if (end >= 0) return `${text.slice(0, begin)}${marked(ours)}${text.slice(end + END.length)}`;
  const place = text.indexOf(PLACE);
  if (place >= 0) return `${text.slice(0, place)}${marked(ours)}${text.slice(place + PLACE.length)}`;
  const trimmed = text.trimEnd();
  return trimmed === '' ? marked(ours) : `${trimmed}\n\n${marked(ours)}\n`;
}
