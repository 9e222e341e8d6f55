/** Setting a repository up: its git hooks, and the point from which on it is recorded. */

import { writeGitHooks, type HooksReport, type Repository, type Runtime } from '../../git';
import { startRecordingOnce } from './settle/settled-checkpoint';

/** Installs the hooks and begins to record; a second call only renews the hooks. Throws a HooksError or a GitError. */
export function installGitHooks(repository: Repository, runtime: Runtime): Promise<HooksReport> {
  startRecordingOnce(repository);
  return writeGitHooks(repository, runtime);
}
