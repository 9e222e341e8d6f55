/**
 * Takes what agents were allowed and refused from the files that hooks and commands left into git's notes, at the commit
 * that HEAD was.
 */
import { headNow, readCommits, type Repository } from '../../../git';
import {
  forgetOpenRuns,
  forgetPending,
  oneLine,
  pendingStatements,
  textOfStatement,
  type RunStatement,
} from '../../journal/permitted-and-refused-runs';
import { addLineNotes } from '../notes/append-only-line-notes';
import { RUNS_REF } from '../notes/refs-of-line-notes';

/** Refusals beyond this many statements at one commit are not kept; what was allowed always is. */
const STATEMENTS_AT_MOST = 300;

/** Does nothing before the first commit. Returns how many statements are new. Throws a GitError. */
export async function settleRuns(repository: Repository, now: number): Promise<number> {
  const { commonDir } = repository;
  const pending = pendingStatements(commonDir);
  const placed = pending.flatMap(({ placed }) => placed ?? []);
  forgetOpenRuns(commonDir, now);
  if (pending.length === 0) return 0;
  let added = 0;
  if (placed.length > 0) {
    const head = await headNow(repository);
    if (head === null) return 0;
    // A commit that HEAD was may have been removed since, or was another clone's.
    const known = await readCommits(repository, [...new Set(placed.flatMap(({ commit }) => commit ?? []))]);
    const user = placed.some(({ statement }) => lacksUser(statement)) ? await userOf(repository) : null;
    added = await addLineNotes(
      repository,
      RUNS_REF,
      placed.map(({ commit, statement }) => ({
        commit: commit !== null && known.has(commit) ? commit : head,
        text: textOfStatement(lacksUser(statement) ? { ...statement, user } : statement),
      })),
      now,
      { atMost: STATEMENTS_AT_MOST, spares: (text) => !/"event":"(?:refused|asked)"/.test(text) },
    );
  }
  forgetPending(
    commonDir,
    pending.map(({ name }) => name),
  );
  return added;
}

type OfSession = Extract<RunStatement, { user: string | null }>;

const lacksUser = (statement: RunStatement): statement is OfSession => 'user' in statement && statement.user === null;

/** Whose machine it is, as their commits name them. */
async function userOf(repository: Repository): Promise<string | null> {
  const email = oneLine(await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] }));
  return email === '' ? null : email;
}
