/**
 * The gate: a range of commits to a verdict.
 */
import { readBlobs, type Repository } from '../git';
import { changedFileOf, decide, identityOf, isCiFile, levelOf, levelOfChange, list, quoted, tierOf, withPlan, type ChangedFile, type Decision, type Finding, type Identity, type KnownLevel, type Level, type PolicySource, type Teams } from '../policy';
import { readBase, type Base } from './base';
import { driftSince, type Drift } from './drift';
import { netChange, type NetChange, type NetFile } from './net';
import { readPeople, type Contributor } from './people';
import type { AttributionOf, FindingsOf, GivenApproval } from './ports';
import { commitOf, readRange, refuseShallow, sinceAdoption, type Range } from './range';
import { commitsWithoutNotes, missingNotesNotice } from './unarrived';
import { countSignOffs, type SignOff, type TierToSign } from './signoff';

export interface CheckRequest {
  readonly repository: Repository;
  /** Revisions, as a person names them. */
  readonly base: string;
  readonly head: string;
  /** Login of whoever opened the pull request. */
  readonly actor: string | null;
  /** Null: no source of approvals was given. */
  readonly approvals: readonly GivenApproval[] | null;
  readonly teams: Teams;
  readonly attributionOf: AttributionOf;
  readonly findingsOf: FindingsOf;
  /** What a plan would do, as a changed file. */
  readonly plan?: ChangedFile;
  /** The net change of the range. Default: it is worked out here; a caller that needs it too hands in what remembers it. */
  readonly netOf?: (range: Range) => Promise<NetChange>;
}

/** The verdict and everything it rests on. `base`, `head` and `mergeBase` are ids of commits. */
export interface CheckResult extends Decision {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly policy: PolicySource;
  readonly authors: readonly { readonly email: string; readonly level: Level; readonly known: boolean }[];
  readonly findings: readonly (Decision['findings'][number] & { readonly commit: string | null })[];
  readonly commits: readonly { readonly commit: string; readonly assistants: readonly string[]; readonly provenance: 'note' | 'trailers' | 'markers' | 'none' }[];
  /** What became of each approval, tier by tier. */
  readonly signOffs: readonly SignOff[];
  /** What a reader should know beside the verdict, as sentences. */
  readonly notices: readonly string[];
}

/** Decides on a range. Throws a {@link GateError} for whatever cannot be decided, or a GitError. */
export async function check(request: CheckRequest): Promise<CheckResult> {
  const { repository } = request;
  await refuseShallow(repository);
  const base = await commitOf(repository, request.base);
  const head = await commitOf(repository, request.head);
  const decided = await readBase(repository, base, request.base);
  const { range, adopted } = await sinceAdoption(repository, await readRange(repository, base, head), decided.policy.since);
  const net = await (request.netOf?.(range) ?? netChange(repository, range, request.attributionOf));
  const people = await readPeople(repository, range.commits, decided.policy, decided.mailmap);
  const looked = await request.findingsOf(repository, net.files);
  const files = await changedFiles(request, net, looked.findings);
  const levels = readLevels(request, decided, range, net, people);
  const signOffs = await judgeApprovals(request, { decided, range, net, people, files, level: levels.change.level });
  const decision = decide({ policy: decided.policy, files, level: levels.change.level, approvals: signOffs.byTier });
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  return {
    ...decision,
    base,
    head,
    mergeBase: range.mergeBase,
    policy: decided.source,
    authors: levels.authors,
    findings: decision.findings.map((finding) => ({ ...finding, commit: byPath.get(finding.path)?.commitOf(finding.side, finding.line) ?? null })),
    commits: range.commits.map(({ id }) => ({ commit: id, assistants: net.commits.get(id)?.assistants ?? [], provenance: net.commits.get(id)?.provenance ?? 'none' })),
    signOffs: signOffs.each,
    notices: [...noticesOf(request, decision, levels.change), ...missingNotesNotice(commitsWithoutNotes(range.commits, net.commits)), ...looked.notices, ...(adopted ? [] : [`The policy's adoption commit (since: ${quoted(decided.policy.since ?? '')}) is not known here, so every commit is asked.`]), ...unknownApprovers(signOffs.each)],
  };
}

/** The files as the decision sees them. */
async function changedFiles({ repository, plan }: CheckRequest, net: NetChange, findings: readonly Finding[]): Promise<readonly ChangedFile[]> {
  const ci = net.files.filter(({ attribution: { path, from } }) => isCiFile(path) || (from !== null && isCiFile(from)));
  const blobs = await readBlobs(repository, ci.flatMap((file) => sidesOf(file)));
  const runsGate = new Set(ci.filter((file) => sidesOf(file).some((id) => /linekeeper/i.test(blobs.get(id)?.toString('latin1') ?? ''))));
  const files = net.files.map((file) => {
    const mine = findings.filter((finding) => finding.path === file.attribution.path);
    const changed = changedFileOf(file.attribution, mine, runsGate.has(file));
    return { ...changed, assistants: [...new Set([...changed.assistants, ...file.unplaced])].sort() };
  });
  return plan === undefined ? files : withPlan(files, plan);
}

const sidesOf = (file: NetFile): readonly string[] => [file.oldId, file.newId].filter((id) => !/^0+$/.test(id));

interface Levels {
  readonly authors: CheckResult['authors'];
  readonly change: KnownLevel;
}

/** The level of the change: the lowest of its opener and of the authors of every commit that is asked and changes something. */
function readLevels(request: CheckRequest, { policy }: Base, range: Range, net: NetChange, people: ReadonlyMap<string, readonly Contributor[]>): Levels {
  const authors = new Map<string, Identity>();
  for (const { id } of range.commits) {
    if (range.exempt.has(id) || (net.commits.get(id)?.known === true && net.commits.get(id)?.files.length === 0)) continue;
    for (const { role, email, identity } of people.get(id) ?? []) if (role !== 'committer') authors.set(email.toLowerCase(), identity);
  }
  const leveled = [...authors].map(([email, identity]) => ({ email, of: levelOf(policy, identity, request.teams) }));
  const opener = openerOf(request);
  const all = [...leveled.map(({ of }) => of), ...(opener === null ? [] : [levelOf(policy, opener, request.teams)])];
  return { authors: leveled.map(({ email, of }) => ({ email, level: of.level, known: of.known })), change: levelOfChange(policy, all) };
}

const openerOf = ({ actor }: CheckRequest): Identity | null => (actor === null ? null : identityOf(actor));

interface Material {
  readonly decided: Base;
  readonly range: Range;
  readonly net: NetChange;
  readonly people: ReadonlyMap<string, readonly Contributor[]>;
  readonly files: readonly ChangedFile[];
  readonly level: Level;
}

async function judgeApprovals(request: CheckRequest, { decided, range, net, people, files, level }: Material): Promise<ReturnType<typeof countSignOffs>> {
  const approvals = request.approvals ?? [];
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  const { tiers } = decide({ policy: decided.policy, files, level, approvals: {} });
  const toSign = tiers.map((tier): TierToSign => {
    const mine = tier.files.flatMap((path) => byPath.get(path) ?? []);
    const names = new Set(mine.flatMap(({ attribution: { path, from } }) => (from === null ? [path] : [path, from])));
    const commits = range.commits.filter(({ id }) => !range.exempt.has(id) && (mine.some((file) => file.commits.has(id)) || touchesTier(decided, net, id, tier.name)));
    return { name: tier.name, files: tier.files, names, contributors: commits.flatMap(({ id }) => people.get(id) ?? []).map(({ identity }) => identity) };
  });
  const drift = new Map<string, Drift>();
  if (toSign.length > 0) for (const commit of new Set(approvals.map((approval) => approval.commit))) drift.set(commit, await driftSince(request.repository, range, commit));
  return countSignOffs({ policy: decided.policy, teams: request.teams, opener: openerOf(request), approvals, head: range.head, tiers: toSign, drift, ownersOf: decided.owners });
}

/** Whether a commit changed a file of the tier, also one that is not in the net change any more. */
const touchesTier = ({ policy }: Base, net: NetChange, commit: string, tier: string): boolean =>
  (net.commits.get(commit)?.files ?? []).some(({ path, from }) => tierOf(policy, { path, from, findings: [] })?.tier.name === tier);

function noticesOf(request: CheckRequest, decision: Decision, change: KnownLevel): readonly string[] {
  const unmet = [...decision.required, ...decision.tiers.flatMap((tier) => tier.required)].some((one) => !one.satisfied && one.kind !== 'assistant');
  return [
    ...(change.known ? [] : [`The level of this change is not known here: ${list(change.unresolved)} could not be resolved. It is taken as the lowest it may be.`]),
    ...(unmet && request.approvals === null ? ['No approvals supplied (--approvals FILE, from outside the checked-out tree), so no sign-off can count.'] : []),
  ];
}

/** Whose sign-off may count for less than it is, because a team could not be resolved. */
function unknownApprovers(signOffs: readonly SignOff[]): readonly string[] {
  const unknown = new Map(signOffs.filter((one) => one.counts && one.unresolved.length > 0).map((one) => [one.by, one.unresolved]));
  return [...unknown].map(([by, teams]) => `${quoted(by)}'s level is not known here: ${list(teams)} could not be resolved. It is taken as the lowest it may be.`);
}

/** No danger rules: nothing is noticed. */
export const noFindings: FindingsOf = () => Promise.resolve({ findings: [], notices: [] });
