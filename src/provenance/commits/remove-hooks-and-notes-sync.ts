/** The way back from `installGitHooks` and `pushNotesAlong`, in one repository. */
import { gitHooksState, uninstallGitHooks, type Repository } from '../../git';
import { stopPushingNotesAlong } from './notes/sync/configure-notes-sync';

/**
 * Takes our hooks out, with what pushes notes along. Returns the files in which lines of others stay; undefined where
 * it had no hooks of ours, and nothing was done. Throws a GitError or a HooksError.
 */
export async function removeGitHooks(repository: Repository): Promise<readonly string[] | undefined> {
  if ((await gitHooksState(repository)) === 'absent') return undefined;
  await stopPushingNotesAlong(repository);
  return uninstallGitHooks(repository);
}
