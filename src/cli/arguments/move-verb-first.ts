/** The position of the verb in a call. */

/**
 * The words with options that every verb has moved after the verb: `--repo DIR show` is `show --repo DIR`, as people
 * write `git -C DIR show`.
 */
export function verbFirst(words: readonly string[]): readonly string[] {
  let at = 0;
  while (words[at] === '--json' || words[at] === '--repo' || words[at]?.startsWith('--repo=') === true)
    at += words[at] === '--repo' ? 2 : 1;
  const verb = words[at];
  return at === 0 || verb === undefined ? words : [verb, ...words.slice(0, at), ...words.slice(at + 1)];
}
