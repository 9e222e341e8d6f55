/**
 * Approvals of a GitLab merge request, as the gate needs them. GitLab does not report which commit was approved: it is
 * the latest one at the time of the approval, by the versions of the merge request.
 */
import type { GivenApproval } from '../../gate';
import type { GivenReviews } from '../client-parts';
import { NO_COMMIT } from '../../../base/patterns';

export interface Approver {
  readonly login: string;
  readonly bot: boolean;
  /** RFC 3339; null when the server is too old to report it. */
  readonly at: string | null;
}

interface GitLabReview {
  readonly approvers: readonly Approver[];
  readonly reviewers: readonly { readonly login: string; readonly state: string }[];
  /** What was pushed when. */
  readonly versions: readonly { readonly head: string; readonly at: string }[];
  /** System notes on the merge request, oldest first. */
  readonly activity: readonly { readonly login: string; readonly text: string; readonly at: string }[];
}

export function approvalsOf({ approvers, reviewers, versions, activity }: GitLabReview): GivenReviews {
  const states = new Map(reviewers.map(({ login, state }) => [login, state]));
  const notices: string[] = [];
  const approvals = approvers.map(({ login, bot, at: approvedAt }): GivenApproval => {
    const at = timeOf(
      approvedAt ??
        activity.findLast((one) => one.login === login && /^approved this merge request\b/.test(one.text))?.at,
    );
    const commit = at === null ? undefined : headAt(versions, at);
    if (commit === undefined)
      notices.push(
        `GitLab does not say when ${JSON.stringify(login)} approved, so which commit was meant is not known.`,
      );
    return {
      by: bot ? `${login}[bot]` : login,
      email: null,
      commit: commit ?? NO_COMMIT,
      state: stateOf(states.get(login)),
      at,
    };
  });
  const against = reviewers.filter(
    ({ login, state }) => state === 'requested_changes' && !approvers.some((one) => one.login === login),
  );
  return {
    approvals: [
      ...approvals,
      ...against.map(({ login }): GivenApproval => ({
        by: login,
        email: null,
        commit: NO_COMMIT,
        state: 'changes_requested',
        at: null,
      })),
    ],
    notices,
  };
}

/** A reviewer who approved and is asked again is back at `unreviewed`. */
const stateOf = (state: string | undefined): GivenApproval['state'] =>
  state === 'requested_changes'
    ? 'changes_requested'
    : state === 'unreviewed' || state === 'unapproved' || state === 'review_started'
      ? 're-requested'
      : 'approved';

function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}

/** The head of the latest version that existed at a time. */
function headAt(versions: GitLabReview['versions'], time: number): string | undefined {
  const before = versions.map(({ head, at }) => ({ head, at: Date.parse(at) })).filter(({ at }) => at <= time);
  return before.sort((one, other) => other.at - one.at)[0]?.head.toLowerCase();
}
