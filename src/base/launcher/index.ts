/**
 * The door of the room with the one place for the program: `~/.linekeeper/bin/linekeeper`, a small launcher that starts
 * the newest Linekeeper that is installed. Hooks name it, and never a version's folder.
 */
export { folderOf, launcherIn, launcherOf } from './home-folder-and-launcher-path';
export {
  installedPrograms,
  registerProgram,
  setUpProgram,
  type InstalledProgram,
} from './installed-programs-and-launcher';
export { forgetRepository, registeredRepositories, registerRepository } from './registered-repositories';
export { isLinkTo, OWN_PROGRAMS, removeCommandLine } from './remove-command-line-link';
export { NOTHING_INSTALLED, REMOVE } from './launcher-scripts';
