/**
 * Which signed commits outside a range are earlier heads of it: a rebase leaves them behind, and what was signed stays
 * signed when the change is still the same.
 */
import { isolatedGit, readCommits, type Commit, type Repository } from '../../../git';
import type { EarlierHeads } from '../gate-input-types';
import type { Range } from '../range/commit-range';
import { changedSinceApproval } from './changes-since-approval';

/** Each is merged once. No change was rebased so often since it was signed. */
const COMPARED_AT_MOST = 20;
/** The latest ones; others in these numbers are of other branches. */
const LOOKED_AT = 200;

/**
 * An earlier head makes the same change in one of its tiers, or ends with a commit that the range still has, rewritten
 * (then it is told what has changed since). `isIn`: whether a path belongs to a tier.
 */
export const earlierHeadsOf =
  (repository: Repository, range: Range, isIn: (path: string, tier: string) => boolean): EarlierHeads =>
  async (signed) => {
    const named = [...new Set(signed.map(({ commit }) => commit))].slice(0, LOOKED_AT);
    const here = await readCommits(repository, named);
    const open = await unmerged(repository, range.base, [...here.keys()]);
    const rewritten = new Set(range.commits.map(authorLine));
    const heads = new Set<string>();
    let compared = 0;
    for (const [id, commit] of here) {
      if (!open.has(id)) continue;
      if (rewritten.has(authorLine(commit))) heads.add(id);
      else if (compared++ < COMPARED_AT_MOST) {
        const changed = await changedSinceApproval(repository, range, id);
        const tiers = signed.flatMap((one) => (one.commit === id ? one.tiers : []));
        if (typeof changed !== 'string' && tiers.some((tier) => ![...changed].some((path) => isIn(path, tier))))
          heads.add(id);
      }
    }
    return heads;
  };

/** A rebase, a cherry-pick and an amendment keep who wrote a commit and when. */
const authorLine = ({ author: { name, email, time, zone } }: Commit): string =>
  [name, email, String(time), zone].join('\0');

/** Those that the base does not have. Throws a GitError. */
async function unmerged(
  repository: Repository,
  base: string,
  commits: readonly string[],
): Promise<ReadonlySet<string>> {
  if (commits.length === 0) return new Set();
  const { stdout } = await isolatedGit(repository, ['rev-list', '--stdin'], {
    input: [...commits, `^${base}`, ''].join('\n'),
    timeout: 120_000,
  });
  return new Set(stdout.toString('latin1').split('\n'));
}
