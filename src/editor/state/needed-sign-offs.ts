/** Which sign-offs a work tree needs, committed or not. Pure. */
import type { RequirementResult } from '../../policy';
import { neededOf } from '../missing-requirements-text';
import type { Survey } from './worktree-survey';

interface NeededSignOff {
  /** `a senior's sign-off`. */
  readonly what: string;
  /** Tiers' names; null for files that are in no tier. */
  readonly tiers: readonly (string | null)[];
  /** Files that are not committed yet; empty when only commits need it. */
  readonly uncommitted: readonly string[];
  /** How many people must still give it. */
  readonly people: number;
}

/**
 * Each once, in the policy's terms: one approval counts in each tier that asks for it, and uncommitted changes and the
 * branch's commits may need the same one.
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
  const found = new Map<string, NeededSignOff>();
  for (const { name, required, uncommitted } of tiers)
    for (const { what: need, isSignOff, required: result } of neededOf(required)) {
      if (!isSignOff) continue;
      const before = found.get(need) ?? { tiers: [], uncommitted: [], people: 0 };
      found.set(need, {
        what: need,
        tiers: [...new Set([...before.tiers, name])],
        uncommitted: [...before.uncommitted, ...uncommitted],
        people: Math.max(before.people, result.approvals - result.by.length),
      });
    }
  return [...found.values()];
}

/** How many people must sign at the least: whoever meets the strictest of the sign-offs meets the weaker ones too. */
export const peopleNeeded = (needed: readonly NeededSignOff[]): number =>
  Math.max(0, ...needed.map(({ people }) => people));
