/** `linekeeper export`: everything that is kept about this repository, as JSON. */
import { settleFirst } from '../../git';
import { exportKept } from '../../user-data';
import { jsonText } from '../../policy';
import type { ExitCode, Verb } from '../command';

export const exportVerb: Verb = {
  name: 'export',
  summary: 'Print everything that is kept about this repository, as JSON',
  usage: '[--texts]',
  options: { texts: { type: 'boolean' } },
  words: 0,
  async run({ terminal, values, repository: here }): Promise<ExitCode> {
    const repository = here();
    await settleFirst(repository, terminal.now, (sentence) => { terminal.err(`linekeeper: ${sentence}`); });
    terminal.out(jsonText(await exportKept(repository, { texts: values['texts'] === true, now: terminal.now })));
    return 0;
  },
};
