/**
 * A stand-in for the module `vscode`, for tests of the editor's parts in this process: as much as they use, and nothing
 * that the real one does not have. What is missing throws with its name. `state.ts` has what a test reads and sets.
 */
import { notModelled } from './modelled';

export * from './enums';
export * from './values';
export { authentication, commands, env, extensions, l10n } from './commands';
export { Disposable, EventEmitter } from './events';
export { languages } from './languages';
export { window } from './window';
export { workspace } from './workspace';

/** Asked by whoever loads modules. */
const OF_MODULES = new Set(['__esModule', 'then', 'default']);

const missing = new Proxy(
  {},
  {
    get: (_, name) => {
      if (typeof name === 'string' && !OF_MODULES.has(name)) throw notModelled(name);
      return undefined;
    },
  },
);

Object.setPrototypeOf(module.exports, missing);
