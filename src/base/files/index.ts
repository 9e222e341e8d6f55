/**
 * The door of the room that reads and writes whole files of Linekeeper's: being ended at any moment leaves the old one
 * or the new one.
 */
export { dataPlace, makeDataFolder } from './data-folder-in-git-dir';
export { listFolder } from './list-folder';
export { writeOwnFile } from './create-and-replace-files';
export { readPlainFile, readTextOrNothing, textUpTo } from './read-plain-file';
export { PLACES } from './places-in-data-folder';
export { RecordFolder } from './limited-json-records';
export { whyUnread, whyUnwritten } from './file-error-text';
export { createFile, replaceFile, targetOf, writeWhole } from './create-and-replace-files';
