/** What a deployment asks for a sign-off: the changes in it were signed off when they were merged. */
import type { Policy } from '../../policy';

/** The policy without all that it asks of a change, so that only what is open asks for more. */
export const policyOfDeployment = (policy: Policy): Policy => ({
  ...policy,
  assistants: { ...policy.assistants, allowed: null },
  tiers: policy.tiers.map(({ requires: _, ...tier }) => ({ ...tier, any: null, ai: null, agents: 'allow' })),
});
