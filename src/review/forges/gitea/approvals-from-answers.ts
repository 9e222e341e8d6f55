/** Reviews of a pull request at Gitea or Forgejo, as the gate needs them. */
import { z } from 'zod';
import type { GivenApproval } from '../../gate';
import type { GivenReviews } from '../client-parts';
import { NO_COMMIT, OBJECT_ID } from '../../../base/patterns';

export const accountSchema = z.object({ id: z.int(), login: z.string().min(1) });

export const reviewSchema = z.object({
  id: z.int(),
  /** Null in a request for a team's review. */
  user: accountSchema.nullish(),
  state: z.string(),
  commit_id: z.string().nullish(),
  /** When it was begun: a review may wait, seen by its author only, before it is submitted. */
  submitted_at: z.string().nullish(),
  /** When it was submitted, or changed since. */
  updated_at: z.string().nullish(),
  /** The state of a dismissed review stays as it was. */
  dismissed: z.boolean(),
  /** Whether it counts by the branch's own rules. Only the latest verdict of a person does. */
  official: z.boolean(),
});

type Review = z.infer<typeof reviewSchema>;
type Verdict = Review & { readonly user: z.infer<typeof accountSchema> };

const STATES: Readonly<Record<string, GivenApproval['state'] | undefined>> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes_requested',
};

/** A login; accounts that are the server's own have negative numbers. */
export const accountName = ({ id, login }: z.infer<typeof accountSchema>): string => (id < 0 ? `${login}[bot]` : login);

/** The account that takes the place of a deleted one. */
const GHOST = -1;

/**
 * Everybody's verdicts, oldest first. Who has reviewed stays among `requested_reviewers`, so a request for another
 * review is seen by its own entry, which goes when it is answered.
 */
export function approvalsOf(reviews: readonly Review[]): GivenReviews {
  const sorted = reviews.toSorted((one, other) => one.id - other.id).filter(isByAccount);
  const requested = new Map(
    sorted.filter(({ state }) => state === 'REQUEST_REVIEW').map(({ id, user }) => [user.id, id]),
  );
  const verdicts = sorted.filter(({ state }) => STATES[state] !== undefined);
  const latest = new Map(verdicts.map((one) => [one.user.id, one]));
  const known = verdicts.filter(({ user }) => user.id !== GHOST);
  const approvals = known.map((review): GivenApproval => {
    const { id, user, state, commit_id: commit, dismissed } = review;
    return {
      by: accountName(user),
      email: null,
      commit: OBJECT_ID.test(commit ?? '') ? (commit ?? NO_COMMIT) : NO_COMMIT,
      state: dismissed
        ? 'dismissed'
        : state === 'APPROVED' && (requested.get(user.id) ?? 0) > id
          ? 're-requested'
          : (STATES[state] ?? 'dismissed'),
      ...timesOf(review),
      ...(latest.get(user.id) === review && !review.official && !dismissed && !requested.has(user.id)
        ? { outsider: true }
        : {}),
    };
  });
  return {
    approvals,
    notices:
      known.length < verdicts.length ? ['A review by an account that does not exist any more was left out.'] : [],
  };
}

/** One that was dismissed keeps its own time, not that of the dismissal: it is no later than what replaced it. */
function timesOf({
  submitted_at: begun,
  updated_at: changed,
  dismissed,
}: Review): Pick<GivenApproval, 'at' | 'earliest'> {
  const earliest = Date.parse(begun ?? '');
  const latest = Date.parse(changed ?? '');
  if (Number.isNaN(earliest)) return { at: null };
  return dismissed || Number.isNaN(latest) || latest <= earliest ? { at: earliest } : { at: latest, earliest };
}

const isByAccount = (review: Review): review is Verdict => review.user !== null && review.user !== undefined;
