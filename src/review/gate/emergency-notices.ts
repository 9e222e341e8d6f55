/** What passes the gate only as an emergency. */
import { list, quoted, type Decision } from '../../policy';
import type { Emergency } from './check-question-and-result';
import type { NetFile } from './range/net-change-with-authors';

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
        `An emergency (${quoted(emergency.reason)}): ${emergency.reverts === null ? `${list(emergency.by)} signed off instead of the people that the policy requires` : `it reverts ${emergency.reverts.slice(0, 12)} exactly`}. A senior's sign-off for ${list(emergency.tiers)} is pending.`,
      ];

/** Paths of files to which a revert brings back what an assistant, or nobody who is known, wrote. */
export const broughtBack = ({ files }: { readonly files: readonly NetFile[] }): readonly string[] =>
  files
    .filter(
      ({ attribution: { ranges, change }, newId }) =>
        ranges.some(({ author }) => author !== 'human') ||
        (change !== null && change.author !== 'human' && !/^0+$/.test(newId)),
    )
    .map(({ attribution: { path } }) => path);

/** Why an exact revert does not pass without anybody else. */
export const notAlone = (reverted: string, paths: readonly string[]): readonly string[] =>
  paths.length === 0
    ? []
    : [
        `This is an exact revert of ${reverted.slice(0, 12)}, and restores lines by AI or unknown authors in ${list(paths)}. So even an emergency needs a second person's sign-off.`,
      ];
