/** Whether a change exactly reverts what was merged recently, and nothing else. */
import {
  addEarlier,
  firstParentSteps,
  sidesIn,
  type FirstParentStep,
  type Side,
  type Sides,
} from '../../../provenance/commits';
import { isolatedGit, type Repository } from '../../../git';
import type { Range } from './commit-range';

export type { Sides } from '../../../provenance/commits';

/**
 * The id of the base's first-parent commit that the range undoes in every file, or of the oldest one if it undoes
 * everything since; null when it does anything else. Compares names, modes and contents, never messages. Throws a
 * GitError.
 */
export async function exactRevert(
  repository: Repository,
  range: Pick<Range, 'mergeBase' | 'head'>,
): Promise<string | null> {
  const wanted =
    [
      ...sidesIn(
        (
          await isolatedGit(repository, [
            'diff-tree',
            '-r',
            '--raw',
            '--no-renames',
            '--no-abbrev',
            '-z',
            range.mergeBase,
            range.head,
          ])
        ).stdout,
      ).values(),
    ][0] ?? new Map<string, never>();
  if (wanted.size === 0) return null;
  return revertedBy(wanted, await firstParentSteps(repository, range.mergeBase));
}

/** The same for changes that were read. `history`: of the base, latest first. */
export function revertedBy(
  wanted: Sides,
  history: readonly Pick<FirstParentStep, 'commit' | 'change'>[],
): string | null {
  const since = new Map<string, Side>();
  for (const { commit, change } of history) {
    if (isInverse(wanted, change)) return commit;
    addEarlier(since, change);
    for (const [path, sides] of since) if (sides.old === sides.new) since.delete(path);
    if (isInverse(wanted, since)) return commit;
  }
  return null;
}

function isInverse(wanted: Sides, change: Sides): boolean {
  return (
    change.size === wanted.size &&
    [...wanted].every(([path, sides]) => change.get(path)?.old === sides.new && change.get(path)?.new === sides.old)
  );
}
