/** What every format needs from a verdict. */
import type { Counts } from '../../../provenance/authorship/types';
import { stillMissing } from '../../../policy/decision';
import { countOf, NOBODY_ELSE_MAY_SIGN, POLICY_PATH, type RequirementResult, type Severity } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';

/** Over what agents did under an exception, or in spite of the policy. */
export const OVERRULED_TITLE = 'Where agents did what the policy forbids';

export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** Behind what a policy that observes would require. */
export const STOPS_NOTHING = 'Linekeeper only observes here, so this stops nothing.';

/** The sign before a heading. */
export const iconOf = ({ verdict, wouldBe }: Pick<CheckResult, 'verdict' | 'wouldBe'>): string =>
  wouldBe !== undefined ? '👀' : verdict === 'pass' ? '✅' : '❌';

/** For example `Fail: 2 sign-offs missing.` */
export function verdictOf({ verdict: given, wouldBe, tiers, required, commits }: CheckResult): string {
  const verdict = wouldBe ?? given;
  const all = [...required, ...tiers.flatMap((tier) => tier.required)];
  const open = [required, ...tiers.map((tier) => tier.required)].flatMap(stillMissing);
  const missing = open.some((one) => one.from === null)
    ? `${countOf(open.length, 'requirement')} not met`
    : `${countOf(
        open.reduce((sum, { approvals, by }) => sum + Math.max(1, approvals - by.length), 0),
        'sign-off',
      )} missing`;
  const says =
    all.length === 0
      ? commits.length === 0
        ? 'nothing to check, since the base has every commit of the head already'
        : 'no sign-off required'
      : verdict === 'pass'
        ? 'all required sign-offs present'
        : missing;
  if (wouldBe !== undefined) return `Observed: ${says}. ${STOPS_NOTHING}`;
  return `${verdict === 'pass' ? 'Pass' : 'Fail'}: ${says}.`;
}

export function authors({ ai, human, unknown }: Counts): string {
  const parts = [
    ai > 0 ? `${String(ai)} AI` : '',
    human > 0 ? `${String(human)} human` : '',
    unknown > 0 ? `${String(unknown)} unknown` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Why a tier's lines count as they do. A tier may be called `constructor`. */
export const reasonsOf = (why: Readonly<Record<string, readonly string[]>>, tier: string): readonly string[] =>
  Object.hasOwn(why, tier) ? (why[tier] ?? []) : [];

/**
 * Who could give what is missing in a tier, as a sentence; empty when nothing is missing or it is unknown.
 *
 * @param write Writes a name in the format's way for text from outside.
 */
export function maySign(names: readonly string[] | undefined, write: (names: readonly string[]) => string): string {
  if (names === undefined) return '';
  return names.length === 0 ? NOBODY_ELSE_MAY_SIGN : `May sign: ${write(names)}.`;
}

/** An unmet requirement, and the file to show it at. */
interface Unmet {
  /** Null when it does not belong to a tier. */
  readonly tier: string | null;
  readonly requirement: RequirementResult;
  readonly path: string;
}

export function unmetOf({ tiers, required }: CheckResult): readonly Unmet[] {
  return [
    ...tiers.flatMap((tier) =>
      stillMissing(tier.required).map((requirement) => ({
        tier: tier.name,
        requirement,
        path: tier.files[0] ?? POLICY_PATH,
      })),
    ),
    ...stillMissing(required).map((requirement) => ({ tier: null, requirement, path: POLICY_PATH })),
  ];
}

/** A finding's level, in the words that forges use. */
export const loudness = (severity: Severity): 'error' | 'warning' | 'note' =>
  severity === 'critical' || severity === 'high' ? 'error' : severity === 'medium' ? 'warning' : 'note';
