/** Which uncommitted changes are worth a warning. Editor and command line both use this function. Pure. */
import type { Policy, RequirementResult, Tier } from './types';

export interface Watch {
  /** AI's changes are: the tier requires a sign-off, looks for dangers or restricts agents. */
  readonly ai: boolean;
  /** Changes by an unknown author are too: they count as AI's, and a sign-off for AI's changes is missing. */
  readonly unknown: boolean;
}

/** @param open What the whole change still lacks in the tier. */
export function watchOf({ unknown }: Pick<Policy, 'unknown'>, tier: Tier, open: readonly RequirementResult[]): Watch {
  const missing = open.filter((required) => !required.satisfied);
  return {
    ai: missing.length > 0 || tier.any !== null || tier.detect.length > 0 || tier.agents !== 'allow',
    unknown: unknown === 'ai' && missing.some(({ kind }) => kind === 'ai'),
  };
}
