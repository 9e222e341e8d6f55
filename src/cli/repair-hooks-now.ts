/** Puts our git hooks back and says so: loaded only where somebody has touched them. */
import { carriesNotesLater, isNewClone, registerClone, repairGitHooks, type Repository } from '../git';
import type { Terminal } from './verb';
import { runtimeOf } from './runtime-for-hooks';

/** Throws a file-system error or a GitError. */
export async function repairHooksNow(
  repository: Repository,
  terminal: Pick<Terminal, 'program' | 'home' | 'err'>,
): Promise<void> {
  const runtime = runtimeOf(terminal);
  if (isNewClone(repository)) {
    if (carriesNotesLater(repository))
      await (await import('../provenance/commits/exports-for-notes-sync-and-upkeep')).pushNotesAlong(repository);
    registerClone(repository, runtime);
  }
  const sentence = await repairGitHooks(repository, runtime);
  if (sentence !== undefined) terminal.err(`linekeeper: ${sentence}`);
}
