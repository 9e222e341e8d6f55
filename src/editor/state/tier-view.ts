/** The tier that a file belongs to, as the views show it. */
import { watchOf, type Policy, type RequirementResult, type Tier, type Watch } from '../../policy';

export interface TierView {
  readonly tier: Tier;
  /** 0 is the highest. */
  readonly rank: number;
  /** The pattern that puts the file there; null for another reason. */
  readonly pattern: string | null;
  /** What the whole change still lacks in this tier. */
  readonly open: readonly RequirementResult[];
  /** What lines of unknown author count as here. */
  readonly unknown: Policy['unknown'];
  /** The pattern's 1-based line in the policy file; null when there is none. */
  readonly line: number | null;
}

/** Which changes in the tier are worth a warning. */
export const watchIn = ({ tier, open, unknown }: TierView): Watch => watchOf({ unknown }, tier, open);
