/** Lines without a known author that a push takes along. At their commit nothing was recorded, so no program was started there to say it. */
import { trailerPolicyOf } from '../policy/local-work';
import { loadPolicy } from '../policy/load';
import { showCommits } from '../provenance/commits';
import { outputLines, type Repository } from '../git';

/** So many of the newest commits are looked at. */
const COMMITS_AT_MOST = 20;

/**
 * How many the policy asks about, in which of the person's own commits that no remote has. `pushed`: what git tells its
 * hook. Throws a GitError.
 */
export async function unknownLinesInPush(
  repository: Repository,
  pushed: string,
): Promise<{ readonly count: number; readonly commits: readonly string[] }> {
  const { policy } = await loadPolicy(repository);
  const { unknownIn = () => 0 } = trailerPolicyOf(policy);
  const email = (await repository.userEmail()).toLowerCase();
  const tips = pushed
    .split('\n')
    .flatMap((line) => (line.startsWith('refs/notes/') ? [] : line.split(' ').slice(1, 2)));
  const listed = await repository.text([
    ...['rev-list', '--no-merges', '--ignore-missing', `--max-count=${String(COMMITS_AT_MOST)}`],
    ...[...tips, '--not', '--remotes', ...(policy.since === null ? [] : [policy.since])],
  ]);
  const open = [...(await showCommits(repository, outputLines(listed)))].flatMap(([id, shown]) => {
    // Where machines without a recorder count as people's, so does what was recorded nowhere.
    const isAsked = shown.commit.author.email.toLowerCase() === email && policy.noRecorder !== 'human';
    const count = isAsked ? unknownIn(shown) : 0;
    return count === 0 ? [] : [{ id: id.slice(0, 10), count }];
  });
  return { count: open.reduce((sum, { count }) => sum + count, 0), commits: open.map(({ id }) => id) };
}
