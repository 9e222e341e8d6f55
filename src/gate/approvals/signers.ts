/** Who could give a sign-off that is missing. */
import { LEVELS, meets, signersOf, type Decision, type Identity, type Policy } from '../../policy';
import type { CheckResult } from '../check-request';
import type { SignOffs } from './sign-offs';

/** For each tier with a missing sign-off, every listed person who could give the highest one. */
export function whoCouldSign(
  policy: Policy,
  decision: Decision,
  involved: readonly (Identity | null)[],
  signedBy: SignOffs['signedBy'],
): CheckResult['signers'] {
  const open = decision.tiers.flatMap((tier) => {
    const asked = tier.required.flatMap((one) => (one.satisfied || one.from === null ? [] : [one.from]));
    const highest = LEVELS.findLast((level) => asked.includes(level));
    if (highest === undefined) return [];
    const { names, files } = signersOf(policy, highest, namesOf([...involved, ...(signedBy[tier.name] ?? [])]));
    const isAll = files.length === 0 && !meets(policy.unlisted, highest);
    return names.length > 0 || isAll ? [[tier.name, names] as const] : [];
  });
  return Object.fromEntries(open);
}

/** Their addresses and logins, each once. */
export const namesOf = (people: readonly (Identity | null)[]): readonly string[] => [
  ...new Set(
    people.flatMap((one) => (one === null ? [] : [...one.emails.map(({ address }) => address), ...one.logins])),
  ),
];
