/** What a policy asks for and nobody looks at yet: it must not pass quietly. */
import type { Policy } from '../policy';

/** As sentences. */
export const notInEffect = (policy: Pick<Policy, 'tiers'>): readonly string[] =>
  policy.tiers.some(({ rollout }) => rollout !== null) ? ['The policy asks for a rollout in stages (rollout), and nothing looks at that yet: see to it where you deploy.'] : [];
