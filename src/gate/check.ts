/**
 * The gate: from a range of commits to a verdict.
 */
import { readBlobs } from '../git';
import { INCIDENTS_FOLDER, openIncidentsIn } from '../decision/incidents';
import {
  changedFileIn,
  decide,
  isCiFile,
  quoted,
  withOpenIncidents,
  withoutSwitchedOff,
  withPlan,
  type ChangedFile,
  type DecisionInput,
  type OpenIncident,
} from '../policy';
import { mayBeCalledByCi, ownCiFiles } from '../policy/load';
import { readPeople } from './approvals/contributors';
import { belowLevel, judgeApprovals, onlyRecords, overruledIn, refusedSignOffs } from './approvals/judge-approvals';
import { namesOf, whoCouldSign } from './approvals/signers';
import { readBase, type Base } from './base-branch';
import type { CheckRequest, CheckResult } from './check-request';
import { withRiskClaims } from './disclosures/risk-claims';
import { broughtBack, emergencyNotices, liftedIn, notAlone } from './emergency';
import { lessonsIn } from './lessons';
import { explainLines } from './line-reasons';
import { addressesOf, openerOf, readLevels, refuseWithoutActor } from './levels';
import { noticesOf } from './notices';
import type { FindingsOf, NoticedInRange } from './ports';
import { commitsOf, listRange, refuseShallow, sinceAdoption, type Range } from './range/commit-range';
import { exactRevert } from './range/exact-revert';
import { branchNamed, commitsNamed } from './range/named-commits';
import { beginNetChange, netChange, type NetChange, type NetFile } from './range/net-change';
import { tierChanges } from './tier-digests';

/** Decides on a range. Throws a {@link GateError} for whatever cannot be decided, or a GitError. */
export async function check(given: CheckRequest): Promise<CheckResult> {
  const { repository } = given;
  refuseShallow(repository);
  const [base = '', head = ''] = await commitsNamed(repository, [given.base, given.head]);
  const reading = readBase(repository, given.policyAt ?? base, given.base, head);
  reading.catch(() => undefined); // reported below
  const listed = await listRange(repository, base, head);
  const attributionOf = withRiskClaims(
    given.attributionOf,
    reading.then(({ policy }) => given.policyOf?.(policy) ?? policy),
  );
  const begun = given.netOf ? undefined : beginNetChange(repository, listed, attributionOf);
  const [ofBase, whole] = await Promise.all([reading, commitsOf(repository, listed)]);
  const asks = given.policyOf?.(ofBase.policy) ?? ofBase.policy;
  const { range, adopted } = await sinceAdoption(repository, whole, asks.since);
  const net = await (given.netOf?.(range) ?? netChange(repository, range, attributionOf, begun));
  const incidents = await openIncidents(given, ofBase, range, net);
  const decided: Base = { ...ofBase, policy: withOpenIncidents(asks, incidents) };
  const looked = await given.findingsOf(repository, net.files, decided.policy, head);
  const planned = withoutSwitchedOff(decided.policy, given.plan?.findings ?? []);
  const files = await changedFiles(
    given.plan ? { ...given, plan: { ...given.plan, findings: planned.findings } } : given,
    range,
    net,
    looked,
  );
  const changes = tierChanges(decided.policy, files, net.files);
  // A deployment is of commits that are merged already, wherever from.
  const onto =
    given.policyAt !== undefined || given.signedFor === undefined
      ? null
      : (given.onto ?? (await branchNamed(repository, given.base)));
  const signed = await given.signedFor?.({
    base: given.policyAt ?? base,
    onto,
    head,
    commits: new Set(range.commits.map(({ id }) => id)),
    policy: decided.source.digest,
    changes,
  });
  const request: CheckRequest =
    signed === undefined || signed.approvals.length === 0
      ? given
      : { ...given, approvals: [...(given.approvals ?? []), ...signed.approvals] };
  const people = await readPeople(repository, range.commits, decided.policy, decided.mailmap, addressesOf(request));
  const levels = readLevels(request, decided, range, net, people);
  if (request.actor === null && request.beforehand !== true)
    refuseWithoutActor(request, { policy: decided.policy, files, incidents }, levels);
  const signOffs = await judgeApprovals(request, {
    decided,
    range,
    net,
    people,
    files,
    incidents,
    changes,
    level: levels.change.level,
  });
  const asked: DecisionInput = {
    policy: decided.policy,
    files,
    incidents,
    level: levels.change.level,
    approvals: signOffs.byTier,
    overruled: overruledIn(net),
  };
  const usual = decide(asked);
  const reverted =
    request.emergency === undefined || usual.verdict === 'pass' ? null : await exactRevert(repository, range);
  const returned = reverted === null ? [] : broughtBack(net);
  const reverts = returned.length > 0 ? null : reverted;
  const decision =
    request.emergency === undefined || usual.verdict === 'pass'
      ? usual
      : decide({ ...asked, emergency: reverts === null ? 'second-person' : 'revert' });
  const lessons = decided.hasIncidents
    ? await lessonsIn(repository, given.policyAt ?? base, net.files, decision.findings)
    : [];
  const recordsOnly = (commit: string): boolean => {
    const changed = net.commits.get(commit)?.files ?? [];
    return changed.length > 0 && changed.every(({ path }) => onlyRecords(given, path));
  };
  const involved = [
    openerOf(request, people),
    ...[...people.of].flatMap(([id, each]) => (recordsOnly(id) ? [] : each.map(({ identity }) => identity))),
  ];
  const emergency =
    request.emergency === undefined || usual.verdict === decision.verdict
      ? null
      : { reason: request.emergency, reverts, people: namesOf(involved), ...liftedIn(usual, decision) };
  const why = await explainLines({
    repository,
    tiers: decision.tiers,
    range,
    net,
    baseName: onto ?? (/^[0-9a-f]{40,}$/.test(given.base) ? base.slice(0, 12) : given.base),
    hasSince: asks.since !== null,
    failed: decision.verdict === 'fail',
  });
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  return {
    ...decision,
    base,
    head,
    mergeBase: range.firstMergeBase,
    onto,
    policy: decided.source,
    authors: levels.authors,
    findings: decision.findings.map((finding) => ({
      ...finding,
      commit: byPath.get(finding.path)?.commitOf(finding.side, finding.line) ?? null,
    })),
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
    switchedOff: [...looked.off, ...planned.off],
    lessons,
    changes,
    emergency,
    notices: [
      ...lessons.map(
        ({ incident, path, line, message }) =>
          `${quoted(path)}:${String(line)}: such a change caused ${incident}: ${message}`,
      ),
      ...emergencyNotices(emergency),
      ...(reverted !== null && decision.verdict === 'fail' ? notAlone(reverted, returned) : []),
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
        adopted,
        looked: looked.notices,
        signOffs: signOffs.each,
      })),
    ],
  };
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
