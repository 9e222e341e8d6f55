/**
 * Somebody's level, and who is the same person.
 *
 * People are known by commit e-mail addresses and by logins of a forge. Neither is proof by itself: the code that
 * builds an identity says which addresses a forge has denied (`verified: false`), and those can lower a level but never
 * raise it.
 */
import { LEVELS, type Level, type Policy, type RequirementResult } from './types';

interface EmailAddress {
  readonly address: string;
  /** What the forge says about it; left out when no forge was asked. */
  readonly verified?: boolean;
}

/** The names of one person. Addresses from `.mailmap` are added by the code that reads it. */
export interface Identity {
  readonly emails: readonly EmailAddress[];
  readonly logins: readonly string[];
}

/**
 * Members (logins) of the teams that a forge has resolved, by `@org/team`. A missing team is unknown here.
 */
export type Teams = Readonly<Record<string, readonly string[]>>;

export interface KnownLevel {
  /** The lowest level consistent with what is known: a closed gate uses this one. */
  readonly level: Level;
  /** False when a team that could not be resolved may change it: "level not known here". */
  readonly known: boolean;
  /** Those teams. */
  readonly unresolved: readonly string[];
}

/** An identity from e-mail addresses or logins, whichever each text is. */
export function identityOf(...names: readonly string[]): Identity {
  return {
    emails: names.filter((name) => name.slice(1).includes('@')).map((address) => ({ address })),
    logins: names.filter((name) => name !== '' && !name.slice(1).includes('@')).map((name) => name.replace(/^@/, '')),
  };
}

/** The level of one person. */
export function levelOf(policy: Policy, identity: Identity, teams: Teams): KnownLevel {
  const all = listedLevel(policy, keysOf(policy, identity), teams);
  if (identity.emails.every((email) => email.verified !== false)) return all;
  const proven = { emails: identity.emails.filter((email) => email.verified !== false), logins: identity.logins };
  const without = listedLevel(policy, keysOf(policy, proven), teams);
  return rankOf(policy, without.level) < rankOf(policy, all.level) ? without : all;
}

/** The level of a change: the lowest of its people. With none (only bots and agents) it is unlisted. */
export function levelOfChange(policy: Policy, people: readonly KnownLevel[]): KnownLevel {
  if (people.length === 0) return { level: policy.unlisted, known: true, unresolved: [] };
  const level = lowest(
    policy,
    people.map((one) => one.level),
  );
  const doubtful = people.filter((one) => !one.known && one.level === level);
  const certain = people.some((one) => one.known && one.level === level);
  return {
    level,
    known: certain || doubtful.length === 0,
    unresolved: certain ? [] : [...new Set(doubtful.flatMap((one) => one.unresolved))],
  };
}

/** Whether two identities have a name in common, aliases and forge addresses included. */
export function isSamePerson(policy: Policy, first: Identity, second: Identity): boolean {
  const keys = keysOf(policy, first);
  return [...keysOf(policy, second)].some((key) => keys.has(key));
}

/**
 * Whether two identities are one person. `unclear`: one is known by logins only and the other by addresses only, and
 * nothing (aliases, `.mailmap`, a forge's noreply address) connects both.
 */
export function relationOf(policy: Policy, first: Identity, second: Identity): 'same' | 'different' | 'unclear' {
  if (isSamePerson(policy, first, second)) return 'same';
  const [mine, theirs] = [kindsOf(policy, first), kindsOf(policy, second)];
  return (mine.logins && theirs.logins) || (mine.addresses && theirs.addresses) ? 'different' : 'unclear';
}

/**
 * Whether nothing tells whose an identity is: it has addresses only, and neither the policy's people, an alias,
 * `.mailmap` nor a forge's noreply address names one of them.
 */
export function isStranger(policy: Policy, identity: Identity): boolean {
  const keys = keysOf(policy, identity);
  if ([...keys].some((key) => !isAddress(key))) return false;
  return !levelsOf(policy).some((level) => peopleAt(policy, level).some((name) => keys.has(keyOf(name))));
}

/** Whether somebody is known by logins, and whether by addresses. */
export function kindsOf(policy: Policy, identity: Identity): { readonly logins: boolean; readonly addresses: boolean } {
  const keys = [...keysOf(policy, identity)];
  return { logins: keys.some((key) => !isAddress(key)), addresses: keys.some(isAddress) };
}

const isAddress = (key: string): boolean => key.slice(1).includes('@');

/** The logins that an address maps to, by aliases and the forges' noreply hosts. */
export const loginsOf = (policy: Policy, address: string): readonly string[] =>
  [...keysOf(policy, identityOf(address))].filter((key) => !isAddress(key));

/** Whether the policy lists this identity as a bot, or the forge marks it as one. */
export function isBot(policy: Policy, identity: Identity): boolean {
  const bots = new Set(policy.bots.map(keyOf));
  return [...keysOf(policy, identity)].some((key) => bots.has(key) || key.endsWith('[bot]'));
}

/** Whether the policy lists this identity, by a name or by a team whose members are known. */
export function isListed(policy: Policy, identity: Identity, teams: Teams): boolean {
  const keys = keysOf(policy, identity);
  return levelsOf(policy).some((level) =>
    peopleAt(policy, level).some((name) =>
      (isTeam(name) ? (membersOf(teams, name) ?? []) : [name]).some((one) => keys.has(keyOf(one))),
    ),
  );
}

/** Whether an owner named in CODEOWNERS (`@login`, `@org/team`, e-mail) is, or includes, this person. */
export function isOwner(policy: Policy, identity: Identity, owner: string, teams: Teams): boolean {
  const keys = keysOf(policy, identity);
  if (isTeam(owner)) return (membersOf(teams, owner) ?? []).some((login) => keys.has(keyOf(login)));
  return keys.has(keyOf(owner));
}

/** What is needed of a policy to order its levels. */
export type HasLevels = Pick<Policy, 'levels'>;

/** The policy's levels, lowest first. */
export const levelsOf = ({ levels }: HasLevels): readonly Level[] => levels ?? LEVELS;

export const highestLevel = (policy: HasLevels): Level => levelsOf(policy).at(-1) ?? 'senior';

export const lowestLevel = (policy: HasLevels): Level => levelsOf(policy)[0] ?? 'junior';

export const peopleAt = ({ people }: Pick<Policy, 'people'>, level: Level): readonly string[] =>
  Object.hasOwn(people, level) ? (people[level] ?? []) : [];

export const rankOf = (policy: HasLevels, level: Level): number => levelsOf(policy).indexOf(level);

/** Whether the level `has` meets the required `level`. A level that the policy does not have meets nothing. */
export const meets = (policy: HasLevels, has: Level, level: Level): boolean =>
  rankOf(policy, has) >= 0 && rankOf(policy, has) >= rankOf(policy, level);

/** How much a requirement asks for by its level, for comparing those of one policy; -1 where it asks for none. */
export const strengthOf = ({ from, rank }: Pick<RequirementResult, 'from' | 'rank'>): number =>
  rank ?? (from === null ? -1 : rankOf({}, from));

const lowest = (policy: HasLevels, levels: readonly Level[]): Level =>
  levelsOf(policy)[Math.min(...levels.map((level) => rankOf(policy, level)))] ?? lowestLevel(policy);

/** `@org/team`, including sub-groups. */
export const isTeam = (name: string): boolean => name.startsWith('@') && name.includes('/');

/** One form of a name for comparing: neither case nor the `@` before a login makes a difference. */
export const keyOf = (name: string): string =>
  name
    .trim()
    .replace(/^@(?=[^/]*$)/, '')
    .normalize('NFC')
    .toLowerCase();

/** Every name of a person that the policy and the forges' own addresses lead to. */
export function keysOf(policy: Policy, identity: Identity): ReadonlySet<string> {
  const { keys: known, aliases } = namesIn(policy);
  const found = known.get(identity);
  if (found !== undefined) return found;
  const keys = new Set<string>();
  const add = (name: string): void => {
    const key = keyOf(name);
    if (key === '' || keys.has(key)) return;
    keys.add(key);
    const login = loginOfForgeAddress(key);
    if (login !== undefined) add(login);
    aliases.get(key)?.forEach(add);
  };
  identity.emails.forEach((email) => {
    add(email.address);
  });
  identity.logins.forEach(add);
  known.set(identity, keys);
  return keys;
}

interface Names {
  /** All names of the alias entries that have a name, by its key. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** What was looked up before: people are compared with each other, many times each. */
  readonly keys: WeakMap<Identity, ReadonlySet<string>>;
}

/** Made once for each policy object and garbage-collected with it. */
const named = new WeakMap<Policy, Names>();

function namesIn(policy: Policy): Names {
  const known = named.get(policy);
  if (known !== undefined) return known;
  const aliases = new Map<string, string[]>();
  for (const [person, addresses] of Object.entries(policy.aliases)) {
    const all = [person, ...addresses];
    for (const key of new Set(all.map(keyOf))) aliases.set(key, [...(aliases.get(key) ?? []), ...all]);
  }
  const names = { aliases, keys: new WeakMap<Identity, ReadonlySet<string>>() };
  named.set(policy, names);
  return names;
}

/**
 * The login in an address that a forge issues to hide the real one: `ID+LOGIN@users.noreply.github.com` (without `ID+`
 * on old accounts) and `ID-LOGIN@users.noreply.gitlab.com`. Addresses of other hosts prove nothing: their people need
 * an alias.
 */
function loginOfForgeAddress(address: string): string | undefined {
  const match = /^(?:\d+[+-])?([^@+]+)@users\.noreply\.(?:github|gitlab)\.com$/.exec(address);
  return match?.[1];
}

/**
 * A person listed by name has that level, the lowest when there are several; else the highest of their teams; else they
 * are unlisted. An unresolved team leaves both answers open, and the lower one counts.
 */
function listedLevel(policy: Policy, keys: ReadonlySet<string>, teams: Teams): KnownLevel {
  const levels = levelsOf(policy);
  const byName = levels.find((level) => peopleAt(policy, level).some((name) => !isTeam(name) && keys.has(keyOf(name))));
  if (byName !== undefined) return { level: byName, known: true, unresolved: [] };

  const listed = levels.flatMap((level) =>
    peopleAt(policy, level)
      .filter(isTeam)
      .map((team) => ({ level, team, members: membersOf(teams, team) })),
  );
  const inTeams = listed.filter(({ members }) => members?.some((login) => keys.has(keyOf(login))) === true);
  const highest = inTeams.at(-1)?.level;
  const open = listed.filter(
    ({ level, members }) =>
      members === undefined &&
      (highest === undefined ? level !== policy.unlisted : rankOf(policy, level) > rankOf(policy, highest)),
  );
  const unresolved = open.map(({ team }) => team);
  if (highest !== undefined) return { level: highest, known: open.length === 0, unresolved };
  return {
    level: lowest(policy, [policy.unlisted, ...open.map(({ level }) => level)]),
    known: open.length === 0,
    unresolved,
  };
}

function membersOf(teams: Teams, team: string): readonly string[] | undefined {
  const key = keyOf(team);
  return Object.entries(teams).find(([name]) => keyOf(name) === key)?.[1];
}
