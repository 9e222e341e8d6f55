/** What the status of a commit is called, which the protection of a branch requires. */
import { createHash } from 'node:crypto';
import type { ForgeChange } from '../forge-api';

/** Names that stay different whatever a forge does to them. */
const PLAIN = /^[a-z0-9._/-]{1,100}$/;

/**
 * A status is the commit's and not the pull request's: the same commit may be in another one, into a branch whose
 * policy asks for less. So only one into the default branch is called plainly, and every other by its branch. GitHub
 * takes two names for one that differ in case only (docs.github.com/rest/commits/statuses), and two long ones may begin
 * alike: those have a digest of the branch's name besides.
 */
export function statusNameOf({ base, defaultBranch }: Pick<ForgeChange, 'base' | 'defaultBranch'>): string {
  if (base === defaultBranch) return 'linekeeper';
  if (PLAIN.test(base)) return `linekeeper (${base})`;
  const digest = createHash('sha256').update(base).digest('hex').slice(0, 20);
  return `linekeeper (${[...base].slice(0, 100).join('')}, ${digest})`;
}
