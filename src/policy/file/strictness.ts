/** Which of two parts of a policy is stricter. */
import { isTeam, keyOf, meets } from '../people';
import { AGENT_RULES, LEVELS, type Level, type Policy, type Requirement, type Tier } from '../types';

export const isAsStrict = (one: Requirement, other: Requirement): boolean =>
  meets(one.from, other.from) &&
  one.approvals >= other.approvals &&
  (one.codeOwner || !other.codeOwner) &&
  (one.signed === true || other.signed !== true);

export const strictest = (one: Requirement, other: Requirement): Requirement => ({
  from: meets(one.from, other.from) ? one.from : other.from,
  approvals: Math.max(one.approvals, other.approvals),
  codeOwner: one.codeOwner || other.codeOwner,
  ...(one.signed === true || other.signed === true ? { signed: true } : {}),
});

/** Whether a tier requires at least as much as another, at every level. */
export function isAsStrictTier(one: Tier, other: Tier): boolean {
  const covers = (mine: Requirement | null | undefined, required: Requirement | null | undefined): boolean =>
    (required ?? null) === null ||
    [mine, one.any].some(
      (has) =>
        has !== null && has !== undefined && required !== null && required !== undefined && isAsStrict(has, required),
    );
  if (AGENT_RULES.indexOf(one.agents) < AGENT_RULES.indexOf(other.agents)) return false;
  if (!covers(one.any, other.any)) return false;
  if (
    (['deny', 'ask'] as const).some((key) =>
      other.toolLists?.[key].some((name) => one.toolLists?.[key].includes(name) !== true),
    )
  )
    return false;
  return LEVELS.every((level) => {
    const required = other.ai?.byLevel[level];
    const early = one.ai !== null && other.ai !== null && one.ai.atLeastLines <= other.ai.atLeastLines;
    return covers(early ? one.ai.byLevel[level] : null, required);
  });
}

/** The level at which a policy lists a name; the unlisted level for all others. */
export function levelIn(policy: Policy, name: string): Level {
  const key = keyOf(name);
  const found = LEVELS.find((level) =>
    policy.people[level].some((one) => keyOf(one) === key && isTeam(one) === isTeam(name)),
  );
  return found ?? policy.unlisted;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** The seconds of a soak time such as `24h`. */
export const seconds = (soak: string): number => Number(soak.slice(0, -1)) * (UNITS[soak.slice(-1)] ?? 0);
