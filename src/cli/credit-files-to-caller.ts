/** Whose the files are that a command writes into the work tree: whoever called it. */
import { declareLines } from '../provenance/declarations';
import type { Repository } from '../git';
import type { By } from '../provenance/journal';
import type { Terminal } from './verb';
import { callerAt } from './person-at-terminal';
import { printable } from '../policy';

/**
 * Credits them, as unknown ones would need a sign-off like AI's. An assistant whose action is open here reports them
 * itself. Where nobody knows who calls, `otherwise` counts; without it they stay unknown, and a line at the
 * terminal says how to declare them. No failure here is one of the command.
 */
export async function creditWritten(
  { terminal, repository }: { readonly terminal: Terminal; readonly repository: Repository },
  files: readonly string[],
  otherwise?: Pick<By, 'author'>,
): Promise<void> {
  const caller = callerAt(terminal) ?? otherwise;
  for (const file of files) {
    if (caller === undefined) {
      if (terminal.isTerminal !== true && terminal.isAttended !== true) continue;
      terminal.err(
        `linekeeper: ${printable(file)} counts as unknown, since it isn't certain whether a person or an agent called this. If you did: linekeeper declare ${printable(file)} --human`,
      );
      continue;
    }
    const by: By = { ...caller, evidence: caller.author === 'ai' ? 'observed' : 'declared' };
    await declareLines(repository, { path: file, lines: null, by }, terminal.now).catch(() => undefined);
  }
}
