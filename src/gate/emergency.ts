/** What passes the gate only as an emergency. */
import { list, quoted, type Decision } from '../policy';
import type { Emergency } from './check-request';

/** What an emergency let through, and whose sign-off it had. */
export function liftedIn(usual: Decision, decision: Decision): Pick<Emergency, 'tiers' | 'by'> {
  const tiers = usual.tiers.filter(({ required }) => required.some((one) => !one.satisfied)).map(({ name }) => name);
  return {
    tiers,
    by: [
      ...new Set(
        decision.tiers
          .filter(({ name }) => tiers.includes(name))
          .flatMap(({ required }) => required.flatMap(({ by }) => by)),
      ),
    ],
  };
}

export const emergencyNotices = (emergency: Emergency | null): readonly string[] =>
  emergency === null
    ? []
    : [
        `Let through as an emergency (${quoted(emergency.reason)}): ${emergency.reverts === null ? `${list(emergency.by)} signed off in place of who the policy asks for` : `it takes ${emergency.reverts.slice(0, 12)} back exactly`}. A senior's sign-off for ${list(emergency.tiers)} is owed.`,
      ];
