/** Restores the original authors of moved text (rule 4 of docs/dev/attribution.md). Pure. */
import type { AuthoredChange } from '../buffer/text-change';
import type { Cutting } from '../buffer/pasted-spans';
import { PERSON } from '../classify/settle-by-detailed-reason';
import { spanBy, type Provenance, type Span } from '../buffer/text-spans';

/** Authors of `[start, end)` of a content as text, in order; `undefined`: older than the last commit. */
export type AuthorsOf = (
  start: number,
  end: number,
) => readonly { readonly length: number; readonly by: Provenance | undefined }[];

/** The authors of a part, of those of a whole. */
export const partsOf =
  (whole: ReturnType<AuthorsOf>): AuthorsOf =>
  (start, end) => {
    let at = 0;
    return whole.flatMap(({ length, by }) => {
      const [from, to] = [Math.max(start, at), Math.min(end, (at += length))];
      return from < to ? [{ length: to - from, by }] : [];
    });
  };

/**
 * Operations in which text that a person moved keeps its authors: older text counts for the person. `shift`: characters
 * before the text.
 */
export function withMoved(
  operations: readonly AuthoredChange[],
  authorsOf: AuthorsOf,
  shift: number,
): AuthoredChange[] {
  return operations.flatMap((operation) => {
    const { movedFrom, offset, inserted } = operation;
    if (movedFrom === undefined) return [operation];
    let at = 0;
    return authorsOf(movedFrom + shift, movedFrom + shift + inserted.length).map(({ length, by }): AuthoredChange => {
      const part = {
        offset: offset + at,
        deleted: 0,
        inserted: inserted.slice(at, at + length),
        by: by === undefined ? PERSON : by,
      };
      at += length;
      return part;
    });
  });
}

/**
 * A cutting in which saved text has the authors that the record knows; anything older counts for the person who moves
 * it. `places`: where its parts were in the saved text.
 */
export function withAuthors(
  text: string,
  places: readonly { readonly part: Span; readonly place: number | undefined }[],
  authorsOf: AuthorsOf,
  shift: number,
): Cutting {
  const known = places.flatMap(({ part, place }): Span[] => {
    if (place === undefined) return [part];
    return authorsOf(place + shift, place + shift + part.length).map(({ length, by }) =>
      spanBy(length, by === undefined ? PERSON : by),
    );
  });
  return { text, parts: known };
}
