/** Contents that a file has again, and nobody wrote anew. */
import { countLetters, diffChars, equalRanges, type Snapshot } from '../../attribution';
import { type FileHistory } from './file-history';

/**
 * Text that comes back with at least so many characters in words has come back, whoever is recorded as having changed
 * the file.
 */
const COME_BACK_FROM = 8;

/**
 * True when a change does not write but fetches an earlier state again, such as `git stash pop` run by an assistant,
 * or what was committed.
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
  // A side of a conflict that is kept was there already, beside the other one.
  return diffChars(track.current.text, known.text).some(({ newStart, newEnd }) =>
    /\S/.test(known.text.slice(newStart, newEnd)),
  );
}

/** Text that is there was put in anew, where the version has it from before. */
export function isPartlyBack({ current, weave }: FileHistory, known: Snapshot): boolean {
  const same = equalRanges(diffChars(current.text, known.text), current.text.length, known.text.length);
  const rewritten = weave
    .textOnlyIn(current, known)
    .flatMap(({ at, text }) =>
      same.map(({ newStart, newEnd }) => text.slice(Math.max(0, newStart - at), Math.max(0, newEnd - at))),
    );
  return countLetters(rewritten.join(' ')) >= COME_BACK_FROM;
}
