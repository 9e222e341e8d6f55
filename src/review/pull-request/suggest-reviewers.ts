/**
 * Whom to ask: few people, who may sign and who know the files.
 */
import {
  type Decision,
  highestLevel,
  identityOf,
  isBot,
  keysOf,
  type Level,
  levelsOf,
  meets,
  peopleAt,
  type Policy,
  rankOf,
  type OwnersOf,
} from '../../policy';

export interface ReviewerFacts {
  readonly decision: Decision;
  /** Paths that the change touches. */
  readonly paths: readonly string[];
  readonly policy: Policy;
  /** By the base's CODEOWNERS. */
  readonly ownersOf: OwnersOf;
  /** Who must not be asked, since nobody reviews their own change: e-mail addresses and logins of authors, committers and the pull request's opener. */
  readonly authors: readonly string[];
  /**
   * How many open pull requests wait for somebody, by login or `org/team` in lower case; those not listed have none.
   * Left out: unknown.
   */
  readonly openRequests?: OpenRequests | undefined;
}

export type OpenRequests = ReadonlyMap<string, number>;

/** What still has to be signed off, and in which files. */
interface Need {
  readonly from: Level;
  readonly count: number;
  readonly codeOwner: boolean;
  /** Who has signed already. */
  readonly by: readonly string[];
  readonly paths: readonly string[];
}

const MOST = 3;

/**
 * At most three names, the best first: logins (`ada`), teams (`acme/platform-seniors`), or an e-mail address when no
 * login is known. Owners of the files come before others of the required level, and among equals those with the fewest
 * open requests, if known. Names one person more than needed, so that a holiday blocks nothing; a team needs no second.
 */
export function suggestReviewers(facts: ReviewerFacts): readonly string[] {
  const { policy, authors } = facts;
  const isOneOf = (name: string, others: readonly string[]): boolean => {
    const known = keysOf(policy, identityOf(...others));
    return [...keysOf(policy, identityOf(name))].some((key) => known.has(key));
  };
  const chosen: string[] = [];
  for (const need of needsOf(facts)) {
    const candidates = candidatesFor(need, facts).filter(
      (name) => !isOneOf(name, authors) && !isOneOf(name, need.by) && !isBot(policy, identityOf(name)),
    );
    const worth = (name: string): number => (name.includes('/') ? need.count + 1 : 1);
    // somebody asked for a stricter reason can sign this too
    const able = chosen.filter((name) => candidates.includes(name));
    let missing = need.count + 1 - able.reduce((all, name) => all + worth(name), 0);
    for (const name of candidates) {
      if (missing <= 0 || chosen.length >= MOST) break;
      if (chosen.includes(name)) continue;
      chosen.push(name);
      missing -= worth(name);
    }
  }
  return chosen;
}

/** What no approval covers yet, strictest first. A change without requirements may still be shown to a senior. */
function needsOf({ decision, paths, policy }: ReviewerFacts): readonly Need[] {
  const asks = [...decision.tiers, { required: decision.required, files: paths }];
  const needs = asks.flatMap(({ required, files }) =>
    required.flatMap(({ satisfied, from, approvals, codeOwner, by }): Need[] =>
      satisfied || from === null
        ? []
        : [{ from, count: Math.max(1, approvals - by.length), codeOwner, by, paths: files }],
    ),
  );
  if (needs.length === 0) return [{ from: highestLevel(policy), count: 1, codeOwner: false, by: [], paths }];
  return needs.sort(
    (a, b) =>
      rankOf(policy, b.from) - rankOf(policy, a.from) || Number(b.codeOwner) - Number(a.codeOwner) || b.count - a.count,
  );
}

function candidatesFor(need: Need, { policy, ownersOf, openRequests }: ReviewerFacts): readonly string[] {
  const nameOf = namer(policy.aliases);
  const owners = ownersByFiles(need.paths, ownersOf).map(nameOf);
  const able = levelsOf(policy)
    .filter((level) => meets(policy, level, need.from))
    .flatMap((level) => peopleAt(policy, level).map(nameOf));
  const both = owners.filter((owner) => able.includes(owner));
  // an owner whose level is unknown here, such as a team, may still be the one who can sign
  const hopeful = able.length === 0 || (need.codeOwner && both.length === 0) ? owners : [];
  const byLoad = (names: readonly string[]): readonly string[] =>
    openRequests === undefined
      ? names
      : [...names].sort((one, other) => loadOf(openRequests, one) - loadOf(openRequests, other));
  return [...new Set([...byLoad(both), ...byLoad(hopeful), ...byLoad(able)])].filter((name) =>
    /^[^\s\p{C}]+$/u.test(name),
  );
}

/** Requests that wait for somebody. Forges can't ask an e-mail address, so one comes last. */
const loadOf = (requests: OpenRequests, name: string): number =>
  name.includes('@') ? Infinity : (requests.get(name.toLowerCase()) ?? 0);

/** Owners of any of the files, those who own most of them first. Roles (`@@maintainer`) can't be asked. */
function ownersByFiles(paths: readonly string[], ownersOf: OwnersOf): readonly string[] {
  const files = new Map<string, number>();
  for (const owner of paths.flatMap((path) => ownersOf(path)))
    if (!owner.startsWith('@@')) files.set(owner, (files.get(owner) ?? 0) + 1);
  return [...files].sort(([, a], [, b]) => b - a).map(([owner]) => owner);
}

/**
 * One name for each person, as far as known: the login in `aliases`, in a forge's noreply address
 * (`1234+ada@users.noreply.github.com`), or the entry itself in lower case, without a leading `@`.
 */
function namer(aliases: Policy['aliases']): (entry: string) => string {
  const logins = new Map<string, string>();
  for (const [login, addresses] of Object.entries(aliases))
    for (const name of [login, ...addresses]) logins.set(name.toLowerCase(), login);
  return (entry) => {
    const name = entry.trim().replace(/^@/, '').toLowerCase();
    const noreply = /^(?:\d+[+-])?([^@+]+)@users\.noreply\./.exec(name)?.[1];
    return logins.get(name) ?? noreply ?? name;
  };
}
