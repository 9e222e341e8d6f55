/** The door of the git hooks. */
export {
  gitHooksState,
  HooksError,
  installGitHooks,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
} from './install';
export { saveProgram } from './program-record';
export { HOOK_MS, quoted, type Runtime } from './scripts';
