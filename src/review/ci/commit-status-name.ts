/** The name of a commit's status, which branch protection requires. */
import { createHash } from 'node:crypto';
import type { ForgeChange } from '../forges/client-parts';

/** Names that stay distinct whatever a forge does to them. */
const PLAIN = /^[a-z0-9._/-]{1,100}$/;

/**
 * A status belongs to the commit and not to the pull request: the same commit may be in another one, into a branch
 * whose policy is less strict. So only a status for the default branch has the plain name, and every other includes its
 * branch. To GitHub names that differ only in case are the same (docs.github.com/rest/commits/statuses), and two long
 * ones may begin alike: such names also get a digest of the branch's name.
 */
export function statusNameOf({ base, defaultBranch }: Pick<ForgeChange, 'base' | 'defaultBranch'>): string {
  if (base === defaultBranch) return 'linekeeper';
  if (PLAIN.test(base)) return `linekeeper (${base})`;
  const digest = createHash('sha256').update(base).digest('hex').slice(0, 20);
  return `linekeeper (${[...base].slice(0, 100).join('')}, ${digest})`;
}
