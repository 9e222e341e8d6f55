/** Who could give a sign-off that is missing. */
import { helpersOf, type ToSign } from '../../../policy/decision';
import { type Decision, type Identity, type Policy, type Teams } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';
import type { SignOffs } from './count-valid-approvals';

interface Question {
  readonly policy: Policy;
  readonly decision: Decision;
  readonly involved: readonly (Identity | null)[];
  readonly signOffs: Pick<SignOffs, 'byTier' | 'signedBy'>;
  readonly ownersOf: ToSign['ownersOf'];
  readonly teams: Teams;
}

/** For each tier with a missing sign-off, everybody who could give the highest one, as far as that is known. */
export function whoCouldSign(question: Question): CheckResult['signers'] {
  const { policy, decision, involved, signOffs, ownersOf, teams } = question;
  return Object.fromEntries(
    decision.tiers.flatMap(({ name, files, required }) => {
      const names = helpersOf(policy, required, namesOf([...involved, ...(signOffs.signedBy[name] ?? [])]), {
        files,
        approvals: signOffs.byTier[name] ?? [],
        ownersOf,
        teams,
      });
      return names === undefined ? [] : [[name, names] as const];
    }),
  );
}

/** Their addresses and logins, each once. */
export const namesOf = (people: readonly (Identity | null)[]): readonly string[] => [
  ...new Set(
    people.flatMap((one) => (one === null ? [] : [...one.emails.map(({ address }) => address), ...one.logins])),
  ),
];
