/** Our own comment among those of a pull request. */
import { type Written } from './forge-api-interface';
import { ForgeError } from './forge-error';

/** Whether a text begins with the marker on a line of its own: one quoted or pasted further down does not count. */
export const isOwnComment = (text: string, marker: string): boolean =>
  text.startsWith(`${marker}\n`) || text.startsWith(`${marker}\r\n`);

/**
 * Where a forge does not tell whose token it is: a comment is ours if we may change it, since only its author may.
 * Others may have written the marker, too. Returns whether one was changed, or says what it should already.
 */
export async function changeOwn<One extends { readonly text: string }>(
  candidates: readonly One[],
  text: string,
  change: (one: One) => Promise<unknown>,
): Promise<Written | undefined> {
  for (const comment of candidates) {
    if (comment.text === text) return 'unchanged';
    try {
      await change(comment);
      return 'written';
    } catch (error) {
      if (!(error instanceof ForgeError) || !REFUSED.includes(error.reason)) throw error;
    }
  }
  return undefined;
}

const REFUSED: readonly ForgeError['reason'][] = ['not-allowed', 'not-found'];
