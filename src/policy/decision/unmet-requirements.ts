/** Which requirements are worth reporting. */
import { type Decision, list, type RequirementResult, strengthOf } from '..';

/** Before what a floor that observes would change. */
export const ONCE_FLOOR_ENFORCES = 'Once the floor enforces,';

/** What is missing only by the floors that observe, as sentences. `floored`: the decision once they enforce. */
export function missingByFloors(present: Pick<Decision, 'tiers'>, floored: Pick<Decision, 'tiers'>): readonly string[] {
  const sentences = ({ tiers }: Pick<Decision, 'tiers'>): readonly string[] =>
    tiers.flatMap(({ name, files, required }) =>
      stillMissing(required).map(({ missing }) => `${ONCE_FLOOR_ENFORCES} ${missing} in ${name} (${list(files, 3)}).`),
    );
  const known = new Set(sentences(present));
  return sentences(floored).filter((sentence) => !known.has(sentence));
}

/** The unmet requirements, without those that another one covers. In the order given. */
export const stillMissing = (required: readonly RequirementResult[]): readonly RequirementResult[] =>
  withoutCovered(required.filter(({ satisfied }) => !satisfied));

/**
 * Requirements without those that another one covers: two seniors' sign-offs include the one that every change needs as
 * well. In the order given.
 */
export const withoutCovered = (required: readonly RequirementResult[]): readonly RequirementResult[] =>
  required.filter(
    (result, index) =>
      !required.some((other, at) => at !== index && covers(other, result) && !(covers(result, other) && index < at)),
  );

/** Whether meeting `strong` also meets `weak`. */
function covers(strong: RequirementResult, weak: RequirementResult): boolean {
  if (strong.from === null || weak.from === null) return false;
  return (
    strengthOf(strong) >= strengthOf(weak) &&
    strong.approvals >= weak.approvals &&
    (strong.codeOwner || !weak.codeOwner) &&
    (strong.signed === true || weak.signed !== true)
  );
}
