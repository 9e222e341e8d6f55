/** What the policy says about a commit's trailers. Light: git's hook loads it. */
import type { ChangeAttribution } from '../../provenance/authorship/types';
import type { ChangedContents, TrailerPolicy } from '../../provenance/commits';
import type { Repository } from '../../git';
import { BUILT_IN_POLICY, findingsAbout, isGenerated, tierOf, type Finding, type Policy, type TierMatch } from '..';
import { loadPolicy } from '../load';

/** The trailer policy of a repository. A broken policy never stops a commit: the built-in one takes its place. */
export async function trailerPolicy(repository: Repository): Promise<TrailerPolicy> {
  return trailerPolicyOf((await loadPolicy(repository)).policy);
}

export function trailerPolicyOf(policy: Policy): TrailerPolicy {
  return {
    choice: policy.trailers,
    riskOf: (change) => highestRisk(policy, change, []),
    riskIn: (repository, change, between) => riskIn(policy, repository, change, between),
    unknownIn: (change) => unknownIn(policy, change),
  };
}

/** Lines of unknown author that the check counts as AI's. Nobody chose the built-in policy. */
function unknownIn(policy: Policy, { files }: ChangeAttribution): number {
  if (policy === BUILT_IN_POLICY || policy.unknown === 'human') return 0;
  return files
    .filter(({ path, from }) => !isGenerated(policy, path, from))
    .flatMap(({ ranges, removed }) => [...ranges, ...removed])
    .reduce((count, { author, start, end }) => count + (author === 'unknown' ? end - start + 1 : 0), 0);
}

/**
 * The highest tier with added or removed AI lines, among those that require something of everybody, watch or restrict
 * agents.
 */
function riskOf(policy: Policy, change: ChangeAttribution, findings: readonly Finding[]): TierMatch | null {
  let highest: TierMatch | null = null;
  for (const { path, from } of filesByAi(change)) {
    const match = tierOf(policy, { path, from, findings: findingsAbout(findings, path) });
    if (!match || (match.tier.any === null && match.tier.detect.length === 0 && match.tier.agents === 'allow'))
      continue;
    if (!highest || match.rank < highest.rank) highest = match;
  }
  return highest;
}

/** The name of the tier for `AI-Risk`. */
export const highestRisk = (policy: Policy, change: ChangeAttribution, findings: readonly Finding[]): string | null =>
  riskOf(policy, change, findings)?.tier.name ?? null;

const filesByAi = ({ files }: ChangeAttribution): ChangeAttribution['files'] =>
  files.filter((file) =>
    [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].some(({ author }) => author === 'ai'),
  );

/**
 * The same with the rules' findings, computed only where they could raise a file. The same texts give the same answer,
 * in a hook and before it.
 */
async function riskIn(
  policy: Policy,
  repository: Repository,
  change: ChangeAttribution,
  { files, objects }: ChangedContents,
): Promise<string | null> {
  const byPath = riskOf(policy, change, []);
  const above = policy.tiers.slice(0, byPath?.rank);
  if (!above.some(({ detect }) => detect.length > 0)) return byPath?.tier.name ?? null;
  const paths = new Set(filesByAi(change).map(({ path }) => path));
  const { findQuickly } = await import('../findings/find-quickly');
  const findings = await findQuickly(
    repository,
    (await files()).filter(({ path }) => paths.has(path)),
    policy,
    objects === undefined ? {} : { objects },
  );
  return riskOf(policy, change, findings)?.tier.name ?? null;
}
