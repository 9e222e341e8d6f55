/** Who wrote the commits of a range, by their notes. */
import type { AttributionOf, AuthorsOf } from '../../gate';
import { attributed, notesOf, settleAll } from '../../commits';
import { type Repository } from '../../git';

/**
 * Attribution by notes, after overdue ones have been written. Gate and net change query the same commits: git runs
 * once.
 */
export function attributionOnce(repository: Repository, now: () => number): AttributionOf {
  const known = new Map<string, ReturnType<AttributionOf>>();
  return (commits) => {
    const key = commits.join(' ');
    const answer =
      known.get(key) ??
      settleAll(repository, now).then(async (): Promise<AuthorsOf> => {
        const notes = await notesOf(repository, commits);
        return (commit, changes) => attributed(commit, changes, notes.get(commit.id));
      });
    known.set(key, answer);
    return answer;
  };
}
