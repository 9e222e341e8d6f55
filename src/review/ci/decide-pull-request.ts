/** The gate's decision on a pull request, with what the forge knows. */
import { findInRange } from '../../policy/findings';
import { type ForgeJobs, type ChangeEvent, CiError } from '../forges';
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
import { type Repository, inMerge, isolatedGit, readCommit } from '../../git';
import { type ChangedFile, isTeam, type Policy } from '../../policy';
import { codeownersAt } from '../../policy/load';
import type { Floor } from '../../policy/file/parse';
import { signedFor, signedHeads, unpaidDebts } from '../gate/sign-offs';
import { addressesOfApprovers } from './addresses-of-approvers';
import { fetchForkNotes, FORK_NOTES } from './fetch-fork-notes';
import { fetchChange, fetchCommits, fetchNotesQuietly } from './fetch-missing-history-and-notes';

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

export interface DecideRequest {
  readonly repository: Repository;
  /** Name of the clone's remote. */
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
  const accounts = { ...change.addresses, ...(await addressesOfApprovers(forge, change, policy)) };
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
    policyOf: (policy) => withAccounts(policy, accounts),
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
 * The policy with the forge's own knowledge of accounts: whose the addresses of the commits, and of approvers, are. It
 * identifies people as aliases do.
 */
function withAccounts(policy: Policy, accounts: ForgeChange['addresses']): Policy {
  const aliases = new Map(Object.entries(policy.aliases));
  for (const [login, addresses] of Object.entries(accounts))
    aliases.set(login, [...(aliases.get(login) ?? []), ...addresses]);
  return { ...policy, aliases: Object.fromEntries(aliases) };
}

/**
 * The commit to decide on: `head`, which the event names or the pull request has now, or the one that a merge queue is
 * about to merge. The queue's event names only its own commit: what the pull request has by now may be something else, and
 * an answer about that would let in what nobody looked at.
 * Throws a {@link CiError} where it isn't clear which one is queued, or a GitError.
 */
async function queuedHead(
  repository: Repository,
  remote: string,
  { number, statusOf: commit, queuedOn: onto }: ChangeEvent,
  head: string,
): Promise<string> {
  if (onto === undefined || commit === null) return head;
  await fetchCommits(repository, remote, [commit, onto]);
  const here = repository.beside(); // sees what was fetched
  const merged = await readCommit(here, commit);
  if (merged === undefined)
    throw new CiError(
      `The merge queue's commit ${commit.slice(0, 12)} is not here and can't be fetched, so what it would merge is not known. Let the job check out that commit.`,
    );
  if (merged.parents.length > 1) {
    const queued = merged.parents.at(-1) ?? head;
    await fetchCommits(repository, remote, [queued]);
    return queued;
  }
  // Squashed or rebased: it is what the pull request has now if merging that gives the same files.
  const same =
    merged.parents.length === 1 &&
    (await inMerge(here, onto, head, async (tree, objects) => {
      const { stdout } = await isolatedGit(here, ['diff-tree', '-r', '--no-renames', '--name-only', tree, commit], {
        objects,
      });
      return stdout.length === 0;
    }));
  if (same === 'not-comparable')
    throw new CiError(
      `What the merge queue would merge of pull request ${String(number)} can't be compared with its commits. Use git 2.38 or newer in the job, with the whole history.`,
    );
  if (!same)
    throw new CiError(
      `Pull request ${String(number)} has other changes by now than the merge queue's commit ${commit.slice(0, 12)}. Add it to the queue again.`,
    );
  return head;
}
