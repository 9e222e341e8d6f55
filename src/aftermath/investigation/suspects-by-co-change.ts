/** Commits that change what used to change together with the files of an outage. */
import type { Repository } from '../../git';
import { changedTogether } from './co-changed-files';
import type { Add, Changes, ReasonKind, Search } from './types';

/** Throws a GitError. */
export async function byTogether(
  { repository, lastGood, deployed }: Pick<Search, 'lastGood' | 'deployed'> & { readonly repository: Repository },
  {
    files,
    changes,
    hasKind,
  }: {
    readonly files: readonly string[];
    readonly changes: Changes;
    readonly hasKind: (commit: string, kind: ReasonKind) => boolean;
  },
  add: Add,
): Promise<void> {
  if (files.length === 0) return;
  const together = await changedTogether(repository, lastGood ?? deployed, files.slice(0, 10));
  for (const [commit, changed] of changes) {
    // A commit that changes both is evidence already, by the file itself.
    if (changed.some(({ path }) => files.includes(path))) continue;
    for (const { path } of changed) {
      const known = together.get(path);
      if (known === undefined) continue;
      if (hasKind(commit, 'together')) break;
      add(
        commit,
        'together',
        `It changes ${path}, which changed together with ${known.file} in ${String(known.both)} of ${String(known.all)} earlier commits.`,
      );
    }
  }
}
