/** Why lines are of unknown author, as sentences: the gate, `show` and `status` say the same. */
import { type CommitAttribution, showCommits } from '../../provenance/commits';
import type { Commit, Repository } from '../../git';
import { countOf, list, noRecord } from '../../policy';
import { disclosuresOf, withDisclosures, type DisclosedAuthors } from './disclosures/read-and-apply-disclosures';
import { loadPolicy } from '../../policy/load';
import { asCounted, type CountedCommit } from './disclosures/attribution-as-counted';

/** What of a commit counts as unknown. */
export interface UnknownLines {
  readonly id: string;
  readonly count: number;
  readonly authors: DisclosedAuthors | undefined;
  /** Undefined where it can't be read. */
  readonly commit: Commit | undefined;
}

/** So many commits stand in the command that declares their lines. */
const NAMED_AT_MOST = 5;

/** Reasons by commits. `hasSince`: the policy names the commit from which on records are asked. */
export function unknownReasons(unknown: readonly UnknownLines[], hasSince: boolean): readonly string[] {
  const silent: UnknownLines[] = [];
  const reasons = unknown.flatMap((lines): string[] => {
    const { id, count, authors, commit } = lines;
    if (authors?.provenance === 'note')
      return [authors.doubted === true ? claimReason(lines, authors) : noteReason(lines)];
    if (commit && disclosuresOf(commit).lines !== null)
      return [
        `${linesOf(count)} of ${short(id)}: its trailers say that an assistant helped, and its note is missing here.`,
      ];
    silent.push(lines);
    return [];
  });
  if (silent.length === 0) return reasons;
  const count = silent.reduce((sum, lines) => sum + lines.count, 0);
  const ids = silent.slice(0, NAMED_AT_MOST).map(({ id }) => short(id));
  const others = silent.length === 1 ? '' : ` and ${countOf(silent.length - 1, 'other commit')}`;
  return [
    ...reasons,
    `${linesOf(count)} of ${ids[0] ?? ''}${others}: ${noRecord(count)} Their author can run "linekeeper declare --mine ${ids.join(' ')}".${hasSince ? '' : ' To skip older commits, set "since" in the policy to the first commit that used Linekeeper.'}`,
  ];
}

/** The reasons of one commit as the gate counts it: it may count more as unknown than the commit's note does. */
export function unknownReasonsOf(shown: CommitAttribution, hasSince: boolean): readonly string[] {
  const authors = withDisclosures(shown, disclosuresOf(shown.commit));
  const count = authors.files
    .flatMap(({ ranges, removed }) => [...ranges, ...removed])
    .reduce((sum, { author, start, end }) => (author === 'unknown' ? sum + end - start + 1 : sum), 0);
  if (count === 0) return [];
  return unknownReasons([{ id: shown.commit.id, count, authors, commit: shown.commit }], hasSince);
}

const claimReason = ({ id, count }: UnknownLines, { unplaced }: DisclosedAuthors): string =>
  unplaced.length > 0
    ? `${linesOf(count)} of ${short(id)}: its message claims ${list(unplaced)}, whom its note gives no line, so any of them may be AI's. If no AI helped (an editor may add Co-authored-by by itself, such as VS Code with git.addAICoAuthor), take the line out of the message.`
    : `${linesOf(count)} of ${short(id)}: its message counts more lines of AI or unknown authors than its note has, so any of them may be AI's.`;

const noteReason = ({ id, count }: UnknownLines): string =>
  `${linesOf(count)} of ${short(id)}: nothing recorded who wrote ${count === 1 ? 'it' : 'them'}. A script or a formatter may have made this change.`;

/** `3 lines`. */
export const linesOf = (count: number): string => countOf(count, 'line');
/** A commit's id, short enough for a sentence. */
export const short = (id: string): string => id.slice(0, 12);

/** Sentences by the ids of commits that are counted as the gate counts them. Throws a GitError. */
export async function unknownReasonsOfCommits(
  repository: Repository,
  commits: readonly CountedCommit[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { since } = (await loadPolicy(repository)).policy;
  return new Map(commits.map((commit) => [commit.commit.id, unknownReasonsOf(commit, since !== null)]));
}

/** The same of one commit by its id; none for one that is not here. Throws a GitError. */
export async function unknownReasonsOfCommit(repository: Repository, id: string): Promise<readonly string[]> {
  const shown = [...(await showCommits(repository, [id])).values()];
  return (await unknownReasonsOfCommits(repository, await asCounted(repository, shown))).get(id) ?? [];
}
