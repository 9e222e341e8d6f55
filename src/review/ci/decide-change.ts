/** The gate's decision on a pull request, with what the forge knows. */
import { findInRange } from '../../policy/findings';
import type { ForgeJobs, ChangeEvent } from '../forges';
import type { ForgeApi, ForgeChange } from '../forges/client-parts';
import {
  checkRange,
  netChange,
  readBase,
  withClaimsOn,
  withRiskClaims,
  type AttributionOf,
  type CheckResult,
  type NetChange,
  type CheckRequest,
} from '../gate';
import type { Repository } from '../../git';
import { type ChangedFile, isTeam, type Policy } from '../../policy';
import { codeownersAt } from '../../policy/load';
import type { Floor } from '../../policy/file/parse';
import { signedFor, signedHeads, unpaidDebts } from '../gate/sign-offs';
import { fetchForkNotes, FORK_NOTES } from './fork-notes';
import { fetchChange, fetchCommits, fetchNotesQuietly } from './fetch-history';
import { queuedHead } from './merge-queue';

export interface Decided {
  readonly change: ForgeChange;
  readonly result: CheckResult;
  readonly net: NetChange;
  readonly policy: Policy;
  /** Target branch, by its name. */
  readonly base: string;
  /** What a reader should know in addition to the gate's own notices. */
  readonly notices: readonly string[];
}

interface DecideRequest {
  readonly repository: Repository;
  readonly remote: string;
  readonly forge: ForgeApi;
  readonly jobs: ForgeJobs;
  readonly event: ChangeEvent;
  readonly attributionOf: (repository: Repository) => AttributionOf;
  readonly plan?: ChangedFile;
  /** See `ChangeQuestion`. */
  readonly testedOf?: CheckRequest['testedOf'];
  /** See `ChangeQuestion`. */
  readonly observe?: boolean;
  /** See `ChangeQuestion`. */
  readonly floors?: readonly Floor[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Throws a CiError, ForgeError, GateError or GitError: then nothing is decided. */
export async function decideChange({
  repository: checkout,
  remote,
  forge,
  jobs,
  event,
  attributionOf,
  plan,
  testedOf,
  observe,
  floors = [],
  now,
}: DecideRequest): Promise<Decided> {
  const change = await forge.change(event.number);
  const named = event.head ?? change.head;
  const tip = await fetchChange(checkout, { jobs, remote, headRef: change.headRef, head: named, base: change.base });
  const head = await queuedHead(checkout, remote, event, named);
  const notes = [
    ...(await fetchNotesQuietly(checkout, remote)),
    ...(await fetchForkNotes(checkout, remote, change.forkAddress)),
  ];
  await fetchCommits(
    checkout,
    remote,
    change.approvals.filter(({ state }) => state === 'approved').map(({ commit }) => commit),
  );
  const fetched = checkout.beside(); // sees what was fetched
  const { policy, source } = await readBase(fetched, tip, change.base, head, floors);
  const signed = await signedHeads(fetched, { onto: change.base, policy: source }, now());
  const more = await fetchCommits(checkout, remote, signed);
  const repository = more ? checkout.beside() : fetched;
  const { teams, notices } = await forge.teams(await teamsAsked(repository, tip, policy));
  let net: NetChange | undefined;
  const trusted = withRiskClaims(attributionOf(repository), policy);
  const attribution = change.forkAddress === undefined ? trusted : withClaimsOn(repository, FORK_NOTES, trusted);
  const result = await checkRange({
    repository,
    base: tip,
    onto: change.base,
    head,
    number: event.number,
    actor: change.opener,
    approvals: change.approvals,
    signedFor: signedFor(repository, now()),
    policyOf: (policy) => withAccounts(policy, change.addresses),
    teams,
    attributionOf: attribution,
    findingsOf: findInRange,
    netOf: async (range) => (net = await netChange(repository, range, attribution)),
    ...(plan === undefined ? {} : { plan }),
    ...(testedOf === undefined ? {} : { testedOf }),
    ...(observe === true ? { observe } : {}),
    floors,
    now: now(),
    checksAt: async (commit) => forge.checks?.(commit),
  });
  if (net === undefined) throw new Error('the gate decided without looking at the change');
  const unpaid = (await unpaidDebts(repository, { now: now(), teams, base: { policy, commit: tip } })).map(
    ({ says }) => says,
  );
  const newer =
    head === change.head
      ? []
      : [
          `Newer commits were pushed since this job was started: it decides on ${head.slice(0, 12)}, theirs on ${change.head.slice(0, 12)}.`,
        ];
  return {
    change,
    result,
    net,
    policy,
    base: change.base,
    notices: [...newer, ...notes, ...change.notices, ...notices, ...unpaid],
  };
}

/** Teams are queried one by one. */
const TEAMS_AT_MOST = 50;

/** The teams that may matter: those of the policy, and owners of files that require an owner's sign-off. */
async function teamsAsked(repository: Repository, tip: string, policy: Policy): Promise<readonly string[]> {
  const people = Object.values(policy.people).flat().filter(isTeam);
  const byOwner = policy.tiers.some(
    ({ any, ai }) => any?.codeOwner === true || Object.values(ai?.byLevel ?? {}).some((one) => one?.codeOwner === true),
  );
  if (!byOwner) return unique(people);
  const text = await codeownersAt(repository, tip);
  return unique([...people, ...[...text.matchAll(/(?<=\s)@[\w.-]+(?:\/[\w.-]+)+/g)].map(([name]) => name)]);
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].slice(0, TEAMS_AT_MOST);

/**
 * The policy with the forge's own knowledge of accounts: whose the addresses of the commits are. It identifies people
 * as aliases do.
 */
function withAccounts(policy: Policy, accounts: ForgeChange['addresses']): Policy {
  const aliases = new Map(Object.entries(policy.aliases));
  for (const [login, addresses] of Object.entries(accounts))
    aliases.set(login, [...(aliases.get(login) ?? []), ...addresses]);
  return { ...policy, aliases: Object.fromEntries(aliases) };
}
