/** What would be lost for good, for people, and who asks git for it. */
import type { Lost } from './losses-of-command';

export { lostIn } from './losses-of-command';

/** `data/a.csv (unknown to git) and 3 more`. */
export function shownLosses(lost: readonly Lost[]): string {
  const named = lost
    .slice(0, 3)
    .map(({ path, why }) => (why === 'put aside' ? 'the latest stash' : `${clean(path)} (${why})`));
  const more = lost.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${String(more)} more` : named.join(' and ');
}

const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(-120);
