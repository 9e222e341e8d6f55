/**
 * The door of the room with the one place for the program: `~/.linekeeper/bin/linekeeper`, a small launcher that starts
 * the newest Linekeeper that is installed. Hooks name it, and never a version's folder.
 */
export { folderOf, launcherIn, launcherOf } from './linekeeper-folder-in-home';
export { installedPrograms, registerProgram, setUpProgram, type InstalledProgram } from './installed-linekeepers';
export { forgetRepository, registeredRepositories, registerRepository } from './registered-repositories';
export { isLinkTo, OWN_PROGRAMS, removeCommandLine } from './remove-command-line-link';
export { NOTHING_INSTALLED, REMOVE } from './launcher-scripts';
