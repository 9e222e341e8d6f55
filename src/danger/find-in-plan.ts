/** From a plan to findings at the plan's own file. */
import type { Finding } from './finding';
import { findingsOf } from './findings-of-noticed';
import { readPlan } from './terraform/plan';

export type PlanAnswer =
  { readonly findings: readonly Finding[] } | { readonly wrong: string; readonly kind: 'not-a-plan' | 'state' };

/**
 * Findings in a plan as `terraform show -json` prints it, or a sentence that says why it can't be judged. Never throws.
 */
export function findInPlan(path: string, text: string): PlanAnswer {
  const read = readPlan(text);
  return 'wrong' in read ? read : { findings: findingsOf(path, read.noticed) };
}
