/** The walk behind patterns of the policy with wildcards: over the folders of a path, and over the characters of a name. */

/**
 * Whether a pattern matches the whole of a sequence, in at most (length of pattern × length of sequence) steps: on a
 * mismatch only the latest wildcard consumes one more, which is enough. `isWild`: whether the pattern has a wildcard at a
 * place; `fits`: whether what it has there is what the sequence has at an index.
 */
export function matchesWhole(
  patternLength: number,
  length: number,
  isWild: (at: number) => boolean,
  fits: (at: number, index: number) => boolean,
): boolean {
  let at = 0;
  let index = 0;
  let wild = -1;
  let consumed = 0;
  while (index < length) {
    if (at < patternLength && isWild(at)) {
      wild = at++;
      consumed = index;
    } else if (at < patternLength && fits(at, index)) {
      at++;
      index++;
    } else if (wild >= 0) {
      at = wild + 1;
      index = ++consumed;
    } else {
      return false;
    }
  }
  while (at < patternLength && isWild(at)) at++;
  return at === patternLength;
}
