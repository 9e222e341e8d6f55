/** The door to assistants' hooks. Loaded only by the commands that need it, because it includes a JSON parser. */
export {
  type SetupOptions,
  type HookState,
  installHooks,
  renewHooks,
  uninstallHooks,
  hookState,
  hasHooks,
} from './install-and-remove-assistant-hooks';
export { SetupError } from './setup-error';
