/** `linekeeper status`: uncommitted changes, who wrote them, where they land, and what they will be asked for. */
import { countLines } from '../../attribution';
import { statusOf } from '../../git';
import { decideLocally } from '../../decision';
import { jsonText } from '../../policy';
import { fillFirst } from '../fill';
import { counts, describeRange, lines, printable } from '../words';
import type { ExitCode, Verb } from '../verb';

export const status: Verb = {
  name: 'status',
  summary: 'Who wrote the uncommitted changes, and what they will be asked for',
  usage: '[--plan FILE]',
  options: { plan: { type: 'string' } },
  words: 0,
  async run(call): Promise<ExitCode> {
    const repository = call.repository();
    if (call.values['plan'] !== undefined) call.terminal.err('linekeeper: plans are not read yet, so this says nothing about what the plan would do.');
    fillFirst(repository, call.terminal);
    const change = await statusOf(repository, call.terminal.now, (sentence) => { call.terminal.err(`linekeeper: ${sentence}`); });
    const { decision, tierOfFile, policy, notices } = await decideLocally(repository, change);
    for (const notice of notices) call.terminal.err(`linekeeper: ${notice}`);
    if (call.json) {
      const files = change.files.map((file) => ({
        ...file,
        tier: tierOfFile(file),
        added: countLines(file.ranges),
        removed: countLines(file.removed),
        removedRanges: file.removed,
        findings: decision.findings.filter((finding) => finding.path === file.path),
      }));
      call.terminal.out(jsonText({ added: change.added, removed: change.removed, files, decision, policy: { source: policy.source, digest: policy.digest } }));
      return 0;
    }
    if (change.files.length === 0) {
      call.terminal.out('No uncommitted changes.\n');
      return 0;
    }
    const text = [`Not committed: added ${counts(change.added)}; removed ${counts(change.removed)}`];
    for (const file of change.files) {
      const tier = tierOfFile(file);
      text.push(`  ${printable(file.path)}${tier === null ? '' : `  [${tier}]`}`);
      if (file.change) text.push(`    ${describeRange(file.change)}`);
      for (const range of file.ranges) text.push(`    + ${lines(range)}  ${describeRange(range)}`);
      for (const range of file.removed) text.push(`    - ${lines(range)}  ${describeRange(range)}`);
    }
    const asked = decision.tiers.flatMap((tier) => tier.required.filter((required) => !required.satisfied).map((required) => `  ${tier.name}: ${required.missing}`));
    if (asked.length > 0) text.push('Needed before merging:', ...asked);
    call.terminal.out(`${text.join('\n')}\n`);
    return 0;
  },
};
