/** What is known of a commit, for people who look for the one behind an outage. */
import { addCounts, NO_COUNTS } from '../../provenance/authorship';
import type { Counts } from '../../provenance/authorship/types';
import { showCommits } from '../../provenance/commits';
import type { AssistantNamed, Contribution } from '../../policy/incidents';
import { asCounted } from '../../review/gate';
import type { Commit, Repository } from '../../git';

export interface DescribedCommit {
  readonly commit: string;
  readonly subject: string;
  /** The author's name, as git has it. */
  readonly by: string;
  /** RFC 3339: when it was committed. */
  readonly at: string;
  readonly files: readonly string[];
  readonly added: Counts;
  readonly removed: Counts;
  readonly assistants: readonly AssistantNamed[];
  readonly provenance: string;
  /** `did-not` where no line of it is an assistant's or unknown; else only people can tell. */
  readonly contribution: Contribution;
}

/** By id; those that git does not have are left out. Throws a GitError. */
export async function describeCommits(
  repository: Repository,
  commits: readonly Commit[],
): Promise<ReadonlyMap<string, DescribedCommit>> {
  const shown = await showCommits(
    repository,
    commits.map(({ id }) => id),
  );
  const counted = new Map((await asCounted(repository, [...shown.values()])).map((one) => [one.commit.id, one]));
  return new Map(
    commits.flatMap((commit) => {
      const heard = counted.get(commit.id);
      if (heard === undefined) return [];
      const [added, removed] = [addCounts(heard.added, NO_COUNTS), addCounts(heard.removed, NO_COUNTS)];
      const named = heard.files
        .flatMap(({ ranges, removed: lines, change }) => [...ranges, ...lines, ...(change === null ? [] : [change])])
        .filter(({ author }) => author === 'ai');
      const assistants = new Map(
        named.map(({ assistant, model, session }) => [
          JSON.stringify([assistant, model, session]),
          { assistant: assistant ?? 'unknown-assistant', model, session },
        ]),
      );
      const open =
        added.ai + removed.ai + added.unknown + removed.unknown > 0 ||
        heard.files.some(({ change }) => change !== null && change.author !== 'human');
      const described: DescribedCommit = {
        commit: commit.id,
        subject: commit.message.split('\n', 1)[0] ?? '',
        by: commit.author.name,
        at: new Date(commit.committer.time * 1000).toISOString(),
        files: heard.files.map(({ path }) => path),
        added,
        removed,
        assistants: [...assistants.values()],
        provenance: heard.provenance,
        contribution: open ? 'cannot-tell' : 'did-not',
      };
      return [[commit.id, described] as const];
    }),
  );
}
