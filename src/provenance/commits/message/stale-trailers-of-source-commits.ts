/** Our lines that a message carries over from the commits it was taken from; the new commit gets its own instead. */
import type { MessageHookCall } from './git-message-cleanup';
import type { Repository } from '../../../git';
import { combinedCommits } from '../origins/commits-of-rebase';
import { showCommits, type CommitAttribution } from '../authors/attribution-from-commit-notes';
import { trailerLine, type Trailer } from './trailers';

/**
 * Our lines in the messages of these sources and of the commits that git is combining. Only what a source's own record
 * yields is ours, because people use some of these keys too. Throws a GitError.
 */
export async function staleTrailers(
  repository: Repository,
  call: MessageHookCall,
  sources: readonly CommitAttribution[],
  yields: (source: CommitAttribution) => readonly Trailer[],
): Promise<readonly string[]> {
  const known = new Map(sources.map((source) => [source.commit.id, source]));
  const others = [...(await namedCommit(repository, call)), ...combinedCommits(repository)].filter(
    (id) => !known.has(id),
  );
  const all = [...sources, ...(await showCommits(repository, others)).values()];
  const lines = all.flatMap((source) => [
    ...yields(source).map(trailerLine),
    ...Object.entries(source.trailers).flatMap(([key, values]) =>
      values.filter((value) => FORMS[key]?.test(value)).map((value) => `${key}: ${value}`),
    ),
  ]);
  return [...new Set(lines)];
}

/** Values that only Linekeeper writes under these keys, whatever the record of their commit says now. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'AI-Lines': /^\+\d+ -\d+ of \+\d+ -\d+(?:, unknown \+\d+ -\d+)?$/,
  'AI-Risk': /^[a-z0-9-]{1,32}$/,
  'AI-Session': /^[^\s:]+:\S+$/,
};

/** The commit that `--fixup=amend:` names. git removes the colon from its own arguments once it has parsed them. */
function reworded(argv: readonly string[]): string | undefined {
  return /(?:^|\0)--fixup[=\0](?:amend|reword)[:\0]([^\0]+)/.exec(argv.join('\0'))?.[1];
}

/** The commit whose message is reused (`-c`, `-C`, `--amend`, `--fixup=amend:` and `reword:`). */
async function namedCommit(repository: Repository, call: MessageHookCall): Promise<string[]> {
  const named = call.source === 'commit' ? call.object : reworded(call.argv);
  const id = named === undefined ? undefined : await repository.commitId(named);
  return id === undefined ? [] : [id];
}
