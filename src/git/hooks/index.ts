/** The door of the git hooks. */
export {
  gitHooksState,
  HooksError,
  writeGitHooks,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
} from './install';
export { lfsHooksState } from './lfs';
export { hooksAreAsLeft, wereInstalled } from './installed';
export { repairGitHooks } from './repair';
export { hasEditorRuntime, saveEditorRuntime, saveProgram } from './program-record';
export { type Runtime } from './runtime';
export { BUSY_TIMES, HOOK_MS } from './sh/watch';
