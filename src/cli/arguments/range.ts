/** Ranges of commits as git writes them, on the command line. */
export interface NamedRange {
  readonly base: string;
  readonly head: string;
}

/**
 * `BASE..HEAD`, or with three dots, which mean the same here: what the head has since it left the base. Without a head
 * it is what is checked out. Undefined where the word is no range. See gitrevisions(7).
 */
export function rangeIn(word: string): NamedRange | undefined {
  const [, base, head] = /^(.+?)\.{2,3}(.*)$/.exec(word) ?? [];
  return base === undefined || head === undefined ? undefined : { base, head: head === '' ? 'HEAD' : head };
}
