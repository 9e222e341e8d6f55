/** The tier that a file belongs to, as the views show it. */
import type { RequirementResult, Tier } from '../../policy';

export interface TierView {
  readonly tier: Tier;
  /** 0 is the highest. */
  readonly rank: number;
  /** The pattern that puts the file there; null for another reason. */
  readonly pattern: string | null;
  /** What the whole change still lacks in this tier. */
  readonly open: readonly RequirementResult[];
}
