/** Which sign-offs a work tree needs, committed or not. Pure. */
import type { RequirementResult } from '../../policy';
import { neededOf } from '../requirements';
import type { Survey } from './worktree-survey';

interface NeededSignOff {
  /** `a senior's sign-off`. */
  readonly what: string;
  /** The tier's name; null for files that are in no tier. */
  readonly tier: string | null;
  /** Files that are not committed yet; empty when only commits need it. */
  readonly uncommitted: readonly string[];
}

/**
 * Each once, in the policy's terms: uncommitted changes and the branch's commits may need the same one.
 */
export function signOffsNeeded({ local, branch }: Pick<Survey, 'local' | 'branch'>): readonly NeededSignOff[] {
  const tiers: readonly {
    readonly name: string | null;
    readonly required: readonly RequirementResult[];
    readonly uncommitted: readonly string[];
  }[] = [
    ...local.decision.tiers.map(({ name, required, files }) => ({ name, required, uncommitted: files })),
    ...(branch?.tiers ?? []).map(({ name, required }) => ({ name, required, uncommitted: [] })),
  ];
  const all = tiers.flatMap(({ name, required, uncommitted }) =>
    neededOf(required).flatMap(({ what: need, isSignOff }): NeededSignOff[] =>
      isSignOff ? [{ what: need, tier: name, uncommitted }] : [],
    ),
  );
  const keyOf = ({ what, tier }: NeededSignOff): string => JSON.stringify([what, tier]);
  return [...new Map([...all].reverse().map((one) => [keyOf(one), one])).values()].reverse();
}
