/**
 * The gate: from a range of commits to a verdict. The change and the base are read first. Judging asks the source for
 * what only some changes need, such as earlier heads. Then the verdict is explained.
 */
import { countsAsAi, decide, missingByFloors, ONCE_FLOOR_ENFORCES, type DecisionInput } from '../../policy/decision';
import type { FileAttribution } from '../../provenance/authorship/types';
import {
  isListed,
  levelOf,
  quoted,
  tierOf,
  type ChangeFacts,
  type Decision,
  type Identity,
  type Policy,
} from '../../policy';
import { readPeople, type People } from './approvals/contributors-and-mailmap-of-range';
import {
  belowLevel,
  judgeApprovals,
  onlyRecords,
  overruledIn,
  refusedSignOffs,
} from './approvals/judge-approvals-by-tier';
import type { SignOffs } from './approvals/count-valid-approvals';
import { namesOf, whoCouldSign } from './approvals/who-could-sign';
import type { ChangeSource } from './repository-reads';
import { readFiles, withCommits, type ReadFiles } from './files-and-findings-for-decision';
import type { ChangeQuestion, CheckRequest, CheckResult, Emergency } from './check-question-and-result';
import { broughtBack, emergencyNotices, liftedIn, notAlone } from './emergency-notices';
import { gitSource } from './repository-reads-by-git';
import { lessonsIn, type LessonHit } from './lessons-for-change';
import { explainLines } from './explain-line-counts';
import {
  addressesOf,
  forUnknownOpener,
  openerOf,
  readLevels,
  type ForAnyOpener,
  type Levels,
} from './levels-of-people';
import { noticesOf } from './verdict-notices';
import { GateError } from './gate-error';
import type { FindingsOf, SignedFor } from './gate-input-types';
import { refuseShallow } from './range/commit-range';
import { readChange, type CheckedChange } from './read-range-and-base';
import { withSignedPolicies } from './signed-policy-updates';

/** Decides on a range. Throws a {@link GateError} for whatever cannot be decided, or a GitError. */
export async function checkRange(request: CheckRequest): Promise<CheckResult> {
  refuseShallow(request.repository);
  return checkChange(request, gitSource(request.repository, request.findingsOf));
}

/**
 * The same on what any source tells of a change. A floor that observes stops no repository that enforces: what it would
 * add is only said.
 */
export async function checkChange(question: ChangeQuestion, source: ChangeSource): Promise<CheckResult> {
  const read = await readMaterial(question, source);
  const judged = await judge(read, source);
  const { notices, ...answer } = await explained(read, judged, source);
  return {
    ...judged.decision,
    ...(isObserved(read) ? { verdict: 'pass', wouldBe: judged.decision.verdict } : {}),
    ...inputsOf(read),
    ...answer,
    notices: [...notices, ...(await addedByFloors(read, judged.decision, source))],
  };
}

/** What floors that only observe would require of the same material, as sentences. */
async function addedByFloors(read: Material, present: Decision, source: ChangeSource): Promise<readonly string[]> {
  const { question, people } = read;
  const { decided, range, net } = read.change;
  if (decided.enforced === undefined) return [];
  try {
    const change = { ...read.change, decided: { ...decided, policy: await decided.enforced() } };
    const levels = readLevels(question, change.decided, range, net, people);
    // Only rules of the floor's own find something else.
    const isSame = JSON.stringify(change.decided.policy.rules) === JSON.stringify(decided.policy.rules);
    const files = isSame ? read.read : await readFiles(question, source, change);
    return missingByFloors(present, (await judge({ ...read, change, levels, read: files }, source)).decision);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return [`${ONCE_FLOOR_ENFORCES} nothing can be decided: ${error.message}`];
  }
}

/** Whether the answer is only said. */
const isObserved = ({ question, change }: Pick<Material, 'question' | 'change'>): boolean =>
  question.observe === true || change.decided.policy.mode === 'observe';

/** Everything that decides. */
interface Material {
  readonly change: CheckedChange;
  readonly read: ReadFiles;
  /** The question, with the sign-offs that are signed and travel with the commits. */
  readonly question: ChangeQuestion;
  /** These sign-offs. */
  readonly signed: Awaited<ReturnType<SignedFor>> | undefined;
  readonly people: People;
  readonly levels: Levels;
}

async function readMaterial(asked: ChangeQuestion, source: ChangeSource): Promise<Material> {
  const change = await readChange(asked, source);
  const read = await withSignatures(asked, source, change, await readFiles(asked, source, change));
  const signed = await signedApprovals(asked, source, change, read);
  const question =
    signed === undefined || signed.approvals.length === 0
      ? asked
      : { ...asked, approvals: [...(asked.approvals ?? []), ...signed.approvals] };
  const { decided, range, net } = change;
  const mailmapOf = source.mailmap(decided.mailmap);
  const people = await readPeople(mailmapOf, range.commits, decided.policy, addressesOf(question));
  const levels = readLevels(question, decided, range, net, people);
  return { change, read, question, signed, people, levels };
}

/** With what the signature of a vendored policy vouches for. A caller without a clock asks about the present. */
async function withSignatures(
  { policyAt, floors = [], now = Date.now() }: ChangeQuestion,
  source: ChangeSource,
  change: CheckedChange,
  read: ReadFiles,
): Promise<ReadFiles> {
  const circumstances = { policyAt: policyAt ?? change.base, isMerged: policyAt !== undefined, floors, now };
  const { files, notices } = await withSignedPolicies(read.files, source, change, circumstances);
  return { ...read, files, notices: [...read.notices, ...notices] };
}

async function signedApprovals(
  { signedFor, policyAt }: ChangeQuestion,
  source: ChangeSource,
  { base, onto, range, decided }: CheckedChange,
  { files, changes }: ReadFiles,
): Promise<Awaited<ReturnType<SignedFor>> | undefined> {
  return signedFor?.({
    base: policyAt ?? base,
    onto,
    head: range.head,
    commits: new Set(range.commits.map(({ id }) => id)),
    policy: decided.source,
    changes,
    earlierHeads: source.earlierHeads(range, (path, tier) =>
      [{ path, from: null, findings: [] }, ...files.filter((file) => file.path === path || file.from === path)].some(
        (file) => tierOf(decided.policy, file)?.tier.name === tier,
      ),
    ),
  });
}

interface Judged extends RangeDecisions {
  readonly unknownOpener: ForAnyOpener | undefined;
  readonly signOffs: SignOffs;
  readonly involved: Involved;
}

async function judge({ change, read, question, people, levels }: Material, source: ChangeSource): Promise<Judged> {
  const { decided, range, net, incidents } = change;
  const { files, changes } = read;
  const unknownOpener = forUnknownOpener(question, { policy: decided.policy, files, incidents }, levels);
  const counted = unknownOpener?.noSignOffs === true ? { ...question, approvals: [] } : question;
  const level = unknownOpener?.level ?? levels.change.level;
  const material = { decided, range, net, people, files, incidents, changes, level };
  const signOffs = await judgeApprovals(counted, source, material);
  const input: DecisionInput = {
    policy: decided.policy,
    files,
    incidents,
    level,
    approvals: signOffs.byTier,
    overruled: overruledIn(net),
    now: question.now,
    facts: await factsOf(question, change),
  };
  // Where nothing is stopped, there is nothing to let through, and nobody owes a sign-off for it.
  const urgent = isObserved({ question, change }) ? undefined : question.emergency;
  const decisions = await decideOnRange(urgent, source, input, change);
  return { ...decisions, unknownOpener, signOffs, involved: involvedIn(question, change, people) };
}

/** What the policy's tiers may require beside approvals: asked only where one does. */
async function factsOf(
  { plan, checksAt, testedOf }: ChangeQuestion,
  { decided: { policy }, range, net }: CheckedChange,
): Promise<ChangeFacts> {
  const all = policy.tiers.flatMap(({ requires }) => requires ?? []);
  const checks = all.some((one) => one.checks.length > 0) ? await checksAt?.(range.head) : undefined;
  const tested = all.some((one) => one.tested)
    ? testedOf?.(net.files.map(({ attribution }) => asAi(policy, attribution)))
    : undefined;
  return {
    plan: plan !== undefined,
    ...(checks === undefined ? {} : { checks }),
    ...(tested === undefined ? {} : { tested }),
  };
}

/** With lines of unknown author as AI's, where the policy counts them so. */
const asAi = (policy: Policy, file: FileAttribution): FileAttribution => ({
  ...file,
  ranges: file.ranges.map((range) => (countsAsAi(policy, range.author) ? { ...range, author: 'ai' } : range)),
});

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
  emergency: string | undefined,
  source: ChangeSource,
  input: DecisionInput,
  { range, net }: CheckedChange,
): Promise<RangeDecisions> {
  const first = decide(input);
  const mayBeRevert = first.tiers.some(({ required }) => required.some(({ kind }) => kind === 'freeze'));
  const reverted = mayBeRevert || emergency !== undefined ? await source.exactRevert(range) : null;
  const usual = mayBeRevert && reverted !== null ? decide({ ...input, isRevert: true }) : first;
  if (emergency === undefined || usual.verdict === 'pass')
    return { usual, decision: usual, reverted: null, broughtBack: [] };
  const paths = reverted === null ? [] : broughtBack(net);
  const isRevert = reverted !== null && paths.length === 0;
  const decision = decide({ ...input, emergency: isRevert ? 'revert' : 'second-person' });
  return { usual, decision, reverted, broughtBack: paths };
}

/** Those with a part in the change: who opened it, and the authors of commits that do more than keep records. */
function involvedIn(question: ChangeQuestion, { net }: CheckedChange, people: People): Involved {
  const recordsOnly = (commit: string): boolean => {
    const changed = net.commits.get(commit)?.files ?? [];
    return changed.length > 0 && changed.every(({ path }) => onlyRecords(question, path));
  };
  return [
    openerOf(question, people),
    ...[...people.of].flatMap(([id, each]) => (recordsOnly(id) ? [] : each.map(({ identity }) => identity))),
  ];
}

/** The part of a result that says what it is about. */
const inputsOf = ({
  change: { base, onto, range, net, decided, withoutRecorder },
  read,
  levels,
}: Material): Pick<
  CheckResult,
  | 'base'
  | 'head'
  | 'mergeBase'
  | 'onto'
  | 'policy'
  | 'authors'
  | 'commits'
  | 'switchedOff'
  | 'dependencies'
  | 'changes'
  | 'withoutRecorder'
> => ({
  base,
  head: range.head,
  mergeBase: range.firstMergeBase,
  onto,
  policy: decided.source,
  authors: levels.authors,
  commits: range.commits.map(({ id }) => ({
    commit: id,
    assistants: net.commits.get(id)?.assistants ?? [],
    provenance: net.commits.get(id)?.provenance ?? 'none',
  })),
  switchedOff: read.switchedOff,
  dependencies: read.dependencies,
  changes: read.changes,
  ...(withoutRecorder === undefined
    ? {}
    : { withoutRecorder: { ...withoutRecorder, commits: withoutRecorder.commits.length } }),
});

/** The part of a result that says why, and what to do. */
async function explained(
  material: Material,
  judged: Judged,
  source: ChangeSource,
): Promise<
  Pick<CheckResult, 'findings' | 'signOffs' | 'signers' | 'why' | 'lessons' | 'emergency' | 'assumed' | 'notices'>
> {
  const { change, read, question, signed } = material;
  const { decision, signOffs, involved } = judged;
  const { base, decided, net } = change;
  const lessons = decided.hasIncidents
    ? await lessonsIn(source, question.policyAt ?? base, net.files, decision.findings)
    : [];
  const emergency = emergencyOf(question, judged);
  return {
    findings: withCommits(decision.findings, net.files),
    signOffs: [...signOffs.each, ...refusedSignOffs(signed, read.changes)],
    signers: whoCouldSign({
      policy: decided.policy,
      decision,
      involved,
      signOffs,
      ownersOf: decided.owners,
      teams: question.teams,
    }),
    why: await explainLines({ ...change, ...decision, baseName: baseNameOf(question, change) }, source),
    lessons,
    emergency,
    ...(judged.unknownOpener === undefined ? {} : { assumed: judged.unknownOpener.notice }),
    notices: [
      ...specialNotices(decided.policy, judged, lessons, emergency),
      ...(await noticesIn(material, judged, source)),
    ],
  };
}

/** What a person calls the base. */
const baseNameOf = (question: ChangeQuestion, { onto, base }: CheckedChange): string =>
  onto ?? (/^[0-9a-f]{40,}$/.test(question.base) ? base.slice(0, 12) : question.base);

/** What passes only as an emergency; null when nothing does. */
const emergencyOf = (
  { emergency }: ChangeQuestion,
  { usual, decision, reverted, broughtBack: paths, involved }: Judged,
): Emergency | null =>
  emergency === undefined || usual.verdict === decision.verdict
    ? null
    : {
        reason: emergency,
        reverts: paths.length > 0 ? null : reverted,
        people: namesOf(involved),
        ...liftedIn(usual, decision),
      };

/** The notices of what few changes have. */
const specialNotices = (
  policy: Policy,
  { unknownOpener, decision, reverted, broughtBack: paths, signOffs }: Judged,
  lessons: readonly LessonHit[],
  emergency: Emergency | null,
): readonly string[] => [
  ...(unknownOpener === undefined ? [] : [unknownOpener.notice]),
  ...lessons.map(
    ({ incident, path, line, message }) =>
      `${quoted(path)}:${String(line)}: such a change caused ${incident}: ${message}`,
  ),
  ...emergencyNotices(emergency),
  ...(reverted !== null && decision.verdict === 'fail' ? notAlone(reverted, paths) : []),
  ...belowLevel(policy, decision, signOffs.byTier),
];

const noticesIn = (
  { change, read, question, people, levels }: Material,
  { unknownOpener, decision, signOffs }: Judged,
  source: ChangeSource,
): Promise<readonly string[]> => {
  const opener = openerOf(question, people);
  const { policy } = change.decided;
  const isUnlisted =
    opener !== null && levelOf(policy, opener, question.teams).known && !isListed(policy, opener, question.teams);
  return noticesOf(
    {
      ...change,
      ...(isUnlisted && question.actor !== null ? { unlisted: question.actor } : {}),
      request: unknownOpener?.noSignOffs === true ? { approvals: [] } : question,
      decision,
      change: levels.change,
      people,
      files: read.files,
      looked: read.notices,
      signOffs: signOffs.each,
    },
    source,
  );
};

/** No danger rules: nothing is noticed. */
export const noFindings: FindingsOf = () => Promise.resolve({ findings: [], off: [], notices: [] });
