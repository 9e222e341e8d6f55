/** Who may sign, as far as the policy itself shows. Pure. */
import {
  identityOf,
  isBot,
  isOwner,
  isSamePerson,
  isTeam,
  keyOf,
  levelOf,
  meets,
  levelsOf,
  peopleAt,
  type Teams,
  type CountedApproval,
  type Level,
  type Policy,
  type RequirementResult,
} from '..';

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
  const levels = levelsOf(policy).filter((level) => meets(policy, level, from));
  const theirs = not.map((name) => identityOf(name));
  const names = levels
    .flatMap((level) => peopleAt(policy, level))
    .filter(
      (name) =>
        isTeam(name) ||
        (!isBot(policy, identityOf(name)) && !theirs.some((person) => isSamePerson(policy, person, identityOf(name)))),
    );
  return {
    names: [...new Map(names.map((name) => [keyOf(name), name])).values()],
    files: [...(policy.peopleFiles['all'] ?? []), ...levels.flatMap((level) => policy.peopleFiles[level] ?? [])],
  };
}

/** A tier's files, by who owns them and whose approvals count in it. */
export interface ToSign {
  readonly files: readonly string[];
  readonly approvals: readonly CountedApproval[];
  /** By CODEOWNERS. */
  readonly ownersOf: (path: string) => readonly string[];
  readonly teams: Teams;
}

/**
 * Those whose sign-off can help with what is missing; undefined where nothing is, or where it can be anybody. Where only
 * an owner's sign-off is, nobody else is named.
 */
export function helpersOf(
  policy: Policy,
  required: readonly RequirementResult[],
  not: readonly string[],
  tier: ToSign,
): readonly string[] | undefined {
  const open = required.filter((one) => !one.satisfied && one.from !== null);
  const highest = levelsOf(policy).findLast((level) => open.some(({ from }) => from === level));
  if (highest === undefined) return undefined;
  const { names, files } = signersOf(policy, highest, not);
  const unowned = tier.files.filter(
    (file) => !tier.approvals.some(({ level, owns }) => meets(policy, level, highest) && owns.includes(file)),
  );
  const byOwner = open.filter(({ from, codeOwner }) => from === highest && codeOwner);
  // With one sign-off left, only an owner's can be the one.
  if (unowned.length > 0 && byOwner.some(({ approvals, by }) => approvals - by.length <= 1))
    return ownersAmong(policy, highest, names, not, { ...tier, files: unowned });
  return names.length > 0 || (files.length === 0 && !meets(policy, policy.unlisted, highest)) ? names : undefined;
}

/** The owners of some files at a level or above: those of `names`, then those that only CODEOWNERS names. */
function ownersAmong(
  policy: Policy,
  from: Level,
  names: readonly string[],
  not: readonly string[],
  { files, ownersOf, teams }: ToSign,
): readonly string[] {
  const owners = [...new Set(files.flatMap((file) => ownersOf(file)))];
  const members = (name: string): readonly string[] =>
    isTeam(name) ? (Object.entries(teams).find(([team]) => keyOf(team) === keyOf(name))?.[1] ?? []) : [name];
  const owns = (name: string): boolean =>
    owners.some((owner) => keyOf(owner) === keyOf(name)) ||
    members(name).some((one) => owners.some((owner) => isOwner(policy, identityOf(one), owner, teams)));
  const listed = names.filter(owns);
  const theirs = [...not, ...listed].map((name) => identityOf(name));
  const mayHelp = (level: string): boolean =>
    !isBot(policy, identityOf(level)) &&
    meets(policy, levelOf(policy, identityOf(level), teams).level, from) &&
    !theirs.some((other) => isSamePerson(policy, other, identityOf(level)));
  const others = owners.filter(
    (owner) => !listed.some((name) => keyOf(name) === keyOf(owner)) && members(owner).some(mayHelp),
  );
  return [...listed, ...others];
}
