/** Which tier of the policy a file is in, and why. Pure. */
import { isGenerated, tierOf, type Finding, type Policy } from '../../policy';

export interface FileTier {
  /** The tier's place in the policy; 0 is the highest. */
  readonly rank: number;
  /** The pattern that puts the file there; null for another reason. */
  readonly pattern: string | null;
  /** Its index in the tier's `paths`; null for another reason. */
  readonly index: number | null;
}

/**
 * Undefined when the file is in no tier. `from`: its old path when it was renamed. `findings`: the danger rules' in it.
 * `dependents`: how many files depend on it, if that raised its tier.
 */
export function fileTier(
  policy: Policy,
  path: string,
  from: string | null,
  findings: readonly Finding[] = [],
  dependents?: number,
): FileTier | undefined {
  const match =
    findings.length === 0 && isGenerated(policy, path, from)
      ? null
      : tierOf(policy, {
          path,
          from,
          findings,
          ...(dependents === undefined ? {} : { dependents: { files: dependents, by: 'ai' } }),
        });
  return match
    ? {
        rank: match.rank,
        pattern: match.reason.kind === 'path' ? match.reason.pattern : null,
        index: match.reason.kind === 'path' ? match.reason.index : null,
      }
    : undefined;
}
