/** Which sign-offs a work tree needs, committed or not. Pure. */
import type { RequirementResult } from '../../policy';
import { neededOf } from '../requirements';
import type { Survey } from './worktree-survey';

/**
 * Each once, in the policy's terms: uncommitted changes and the branch's commits may need the same one.
 */
export function signOffsNeeded({ local, branch }: Pick<Survey, 'local' | 'branch'>): readonly string[] {
  const tiers: readonly { readonly name: string | null; readonly required: readonly RequirementResult[] }[] = [
    ...local.decision.tiers,
    ...(branch?.tiers ?? []),
  ];
  const all = tiers.flatMap(({ name, required }) =>
    neededOf(required).flatMap(({ what, isSignOff }) => (isSignOff ? [`${what} (${name ?? ''})`] : [])),
  );
  return [...new Set(all)];
}
