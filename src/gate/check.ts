/**
 * The gate: a range of commits to a verdict.
 */
import type { BlastRadius } from '../blast-radius/types';
import { readBlobs, type Repository } from '../git';
import {
  changedFileIn,
  decide,
  identityOf,
  isCiFile,
  levelOf,
  levelOfChange,
  LEVELS,
  list,
  meets,
  quoted,
  signersOf,
  tierOf,
  withOpenIncidents,
  withoutSwitchedOff,
  withPlan,
  type ChangedFile,
  type CountedApproval,
  type Decision,
  type DecisionInput,
  type Identity,
  type KnownLevel,
  type Level,
  type OpenIncident,
  type OverruledPolicy,
  type Policy,
  type PolicySource,
  type SwitchedOff,
  type Teams,
} from '../policy';
import { INCIDENTS_FOLDER, openIncidentsIn } from '../incident-files';
import { readBase, type Base } from './base-branch';
import { changedSinceApproval, type ChangeSinceApproval } from './approvals/stale-approvals';
import { lessonsIn, type LessonHit } from './lessons';
import { beginNetChange, netChange, type NetChange, type NetFile } from './range/net-change';
import { noticesOf } from './notices';
import { withRiskClaims } from './disclosures/risk-claims';
import { readPeople, type People } from './approvals/contributors';
import { exactRevert } from './range/exact-revert';
import type { AttributionOf, FindingsOf, GivenApproval, NoticedInRange, SignedApprovals, SignedFor } from './ports';
import { GateError } from './error';
import { commitsNamed, commitsOf, listRange, refuseShallow, sinceAdoption, type Range } from './range/commit-range';
import { countSignOffs, identityOfApproval, type SignOff, type SignOffs, type TierToSign } from './approvals/sign-offs';
import { tierChanges } from './tier-digests';

export interface CheckRequest {
  readonly repository: Repository;
  /** Revisions, as a person names them. */
  readonly base: string;
  readonly head: string;
  /** Login of whoever opened the pull request. Null: not told, which is refused wherever it decides. */
  readonly actor: string | null;
  /** True: what a pull request would be asked that nobody has opened yet. */
  readonly beforehand?: boolean;
  /** Null: no source of approvals was given. */
  readonly approvals: readonly GivenApproval[] | null;
  /** Looks up signed sign-offs. Default: there are none. */
  readonly signedFor?: SignedFor;
  /**
   * Why this can't wait for the sign-offs that the policy asks for: one at any level is enough then, and none for an
   * exact revert.
   */
  readonly emergency?: string | undefined;
  readonly teams: Teams;
  readonly attributionOf: AttributionOf;
  readonly findingsOf: FindingsOf;
  /** The commit that policy, people and owners are read from, by its id, where that is not the base. */
  readonly policyAt?: string;
  /** The policy to decide by, made from the base's. Default: the base's own. */
  readonly policyOf?: (policy: Policy) => Policy;
  /** What a plan would do, as a changed file. */
  readonly plan?: ChangedFile;
  /**
   * The net change of the range, with the claims of `AI-Risk` heard (`withRiskClaims`). Default: it is worked out here;
   * a caller that needs it too hands in what remembers it.
   */
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
  readonly commits: readonly {
    readonly commit: string;
    readonly assistants: readonly string[];
    readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  }[];
  /** What became of each approval, tier by tier. */
  readonly signOffs: readonly SignOff[];
  /**
   * Who could give what is missing, by the name of the tier: people and teams of the policy without those with a hand
   * in the change and those who signed off. Empty where the policy lists nobody else; left out where somebody who is
   * not listed could.
   */
  readonly signers: Readonly<Record<string, readonly string[]>>;
  /** What would have been found by rules that the policy switches off, with its reasons. */
  readonly switchedOff: readonly SwitchedOff[];
  /** Lessons of incidents that AI's lines run into. They inform, and ask for nothing. */
  readonly lessons: readonly LessonHit[];
  /** What changed in each tier, for signatures (see `tierChanges`). */
  readonly changes: Readonly<Record<string, string>>;
  /** What an emergency let through that the policy would not have; null when nothing. */
  readonly emergency: Emergency | null;
  /** What depends on the change, where somebody worked it out; and the same as lines for people. */
  readonly blast?: BlastRadius;
  readonly blastLines?: readonly string[];
  /** What a reader should know beside the verdict, as sentences. */
  readonly notices: readonly string[];
}

export interface Emergency {
  readonly reason: string;
  /** Tiers with a sign-off missing. */
  readonly tiers: readonly string[];
  /** Who signed off instead. */
  readonly by: readonly string[];
  /** The commit that this takes back exactly; null when it is no revert. */
  readonly reverts: string | null;
  /** Addresses and logins of those with a hand in the change: none of them can pay for it. */
  readonly people: readonly string[];
}

/** Decides on a range. Throws a {@link GateError} for whatever cannot be decided, or a GitError. */
export async function check(given: CheckRequest): Promise<CheckResult> {
  const { repository } = given;
  refuseShallow(repository);
  const [base = '', head = ''] = await commitsNamed(repository, [given.base, given.head]);
  const reading = readBase(repository, given.policyAt ?? base, given.base);
  reading.catch(() => undefined); // told below
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
    net,
    looked,
  );
  const changes = tierChanges(decided.policy, files, net.files);
  const signed = await given.signedFor?.({
    base: given.policyAt ?? base,
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
  const reverts =
    request.emergency === undefined || usual.verdict === 'pass' ? null : await exactRevert(repository, range);
  const decision =
    request.emergency === undefined || usual.verdict === 'pass'
      ? usual
      : decide({ ...asked, emergency: reverts === null ? 'second-person' : 'revert' });
  const lessons = decided.hasIncidents
    ? await lessonsIn(repository, given.policyAt ?? base, net.files, decision.findings)
    : [];
  const involved = [
    openerOf(request, people),
    ...[...people.of.values()].flatMap((each) => each.map(({ identity }) => identity)),
  ];
  const emergency =
    request.emergency === undefined || usual.verdict === decision.verdict
      ? null
      : { reason: request.emergency, reverts, people: namesOf(involved), ...liftedIn(usual, decision) };
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  return {
    ...decision,
    base,
    head,
    mergeBase: range.firstMergeBase,
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
    signers: whoCouldSign(decided.policy, decision, involved, signOffs.signedBy),
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
 * Those of the base, and those that the change opens. A deployment is of what was merged: the base alone knows what is
 * open.
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

const overruledIn = (net: NetChange): readonly OverruledPolicy[] =>
  [...net.commits.values()].flatMap(({ overruled }) => overruled ?? []);

/** For each tier with a sign-off missing, everybody listed who could give the highest that is. */
function whoCouldSign(
  policy: Policy,
  decision: Decision,
  involved: readonly (Identity | null)[],
  signedBy: SignOffs['signedBy'],
): CheckResult['signers'] {
  const open = decision.tiers.flatMap((tier) => {
    const asked = tier.required.flatMap((one) => (one.satisfied || one.from === null ? [] : [one.from]));
    const highest = LEVELS.findLast((level) => asked.includes(level));
    if (highest === undefined) return [];
    const { names, files } = signersOf(policy, highest, namesOf([...involved, ...(signedBy[tier.name] ?? [])]));
    const isAll = files.length === 0 && !meets(policy.unlisted, highest);
    return names.length > 0 || isAll ? [[tier.name, names] as const] : [];
  });
  return Object.fromEntries(open);
}

const namesOf = (people: readonly (Identity | null)[]): readonly string[] => [
  ...new Set(
    people.flatMap((one) => (one === null ? [] : [...one.emails.map(({ address }) => address), ...one.logins])),
  ),
];

/** What an emergency let through, and by whose sign-off. */
function liftedIn(usual: Decision, decision: Decision): Pick<Emergency, 'tiers' | 'by'> {
  const tiers = usual.tiers.filter(({ required }) => required.some((one) => !one.satisfied)).map(({ name }) => name);
  return {
    tiers,
    by: [
      ...new Set(
        decision.tiers
          .filter(({ name }) => tiers.includes(name))
          .flatMap(({ required }) => required.flatMap(({ by }) => by)),
      ),
    ],
  };
}

const emergencyNotices = (emergency: Emergency | null): readonly string[] =>
  emergency === null
    ? []
    : [
        `Let through as an emergency (${quoted(emergency.reason)}): ${emergency.reverts === null ? `${list(emergency.by)} signed off in place of who the policy asks for` : `it takes ${emergency.reverts.slice(0, 12)} back exactly`}. A senior's sign-off for ${list(emergency.tiers)} is owed.`,
      ];

/** Sign-offs that were refused before the policy was asked, in each tier that they name and the change touches. */
const refusedSignOffs = (
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

/** Approvals that count, but not at the level that is asked. */
function belowLevel(
  decision: Decision,
  approvals: Readonly<Record<string, readonly CountedApproval[]>>,
): readonly string[] {
  return decision.tiers.flatMap((tier) =>
    tier.required.flatMap(({ satisfied, from }) => {
      const below =
        satisfied || from === null ? [] : (approvals[tier.name] ?? []).filter(({ level }) => !meets(level, from));
      return below.map(
        ({ by, level }) => `${quoted(by)} is ${level} by the policy; ${tier.name} asks for a ${from ?? ''}'s sign-off.`,
      );
    }),
  );
}

/** The files as the decision sees them. */
async function changedFiles(
  { repository, plan }: CheckRequest,
  net: NetChange,
  noticed: NoticedInRange,
): Promise<readonly ChangedFile[]> {
  const ci = net.files.filter(({ attribution: { path, from } }) => isCiFile(path) || (from !== null && isCiFile(from)));
  const blobs = await readBlobs(
    repository,
    ci.flatMap((file) => sidesOf(file)),
  );
  const runsGate = new Set(
    ci
      .filter((file) => sidesOf(file).some((id) => /linekeeper/i.test(blobs.get(id)?.toString('latin1') ?? '')))
      .map(({ attribution }) => attribution.path),
  );
  const files = net.files.map(({ attribution, unplaced }) =>
    changedFileIn({ ...noticed, runsGate }, attribution, unplaced),
  );
  return plan === undefined ? files : withPlan(files, plan);
}

const sidesOf = (file: NetFile): readonly string[] => [file.oldId, file.newId].filter((id) => !/^0+$/.test(id));

interface Levels {
  readonly authors: CheckResult['authors'];
  readonly change: KnownLevel;
}

/**
 * The level of the change: the lowest of its opener and of the authors of every commit that is asked and changes
 * something.
 */
function readLevels(request: CheckRequest, { policy }: Base, range: Range, net: NetChange, people: People): Levels {
  const authors = new Map<string, Identity>();
  for (const { id } of range.commits) {
    if (range.exempt.has(id) || (net.commits.get(id)?.known === true && net.commits.get(id)?.files.length === 0))
      continue;
    for (const { role, email, identity } of people.of.get(id) ?? [])
      if (role !== 'committer') authors.set(email.toLowerCase(), identity);
  }
  const leveled = [...authors].map(([email, identity]) => ({ email, of: levelOf(policy, identity, request.teams) }));
  const opener = openerOf(request, people);
  const all = [...leveled.map(({ of }) => of), ...(opener === null ? [] : [levelOf(policy, opener, request.teams)])];
  return {
    authors: leveled.map(({ email, of }) => ({ email, level: of.level, known: of.known })),
    change: levelOfChange(policy, all),
  };
}

const openerOf = ({ actor }: CheckRequest, { mapped }: People): Identity | null =>
  actor === null ? null : mapped(identityOf(actor));

/** Addresses of the opener and of approvers, which `.mailmap` may know. */
const addressesOf = ({ actor, approvals }: CheckRequest): readonly string[] =>
  [...(actor === null ? [] : [identityOf(actor)]), ...(approvals ?? []).map(identityOfApproval)].flatMap(({ emails }) =>
    emails.map(({ address }) => address),
  );

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

async function judgeApprovals(
  request: CheckRequest,
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
  const asked = range.commits.filter(({ id }) => !range.exempt.has(id));
  const touches = tiersTouched(decided, net);
  const toSign = tiers.map((tier): TierToSign => {
    const mine = tier.files.flatMap((path) => byPath.get(path) ?? []);
    const names = new Set(mine.flatMap(({ attribution: { path, from } }) => (from === null ? [path] : [path, from])));
    const touching = new Set(mine.flatMap((file) => [...file.commits]));
    const commits = asked.filter(({ id }) => touching.has(id) || touches(id, tier.name));
    const contributors = new Set(commits.flatMap(({ id }) => people.of.get(id) ?? []).map(({ identity }) => identity));
    return { name: tier.name, files: tier.files, names, change: changes[tier.name], contributors: [...contributors] };
  });
  const drift = new Map<string, ChangeSinceApproval>();
  if (toSign.length > 0)
    for (const commit of new Set(approvals.map((approval) => approval.commit)))
      drift.set(commit, await changedSinceApproval(request.repository, range, commit));
  return countSignOffs({
    policy: decided.policy,
    teams: request.teams,
    opener: openerOf(request, people),
    mapped: people.mapped,
    approvals,
    head: range.head,
    tiers: toSign,
    drift,
    ownersOf: decided.owners,
  });
}

/** Whether a commit changed a file of a tier, also one that is not in the net change any more. */
function tiersTouched({ policy }: Base, net: NetChange): (commit: string, tier: string) => boolean {
  const known = new Map<string, string | undefined>();
  const nameOf = (path: string, from: string | null): string | undefined => {
    const key = `${path}\0${from ?? ''}`;
    if (!known.has(key)) known.set(key, tierOf(policy, { path, from, findings: [] })?.tier.name);
    return known.get(key);
  };
  return (commit, tier) => (net.commits.get(commit)?.files ?? []).some(({ path, from }) => nameOf(path, from) === tier);
}

/**
 * Throws where whoever opened the pull request decides and nobody said who that is: they may not sign it off, and their
 * level counts. The levels that they may bring it to are asked in turn.
 */
function refuseWithoutActor(
  { approvals }: CheckRequest,
  input: Pick<DecisionInput, 'policy' | 'files' | 'incidents'>,
  { authors, change }: Levels,
): void {
  const asked = (level: Level): Decision => decide({ ...input, level, approvals: {} });
  const unmet = [...asked(change.level).tiers].some(({ required }) =>
    required.some((one) => one.kind !== 'assistant' && !one.satisfied),
  );
  const bySignOff = unmet && approvals?.some(({ state }) => state === 'approved') === true;
  const possible = authors.length === 0 ? LEVELS : LEVELS.slice(0, LEVELS.indexOf(change.level) + 1);
  const byLevel =
    new Set(possible.map((level) => JSON.stringify(asked(level).tiers.map(({ required }) => required)))).size > 1;
  if (!bySignOff && !byLevel) return;
  const why = bySignOff ? 'whose own sign-off does not count' : 'whose level decides what is asked';
  throw new GateError(
    'actor',
    `Who opened this pull request, ${why}, was not said, so nothing can be decided. Give --actor LOGIN: the login at the forge, or the commit e-mail.`,
  );
}

/** No danger rules: nothing is noticed. */
export const noFindings: FindingsOf = () => Promise.resolve({ findings: [], off: [], notices: [] });
