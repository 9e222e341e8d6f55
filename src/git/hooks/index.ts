/** The door of the git hooks. */
export {
  gitHooksState,
  HooksError,
  lfsHooksState,
  writeGitHooks,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
} from './install';
export { hooksAreAsLeft, rememberInstalled } from './installed';
export { restoreGitHooks } from './restore';
export { saveProgram } from './program-record';
export { type Runtime } from './runtime';
export { HOOK_MS } from './watch';
