/** Lines of ours that a message brings along from the commits that it was taken from; the new commit gets its own instead. */
import type { HookCall } from './message';
import type { Repository } from './repository';
import { gatheredCommits } from './sources';
import { showCommits, type CommitAttribution } from './show';
import { trailerLine, type Trailer } from './trailers';

/**
 * Our lines in the messages of these sources and of the commits that git is putting together. What a source's own record
 * yields is ours; of a line with a key that people use too nothing else is. Throws a GitError.
 */
export async function formerLines(repository: Repository, call: HookCall, sources: readonly CommitAttribution[], yields: (source: CommitAttribution) => readonly Trailer[]): Promise<readonly string[]> {
  const known = new Map(sources.map((source) => [source.commit.id, source]));
  const others = [...(await namedCommit(repository, call)), ...gatheredCommits(repository)].filter((id) => !known.has(id));
  const all = [...sources, ...(await showCommits(repository, others)).values()];
  const lines = all.flatMap((source) => [
    ...yields(source).map(trailerLine),
    ...Object.entries(source.trailers).filter(([key]) => key !== 'Assisted-by').flatMap(([key, values]) => values.map((value) => `${key}: ${value}`)),
  ]);
  return [...new Set(lines)];
}

/** The commit whose message is used again (`-c`, `-C`, `--amend`). */
async function namedCommit(repository: Repository, call: HookCall): Promise<string[]> {
  const id = call.source === 'commit' && call.object !== undefined ? await repository.commitId(call.object) : undefined;
  return id === undefined ? [] : [id];
}
