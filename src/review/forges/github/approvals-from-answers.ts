/** Reviews of a GitHub pull request, as the gate needs them. */
import { z } from 'zod';
import type { GivenApproval } from '../../gate';
import { NO_COMMIT } from '../../../base/patterns';
import { ForgeError, type GivenReviews } from '../client-parts';

export const accountSchema = z.object({ login: z.string().min(1), type: z.string().optional() });

/** A login; an account that is not a person's is a bot to the gate, whatever it calls itself. */
export const accountName = ({ login, type }: z.infer<typeof accountSchema>): string =>
  type !== undefined && type !== 'User' && !login.endsWith('[bot]') ? `${login}[bot]` : login;

export const reviewSchema = z.object({
  user: accountSchema.nullable(),
  state: z.string(),
  commit_id: z.string().nullish(),
  submitted_at: z.string().nullish(),
  author_association: z.string().nullish(),
  /** GitHub has no such field. */
  dismissed: z.unknown().optional(),
});

type Review = z.infer<typeof reviewSchema>;

const STATES: Readonly<Record<string, GivenApproval['state'] | undefined>> = {
  APPROVED: 'approved',
  DISMISSED: 'dismissed',
  CHANGES_REQUESTED: 'changes_requested',
};

/** Associations with the repository. Others may approve too if they can read it. */
const INSIDERS: readonly unknown[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/**
 * Throws a {@link ForgeError} for reviews of Gitea or Forgejo: the state of an approval that was dismissed there is
 * still APPROVED.
 */
export function refuseOthers(reviews: readonly Review[], host: string): void {
  if (reviews.some(({ dismissed }) => dismissed !== undefined))
    throw new ForgeError(
      'unknown-forge',
      `${host} is not GitHub but another Git host, such as Gitea, so Linekeeper does not know which approvals count.`,
    );
}

/**
 * Everybody's reviews, in GitHub's order. `requested`: logins whose review is currently requested; somebody who
 * approved and is requested again has not approved the current version.
 */
export function approvalsOf(reviews: readonly Review[], requested: readonly string[]): GivenReviews {
  const again = new Set(requested.map((login) => login.toLowerCase()));
  const notices: string[] = [];
  const approvals = reviews.flatMap((review): GivenApproval[] => {
    const state = STATES[review.state.toUpperCase()];
    if (state === undefined) return []; // a comment, or a pending review
    if (review.user === null) {
      notices.push('A review by an account that does not exist any more was left out.');
      return [];
    }
    const at = Date.parse(review.submitted_at ?? '');
    return [
      {
        by: accountName(review.user),
        email: null,
        commit: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(review.commit_id ?? '')
          ? (review.commit_id ?? '').toLowerCase()
          : NO_COMMIT,
        state: state === 'approved' && again.has(review.user.login.toLowerCase()) ? 're-requested' : state,
        at: Number.isNaN(at) ? null : at,
        ...(INSIDERS.includes(review.author_association) ? {} : { outsider: true }),
      },
    ];
  });
  return { approvals, notices: [...new Set(notices)] };
}
