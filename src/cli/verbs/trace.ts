/** `linekeeper trace PATH:LINE | COMMIT`: from the suggestion to the incident. */
import type { Trace } from '../../after-merge';
import { settleFirst } from '../../commits';
import { GitError } from '../../git';
import { jsonText } from '../../policy';
import { fillFirst } from '../backfill';
import { noCommit } from '../arguments/unknown-revision';
import { pathAndLines } from '../arguments/paths';
import { printable } from '../output/format-attribution';
import { CannotSay, type Call, type ExitCode, type Verb } from '../command';

const USAGE = 'PATH:LINE | COMMIT';

export const trace: Verb = {
  name: 'trace',
  summary: 'Follow a line or a commit from the suggestion to review, deployments and incidents',
  usage: USAGE,
  options: {},
  words: 1,
  async run(call): Promise<ExitCode> {
    const [word] = call.positionals;
    if (word === undefined) throw new CannotSay(`Which line or commit? Usage: linekeeper trace ${USAGE}`);
    const repository = call.repository();
    fillFirst(repository, call.terminal);
    await settleFirst(repository, call.terminal.now, (sentence) => {
      call.terminal.err(`linekeeper: ${sentence}`);
    });
    const { TraceError, traceText } = await import('../../after-merge');
    try {
      const traced = await ask(call, word);
      call.terminal.out(call.json ? jsonText(traced) : traceText(traced, 'terminal'));
      return 0;
    } catch (error) {
      if (error instanceof TraceError || error instanceof GitError)
        throw new CannotSay(printable(error.message), { cause: error });
      throw error;
    }
  },
};

async function ask(call: Call, word: string): Promise<Trace> {
  const { traceCommit, traceLine } = await import('../../after-merge');
  const ports = { repository: call.repository(), now: call.terminal.now };
  // Compilers and traces append the column to the line.
  const [, upToLine] = /^(.+:\d+):\d+$/.exec(word) ?? [];
  const named = /:\d+$/.test(word) ? pathAndLines(call, upToLine ?? word) : null;
  if (named?.lines) return traceLine(ports, named.path, named.lines[0]?.start ?? 1);
  const commit = word.startsWith('-') ? undefined : await ports.repository.commitId(word);
  if (commit === undefined)
    throw new CannotSay(noCommit(ports.repository, word, 'A line is named as PATH:LINE, such as infra/main.tf:12.'));
  return traceCommit(ports, commit);
}
