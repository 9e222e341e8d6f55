/** The door of the git hooks. */
export {
  gitHooksState,
  HooksError,
  writeGitHooks,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
} from './install-git-hooks';
export { lfsHooksState } from './git-lfs';
export { hooksAreAsLeft, wereInstalled } from './installed-hooks';
export { repairGitHooks } from './repair-git-hooks';
export {
  hasEditorRuntime,
  isNewClone,
  markNewClone,
  registerClone,
  saveEditorRuntime,
  saveProgram,
} from './recorded-program-and-new-clones';
export { type Runtime } from './program-start';
export { BUSY_TIMES, HOOK_MS } from './sh/time-limit';
