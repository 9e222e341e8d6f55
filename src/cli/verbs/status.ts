/** `linekeeper status`: uncommitted changes, who wrote them, where they are, and what they will require. */
import { countLines, type ChangeAttribution } from '../../provenance/authorship';
import { DEBTS_REF, mayHaveNotes, revertLeft, statusOf } from '../../provenance/commits';
import { openJournal } from '../../provenance/journal';
import { decideLocally, type LocalDecision } from '../../policy/local-work';
import { stillMissing } from '../../policy/decision';
import {
  listIf,
  BUILT_IN_SOURCE,
  countOf,
  jsonText,
  list,
  noRecord,
  type ChangedFile,
  type Finding,
  countsText,
  printable,
} from '../../policy';
import { fillFirst } from '../backfill-and-settle-notes';
import { PLAN_OPTION, readPlan } from '../arguments/plan-file';
import { describeRange, lines } from '../output/format-attribution';
import { lfsHooksState } from '../../git';
import { atWork } from '../output/assistants-at-work';
import { LFS_SAYS } from '../output/lfs-words';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const status: Verb = {
  name: 'status',
  summary: 'Show the authors of uncommitted lines, and the required sign-offs',
  example: 'linekeeper status',
  usage: '[--plan FILE]',
  options: {
    plan: PLAN_OPTION,
  },
  words: 0,
  async run(call): Promise<ExitCode> {
    const repository = call.repository();
    const plan = planOf(call);
    const warn = (sentence: string): void => {
      call.terminal.err(`linekeeper: ${sentence}`);
    };
    fillFirst(repository, call.terminal);
    const work = await statusOf(repository, call.terminal.now, warn);
    // The gate's code takes long to load, and reverts are rare.
    const change =
      revertLeft(repository) === undefined
        ? work
        : await (await import('../../aftermath')).workAsCounted(repository, work);
    const local = await decideLocally(repository, change, plan);
    for (const notice of local.notices) warn(notice);
    // Few repositories have debts, so the code that verifies signatures is only loaded for those.
    const debts = mayHaveNotes(repository, DEBTS_REF)
      ? await (await import('../../review/gate/sign-offs')).unpaidDebts(repository, { now: call.terminal.now() })
      : [];
    const lfs = call.json ? 'none' : await lfsHooksState(repository);
    if (lfs === 'unsent') warn(`Git LFS: ${LFS_SAYS.unsent}. "linekeeper install --git" mends that.`);
    for (const { says } of debts) warn(printable(says));
    const blast =
      change.files.length === 0
        ? undefined
        : await (await import('../output/blast-radius-lines')).blastOfWork(repository, change.files);
    const why = [...unknownLines(change.added.unknown + change.removed.unknown), ...unreadNames(change)];
    if (call.json) {
      call.terminal.out(
        jsonText({
          ...shownAsJson(change, local, why),
          blast: blast ?? null,
          decision: local.decision,
          policy: { source: local.policy.source, digest: local.policy.digest },
          ...(debts.length === 0 ? {} : { debts }),
        }),
      );
      return 0;
    }
    const { now } = call.terminal;
    const begun = atWork(openJournal(repository.gitDir, now).read(), now());
    if (change.files.length + local.decision.findings.length + local.switchedOff.length === 0) {
      call.terminal.out(['No uncommitted changes.', ...begun].map((line) => `${line}\n`).join(''));
      return 0;
    }
    const text = [
      `Not committed: added ${countsText(change.added)}; removed ${countsText(change.removed)}`,
      ...why.map((reason) => `  ${reason}`),
      ...begun.map((reason) => `  ${reason}`),
      ...describeFiles(change, local),
      ...describeRules(local),
      ...(blast === undefined ? [] : (await import('../output/blast-radius-lines')).blastLines(blast, printable)),
      ...describeRequirements(local),
      ...(lfs === 'sent' ? [`Git LFS: ${LFS_SAYS.sent}.`] : []),
    ];
    call.terminal.out(`${text.join('\n')}\n`);
    return 0;
  },
};

/** The plan that `--plan` names; undefined where none is named, or it is no plan but a state, which is said. */
function planOf(call: Call): ChangedFile | undefined {
  const named = call.values['plan'];
  if (named === '') throw new CannotSay('--plan is empty.');
  const plan = readPlan(call, typeof named === 'string' ? named : undefined);
  if (plan === undefined || 'file' in plan) return plan?.file;
  if (plan.kind !== 'state') throw new CannotSay(plan.wrong);
  call.terminal.err(`linekeeper: ${plan.wrong}`);
  return undefined;
}

const unknownLines = (count: number): readonly string[] =>
  listIf(count !== 0, [
    `${countOf(count, 'line')}: ${noRecord(count)} If you know: linekeeper declare PATH --human, or --ai ASSISTANT.`,
  ]);

/** The path of such a file is in no record. */
function unreadNames({ files }: ChangeAttribution): readonly string[] {
  const names = files.flatMap(({ path }) => (path.includes('\uFFFD') ? [path] : []));
  return names.length === 0 ? [] : [`Not recorded, because the name is not UTF-8: ${list(names)}.`];
}

function shownAsJson(
  change: ChangeAttribution,
  { decision, tierOfFile, switchedOff }: LocalDecision,
  why: readonly string[],
): object {
  const files = change.files.map((file) => ({
    ...file,
    tier: tierOfFile(file),
    added: countLines(file.ranges),
    removed: countLines(file.removed),
    removedRanges: file.removed,
    findings: decision.findings.filter((finding) => finding.path === file.path),
  }));
  return { added: change.added, removed: change.removed, files, why, findings: decision.findings, switchedOff };
}

/** The changed files with their authors and findings, and findings in other files. */
function describeFiles(change: ChangeAttribution, { decision, tierOfFile }: LocalDecision): readonly string[] {
  const text: string[] = [];
  for (const file of change.files) {
    const tier = tierOfFile(file);
    text.push(`  ${printable(file.path)}${tier === null ? '' : `  [${tier}]`}`);
    if (file.change) text.push(`    ${describeRange(file.change)}`);
    for (const range of file.ranges) text.push(`    + ${lines(range)}  ${describeRange(range)}`);
    for (const range of file.removed) text.push(`    - ${lines(range)}  ${describeRange(range)}`);
    text.push(...decision.findings.filter(({ path }) => path === file.path).map(describeFinding));
  }
  const others = decision.findings.filter(({ path }) => !change.files.some((file) => file.path === path));
  for (const path of new Set(others.map((finding) => finding.path)))
    text.push(`  ${printable(path)}`, ...others.filter((finding) => finding.path === path).map(describeFinding));
  return text;
}

/** The rules that the policy switches off here, and what its people overruled. */
const describeRules = ({ decision, switchedOff }: LocalDecision): readonly string[] => [
  ...listIf(switchedOff.length > 0, [
    'Switched off by the policy (rules-off):',
    ...switchedOff.map(
      (finding) =>
        `  ${printable(finding.path)}, ${where(finding)}: ${finding.rule}. Reason: ${printable(finding.reason)}`,
    ),
  ]),
  ...(decision.overruled ?? []).map(
    ({ tier, says }) => `${printable(says)} It was about ${tier === null ? 'every tier' : `tier ${printable(tier)}`}.`,
  ),
];

/** What has to happen before the change is merged. */
function describeRequirements({ decision, policy }: LocalDecision): readonly string[] {
  const requirements = decision.tiers.flatMap((tier) =>
    stillMissing(tier.required).flatMap(({ missing, why, incidents }) => [
      `  ${tier.name}: ${missing}`,
      ...(incidents === undefined ? [] : [`    ${why}`]),
    ]),
  );
  if (requirements.length === 0) return [];
  return [
    policy.source === BUILT_IN_SOURCE
      ? 'Advised before merging, since there is no policy here ("linekeeper policy init" writes one, and then it is asked for):'
      : policy.policy.mode === 'observe'
        ? 'Under mode: enforce, needed before merging:'
        : 'Needed before merging:',
    ...requirements,
  ];
}

const describeFinding = ({ side, line, severity, rule, message }: Finding): string =>
  `    ! ${where({ side, line })}: ${printable(message)} (${severity}, ${rule})`;

const where = ({ side, line }: Pick<Finding, 'side' | 'line'>): string =>
  `${side === 'old' ? 'old ' : ''}line ${String(line)}`;
