/**
 * Approvals of a pull request at Bitbucket Cloud, as the gate needs them. Anybody may change their names there, also to
 * those of others, so people are known by the account's own UUID, without its braces. An approval does not say which commit it is about: that
 * is the latest one at that time, by the pull request's activity.
 */
import { z } from 'zod';
import type { GivenApproval } from '../../gate';
import type { GivenReviews } from '../client-parts';
import { NO_COMMIT } from '../../../base/patterns';

export const accountSchema = z.object({
  type: z.string().optional(),
  uuid: z.string().optional(),
  display_name: z.string().optional(),
});

type Account = z.infer<typeof accountSchema>;

export const participantSchema = z.object({ user: accountSchema, approved: z.boolean(), state: z.string().nullish() });

/** Each has one of them: what was pushed, and who approved. */
export const activitySchema = z.object({
  update: z
    .object({
      date: z.string().nullish(),
      source: z.object({ commit: z.object({ hash: z.string() }).nullish() }).nullish(),
    })
    .nullish(),
  approval: z.object({ date: z.string().nullish(), user: accountSchema.nullish() }).nullish(),
});

type Activity = z.infer<typeof activitySchema>;

/** The account's name; undefined when it has none, as that of a deleted one. Those that are no person's are bots. */
export function accountName({ type, uuid }: Account): string | undefined {
  const name = /^\{([0-9a-f-]{36})\}$/i.exec(uuid ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  return type === undefined || type === 'user' ? name : `${name}[bot]`;
}

interface Pull {
  readonly participants: readonly z.infer<typeof participantSchema>[];
  /** The pull request's own events. */
  readonly activity: readonly Activity[];
  /** The full id of an abbreviated one; undefined when it is not known, or not the only one. */
  readonly fullId: (hash: string) => string | undefined;
}

export function approvalsOf({ participants, activity, fullId }: Pull): GivenReviews {
  const notices: string[] = [];
  const approvals = participants.flatMap(({ user, approved, state }): GivenApproval[] => {
    if (!approved && state !== 'changes_requested') return [];
    const by = accountName(user);
    if (by === undefined) {
      notices.push('A review by an account that does not exist any more was left out.');
      return [];
    }
    if (state === 'changes_requested')
      return [{ by, email: null, commit: NO_COMMIT, state: 'changes_requested', at: null }];
    const at = timeOfApproval(activity, user);
    const hash = at === null ? undefined : headAt(activity, at);
    const commit = hash === undefined ? undefined : fullId(hash);
    if (commit === undefined) notices.push(`Bitbucket does not say which commit ${nameOf(by, user)} approved.`);
    else notices.push(`${by} is ${JSON.stringify(user.display_name ?? '')} at Bitbucket.`);
    return [{ by, email: null, commit: commit ?? NO_COMMIT, state: 'approved', at }];
  });
  return { approvals, notices };
}

const nameOf = (by: string, { display_name: shown }: Account): string =>
  shown === undefined ? by : `${by} (${JSON.stringify(shown)})`;

const isSame = (one: Account, other: Account): boolean => one.uuid !== undefined && one.uuid === other.uuid;

const newest = <T extends { readonly at: number }>(times: readonly T[]): T | undefined =>
  times.filter(({ at }) => !Number.isNaN(at)).sort((one, other) => other.at - one.at)[0];

function timeOfApproval(activity: readonly Activity[], user: Account): number | null {
  const times = activity.flatMap(({ approval }) =>
    approval?.user && isSame(approval.user, user) ? [{ at: Date.parse(approval.date ?? '') }] : [],
  );
  return newest(times)?.at ?? null;
}

/** The source branch's commit of the latest push before a time. */
function headAt(activity: readonly Activity[], time: number): string | undefined {
  const pushes = activity.flatMap(({ update }) =>
    update?.source?.commit ? [{ at: Date.parse(update.date ?? ''), hash: update.source.commit.hash }] : [],
  );
  return newest(pushes.filter(({ at }) => at <= time))?.hash;
}
