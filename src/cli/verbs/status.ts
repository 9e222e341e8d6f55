/** `linekeeper status`: uncommitted changes, who wrote them, where they are, and what they will require. */
import { countLines } from '../../authorship';
import { DEBTS_REF, mayHaveNotes, revertLeft, statusOf } from '../../commits';
import { decideLocally } from '../../decision';
import { BUILT_IN_SOURCE, countOf, jsonText, noRecord, stillMissing, type Finding } from '../../policy';
import { fillFirst } from '../backfill';
import { patchOf } from '../arguments/plan-file';
import { counts, describeRange, lines, printable } from '../output/format-attribution';
import { lfsHooksState } from '../../git';
import { LFS_SAYS } from '../output/lfs';
import { CannotSay, type ExitCode, type Verb } from '../command';

export const status: Verb = {
  name: 'status',
  summary: 'Who wrote the uncommitted changes, and what they will be asked for',
  usage: '[--plan FILE]',
  options: {
    plan: {
      type: 'string',
      value: 'FILE',
      says: 'a Terraform plan as JSON (terraform show -json): its findings are shown too',
    },
  },
  words: 0,
  async run(call): Promise<ExitCode> {
    const repository = call.repository();
    const named = call.values['plan'];
    if (named === '') throw new CannotSay('--plan is empty.');
    const plan = patchOf(call, typeof named === 'string' ? named : undefined);
    if (plan !== undefined && 'wrong' in plan && plan.kind !== 'state') throw new CannotSay(plan.wrong);
    if (plan !== undefined && 'wrong' in plan) call.terminal.err(`linekeeper: ${plan.wrong}`);
    fillFirst(repository, call.terminal);
    const work = await statusOf(repository, call.terminal.now, (sentence) => {
      call.terminal.err(`linekeeper: ${sentence}`);
    });
    // The gate's code takes long to load, and reverts are rare.
    const change =
      revertLeft(repository) === undefined
        ? work
        : await (await import('../../after-merge')).workAsCounted(repository, work);
    const { decision, tierOfFile, policy, notices, switchedOff } = await decideLocally(
      repository,
      change,
      plan !== undefined && 'file' in plan ? plan.file : undefined,
    );
    for (const notice of notices) call.terminal.err(`linekeeper: ${notice}`);
    // Few repositories have debts, so the code that verifies signatures is only loaded for those.
    const debts = mayHaveNotes(repository, DEBTS_REF)
      ? await (await import('../../gate/sign-offs')).unpaidDebts(repository, { now: call.terminal.now() })
      : [];
    const lfs = call.json ? 'none' : await lfsHooksState(repository);
    if (lfs === 'unsent')
      call.terminal.err(`linekeeper: Git LFS: ${LFS_SAYS.unsent}. "linekeeper install --git" mends that.`);
    for (const { says } of debts) call.terminal.err(`linekeeper: ${printable(says)}`);
    const blast =
      change.files.length === 0
        ? undefined
        : await (await import('../output/blast-radius')).blastOfWork(repository, change.files);
    const unknown = change.added.unknown + change.removed.unknown;
    const why =
      unknown === 0
        ? []
        : [
            `${countOf(unknown, 'line')}: ${noRecord(unknown)} If you know: linekeeper declare PATH --human, or --ai ASSISTANT.`,
          ];
    if (call.json) {
      const files = change.files.map((file) => ({
        ...file,
        tier: tierOfFile(file),
        added: countLines(file.ranges),
        removed: countLines(file.removed),
        removedRanges: file.removed,
        findings: decision.findings.filter((finding) => finding.path === file.path),
      }));
      call.terminal.out(
        jsonText({
          added: change.added,
          removed: change.removed,
          files,
          why,
          findings: decision.findings,
          switchedOff,
          blast: blast ?? null,
          decision,
          policy: { source: policy.source, digest: policy.digest },
          ...(debts.length === 0 ? {} : { debts }),
        }),
      );
      return 0;
    }
    if (change.files.length + decision.findings.length + switchedOff.length === 0) {
      call.terminal.out('No uncommitted changes.\n');
      return 0;
    }
    const text = [`Not committed: added ${counts(change.added)}; removed ${counts(change.removed)}`];
    text.push(...why.map((reason) => `  ${reason}`));
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
    if (switchedOff.length > 0)
      text.push(
        'Switched off by the policy (rules-off):',
        ...switchedOff.map(
          (one) => `  ${printable(one.path)}, ${where(one)}: ${one.rule}. Reason: ${printable(one.reason)}`,
        ),
      );
    for (const { tier, says } of decision.overruled ?? [])
      text.push(`${printable(says)} It was about ${tier === null ? 'every tier' : `tier ${printable(tier)}`}.`);
    if (blast !== undefined) text.push(...(await import('../output/blast-radius')).blastLines(blast, printable));
    const requirements = decision.tiers.flatMap((tier) =>
      stillMissing(tier.required).flatMap(({ missing, why, incidents }) => [
        `  ${tier.name}: ${missing}`,
        ...(incidents === undefined ? [] : [`    ${why}`]),
      ]),
    );
    if (requirements.length > 0)
      text.push(policy.source === BUILT_IN_SOURCE ? ADVISED : 'Needed before merging:', ...requirements);
    if (lfs === 'sent') text.push(`Git LFS: ${LFS_SAYS.sent}.`);
    call.terminal.out(`${text.join('\n')}\n`);
    return 0;
  },
};

/** Without a policy nothing is refused. */
const ADVISED =
  'Advised before merging, since there is no policy here ("linekeeper policy init" writes one, and then it is asked for):';

const describeFinding = ({ side, line, severity, rule, message }: Finding): string =>
  `    ! ${where({ side, line })}: ${printable(message)} (${severity}, ${rule})`;

const where = ({ side, line }: Pick<Finding, 'side' | 'line'>): string =>
  `${side === 'old' ? 'old ' : ''}line ${String(line)}`;
