/** Who wrote what, by the commits' notes, after overdue notes have been written. */
import { attributed, noteReader, settleAll } from '../../provenance/commits';
import { type Repository } from '../../git';
import type { AttributionOf } from './gate-input-types';

/** `readOnly`: nothing is written, as in CI, where nothing was recorded. */
export const attributionByNotes =
  (repository: Repository, now: () => number, readOnly = false): AttributionOf =>
  async (commits) => {
    if (!readOnly) await settleAll(repository, now);
    const noteOf = await noteReader(repository, commits);
    return (commit, changes) => attributed(commit, changes, noteOf(commit.id));
  };

/** The same for two who ask about the same commits, such as gate and net change: git runs once. */
export function attributionOnce(repository: Repository, now: () => number): AttributionOf {
  const ask = attributionByNotes(repository, now);
  const known = new Map<string, ReturnType<AttributionOf>>();
  return (commits) => {
    const key = commits.join(' ');
    const answer = known.get(key) ?? ask(commits);
    known.set(key, answer);
    return answer;
  };
}
