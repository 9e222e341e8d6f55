/** Puts our git hooks back and says so: loaded only where somebody has touched them. */
import { isNewClone, registerClone, repairGitHooks, type Repository } from '../git';
import type { Terminal } from './verb';
import { runtimeOf } from './runtime-for-hooks';

/** Throws a file-system error. */
export async function repairHooksNow(
  repository: Repository,
  terminal: Pick<Terminal, 'program' | 'home' | 'err'>,
): Promise<void> {
  const runtime = runtimeOf(terminal);
  if (isNewClone(repository)) registerClone(repository, runtime);
  const sentence = await repairGitHooks(repository, runtime);
  if (sentence !== undefined) terminal.err(`linekeeper: ${sentence}`);
}
