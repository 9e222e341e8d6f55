/** Ranges of commits in git's notation, on the command line. */
export interface NamedRange {
  readonly base: string;
  readonly head: string;
}

/**
 * `BASE..HEAD`, or with three dots, which mean the same here: what the head has added since it left the base. The
 * default for the head is HEAD. Undefined when the word is not a range. See gitrevisions(7).
 */
export function rangeIn(word: string): NamedRange | undefined {
  const [, base, head] = /^(.+?)\.{2,3}(.*)$/.exec(word) ?? [];
  return base === undefined || head === undefined ? undefined : { base, head: head === '' ? 'HEAD' : head };
}
