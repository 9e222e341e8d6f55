/** The door of the room that writes whole files: being ended at any moment leaves the old one or the new one. */
export { createFile, replaceFile, targetOf, writeWhole } from './whole';
