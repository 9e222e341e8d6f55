/**
 * The gate: from a range of commits to a verdict.
 */
import { readBlobs } from '../git';
import { INCIDENTS_FOLDER, openIncidentsIn } from '../incidents';
import { decide, withOpenIncidents, type DecisionInput } from '../decision';
import {
  changedFileIn,
  isCiFile,
  quoted,
  tierOf,
  withoutSwitchedOff,
  withPlan,
  type ChangedFile,
  type Decision,
  type Identity,
  type OpenIncident,
} from '../policy';
import { mayBeCalledByCi, ownCiFiles } from '../policy/load';
import { readPeople, type People } from './approvals/contributors';
import { earlierHeadsOf } from './approvals/earlier-heads';
import { belowLevel, judgeApprovals, onlyRecords, overruledIn, refusedSignOffs } from './approvals/judge-approvals';
import { namesOf, whoCouldSign } from './approvals/signers';
import { readBase, type Base } from './read-base';
import type { CheckRequest, CheckResult, Emergency } from './check-request';
import { withRiskClaims } from './disclosures/risk-claims';
import { broughtBack, emergencyNotices, liftedIn, notAlone } from './emergency-notices';
import { lessonsIn } from './lessons';
import { explainLines } from './line-reasons';
import { addressesOf, forUnknownOpener, openerOf, readLevels } from './levels-of-people';
import { noticesOf } from './notices';
import type { FindingsOf, NoticedInRange, SignedFor } from './ports';
import { commitsOf, listRange, refuseShallow, sinceAdoption, type Range } from './range/commit-range';
import { exactRevert } from './range/exact-revert';
import { readNames, type Names } from './range/named-commits';
import { beginNetChange, netChange, type NetChange, type NetFile } from './range/net-change';
import { tierChanges } from './tier-digests';

/** Decides on a range. Throws a {@link GateError} for whatever cannot be decided, or a GitError. */
export async function check(checkRequest: CheckRequest): Promise<CheckResult> {
  const { repository } = checkRequest;
  refuseShallow(repository);
  const looked = await readChange(checkRequest);
  const { base, range, net, decided, incidents } = looked;
  const noticed = await checkRequest.findingsOf(repository, net.files, decided.policy, range.head);
  const planned = withoutSwitchedOff(decided.policy, checkRequest.plan?.findings ?? []);
  const files = await changedFiles(
    checkRequest.plan ? { ...checkRequest, plan: { ...checkRequest.plan, findings: planned.findings } } : checkRequest,
    range,
    net,
    noticed,
  );
  const changes = tierChanges(decided.policy, files, net.files);
  const { request: known, signed, onto } = await withSignedApprovals(checkRequest, looked, files, changes);
  const people = await readPeople(repository, range.commits, decided.policy, decided.mailmap, addressesOf(known));
  const levels = readLevels(known, decided, range, net, people);
  const unknownOpener = forUnknownOpener(known, { policy: decided.policy, files, incidents }, levels);
  const request = unknownOpener?.noSignOffs === true ? { ...known, approvals: [] } : known;
  const level = unknownOpener?.level ?? levels.change.level;
  const signOffs = await judgeApprovals(request, { decided, range, net, people, files, incidents, changes, level });
  const input: DecisionInput = {
    policy: decided.policy,
    files,
    incidents,
    level,
    approvals: signOffs.byTier,
    overruled: overruledIn(net),
  };
  const decisions = await decideOnRange(request, input, range, net);
  const { decision } = decisions;
  const lessons = decided.hasIncidents
    ? await lessonsIn(repository, checkRequest.policyAt ?? base, net.files, decision.findings)
    : [];
  const involved = involvedIn(request, net, people);
  const emergency = emergencyOf(request, decisions, involved);
  const why = await explainLines({
    repository,
    tiers: decision.tiers,
    range,
    net,
    baseName: onto ?? (/^[0-9a-f]{40,}$/.test(checkRequest.base) ? base.slice(0, 12) : checkRequest.base),
    hasSince: looked.hasSince,
    failed: decision.verdict === 'fail',
  });
  return {
    ...decision,
    base,
    head: range.head,
    mergeBase: range.firstMergeBase,
    onto,
    policy: decided.source,
    authors: levels.authors,
    findings: withCommits(decision.findings, net),
    commits: range.commits.map(({ id }) => ({
      commit: id,
      assistants: net.commits.get(id)?.assistants ?? [],
      provenance: net.commits.get(id)?.provenance ?? 'none',
    })),
    signOffs: [...signOffs.each, ...refusedSignOffs(signed, changes)],
    signers: whoCouldSign({
      policy: decided.policy,
      decision,
      involved,
      signOffs,
      ownersOf: decided.owners,
      teams: request.teams,
    }),
    why,
    switchedOff: [...noticed.off, ...planned.off],
    lessons,
    changes,
    emergency,
    notices: [
      ...(unknownOpener === undefined ? [] : [unknownOpener.notice]),
      ...lessons.map(
        ({ incident, path, line, message }) =>
          `${quoted(path)}:${String(line)}: such a change caused ${incident}: ${message}`,
      ),
      ...emergencyNotices(emergency),
      ...(decisions.reverted !== null && decision.verdict === 'fail'
        ? notAlone(decisions.reverted, decisions.broughtBack)
        : []),
      ...belowLevel(decision, signOffs.byTier),
      ...(await noticesOf({
        request,
        decided,
        decision,
        change: levels.change,
        net,
        range,
        people,
        files,
        adopted: looked.adopted,
        looked: noticed.notices,
        signOffs: signOffs.each,
      })),
    ],
  };
}

/** A range with what its base says of it. */
interface CheckedChange {
  readonly base: string;
  readonly branchOf: Names['branchOf'];
  readonly range: Range;
  /** Commits from before the policy was there. */
  readonly adopted: Awaited<ReturnType<typeof sinceAdoption>>['adopted'];
  readonly hasSince: boolean;
  readonly net: NetChange;
  readonly incidents: readonly OpenIncident[];
  /** The base, with the policy that decides. */
  readonly decided: Base;
}

/** Reads the base's policy and the change at once: neither waits for the other's git. */
async function readChange(request: CheckRequest): Promise<CheckedChange> {
  const { repository } = request;
  const names = await readNames(repository, [request.base, request.head]);
  const [base = '', head = ''] = names.ids;
  const reading = readBase(repository, request.policyAt ?? base, request.base, head);
  reading.catch(() => undefined); // reported below
  const listed = await listRange(repository, base, head);
  const attributionOf = withRiskClaims(
    request.attributionOf,
    reading.then(({ policy }) => request.policyOf?.(policy) ?? policy),
  );
  const begun = request.netOf ? undefined : beginNetChange(repository, listed, attributionOf);
  const [ofBase, whole] = await Promise.all([reading, commitsOf(repository, listed)]);
  const policy = request.policyOf?.(ofBase.policy) ?? ofBase.policy;
  const { range, adopted } = await sinceAdoption(repository, whole, policy.since);
  const net = await (request.netOf?.(range) ?? netChange(repository, range, attributionOf, begun));
  const incidents = await openIncidents(request, ofBase, range, net);
  const decided = { ...ofBase, policy: withOpenIncidents(policy, incidents) };
  return { base, branchOf: names.branchOf, range, adopted, hasSince: policy.since !== null, net, incidents, decided };
}

/** The request with the sign-offs that are signed and travel with the commits. */
async function withSignedApprovals(
  checkRequest: CheckRequest,
  { base, branchOf, range, decided }: CheckedChange,
  files: readonly ChangedFile[],
  changes: CheckResult['changes'],
): Promise<{
  readonly request: CheckRequest;
  readonly signed: Awaited<ReturnType<SignedFor>> | undefined;
  readonly onto: string | null;
}> {
  // A deployment is of commits that are merged already, wherever from.
  const onto =
    checkRequest.policyAt !== undefined || checkRequest.signedFor === undefined
      ? null
      : (checkRequest.onto ?? (await branchOf(checkRequest.base)));
  const signed = await checkRequest.signedFor?.({
    base: checkRequest.policyAt ?? base,
    onto,
    head: range.head,
    commits: new Set(range.commits.map(({ id }) => id)),
    policy: decided.source,
    changes,
    earlierHeads: earlierHeadsOf(checkRequest.repository, range, (path, tier) =>
      [{ path, from: null, findings: [] }, ...files.filter((file) => file.path === path || file.from === path)].some(
        (file) => tierOf(decided.policy, file)?.tier.name === tier,
      ),
    ),
  });
  const request =
    signed === undefined || signed.approvals.length === 0
      ? checkRequest
      : { ...checkRequest, approvals: [...(checkRequest.approvals ?? []), ...signed.approvals] };
  return { request, signed, onto };
}

type Involved = readonly (Identity | null)[];

interface RangeDecisions {
  /** Without the emergency. */
  readonly usual: Decision;
  readonly decision: Decision;
  /** The commit that the range takes back exactly, if that was asked. */
  readonly reverted: string | null;
  /** Paths to which that brings back what AI or an unknown author wrote. */
  readonly broughtBack: readonly string[];
}

/** The decision; in an emergency the usual one, too. */
async function decideOnRange(
  { repository, emergency }: CheckRequest,
  input: DecisionInput,
  range: Range,
  net: NetChange,
): Promise<RangeDecisions> {
  const usual = decide(input);
  if (emergency === undefined || usual.verdict === 'pass')
    return { usual, decision: usual, reverted: null, broughtBack: [] };
  const reverted = await exactRevert(repository, range);
  const paths = reverted === null ? [] : broughtBack(net);
  const isRevert = reverted !== null && paths.length === 0;
  const decision = decide({ ...input, emergency: isRevert ? 'revert' : 'second-person' });
  return { usual, decision, reverted, broughtBack: paths };
}

/** Those with a part in the change: who opened it, and the authors of commits that do more than keep records. */
function involvedIn(request: CheckRequest, net: NetChange, people: People): Involved {
  const recordsOnly = (commit: string): boolean => {
    const changed = net.commits.get(commit)?.files ?? [];
    return changed.length > 0 && changed.every(({ path }) => onlyRecords(request, path));
  };
  return [
    openerOf(request, people),
    ...[...people.of].flatMap(([id, each]) => (recordsOnly(id) ? [] : each.map(({ identity }) => identity))),
  ];
}

/** What passes only as an emergency; null when nothing does. */
const emergencyOf = (
  { emergency }: CheckRequest,
  { usual, decision, reverted, broughtBack }: RangeDecisions,
  involved: Involved,
): Emergency | null =>
  emergency === undefined || usual.verdict === decision.verdict
    ? null
    : {
        reason: emergency,
        reverts: broughtBack.length > 0 ? null : reverted,
        people: namesOf(involved),
        ...liftedIn(usual, decision),
      };

function withCommits(findings: Decision['findings'], net: NetChange): CheckResult['findings'] {
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  return findings.map((finding) => ({
    ...finding,
    commit: byPath.get(finding.path)?.commitOf(finding.side, finding.line) ?? null,
  }));
}

/**
 * Those of the base, and those that the change opens. For a deployment only the base counts, since it is of merged
 * commits.
 */
async function openIncidents(
  { repository, policyAt }: CheckRequest,
  { hasIncidents }: Base,
  range: Range,
  net: NetChange,
): Promise<readonly OpenIncident[]> {
  const touched =
    policyAt === undefined && net.files.some(({ attribution: { path } }) => path.startsWith(`${INCIDENTS_FOLDER}/`));
  if (!hasIncidents && !touched) return [];
  const { firstMergeBase: mergeBase, head } = range;
  return openIncidentsIn(repository, policyAt ?? range.base, touched ? { mergeBase, head } : undefined);
}

/** The files as the decision sees them. */
async function changedFiles(
  { repository, plan }: CheckRequest,
  range: Range,
  net: NetChange,
  noticed: NoticedInRange,
): Promise<readonly ChangedFile[]> {
  const ci = net.files.filter(({ attribution: { path, from } }) => isCiFile(path) || (from !== null && isCiFile(from)));
  const names = net.files.flatMap(({ attribution: { path, from } }) => (from === null ? [path] : [path, from]));
  const called = names.some(mayBeCalledByCi)
    ? await Promise.all([range.mergeBase, range.head].map((commit) => ownCiFiles(repository, commit, names)))
    : [];
  const blobs = await readBlobs(
    repository,
    ci.flatMap((file) => sidesOf(file)),
  );
  const runsGate = new Set(
    ci
      .filter((file) => sidesOf(file).some((id) => /linekeeper/i.test(blobs.get(id)?.toString('latin1') ?? '')))
      .map(({ attribution }) => attribution.path),
  );
  for (const { path, from } of net.files.map(({ attribution }) => attribution))
    if (called.some((isOwn) => isOwn(path) || (from !== null && isOwn(from)))) runsGate.add(path);
  const files = net.files.map(({ attribution, unplaced }) =>
    changedFileIn({ ...noticed, runsGate }, attribution, unplaced),
  );
  return plan === undefined ? files : withPlan(files, plan);
}

const sidesOf = (file: NetFile): readonly string[] => [file.oldId, file.newId].filter((id) => !/^0+$/.test(id));

/** No danger rules: nothing is noticed. */
export const noFindings: FindingsOf = () => Promise.resolve({ findings: [], off: [], notices: [] });
