/** One requirement, checked against the approvals that count. */
import { type HasLevels, HOW_TO_SIGN, list, lowestLevel, meets, moreSignOffs, rankOf, signOffs } from '..';
import type { ChangedFile, CountedApproval, Requirement, RequirementResult } from '../types';

/** The part of a requirement that no approval meets: it waits for something else than a person. */
export const NO_APPROVAL = { from: null, approvals: 0, codeOwner: false, by: [] } as const;

/** Why something is required: the whole sentence, and the part without what is required. */
export type Grounds = Pick<RequirementResult, 'why' | 'reason'>;

/** `asks` ends the sentence that `reason` begins; `more` are sentences that follow it. */
export const groundsOf = (reason: string, asks: string, more: string): Grounds => ({
  why: `${reason}${asks}.${more}`,
  reason: `${reason}.${more}`,
});

const followedBy = ({ why, reason }: Grounds, sentence: string): Grounds => ({
  why: `${why} ${sentence}`,
  ...(reason === undefined ? {} : { reason: `${reason} ${sentence}` }),
});

/** What an outage requires instead of the usual requirement. */
export function judgedInEmergency(
  emergency: 'second-person' | 'revert',
  ...[policy, kind, requirement, grounds, files, approvals]: Parameters<typeof judged>
): RequirementResult {
  const usual = judged(policy, kind, requirement, grounds, files, approvals);
  if (usual.satisfied) return usual;
  const second = judged(
    policy,
    kind,
    { from: lowestLevel(policy), approvals: 1, codeOwner: false },
    followedBy(grounds, "In an emergency any second person's sign-off is enough."),
    files,
    approvals,
  );
  return emergency === 'second-person'
    ? second
    : {
        ...second,
        ...followedBy(grounds, 'In an emergency an exact revert passes at once.'),
        satisfied: true,
        missing: '',
      };
}

/** Whether the approvals that count meet a requirement, and what is missing if not. */
export function judged(
  policy: HasLevels,
  kind: 'any' | 'ai',
  requirement: Requirement,
  grounds: Grounds,
  files: readonly ChangedFile[],
  approvals: readonly CountedApproval[],
): RequirementResult {
  const ofLevel = approvals.filter((approval) => meets(policy, approval.level, requirement.from));
  const atLevel = requirement.signed === true ? ofLevel.filter(({ signed }) => signed === true) : ofLevel;
  const unsigned = ofLevel.filter(({ by: name }) => !atLevel.some((approval) => approval.by === name));
  const by = [...new Set(atLevel.map((approval) => approval.by))];
  const owned = new Set(atLevel.flatMap((approval) => approval.owns));
  const unowned = requirement.codeOwner ? files.map((file) => file.path).filter((path) => !owned.has(path)) : [];
  // A policy that did not come from our parser may contain anything: without a valid number at least one is required.
  const approvalsAsked = Number.isFinite(requirement.approvals) ? Math.max(1, requirement.approvals) : 1;
  const lacking = Math.max(0, approvalsAsked - by.length);
  const missing: string[] = [];
  const are = lacking === 1 ? 'is' : 'are';
  if (lacking > 0)
    missing.push(
      by.length === 0
        ? `${signOffs(requirement.from, lacking)} ${are} missing`
        : `${moreSignOffs(requirement.from, lacking)} ${are} missing (${list(by)} signed off)`,
    );
  if (unowned.length > 0)
    missing.push(
      `the sign-off of an owner (CODEOWNERS) who is ${requirement.from === 'senior' ? 'a senior' : `at least at level ${requirement.from}`} is missing for ${list(unowned)}`,
    );
  if (missing.length > 0 && requirement.signed === true)
    missing.push(
      unsigned.length === 0
        ? `only a signed sign-off counts here (${HOW_TO_SIGN})`
        : `${list([...new Set(unsigned.map(({ by: name }) => name))])} approved on the Git host, but only a signed sign-off counts here (${HOW_TO_SIGN})`,
    );
  const satisfied = missing.length === 0;
  return {
    kind,
    from: requirement.from,
    ...(policy.levels === undefined ? {} : { rank: rankOf(policy, requirement.from) }),
    approvals: approvalsAsked,
    codeOwner: requirement.codeOwner,
    ...(requirement.signed === true ? { signed: true } : {}),
    ...grounds,
    satisfied,
    by,
    missing: missing.join('; '),
  };
}

/** {@link judged} by the levels of one policy. */
export type JudgeOf = (
  ...words: Parameters<typeof judged> extends [unknown, ...infer Rest] ? Rest : never
) => RequirementResult;
