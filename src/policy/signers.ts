/** Who may sign, as far as the policy itself shows. Pure. */
import { identityOf, isBot, isSamePerson, isTeam, keyOf, rankOf } from './people';
import { LEVELS, type Level, type Policy } from './types';

interface Signers {
  /** People and teams, as the policy names them, those of the required level first. */
  readonly names: readonly string[];
  /** Files that name more of them. */
  readonly files: readonly string[];
}

/**
 * Everybody at a level or above who is none of `not` (e-mail addresses and logins of those involved in the change).
 * Team members are not checked: a team may include somebody who may not sign.
 */
export function signersOf(policy: Policy, from: Level, not: readonly string[]): Signers {
  const levels = LEVELS.filter((level) => rankOf(level) >= rankOf(from));
  const theirs = not.map((name) => identityOf(name));
  const names = levels
    .flatMap((level) => policy.people[level])
    .filter(
      (name) =>
        isTeam(name) ||
        (!isBot(policy, identityOf(name)) && !theirs.some((one) => isSamePerson(policy, one, identityOf(name)))),
    );
  return {
    names: [...new Map(names.map((name) => [keyOf(name), name])).values()],
    files: [...(policy.peopleFiles.all ?? []), ...levels.flatMap((level) => policy.peopleFiles[level] ?? [])],
  };
}
