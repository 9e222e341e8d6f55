import { policyOfDeployment, type NetFile } from '../../review/gate';
import { changedFileIn, type Policy } from '../../policy';
import { decide } from '../../policy/decision';
import type { findInRange } from '../../policy/findings';

/** A tier that the policy's calendar holds back, and the last moment of that. */
export interface FrozenTier {
  readonly tier: string;
  readonly why: string;
  /** As RFC 3339. */
  readonly until: string;
}

/** What the policy's calendar holds back: the same decision as at the gate, of every tier that the deployment touches. */
export function calendarOf({
  now,
  hasEmergency,
  policy,
  range,
  net,
  looked,
}: {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly hasEmergency: boolean | undefined;
  readonly policy: Policy;
  readonly range: { readonly commits: readonly unknown[] };
  readonly net: readonly NetFile[];
  readonly looked: Awaited<ReturnType<typeof findInRange>>;
}): readonly FrozenTier[] {
  if (policy.freeze === undefined || range.commits.length === 0) return [];
  const { tiers } = decide({
    policy: policyOfDeployment(policy),
    files: net.map(({ attribution, unplaced }) => changedFileIn(looked, attribution, unplaced)),
    level: 'senior',
    approvals: {},
    now,
    ...(hasEmergency === true ? { emergency: 'second-person' } : {}),
  });
  return tiers.flatMap(({ name, required }) =>
    required.flatMap(({ kind, satisfied, why, until = '' }) =>
      kind === 'freeze' && !satisfied ? [{ tier: name, why, until }] : [],
    ),
  );
}
