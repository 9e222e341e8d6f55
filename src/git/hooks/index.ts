/** The door of the git hooks. */
export {
  gitHooksState,
  HooksError,
  writeGitHooks,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
} from './install-and-uninstall-git-hooks';
export { lfsHooksState } from './git-lfs';
export { hooksAreAsLeft, wereInstalled } from './remember-installed-hooks';
export { repairGitHooks } from './repair-git-hooks';
export {
  hasEditorRuntime,
  carriesNotesLater,
  isNewClone,
  markNewClone,
  registerClone,
  saveEditorRuntime,
  saveProgram,
} from './recorded-program-and-new-clones';
export { type Runtime } from './command-line-runtime';
export { BUSY_TIMES, HOOK_MS } from './sh/time-limit';
