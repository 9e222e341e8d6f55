/** One name from the suggestion list, with its surroundings: the dot before it, brackets or a sign after it. */
import type { AuthoredChange } from '../buffer/text-change';
import type { Cutting } from '../buffer/cutting';
import { PERSON } from '../classify/detailed-reason';
import type { Provenance, Span } from '../buffer/spans';

/** Each change inserts one name that a person chose from a list. */
export type AuthorsOf = (
  start: number,
  end: number,
) => readonly { readonly length: number; readonly by: Provenance | undefined }[];

/** What a formatter changes: blanks, and punctuation that languages make optional. */
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

/** The same text replaced by the same text at several places, as by a rename or *Replace All*. */
export function withAuthors(
  text: string,
  places: readonly { readonly part: Span; readonly place: number | undefined }[],
  authorsOf: AuthorsOf,
  shift: number,
): Cutting {
  const known = places.flatMap(({ part, place }): Span[] => {
    if (place === undefined) return [part];
    return authorsOf(place + shift, place + shift + part.length).map(({ length, by }) => ({
      origin: { by: by === undefined ? PERSON : by, length },
      start: 0,
      length,
    }));
  });
  return { text, parts: known };
}
