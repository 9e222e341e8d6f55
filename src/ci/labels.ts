/** Labels that show other pipelines what a change is: added and removed as it develops. */
import { labelsOf } from '../review';
import type { Decided } from './decide';

/**
 * What to add and what to remove. Only labels with these names are ours: `ai-assisted`, and `risk: TIER` for a tier of
 * the policy.
 */
export function labelChange({ result, net, policy, change }: Decided): {
  readonly add: readonly string[];
  readonly remove: readonly string[];
} {
  const wanted = labelsOf({ decision: result, files: net.files.map(({ attribution }) => attribution) });
  const ours = new Set(['ai-assisted', ...policy.tiers.map(({ name }) => `risk: ${name}`)]);
  return {
    add: wanted.filter((name) => !change.labels.includes(name)),
    remove: change.labels.filter((name) => ours.has(name) && !wanted.includes(name)),
  };
}
