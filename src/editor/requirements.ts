/** What of the requirements that are open is worth saying. Pure. */
import { LEVELS, type RequirementResult } from '../policy';

const known = new WeakMap<readonly RequirementResult[], readonly string[]>();

/** What is missing, in the policy's words, without what a stronger sign-off that is missing too would give. Asked of the same list for each of many files. */
export function missingOf(open: readonly RequirementResult[]): readonly string[] {
  const missing = known.get(open) ?? workedOut(open);
  known.set(open, missing);
  return missing;
}

function workedOut(open: readonly RequirementResult[]): readonly string[] {
  const unmet = open.filter((required) => !required.satisfied);
  return [...new Set(unmet.filter((one) => !unmet.some((other) => other !== one && covers(other, one) && !(covers(one, other) && unmet.indexOf(one) < unmet.indexOf(other)))).map((one) => one.missing))];
}

/** Whether whoever meets `strong` meets `weak` with it. */
function covers(strong: RequirementResult, weak: RequirementResult): boolean {
  if (strong.from === null || weak.from === null) return false;
  return LEVELS.indexOf(strong.from) >= LEVELS.indexOf(weak.from) && strong.approvals >= weak.approvals && (strong.codeOwner || !weak.codeOwner);
}
