/** Restored contents: a file has them again, but nobody rewrote them. */
import { countLetters, diffChars, equalRanges, type Snapshot } from '../../authorship';
import { type FileHistory } from './file-history';

/**
 * Returning text with at least this many word characters counts as restored, whoever is recorded as having changed the
 * file.
 */
const COME_BACK_FROM = 8;

/**
 * True when a change does not write anything but restores an earlier state, as when an assistant runs `git stash pop`,
 * or the committed state.
 */
export function comesBack(track: FileHistory, known: Snapshot): boolean {
  if (known.text === track.commitments.at(-1)?.version.text) return true;
  if (
    countLetters(
      track.weave
        .textOnlyIn(track.current, known)
        .map(({ text }) => text)
        .join(''),
    ) < COME_BACK_FROM
  )
    return false;
  // A conflict side that is kept was already there, next to the other one.
  return diffChars(track.current.text, known.text).some(({ newStart, newEnd }) =>
    /\S/.test(known.text.slice(newStart, newEnd)),
  );
}

/** Whether current text was newly inserted although the version already had the same text from earlier. */
export function isPartlyBack({ current, weave }: FileHistory, known: Snapshot): boolean {
  const same = equalRanges(diffChars(current.text, known.text), current.text.length, known.text.length);
  const rewritten = weave
    .textOnlyIn(current, known)
    .flatMap(({ at, text }) =>
      same.map(({ newStart, newEnd }) => text.slice(Math.max(0, newStart - at), Math.max(0, newEnd - at))),
    );
  return countLetters(rewritten.join(' ')) >= COME_BACK_FROM;
}
