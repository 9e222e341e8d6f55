/** What each approval counts for, tier by tier. */
import { decide } from '../../../policy/decision';
import {
  meets,
  signOffs,
  type Policy,
  quoted,
  tierOf,
  type ChangedFile,
  type CountedApproval,
  type Decision,
  type Level,
  type OpenIncident,
  type OverruledPolicy,
} from '../../../policy';
import { INCIDENTS_FOLDER } from '../../../policy/incidents';
import type { Base } from '../read-deciding-files-of-base';
import type { ChangeSource } from '../repository-reads';
import type { ChangeQuestion, CheckResult } from '../check-question-and-result';
import { openerOf } from '../levels-of-people';
import type { GivenApproval, SignedApprovals } from '../gate-input-types';
import type { Range } from '../range/commit-range';
import type { NetChange } from '../range/net-change-with-authors';
import { barredBy, type People } from './contributors-and-mailmap-of-range';
import { countSignOffs, type SignOff, type TierToSign } from './count-valid-approvals';

interface Material {
  readonly decided: Base;
  readonly range: Range;
  readonly net: NetChange;
  readonly people: People;
  readonly files: readonly ChangedFile[];
  readonly incidents: readonly OpenIncident[];
  readonly changes: CheckResult['changes'];
  readonly level: Level;
}

/** Judges each approval in each tier that requires one. Throws a GitError. */
export async function judgeApprovals(
  request: ChangeQuestion,
  source: Pick<ChangeSource, 'changedSince' | 'usedUp' | 'approvingRuns'>,
  { decided, range, net, people, files, incidents, changes, level }: Material,
): Promise<ReturnType<typeof countSignOffs>> {
  const approvals = request.approvals ?? [];
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  const { tiers } = decide({
    policy: decided.policy,
    files,
    incidents,
    level,
    approvals: {},
    overruled: overruledIn(net),
  });
  const counted = range.commits.filter(({ id }) => !range.exempt.has(id));
  const isRecord = (path: string): boolean => onlyRecords(request, path);
  const touches = tiersTouched(decided, net, isRecord);
  const toSign = tiers.map((tier): TierToSign => {
    const mine = tier.files.flatMap((path) => byPath.get(path) ?? []);
    const names = new Set(mine.flatMap(({ attribution: { path, from } }) => (from === null ? [path] : [path, from])));
    const touching = new Set(
      mine.filter(({ attribution }) => !isRecord(attribution.path)).flatMap((file) => [...file.commits]),
    );
    const commits = counted.filter(({ id }) => touching.has(id) || touches(id, tier.name));
    const barred = commits.flatMap((commit) => barredBy(commit, people.of.get(commit.id) ?? [], decided.policy));
    const contributors = new Set(barred.map(({ identity }) => identity));
    return { name: tier.name, files: tier.files, names, change: changes[tier.name], contributors: [...contributors] };
  });
  const drift = await source.changedSince(range, toSign.length > 0 ? approvedCommits(approvals) : []);
  const used = await source.usedUp(range, { approvals, tiers: toSign, drift });
  const isAsked =
    toSign.length > 0 && approvals.some(({ state, signed }) => state === 'approved' && signed === undefined);
  const runs = isAsked ? await source.approvingRuns() : [];
  return countSignOffs({
    policy: decided.policy,
    teams: request.teams,
    opener: openerOf(request, people),
    mapped: people.mapped,
    approvals,
    head: range.head,
    tiers: toSign,
    drift,
    used,
    runs,
    number: request.number,
    now: request.now,
    ownersOf: decided.owners,
  });
}

/** The commits that were approved, the latest first. */
const approvedCommits = (approvals: readonly GivenApproval[]): readonly string[] => {
  const latestFirst = [...approvals].sort((one, other) => (other.at ?? Infinity) - (one.at ?? Infinity));
  return [...new Set(latestFirst.map(({ commit }) => commit))];
};

/**
 * Whether a file is no part of what is signed off: for a deployment, the incident files on the way. Who writes down an
 * outage, often the senior on call, has no hand in what is deployed.
 */
export const onlyRecords = ({ policyAt }: Pick<ChangeQuestion, 'policyAt'>, path: string): boolean =>
  policyAt !== undefined && path.startsWith(`${INCIDENTS_FOLDER}/`);

/** Whether a commit changed a file of a tier, even one that is no longer in the net change. */
function tiersTouched(
  { policy }: Base,
  net: NetChange,
  isRecord: (path: string) => boolean,
): (commit: string, tier: string) => boolean {
  const known = new Map<string, string | undefined>();
  const nameOf = (path: string, from: string | null): string | undefined => {
    const key = `${path}\0${from ?? ''}`;
    if (!known.has(key)) known.set(key, tierOf(policy, { path, from, findings: [] })?.tier.name);
    return known.get(key);
  };
  return (commit, tier) =>
    (net.commits.get(commit)?.files ?? []).some(({ path, from }) => !isRecord(path) && nameOf(path, from) === tier);
}

/** Sign-offs that were refused before the policy applied, in each tier that they name and the change touches. */
export const refusedSignOffs = (
  signed: SignedApprovals | undefined,
  changes: Readonly<Record<string, string>>,
): readonly SignOff[] =>
  (signed?.refused ?? []).flatMap(({ by, tiers, commit, why }) => {
    const named = tiers.filter((tier) => Object.hasOwn(changes, tier));
    return (named.length > 0 ? named : Object.keys(changes).slice(0, 1)).map((tier): SignOff => ({
      by,
      tier,
      commit,
      counts: false,
      why,
      unresolved: [],
    }));
  });

/** Approvals that count, but not at the required level: each sentence once, whatever number of requirements it is true of. */
export function belowLevel(
  policy: Policy,
  decision: Decision,
  approvals: Readonly<Record<string, readonly CountedApproval[]>>,
): readonly string[] {
  const sentences = decision.tiers.flatMap((tier) =>
    tier.required.flatMap(({ satisfied, from }) => {
      const below =
        satisfied || from === null
          ? []
          : (approvals[tier.name] ?? []).filter(({ level }) => !meets(policy, level, from));
      return below.map(
        ({ by, level }) =>
          `${quoted(by)} is ${level} in the policy. ${tier.name} requires ${from === null ? 'a sign-off' : signOffs(from, 1)}.${unlisted(policy, by)}`,
      );
    }),
  );
  return [...new Set(sentences)];
}

/** Where people are listed by their addresses, an account that nobody is listed by may be one of theirs. */
function unlisted({ people, aliases }: Pick<Policy, 'people' | 'aliases'>, by: string): string {
  const names = Object.values(people).flat();
  const isKnown = by.includes('@') || names.includes(by) || Object.hasOwn(aliases, by);
  return isKnown || !names.some((name) => /[^@]@/.test(name))
    ? ''
    : ` The policy does not name the account ${quoted(by)}. If an address there belongs to it, add the alias to the policy of the base (aliases: { ${quoted(by)}: [ADDRESS] }).`;
}

export const overruledIn = (net: NetChange): readonly OverruledPolicy[] =>
  [...net.commits].flatMap(([commit, { overruled }]) => (overruled ?? []).map((one) => ({ ...one, commit })));
