/** How a commit got into the checked-out branch, or the remote's default one, and who signed it off. */
import { readTrailers } from '../../provenance/commits';
import { readCommits, type Commit, type Repository } from '../../git';
import { signOffsOn } from '../../review/gate/sign-offs';
import { whyNotCounted, type JudgeOptions } from './judged-sign-offs';
import type { TracedCommit, TracedReview } from './types';

const REVIEW_KEYS = /^(?:reviewed-by|approved-by|acked-by|signed-off-by)$/i;

/** Throws a GitError. */
export async function reviewOf(repository: Repository, commit: string, options: JudgeOptions): Promise<TracedReview> {
  const merge = await mergeOf(repository, commit);
  const commits = await readCommits(repository, [commit, ...(merge === undefined ? [] : [merge])]);
  const [direct, brought] = [commits.get(commit), merge === undefined ? undefined : commits.get(merge)];
  const words = [direct, brought].flatMap((source) =>
    source === undefined
      ? []
      : readTrailers(source.message)
          .filter(({ key }) => REVIEW_KEYS.test(key) && !/^signed-off-by$/i.test(key))
          .map(({ value }) => value),
  );
  const merged = [...new Set([commit, ...(brought?.parents.slice(1) ?? [])])];
  const signed = (await Promise.all(merged.map((one) => signOffsOn(repository, one)))).flat();
  const whyNot = await whyNotCounted(repository, signed, options);
  return {
    merge: brought === undefined ? null : { ...traced(brought), head: brought.parents[1] ?? null },
    signedBy: [
      ...signed.map(({ by, head }, index) => ({
        by: by.join(', ') || 'somebody whose key is not known here',
        source: 'sign-off' as const,
        on: head,
        counts: whyNot[index] === null,
        why: whyNot[index] ?? null,
      })),
      ...[...new Set(words)].map((by) => ({
        by,
        source: 'message' as const,
        on: null,
        counts: false,
        why: 'anybody can write a line into a message',
      })),
    ],
  };
}

/** The remote's default branch answers where the branch that was merged is checked out. */
async function mergeOf(repository: Repository, commit: string): Promise<string | undefined> {
  const head = await repository.commitId('HEAD');
  const merge = head === undefined ? undefined : await mergeInto(repository, head, commit);
  if (merge !== undefined) return merge;
  const base = await repository.commitId('refs/remotes/origin/HEAD');
  return base === undefined || base === head ? undefined : mergeInto(repository, base, commit);
}

/** The first merge into a branch that contains the commit while its first parent does not. */
async function mergeInto(repository: Repository, head: string, commit: string): Promise<string | undefined> {
  if (head === commit) return undefined;
  const list = async (way: string): Promise<readonly string[]> => {
    const answer = await repository.git(['rev-list', way, `${commit}..${head}`], { codes: [0, 128], timeout: 60_000 });
    return answer.stdout
      .toString('utf8')
      .split('\n')
      .filter((id) => id !== '');
  };
  const main = await list('--first-parent');
  const below = new Set(await list('--ancestry-path'));
  const last = main.filter((id) => below.has(id)).at(-1);
  const found = last === undefined ? undefined : (await readCommits(repository, [last])).get(last);
  // If the commit is on the first-parent line itself, the next commit has it as its first parent.
  return found === undefined || found.parents.length < 2 || found.parents[0] === commit ? undefined : last;
}

const traced = (commit: Commit): TracedCommit => ({
  commit: commit.id,
  subject: commit.message.split('\n', 1)[0] ?? '',
  day: new Date(commit.author.time * 1000).toISOString().slice(0, 10),
  by: commit.author.name,
});
