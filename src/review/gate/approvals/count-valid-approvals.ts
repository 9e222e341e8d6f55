/**
 * Which approvals count, for which tier, and why the others do not. Pure.
 */
import {
  isBot,
  isListed,
  isStranger,
  kindsOf,
  isOwner,
  isSamePerson,
  keyOf,
  keysOf,
  levelOf,
  list,
  loginsOf,
  quoted,
  rankOf,
  relationOf,
  type CountedApproval,
  type Identity,
  type Policy,
  type Teams,
} from '../../../policy';
import { givenByAgent, type ApprovingRun } from './approvals-made-in-agent-runs';
import { staleness, type ChangesSinceApprovals, type TierSinceApproval } from './stale-approval-reasons';
import type { GivenApproval } from '../gate-input-types';

/** A tier of the change, as far as it matters for sign-offs. */
export interface TierToSign extends TierSinceApproval {
  /** New paths of its files. */
  readonly files: readonly string[];
  /** Authors, co-authors and committers of the commits with lines in it. */
  readonly contributors: readonly Identity[];
}

export interface SignOffInput extends ChangesSinceApprovals {
  readonly teams: Teams;
  /** Who opened the pull request; null when unknown. */
  readonly opener: Identity | null;
  readonly approvals: readonly GivenApproval[];
  readonly tiers: readonly TierToSign[];
  /** What is recorded of agents that approved. Default: nothing. */
  readonly runs?: readonly ApprovingRun[];
  /** Number of the pull request; undefined when unknown. */
  readonly number?: number | undefined;
  /** When it is decided, in milliseconds since the epoch. Default: no date lies in the future. */
  readonly now?: number | undefined;
  /** An identity with the addresses that the base's `.mailmap` maps its own to. */
  readonly mapped: (identity: Identity) => Identity;
  /** Owners of a path by CODEOWNERS. */
  readonly ownersOf: (path: string) => readonly string[];
}

/** The result of one person's approval in one tier. */
export interface SignOff {
  readonly by: string;
  readonly tier: string;
  readonly commit: string;
  readonly counts: boolean;
  /** Why it does not count, as the end of a sentence; empty when it does. */
  readonly why: string;
  /** Unresolved teams that might give the approver a higher level than counts here. */
  readonly unresolved: readonly string[];
}

export interface SignOffs {
  readonly byTier: Readonly<Record<string, readonly CountedApproval[]>>;
  readonly each: readonly SignOff[];
  /** Whose approval counts, whatever their level, by tier name. */
  readonly signedBy: Readonly<Record<string, readonly Identity[]>>;
}

interface Approver {
  readonly by: string;
  readonly identity: Identity;
  readonly reviews: readonly GivenApproval[];
  /**
   * The approvals still in force, latest first (without times, anything but an approval comes first); empty when the
   * person's latest review is not an approval.
   */
  readonly standing: readonly GivenApproval[];
  readonly latest: GivenApproval;
}

/** Judges every approval for every tier. */
export function countSignOffs(input: SignOffInput): SignOffs {
  const approvers = approversOf(input);
  const objectors = new Objectors(input.policy, approvers, input.now);
  const byTier: Record<string, CountedApproval[]> = {};
  const each: SignOff[] = [];
  const signedBy: Record<string, readonly Identity[]> = {};
  // Of two who may be the same person one counts: whoever could sign for more, so that one more approval takes none away.
  const rank = ({ identity }: Approver): number =>
    rankOf(input.policy, levelOf(input.policy, identity, input.teams).level);
  const strongestFirst = approvers.toSorted((one, other) => rank(other) - rank(one));
  for (const tier of input.tiers) {
    const counted: CountedApproval[] = [];
    const signed: Approver[] = [];
    const first = new Map<Kind, Approver>();
    for (const approver of strongestFirst) {
      const kind = kindOf(input.policy, approver);
      const why =
        objection(input, tier, approver) || takenBack(objectors, approver, kind) || unlike(first, approver, kind);
      const { level, unresolved } = levelOf(input.policy, approver.identity, input.teams);
      each.push({
        by: approver.by,
        tier: tier.name,
        commit: approver.latest.commit,
        counts: why === '',
        why,
        unresolved,
      });
      if (why !== '') continue;
      signed.push(approver);
      if (!first.has(kind)) first.set(kind, approver);
      const owns = tier.files.filter((file) =>
        input.ownersOf(file).some((owner) => isOwner(input.policy, approver.identity, owner, input.teams)),
      );
      const bySignature = { ...approver, standing: approver.standing.filter(({ signed: one }) => one !== undefined) };
      const isSigned = bySignature.standing.length > 0 && objection(input, tier, bySignature) === '';
      counted.push({ by: approver.by, level, owns, ...(isSigned ? { signed: true } : {}) });
    }
    byTier[tier.name] = counted;
    signedBy[tier.name] = signed.map(({ identity }) => identity);
  }
  return { byTier, each, signedBy };
}

/**
 * Why an approval does not count in a tier; empty when it does. The decision checks whether the level suffices.
 */
function objection(input: SignOffInput, tier: TierToSign, approver: Approver): string {
  const { policy, opener } = input;
  if (isBot(policy, approver.identity)) return "a bot can't sign off";
  if (approver.reviews.some(({ outsider }) => outsider === true) && !isListed(policy, approver.identity, input.teams))
    return 'the account has no part in this repository, and the policy does not list it';
  const claimed = misnamed(policy, approver);
  if (claimed !== undefined) return claimed;
  const relations = [
    ...(opener === null ? [] : [{ one: opener, is: 'whoever opened the pull request' }]),
    ...tier.contributors.map((one) => ({ one, is: 'somebody with a hand in these commits' })),
  ].map(({ one, is }) => ({ one, is, relation: relationOf(policy, one, approver.identity) }));
  const same = relations.find(({ relation }) => relation === 'same');
  if (same !== undefined) return `it is by ${same.is}`;
  const unclear = relations.find(({ relation }) => relation === 'unclear');
  if (unclear !== undefined)
    return `it can't be known whether this is ${unclear.is} (${nameOf(unclear.one)}): ${missingAlias(approver.identity, unclear.one)}`;
  // Two accounts of a forge are two people: who is known to have opened the request is not whoever approves it.
  const isOpener = (one: Identity): boolean => opener !== null && isSamePerson(policy, opener, one);
  // An alias need not name every address of somebody who is known to the approval by login only.
  const stranger =
    approver.identity.logins.length === 0 || approver.reviews.some(({ email }) => email !== null)
      ? undefined
      : tier.contributors.find((contributor) => isStranger(policy, contributor) && !isOpener(contributor));
  if (stranger !== undefined)
    return `it can't be known whether this is somebody with a hand in these commits (${nameOf(stranger)}), an address that nobody here is known by: add it to the policy of the base under the login that it belongs to (aliases: { LOGIN: [${nameOf(stranger)}] })`;
  if (approver.standing.length === 0)
    return approver.reviews.some((review) => review.at !== null && dateOf(review, input.now) === null)
      ? 'its date lies in the future, and the same person withdrew an approval or requested changes: approve it again'
      : (WITHDRAWN[approver.latest.state] ?? 'changes were requested since');
  const compared = { ...input, runs: input.runs ?? [] };
  const reasons = approver.standing.map(
    (approval) =>
      staleness(input, tier, approval) ||
      givenByAgent(compared, approver.identity, { ...approval, at: dateOf(approval, input.now) }),
  );
  return reasons.includes('') ? '' : (reasons[0] ?? '');
}

const WITHDRAWN: Readonly<Partial<Record<GivenApproval['state'], string>>> = {
  dismissed: 'it was dismissed',
  're-requested': 'a new review was requested since',
};

/**
 * What somebody is known by. Two who have no name in common may be one person exactly where one is known by logins only
 * and the other by addresses only.
 */
type Kind = 'logins' | 'addresses' | 'both';

function kindOf(policy: Policy, { identity }: Approver): Kind {
  const { logins, addresses } = kindsOf(policy, identity);
  return logins && addresses ? 'both' : logins ? 'logins' : 'addresses';
}

const OTHER: Readonly<Record<Kind, Kind | undefined>> = { logins: 'addresses', addresses: 'logins', both: undefined };

/** Those who asked for changes, the latest of each kind. */
class Objectors {
  private readonly latest = new Map<Kind, Approver>();

  constructor(
    policy: Policy,
    approvers: readonly Approver[],
    private readonly now: number | undefined,
  ) {
    for (const approver of approvers) {
      const { latest } = approver;
      if (latest.state !== 'changes_requested' || latest.outsider === true) continue;
      const kind = kindOf(policy, approver);
      const known = this.latest.get(kind)?.latest;
      if (known === undefined || (known.at !== null && (latest.at === null || latest.at > known.at)))
        this.latest.set(kind, approver);
    }
  }

  /** One who may be this approver, and asked for changes after the approval as far as is known. */
  maybe({ latest }: Approver, kind: Kind): Approver | undefined {
    const at = dateOf(latest, this.now);
    const objector = this.latest.get(OTHER[kind] ?? 'both');
    const isEarlier = at !== null && objector !== undefined && objector.latest.at !== null && objector.latest.at < at;
    return OTHER[kind] === undefined || isEarlier ? undefined : objector;
  }
}

/** Somebody who asked for changes and may be the person who signed off may have taken it back. */
function takenBack(objectors: Objectors, approver: Approver, kind: Kind): string {
  const objector = objectors.maybe(approver, kind);
  return objector === undefined
    ? ''
    : `it can't be known whether this is ${quoted(objector.by)}, who asked for changes since: ${missingAlias(approver.identity, objector.identity)}`;
}

/** Two sign-offs of people who may be the same person are one. */
function unlike(signed: ReadonlyMap<Kind, Approver>, approver: Approver, kind: Kind): string {
  const objector = OTHER[kind] === undefined ? undefined : signed.get(OTHER[kind]);
  return objector === undefined
    ? ''
    : `it can't be known whether this is ${quoted(objector.by)}, who signed off too: ${missingAlias(approver.identity, objector.identity)}`;
}

/** An approval whose address belongs, by the policy, to another login than the one it names. */
function misnamed(policy: Policy, { reviews: given }: Approver): string | undefined {
  for (const { by, email } of given) {
    if (email === null || by.slice(1).includes('@')) continue;
    const logins = loginsOf(policy, email);
    if (
      logins.length > 0 &&
      !keysOf(policy, { emails: [], logins: [by] }).has(keyOf(email)) &&
      !logins.includes(keyOf(by))
    )
      return `it is by ${quoted(by)} with the address ${quoted(email)}, which is ${list(logins.map((login) => quoted(login)))}'s by the policy`;
  }
  return undefined;
}

const nameOf = ({ logins, emails }: Identity): string => quoted(logins[0] ?? emails[0]?.address ?? '');

/** Which alias would show that two identities are different people. */
function missingAlias(first: Identity, second: Identity): string {
  const byLogin = first.logins.length > 0 && first.emails.length === 0 ? first : second;
  return `add the addresses of ${quoted(byLogin.logins[0] ?? '')} to the policy of the base (aliases: { ${quoted(byLogin.logins[0] ?? '')}: [ADDRESS] })`;
}

/** One entry per person, whatever names they approved under. */
function approversOf({
  policy,
  approvals,
  mapped,
  now,
}: Pick<SignOffInput, 'policy' | 'approvals' | 'mapped' | 'now'>): readonly Approver[] {
  const people = new Map<number, GivenApproval[]>();
  for (const [index, person] of personsOf(
    approvals.map((one) => keysOf(policy, mapped(identityOfApproval(one)))),
  ).entries()) {
    const earlier = people.get(person);
    const approval = approvals[index];
    if (approval === undefined) continue;
    if (earlier === undefined) people.set(person, [approval]);
    else earlier.push(approval);
  }
  return [...people.values()].flatMap((reviews) => {
    const sorted = latestFirst(reviews, now);
    const [latest] = sorted;
    if (latest === undefined) return [];
    const withdrawn = sorted.findIndex((approval) => approval.state !== 'approved');
    const identity = mapped({
      emails: reviews.flatMap((one) => identityOfApproval(one).emails),
      logins: reviews.flatMap((one) => identityOfApproval(one).logins),
    });
    return [
      { by: latest.by, identity, reviews, latest, standing: withdrawn < 0 ? sorted : sorted.slice(0, withdrawn) },
    ];
  });
}

/** For each set of names, a number that those have in common that share names, also through others. */
function personsOf(all: readonly ReadonlySet<string>[]): readonly number[] {
  const parent = all.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = index; at !== root;) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const first = new Map<string, number>();
  all.forEach((keys, index) => {
    for (const key of keys) {
      const firstTime = first.get(key);
      if (firstTime === undefined) first.set(key, index);
      else parent[find(index)] = find(firstTime);
    }
  });
  return all.map((_, index) => find(index));
}

export function identityOfApproval({ by, email, signed }: GivenApproval): Identity {
  const names = [...new Set([by, ...(signed?.names ?? [])])];
  const isEmail = (name: string): boolean => name.slice(1).includes('@');
  return {
    emails: [...names.filter(isEmail), ...(email === null ? [] : [email])].map((address) => ({ address })),
    logins: names.filter((name) => !isEmail(name)),
  };
}

/** How far the clocks of a forge and of the machine that decides may be apart (milliseconds). */
const SKEW_MS = 5 * 60_000;

/**
 * When an approval was given, `now` at the latest. Null when unknown, as for an approval with a date in the future: an
 * earlier moment than any that follows it in truth is not known of it. A withdrawal with such a date is the latest.
 */
function dateOf({ at, state }: GivenApproval, now: number | undefined): number | null {
  if (at === null || now === undefined || at <= now) return at;
  return at <= now + SKEW_MS || state !== 'approved' ? now : null;
}

/**
 * Reviews of one person, the latest first. Of two with one date an approval is the earlier one. An approval with a date
 * in the future is earlier than a withdrawal: nobody knows which came first. Without dates every approval is earlier.
 */
function latestFirst(reviews: readonly GivenApproval[], now: number | undefined): readonly GivenApproval[] {
  const isDated = reviews.every(({ at }) => at !== null);
  const isWithdrawn = reviews.some(({ state }) => state !== 'approved');
  const undated = isWithdrawn ? -Infinity : Infinity;
  const date = (review: GivenApproval): number => (isDated ? (dateOf(review, now) ?? undated) : 0);
  return [...reviews].sort(
    (review, before) =>
      compare(date(before), date(review)) || Number(review.state === 'approved') - Number(before.state === 'approved'),
  );
}

/** Two of Infinity are equal. */
const compare = (date: number, reference: number): number => (date === reference ? 0 : date - reference);
