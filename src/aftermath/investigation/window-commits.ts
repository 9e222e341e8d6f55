/** The commits that an outage may come from. */
import { listHistory } from '../../provenance/commits';
import type { Search } from './types';

const MINUTE_S = 60;

/**
 * Their ids, newest first. Merges are left out: what they merged is in the window too. Throws a GitError.
 */
export async function windowOf(
  { repository, deployed, lastGood, since, began, guessed, now }: Search,
  most: number,
): Promise<readonly string[]> {
  const [first, start] = [Math.floor(since / 1000), Math.floor(began / 1000)];
  // A time that is known to the minute holds the commits of that whole minute.
  const last = start % MINUTE_S === 0 ? start + MINUTE_S - 1 : start;
  const listed = await listHistory(repository, deployed, {
    ...(lastGood === null ? { since: first } : { without: [lastGood] }),
    now: now(),
  });
  return listed
    .filter(({ parents, time }) => parents.length < 2 && (lastGood !== null || !guessed || time <= last))
    .reverse()
    .sort((a, b) => b.time - a.time)
    .slice(0, most)
    .map(({ id }) => id);
}
