/** What the deciding policy says about a commit's trailers. Light: git's hook loads it. */
import type { ChangeAttribution } from '../attribution/types';
import type { Repository, TrailerPolicy } from '../git';
import { tierOf, type Policy } from '../policy';
import { loadPolicy } from '../policy-loader';

/** The trailer policy of a repository. A broken policy never stops a commit: the built-in one stands in for it. */
export async function trailerPolicy(repository: Repository): Promise<TrailerPolicy> {
  return trailerPolicyOf((await loadPolicy(repository)).policy);
}

export function trailerPolicyOf(policy: Policy): TrailerPolicy {
  return { choice: policy.trailers, riskOf: (change) => riskOf(policy, change) };
}

/** The highest tier, among those that ask everybody, watch or hold agents, in which AI lines land or are removed (DESIGN 1.4). */
function riskOf(policy: Policy, change: ChangeAttribution): string | null {
  let highest: { readonly rank: number; readonly name: string } | null = null;
  for (const file of change.files) {
    if (![...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].some((range) => range.author === 'ai')) continue;
    const match = tierOf(policy, { path: file.path, from: file.from, findings: [] });
    if (!match || (match.tier.any === null && match.tier.detect.length === 0 && match.tier.agents === 'allow')) continue;
    if (!highest || match.rank < highest.rank) highest = { rank: match.rank, name: match.tier.name };
  }
  return highest?.name ?? null;
}
