/** `linekeeper export`: everything that is kept about this repository, as JSON. */
import { settleFirst } from '../../git';
import { exportKept } from '../../kept';
import { CannotSay, type ExitCode, type Verb } from '../verb';

export const exportVerb: Verb = {
  name: 'export',
  summary: 'Print everything that is kept about this repository, as JSON',
  usage: '[--texts]',
  options: { texts: { type: 'boolean' } },
  async run({ terminal, positionals, values, repository: here }): Promise<ExitCode> {
    if (positionals.length > 0) throw new CannotSay(`That is a word too many: ${JSON.stringify(positionals[0])}. Usage: linekeeper export [--texts]`);
    const repository = here();
    await settleFirst(repository, terminal.now, (sentence) => { terminal.err(`linekeeper: ${sentence}`); });
    terminal.out(`${JSON.stringify(await exportKept(repository, { texts: values['texts'] === true, now: terminal.now }), null, 2)}\n`);
    return 0;
  },
};
