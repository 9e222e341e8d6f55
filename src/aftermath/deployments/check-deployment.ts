/**
 * Whether a commit may go to a stage: the stages of the tiers' `rollout` in their order, the soak time, one more
 * sign-off where an incident is open, and what is still owed after a break-glass.
 */
import { countsAsAi } from '../../policy/decision';
import { findInRange } from '../../policy/findings';
import {
  checkRange,
  countedByRecorder,
  GateError,
  netChange,
  policyOfDeployment,
  readBase,
  readRange,
  refuseShallow,
  isMergedInto,
  sinceAdoption,
  withRiskClaims,
  type NetFile,
  type Range,
} from '../../review/gate';
import { knownTeams, managedFloors } from '../../policy/load';
import { readCommits, type Commit } from '../../git';
import { incidentsIn, type Incident, type IncidentProblem } from '../../policy/incidents';
import {
  listIf,
  changedFileIn,
  countOf,
  list,
  quoted,
  stagesOf,
  tierOf,
  type Policy,
  type PolicySource,
  type Tier,
} from '../../policy';
import { calendarOf, type FrozenTier } from './tiers-frozen-for-deployment';
import { readDeployments, type Deployment } from './deployment-notes';
import { durationMs, inStageSince } from './commits-in-stage-since';
import { SKEW_MS, skewOf } from './clock-skew';
import { Contents } from './commits-in-deployment';
import type { DeployRequest } from './deployment-request';
import { missingForPlan } from './approvals-missing-for-destructive-plan';
import { unmergedIn, type Unmerged } from './check-unmerged-commits-of-deployment';

/** A commit that is held back, and why. */
interface Waiting {
  readonly commit: string;
  readonly subject: string;
  readonly tier: string;
  /** The stage that it must have been in. */
  readonly stage: string;
  readonly needs: 'deployment' | 'soak';
  /** When it went there, and until when it stays; RFC 3339. Null while it is not there. */
  readonly since: string | null;
  readonly until: string | null;
  readonly files: readonly string[];
  /** Whether it brought lines of an assistant's; else they are of unknown author, and the policy counts these as AI's. */
  readonly ai: boolean;
  readonly assistants: readonly string[];
}

/** An open incident on files of the change, in one tier. */
interface Frozen {
  readonly incident: string;
  /** Empty where its file can't be read. */
  readonly title: string;
  readonly tier: string;
  /** The tier's files in the change. */
  readonly files: readonly string[];
  /** What is open, where, how it ends and what is asked, as sentences. */
  readonly why: string;
  readonly satisfied: boolean;
  readonly by: readonly string[];
  readonly missing: string;
}

export interface DeployResult {
  readonly verdict: 'pass' | 'fail';
  /** Under `mode: observe` the verdict is `pass`, and this is what it would be otherwise; left out: it is enforced. */
  readonly wouldBe?: 'pass' | 'fail';
  readonly stage: string;
  readonly ref: string;
  /** How the base branch was called. */
  readonly base: string;
  /** What the stage runs now; null when that is not known. */
  readonly from: string | null;
  readonly policy: PolicySource;
  /**
   * When all that only waits for time is over; null when nothing waits for time, or when something else is missing too.
   */
  readonly until: string | null;
  readonly tiers: readonly {
    readonly name: string;
    readonly stages: readonly string[];
    readonly soak: string;
    readonly files: readonly string[];
  }[];
  readonly waiting: readonly Waiting[];
  readonly incidents: readonly Frozen[];
  /** Tiers that the policy's calendar holds back now, each with the last moment of it; left out when there are none. */
  readonly frozen?: readonly FrozenTier[];
  readonly debts: readonly string[];
  /** What the plan that was given destroys, and whose approval is missing; left out when none is. */
  readonly planned?: readonly string[];
  /** Commits that the base branch lacks, and what the gate misses for them. */
  readonly unmerged: Unmerged;
  readonly notices: readonly string[];
  readonly problems: readonly IncidentProblem[];
}

/** More commits than this are not gone through where nothing says what the stage runs now. */
const FIRST_AT_MOST = 2_000;

const NONE_UNMERGED: Unmerged = { commits: [], missing: [], says: '' };

/** Decides. Throws a {@link GateError} for whatever can't be decided, or a GitError. */
export async function checkDeployment(request: DeployRequest): Promise<DeployResult> {
  const { repository, stage, ref, now } = request;
  refuseShallow(repository);
  const floors = managedFloors();
  const mergedInto = floors.length > 0 ? request.base : undefined;
  const { policy, source } = await readBase(repository, request.base, request.baseName, null, floors);
  const rollouts = policy.tiers.filter(({ rollout }) => rollout?.stages.includes(stage) === true);
  if (rollouts.length === 0) throw new GateError('policy', noSuchStage(policy, stage, source.source));
  const recorded = await readDeployments(repository);
  const done = recorded.all.filter(({ state }) => state === 'deployed');
  const early = done.filter(({ at }) => at > now + SKEW_MS);
  const past = done.filter((one) => !early.includes(one));
  const { from, how } = await startOf(request, policy, past, mergedInto);
  const { incidents, open, problems } = await incidentsIn(repository, request.base);
  const notices = [
    ...recordNotices(recorded.unreadable, early),
    ...outOfOrder(past, rollouts, stage),
    ...how,
    ...problems.map(
      (problem) =>
        `${problem.file}:${String(problem.line)}:${String(problem.column)}: ${problem.message}. Fix this incident file.`,
    ),
  ];
  const whole = await readRange(repository, from, ref);
  const { range } = await sinceAdoption(repository, whole, policy.since, mergedInto);
  const changed = await netChange(repository, range, withRiskClaims(request.attributionOf, policy));
  const { net, policy: counting } = countedByRecorder(changed, range, policy);
  const looked = await findInRange(repository, net.files, policy, ref);
  const touched = rollouts.flatMap((tier) => {
    const files = net.files.filter(
      ({ attribution }) => tierOf(policy, changedFileIn(looked, attribution))?.tier.name === tier.name,
    );
    return files.length === 0 ? [] : [{ tier, files }];
  });
  const skewed = new Set<string>();
  // Nothing else that lies before the adoption is asked about, but what was let through unseen is.
  const owed = await request.debtsOf?.(whole);
  const { holding: debts, notices: unpaid, lifted } = owed ?? { holding: [], notices: [], lifted: [] };
  const soaking = await waitingOf({ request, policy: counting, touched, past, range, skewed });
  const waiting = soaking.filter(({ commit }) => !lifted.includes(commit));
  notices.push(...unpaid, ...(request.hasEmergency === true ? withoutSoak(soaking, waiting) : []));
  if (skewed.size > 0)
    notices.push(
      `${countOf(skewed.size, 'commit')} ${skewed.size === 1 ? 'is' : 'are'} younger than the deployment that is recorded for ${skewed.size === 1 ? 'it' : 'them'}: a clock is wrong somewhere. The soak counts from the commit's own time.`,
    );
  const frozen = open.length === 0 ? [] : await frozenOf(request, range, incidents);
  // What was there before goes back at any time.
  const wasThere = past.some((one) => one.stage === stage && one.commit === ref);
  const unmerged = wasThere ? NONE_UNMERGED : await unmergedIn({ ...request, from });
  const calendar = wasThere
    ? []
    : calendarOf({
        now: request.now,
        hasEmergency: request.hasEmergency,
        policy: counting,
        range,
        net: net.files,
        looked,
      });
  const { plan } = request;
  const planned = plan === undefined ? [] : await missingForPlan({ ...request, plan }, range);
  const isHeld =
    calendar.length > 0 ||
    planned.length > 0 ||
    debts.length > 0 ||
    unmerged.missing.length > 0 ||
    frozen.some(({ satisfied }) => !satisfied);
  const onlyTime = waiting.length > 0 && waiting.every(({ needs }) => needs === 'soak') && !isHeld;
  const verdict = waiting.length === 0 && !isHeld ? 'pass' : 'fail';
  return {
    ...(policy.mode === 'observe' ? { verdict: 'pass', wouldBe: verdict } : { verdict }),
    stage,
    ref,
    base: request.baseName,
    from,
    policy: source,
    until: onlyTime
      ? (waiting
          .map(({ until }) => until ?? '')
          .sort()
          .at(-1) ?? null)
      : null,
    tiers: touched.map(({ tier, files }) => ({
      name: tier.name,
      stages: tier.rollout?.stages ?? [],
      soak: tier.rollout?.soak ?? '',
      files: files.map(({ attribution }) => attribution.path),
    })),
    waiting,
    incidents: frozen,
    ...(calendar.length === 0 ? {} : { frozen: calendar }),
    debts,
    ...(planned.length === 0 ? {} : { planned }),
    unmerged,
    notices,
    problems,
  };
}

function noSuchStage(policy: Policy, stage: string, source: string): string {
  const stages = stagesOf(policy);
  if (stages.length === 0)
    return `The policy (${quoted(source)}) has no tier with rollout, so it has no rule for deployments. Add rollout: {stages: [canary, production], soak: 24h} to a tier.`;
  return `The policy (${quoted(source)}) has no stage ${quoted(stage)}. It has: ${stages.join(', ')}.`;
}

/** Where the change of a deployment begins: at what the stage runs now. */
async function startOf(
  { repository, stage, ref, from }: DeployRequest,
  policy: Policy,
  past: readonly Deployment[],
  mergedInto: string | undefined,
): Promise<{ readonly from: string; readonly how: readonly string[] }> {
  const last = past.filter((one) => one.stage === stage).at(-1);
  if (last !== undefined) {
    if ((await repository.commitId(last.commit)) === undefined)
      throw new GateError(
        'range',
        `${stage} runs ${last.commit.slice(0, 12)}, which is not in this clone, so it can't be known what the deployment changes. Fetch it first.`,
      );
    return {
      from: last.commit,
      how:
        from === null || from === last.commit
          ? []
          : [`--from was left aside: by the records ${stage} runs ${last.commit.slice(0, 12)}.`],
    };
  }
  if (from !== null) return { from, how: [`Nothing is recorded for ${stage} yet; --from says what it runs.`] };
  const since = policy.since === null ? undefined : await repository.commitId(policy.since);
  const isUnmerged =
    since !== undefined && mergedInto !== undefined && !(await isMergedInto(repository, mergedInto, since));
  if (since !== undefined && !isUnmerged)
    return {
      from: since,
      how: [
        `Nothing is recorded for ${stage} yet, so everything since the adoption (${since.slice(0, 12)}) is looked at.`,
      ],
    };
  const count = Number(await repository.text(['rev-list', '--count', ref]));
  const [root] = (await repository.text(['rev-list', '--max-parents=0', ref])).split('\n');
  if (count > FIRST_AT_MOST || root === undefined || root === '')
    throw new GateError(
      'range',
      `Nothing is recorded for ${stage} yet, so it can't be known what the deployment changes. Say what it runs now with --from REV, or record it: linekeeper deploy record --stage ${stage} --ref REV.`,
    );
  return {
    from: root,
    how: [`Nothing is recorded for ${stage} yet, so everything since the first commit is looked at.`],
  };
}

function recordNotices(unreadable: number, early: readonly Deployment[]): readonly string[] {
  return [
    ...listIf(unreadable !== 0, [
      `${countOf(unreadable, 'deployment record')} can't be read and ${unreadable === 1 ? 'counts' : 'count'} for nothing.`,
    ]),
    ...early.map(
      ({ stage, at, commit }) =>
        `The deployment of ${commit.slice(0, 12)} to ${stage} is recorded for ${iso(at)}, which is still to come: a clock is wrong somewhere. It does not count yet.`,
    ),
  ];
}

/** Commits that are recorded for this stage before they were for the one ahead of it. */
function outOfOrder(past: readonly Deployment[], rollouts: readonly Tier[], stage: string): readonly string[] {
  const before = new Set(
    rollouts.flatMap(({ rollout }) => rollout?.stages.slice(0, rollout.stages.indexOf(stage)) ?? []),
  );
  const first = new Map<string, number>();
  for (const { commit, stage: at, at: when } of past) if (before.has(at) && !first.has(commit)) first.set(commit, when);
  const odd = past.filter((one) => one.stage === stage && (first.get(one.commit) ?? 0) > one.at);
  return odd
    .slice(-3)
    .map(
      ({ commit, at }) =>
        `${commit.slice(0, 12)} is recorded for ${stage} at ${iso(at)}, before ${list([...before])}: the records are out of order.`,
    );
}

/** Whose soak time an emergency ends, and whose it does not. */
function withoutSoak(soaking: readonly Waiting[], waiting: readonly Waiting[]): readonly string[] {
  const named = (all: readonly Waiting[]): string =>
    [...new Set(all.map(({ commit, subject }) => `${commit.slice(0, 10)} ${subject}`))].join(', ');
  const free = named(soaking.filter((wait) => !waiting.includes(wait)));
  const held = named(waiting);
  return [
    ...(free === '' ? [] : [`The emergency does not wait for the soak time of ${free}.`]),
    ...(held === ''
      ? []
      : [
          `The emergency waits for the soak time of ${held}: no "linekeeper check --emergency" let that through. To deploy a fix alone, commit it on what the stage runs now.`,
        ]),
  ];
}

interface Material {
  readonly request: DeployRequest;
  readonly policy: Policy;
  readonly touched: readonly { readonly tier: Tier; readonly files: readonly NetFile[] }[];
  readonly past: readonly Deployment[];
  readonly range: Range;
  /** Takes commits that are younger than their deployment. */
  readonly skewed: Set<string>;
}

async function waitingOf({ request, policy, touched, past, range, skewed }: Material): Promise<readonly Waiting[]> {
  const byCommit = touched.map(({ tier, files }) => ({ tier, commits: commitsWithAi(files, range, policy.unknown) }));
  const all = [...new Set(byCommit.flatMap(({ commits }) => [...commits.keys()]))];
  const contents = new Contents(request.repository, all);
  const known = await readCommits(request.repository, all);
  const waiting: Waiting[] = [];
  for (const { tier, commits } of byCommit) {
    const { stages = [], soak = '0s' } = tier.rollout ?? {};
    for (const stage of stages.slice(0, stages.indexOf(request.stage))) {
      const since = await inStageSince(
        past.filter((one) => one.stage === stage),
        contents,
        [...commits.keys()],
      );
      for (const [commit, { files, assistants, ai }] of commits) {
        const found = since.get(commit);
        const begun =
          found === undefined ? undefined : Math.max(found, skewOf(known.get(commit), found, request.now, skewed));
        const until = begun === undefined ? undefined : begun + durationMs(soak);
        if (until !== undefined && until <= request.now) continue;
        waiting.push({
          commit,
          subject: subjectOf(known.get(commit)),
          tier: tier.name,
          stage,
          needs: until === undefined ? 'deployment' : 'soak',
          since: begun === undefined ? null : iso(begun),
          until: until === undefined ? null : iso(until),
          files: [...files].sort(),
          ai,
          assistants: [...assistants].sort(),
        });
      }
    }
  }
  return waiting;
}

interface Brought {
  readonly files: Set<string>;
  readonly assistants: Set<string>;
  ai: boolean;
}

/**
 * The commits that brought AI's lines (and unknown ones, where these count as AI's) into files, with those files and
 * the assistants.
 */
function commitsWithAi(
  files: readonly NetFile[],
  range: Range,
  unknown: Policy['unknown'],
): ReadonlyMap<string, Brought> {
  const found = new Map<string, Brought>();
  const add = (commit: string, path: string, author: string, assistant: string | null): void => {
    if (range.exempt.has(commit)) return;
    const known = found.get(commit) ?? { files: new Set<string>(), assistants: new Set<string>(), ai: false };
    known.files.add(path);
    known.ai ||= author === 'ai';
    if (assistant !== null) known.assistants.add(assistant);
    found.set(commit, known);
  };
  for (const { attribution, commits, commitOf } of files) {
    for (const side of ['new', 'old'] as const) {
      for (const { start, end, author, assistant } of side === 'new' ? attribution.ranges : attribution.removed) {
        for (let line = start; countsAsAi({ unknown }, author) && line <= end; line++) {
          const commit = commitOf(side, line);
          for (const id of commit === null ? commits : [commit]) add(id, attribution.path, author, assistant);
        }
      }
    }
    if (attribution.change !== null && countsAsAi({ unknown }, attribution.change.author))
      for (const id of commits) add(id, attribution.path, attribution.change.author, attribution.change.assistant);
  }
  return found;
}

/**
 * Open incidents on files of the change ask for one more sign-off: the gate decides, by a policy that asks for nothing
 * else.
 */
async function frozenOf(
  request: DeployRequest,
  range: Range,
  incidents: readonly Incident[],
): Promise<readonly Frozen[]> {
  const { repository, approvals, actor } = request;
  const { tiers, signOffs } = await checkRange({
    repository,
    base: range.base,
    head: request.ref,
    actor,
    approvals,
    ...(request.signedFor === undefined ? {} : { signedFor: request.signedFor }),
    teams: knownTeams(repository, request.now),
    attributionOf: request.attributionOf,
    findingsOf: findInRange,
    floors: managedFloors(),
    policyAt: request.base,
    policyOf: policyOfDeployment,
  }).catch((error: unknown) => {
    if (error instanceof GateError && error.reason === 'actor')
      throw new GateError(
        'actor',
        'Cannot decide: --actor is missing. Pass the login at the Git host, or the commit e-mail, of the person who asks for this deployment. Their own sign-off does not count.',
      );
    throw error;
  });
  return tiers.flatMap(({ name, files, required }) =>
    required.flatMap(({ incidents: ids = [], why, satisfied, by, missing }): readonly Frozen[] => {
      const refused = signOffs.filter((signOff) => signOff.tier === name && !signOff.counts);
      return ids.map((incident) => ({
        incident,
        title: incidents.find(({ id }) => id === incident)?.title ?? '',
        tier: name,
        files,
        why,
        satisfied,
        by,
        missing: [missing, ...(satisfied ? [] : refused.map((one) => `${quoted(one.by)}'s does not count: ${one.why}`))]
          .filter((one) => one !== '')
          .join('; '),
      }));
    }),
  );
}

const subjectOf = (commit: Commit | undefined): string => commit?.message.split('\n', 1)[0] ?? '';
const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
