/**
 * Approvals of a pull request at Bitbucket Data Center, as the gate needs them. Each says which commit was the latest
 * that its reviewer has seen.
 */
import { z } from 'zod';
import type { GivenApproval } from '../../gate';
import type { GivenReviews } from '../client-parts';
import { NO_COMMIT } from '../../../base/patterns';

export const userSchema = z.object({
  name: z.string().min(1),
  type: z.string().nullish(),
  active: z.boolean().nullish(),
});

type User = z.infer<typeof userSchema>;

export const reviewerSchema = z.object({
  user: userSchema,
  status: z.string().nullish(),
  approved: z.boolean().nullish(),
  lastReviewedCommit: z.string().nullish(),
});

type Reviewer = z.infer<typeof reviewerSchema>;

/** The account's name: no two have the same, and only administrators change them. Those of services are bots. */
export const accountName = ({ name, type }: User): string => (type === 'SERVICE' ? `${name}[bot]` : name);

/** `reviewers`: also those who take part without having been asked. */
export function approvalsOf(reviewers: readonly Reviewer[]): GivenReviews {
  const notices: string[] = [];
  const approvals = reviewers.flatMap(({ user, status, approved, lastReviewedCommit }): GivenApproval[] => {
    const by = accountName(user);
    if (status === 'NEEDS_WORK') return [{ by, email: null, commit: NO_COMMIT, state: 'changes_requested', at: null }];
    if (status !== 'APPROVED' && !(status === undefined && approved === true)) return [];
    if (user.active === false) {
      notices.push(`The approval of ${by} was left out: the account is not active any more.`);
      return [];
    }
    const commit = /^[0-9a-f]{40}$/.exec(lastReviewedCommit ?? '')?.[0];
    if (commit === undefined) notices.push(`Bitbucket does not say which commit ${by} approved.`);
    return [{ by, email: null, commit: commit ?? NO_COMMIT, state: 'approved', at: null }];
  });
  return { approvals, notices };
}
