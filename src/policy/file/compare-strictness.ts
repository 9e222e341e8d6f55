/** Which of two parts of a policy is stricter. */
import { type HasLevels, isTeam, keyOf, levelsOf, meets, peopleAt } from '../identities-and-levels';
import {
  AGENT_RULES,
  NO_RECORDER,
  RUN_DETAILS,
  type Level,
  type Policy,
  type Requirement,
  type Requires,
  type Tier,
} from '../types';

export const isAsStrict = (policy: HasLevels, first: Requirement, second: Requirement): boolean =>
  meets(policy, first.from, second.from) &&
  first.approvals >= second.approvals &&
  (first.codeOwner || !second.codeOwner) &&
  (first.signed === true || second.signed !== true);

export const strictest = (policy: HasLevels, first: Requirement, second: Requirement): Requirement => ({
  from: meets(policy, first.from, second.from) ? first.from : second.from,
  approvals: Math.max(first.approvals, second.approvals),
  codeOwner: first.codeOwner || second.codeOwner,
  ...(first.signed === true || second.signed === true ? { signed: true } : {}),
});

/** Whether a tier requires at least as much as another, at every level. */
export function isAsStrictTier(policy: HasLevels, first: Tier, second: Tier): boolean {
  const covers = (mine: Requirement | null | undefined, required: Requirement | null | undefined): boolean =>
    (required ?? null) === null ||
    [mine, first.any].some(
      (has) =>
        has !== null &&
        has !== undefined &&
        required !== null &&
        required !== undefined &&
        isAsStrict(policy, has, required),
    );
  if (AGENT_RULES.indexOf(first.agents) < AGENT_RULES.indexOf(second.agents)) return false;
  if (!covers(first.any, second.any)) return false;
  if (
    (['deny', 'ask'] as const).some((key) =>
      second.toolLists?.[key].some((name) => first.toolLists?.[key].includes(name) !== true),
    )
  )
    return false;
  if (!requiresAsMuch(first.requires, second.requires)) return false;
  return levelsOf(policy).every((level) => {
    const required = second.ai?.byLevel[level];
    const early = first.ai !== null && second.ai !== null && first.ai.atLeastLines <= second.ai.atLeastLines;
    return covers(early ? first.ai.byLevel[level] : null, required);
  });
}

const requiresAsMuch = (first: Requires | undefined, second: Requires | undefined): boolean =>
  second === undefined ||
  (second.checks.every((name) => first?.checks.includes(name) === true) &&
    (!second.plan || first?.plan === true) &&
    (!second.tested || first?.tested === true) &&
    (second.aiLines === null || (first?.aiLines ?? Infinity) <= second.aiLines));

/** The level at which a policy lists a name; the unlisted level for all others. */
export function levelIn(policy: Policy, name: string): Level {
  return levelsIn(policy).get(nameKey(name)) ?? policy.unlisted;
}

/** Made once for each policy object: a company lists hundreds of people, and so may a repository over it. */
const levelsByName = new WeakMap<Policy, ReadonlyMap<string, Level>>();

function levelsIn(policy: Policy): ReadonlyMap<string, Level> {
  const known = levelsByName.get(policy);
  if (known !== undefined) return known;
  const levels = new Map<string, Level>();
  // the lowest counts
  for (const level of [...levelsOf(policy)].reverse())
    for (const name of peopleAt(policy, level)) levels.set(nameKey(name), level);
  levelsByName.set(policy, levels);
  return levels;
}

/** A team is no person of the same name. */
const nameKey = (name: string): string => `${isTeam(name) ? 'team' : 'person'} ${keyOf(name)}`;

/** Whether a rollout is faster than another, leaves out one of its stages, or has them in another order. */
export const isSooner = (first: Tier['rollout'], second: Tier['rollout']): boolean =>
  second !== null &&
  (first === null ||
    seconds(first.soak) < seconds(second.soak) ||
    first.stages.filter((stage) => second.stages.includes(stage)).join() !== second.stages.join());

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** The seconds of a soak time such as `24h`. */
export const seconds = (soak: string): number => Number(soak.slice(0, -1)) * (UNITS[soak.slice(-1)] ?? 0);

/** Whether `own` keeps less of what agents ran than `base`. */
export function keepsLess(base: Policy, policy: Policy): boolean {
  const [most, mine] = [base.runsMore ?? {}, policy.runsMore ?? {}];
  const forever = Number.POSITIVE_INFINITY;
  return (
    RUN_DETAILS.indexOf(policy.runs) < RUN_DETAILS.indexOf(base.runs) ||
    (mine.forDays ?? forever) < (most.forDays ?? forever) ||
    (most.minute === true && mine.minute !== true) ||
    (most.reason === true && mine.reason !== true)
  );
}

/** Whether lines of commits without a recorder count as less by `own`. */
export function countsUnrecordedAsLess(base: Policy, policy: Policy): boolean {
  const rank = ({ noRecorder, unknown }: Policy): number => NO_RECORDER.indexOf(noRecorder ?? unknown);
  return rank(policy) > rank(base);
}

/** Whether a policy lists people or requires a sign-off. */
export const usesLevels = ({ people, peopleFiles, tiers, levels }: Policy): boolean =>
  levels !== undefined ||
  [...Object.values(people), ...Object.values(peopleFiles)].some((names) => names.length > 0) ||
  tiers.some(({ any, ai }) => any !== null || ai !== null);

/** Patterns with ! by which a policy takes files out of those that the other one lists. */
export const exclusionsFrom = (base: readonly string[], patterns: readonly string[]): readonly string[] =>
  base.length === 0 ? [] : patterns.filter((pattern) => pattern.startsWith('!') && !base.includes(pattern));
