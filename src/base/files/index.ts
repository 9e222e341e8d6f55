/** The door of the room that writes whole files: being ended at any moment leaves the old one or the new one. */
export { makeDataFolder } from './data-folder';
export { writeOwnFile } from './own-file';
export { createFile, replaceFile, targetOf, writeWhole } from './whole';
