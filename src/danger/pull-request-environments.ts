/** What is made for one pull request, and leaves with it. */

const OF_A_REQUEST = /pull[_-]?request|(?<![a-z])pr[_-]?(?:num(?:ber)?|id)(?![a-z])|review[_-]?app/i;

/** What is made for one pull request leaves with it, and nobody looks at its plans: not so here. */
export const outlivesRequest = ({ words }: { readonly words: readonly string[] }): boolean =>
  !OF_A_REQUEST.test(words.join(' '));
