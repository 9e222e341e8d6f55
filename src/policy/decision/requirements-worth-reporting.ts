/** Which requirements are worth reporting. */
import { type RequirementResult, strengthOf } from '..';

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
