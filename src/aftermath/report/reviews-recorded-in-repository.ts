/** Reviews, as far as the repository itself records them. */
import { isGenerated, tierOf } from '../../policy';
import type { FigureInput } from './figure-input';
import type { CommitFacts, Reviews } from './types';

const DAY = 86_400;

/** What got into the branch at once: a commit, or a merge with everything in it. */
interface Landing {
  readonly index: number;
  readonly commits: readonly CommitFacts[];
  /** Seconds of the latest commit that was merged; null for a commit that was made on the branch. */
  readonly last: number | null;
}

export function reviewsOf(
  input: Pick<FigureInput, 'history' | 'timeOf' | 'since' | 'until' | 'policy' | 'signed'>,
): Reviews {
  const { timeOf, since, until, signed } = input;
  const landings = landingsOf(input).filter(({ index }) => timeOf(index) >= since && timeOf(index) <= until);
  const needing = landings.filter((landing) => asksForReview(input, landing));
  const isSigned = ({ commits }: Landing): boolean =>
    commits.some(({ id, reviewedBy }) => (reviewedBy ?? 0) > 0 || signed?.has(id) === true);
  const known = signed !== null || landings.some(isSigned);
  const waits = landings
    .flatMap(({ index, last }) => (last === null ? [] : [Math.max(0, timeOf(index) - last) / DAY]))
    .sort((a, b) => a - b);
  return {
    asked: needing.length,
    given: known ? needing.filter(isSigned).length : null,
    days: waits.length === 0 ? null : median(waits),
    merges: waits.length,
  };
}

function landingsOf({ history, timeOf }: Pick<FigureInput, 'history' | 'timeOf'>): readonly Landing[] {
  const indexOf = new Map(history.commits.map(({ id }, index) => [id, index]));
  const main: number[] = [];
  for (let at = indexOf.get(history.tip); at !== undefined; at = indexOf.get(history.commits[at]?.parents[0] ?? ''))
    main.push(at);
  const visited = new Set(main);
  return main.reverse().flatMap((index): Landing[] => {
    const commit = history.commits[index];
    if (!commit) return [];
    const commits = [commit];
    const open = commit.parents.slice(1).flatMap((id) => indexOf.get(id) ?? []);
    const last = open.length === 0 ? null : Math.max(...open.map(timeOf));
    while (open.length > 0) {
      const at = open.pop();
      const facts = at === undefined ? undefined : history.commits[at];
      if (at === undefined || !facts || visited.has(at)) continue;
      visited.add(at);
      commits.push(facts);
      open.push(...facts.parents.flatMap((parent) => indexOf.get(parent) ?? []));
    }
    return [{ index, commits, last }];
  });
}

/**
 * Whether today's policy requires a sign-off for its AI lines. A change's level is unknown here: what the policy
 * requires of any level counts.
 */
function asksForReview({ history, policy }: Pick<FigureInput, 'history' | 'policy'>, { commits }: Landing): boolean {
  const lines = new Map<string, number>();
  for (const { files } of commits) {
    for (const { path, from, lines: parts, change } of files) {
      const isAi = (who: number): boolean => history.who[who]?.[0] === 'ai';
      const count =
        parts.reduce((sum, [who, added, removed]) => (isAi(who) ? sum + added + removed : sum), 0) +
        (change !== undefined && isAi(change) ? 1 : 0);
      // Most files have no AI lines, and matching patterns is slow.
      if (count === 0 || isGenerated(policy, path, from ?? null)) continue;
      const tier = tierOf(policy, { path, from: from ?? null, findings: [] })?.tier.name;
      if (tier !== undefined) lines.set(tier, (lines.get(tier) ?? 0) + count);
    }
  }
  return policy.tiers.some(
    ({ name, any, ai }) =>
      (lines.get(name) ?? 0) > 0 &&
      (any !== null ||
        (ai !== null && Object.keys(ai.byLevel).length > 0 && (lines.get(name) ?? 0) >= ai.atLeastLines)),
  );
}

function median(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
