/** Puts our git hooks back and says so: loaded only where somebody has touched them. */
import { repairGitHooks, type Repository } from '../git';
import type { Terminal } from './command';

/** Throws a file-system error. */
export async function repairHooksNow(
  repository: Repository,
  { program: [executable = process.execPath, cli = ''], err }: Pick<Terminal, 'program' | 'err'>,
): Promise<void> {
  const electron = process.versions['electron'] !== undefined;
  const sentence = await repairGitHooks(repository, { executable, cli, electron });
  if (sentence !== undefined) err(`linekeeper: ${sentence}`);
}
