/** `linekeeper doctor`: what is recorded here and what is not, and why. */
import { jsonText } from '../../policy';
import { examine } from '../doctor/examine-clone';
import { prove } from '../doctor/prove/prove-hooks';
import { allProven, chainsText } from '../doctor/prove/proof-text';
import type { ExitCode, Verb } from '../verb';

export const doctor: Verb = {
  name: 'doctor',
  summary: 'Check the hooks, the records and the policy, and name each fix',
  example: 'linekeeper doctor --prove',
  exits: '0 if there is nothing to fix, else 1.',
  usage: '[--prove] [--json]',
  options: {
    prove: {
      type: 'boolean',
      says: 'send a test edit through every installed hook, and check that the note of its commit has it',
    },
  },
  words: 0,
  async run(call): Promise<ExitCode> {
    if (call.values['prove'] === true) {
      const chains = await prove(call);
      call.terminal.out(call.json ? jsonText({ proven: allProven(chains), chains }) : chainsText(chains));
      return allProven(chains) ? 0 : 1;
    }
    const { findings, assistants, health } = await examine(call, { renew: true });
    const healthy = health.toFix === 0;
    if (call.json) call.terminal.out(jsonText({ healthy, health, findings, assistants }));
    else
      call.terminal.out(
        findings
          .map(
            (finding) =>
              `${finding.ok ? 'ok  ' : finding.note === true ? 'note' : 'FIX '}  ${finding.name}: ${finding.says}\n`,
          )
          .join(''),
      );
    return healthy ? 0 : 1;
  },
};
