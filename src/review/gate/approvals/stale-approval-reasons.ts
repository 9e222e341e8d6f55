/** Why an approval no longer holds for a tier: what changed, or came back, since it was given. Pure. */
import { list, quoted, tierOf, type Policy } from '../../../policy';
import type { GivenApproval } from '../gate-input-types';
import type { ChangeSinceApproval } from './changes-since-approval';

export interface ChangesSinceApprovals {
  readonly policy: Policy;
  readonly head: string;
  /** For each approved commit other than the head: what has changed since. Missing ones were not found. */
  readonly drift: ReadonlyMap<string, ChangeSinceApproval>;
  /** Approvals whose change in a tier was merged into the base and taken back since, by the tier. Default: none. */
  readonly used?: ReadonlyMap<string, ReadonlySet<GivenApproval>>;
}

export interface TierSinceApproval {
  readonly name: string;
  /** New and old paths of its files. */
  readonly names: ReadonlySet<string>;
  /** What changed in it, as returned by `tierChanges`. */
  readonly change?: string | undefined;
}

/** Empty where it still holds. */
export function staleness(since: ChangesSinceApprovals, tier: TierSinceApproval, approval: GivenApproval): string {
  const { commit, signed } = approval;
  if (signed !== undefined && !Object.hasOwn(signed.changes, tier.name))
    return `it was signed for ${list(Object.keys(signed.changes))} only`;
  if (since.used?.get(tier.name)?.has(approval) === true)
    return signed === undefined
      ? 'the base has had this change since it was approved, and took it back: have it approved again'
      : 'the base has had this change since it was signed, and took it back: sign again';
  if (signed !== undefined && signed.changes[tier.name] === tier.change) return '';
  if (commit === since.head) return '';
  const drift = since.drift.get(commit) ?? 'not-found';
  if (drift === 'not-found')
    return `the approved commit ${commit.slice(0, 12)} can't be found here, as after a rebase: fetch it (git fetch origin ${commit}), or have the head approved`;
  if (drift === 'not-comparable') return `the approved commit ${commit.slice(0, 12)} can't be compared with the head`;
  const changed = [...drift].find(
    (path) => tier.names.has(path) || tierOf(since.policy, { path, from: null, findings: [] })?.tier.name === tier.name,
  );
  return changed === undefined ? '' : `${quoted(changed)} has changed since ${commit.slice(0, 12)}`;
}
