/** What of the requirements that are not met is worth saying. */
import { LEVELS, type RequirementResult } from '../types';

/**
 * Requirements that are not met, without those that another one covers: who gets two seniors to sign off has the one
 * that every change needs as well. In the order given.
 */
export function stillMissing(required: readonly RequirementResult[]): readonly RequirementResult[] {
  const unmet = required.filter(({ satisfied }) => !satisfied);
  return unmet.filter(
    (one, index) =>
      !unmet.some((other, at) => at !== index && covers(other, one) && !(covers(one, other) && index < at)),
  );
}

/** Whether whoever meets `strong` meets `weak` with it. */
function covers(strong: RequirementResult, weak: RequirementResult): boolean {
  if (strong.from === null || weak.from === null) return false;
  return (
    LEVELS.indexOf(strong.from) >= LEVELS.indexOf(weak.from) &&
    strong.approvals >= weak.approvals &&
    (strong.codeOwner || !weak.codeOwner)
  );
}
