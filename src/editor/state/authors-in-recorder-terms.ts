/** Who wrote a part of a text, in the recorder's terms. Pure. */
import { isUnrecorded, type AuthoredText } from '../../provenance/authorship';
import type { AuthorsOf } from '../recording/clipboard/moved-authors';

export const authorsIn =
  (text: AuthoredText): AuthorsOf =>
  (start, end) =>
    text.slice(start, end).map(({ length, by }) => {
      if (by === undefined) return { length, by };
      if (by === null || isUnrecorded(by)) return { length, by: null };
      const { time: _time, ...provenance } = by;
      return { length, by: provenance };
    });
