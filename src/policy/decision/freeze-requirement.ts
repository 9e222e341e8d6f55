/** The policy's calendar: a tier that is frozen waits, whoever signs off. */
import { NO_APPROVAL } from './judge-requirement';
import { freezesAt, freezeUntil, quoted } from '..';
import type { Freeze, Policy, RequirementResult } from '../types';

interface Asked {
  readonly policy: Policy;
  readonly tier: string;
  /** Milliseconds since the epoch; undefined: the calendar is not asked. */
  readonly now: number | undefined;
  /** Whether AI's lines, or such as count as AI's, are in the tier. */
  readonly hasAi: boolean;
  readonly emergency: boolean;
  readonly isRevert: boolean;
}

/** One requirement for each freeze that holds now. */
export function frozen({ policy, tier, now, hasAi, emergency, isRevert }: Asked): readonly RequirementResult[] {
  if (now === undefined) return [];
  return freezesAt(policy, tier, now)
    .filter(({ only }) => only === 'any' || hasAi)
    .map((freeze): RequirementResult => {
      const lifted = exceptionOf(freeze, emergency, isRevert);
      const until = freezeUntil(freeze);
      const reason = freeze.reason === null ? '' : ` (${quoted(freeze.reason)})`;
      return {
        ...NO_APPROVAL,
        kind: 'freeze',
        why: `${tier} is frozen${freeze.only === 'ai' ? " for AI's changes" : ''} until ${until}${reason}.${lifted === null ? '' : ` ${lifted}`}`,
        satisfied: lifted !== null,
        missing: lifted !== null ? '' : `${tier} is frozen until ${until}: ${waysOn(freeze)}`,
        until: freeze.to,
      };
    });
}

function exceptionOf({ except }: Freeze, emergency: boolean, isRevert: boolean): string | null {
  if (isRevert && except.includes('reverts')) return 'An exact revert passes.';
  return emergency && except.includes('emergency') ? 'An emergency passes.' : null;
}

function waysOn({ except }: Freeze): string {
  const ways = [
    'merge it afterwards',
    ...(except.includes('reverts') ? ['take a commit back exactly (git revert)'] : []),
    ...(except.includes('emergency') ? ['in an outage give --emergency REASON'] : []),
  ];
  return ways.join(', or ');
}
