/** The door of the room that knows what differs between systems. */
export {
  isBelow,
  isWindowsPath,
  leadsOut,
  nativePath,
  ofUrl,
  pathsLike,
  plainSpelling,
  relativeSlashes,
  resolveIn,
  withSlashes,
} from './paths';
export { FILE_SYSTEM, locate, realPath, realPathOfMissing, type FileSystem } from './real-names';
export { renameFile } from './rename-file';
export {
  isWindows,
  managedFolder,
  NULL_DEVICE,
  PATH_DELIMITER,
  SEPARATOR,
  slashedHere,
  SYSTEM,
} from './operating-system';
export { gitShell, lastingName, powershell, shellQuoted, startOfShell, type ShellName } from './shells';
export { processOf, windowsProcesses, type LookUpProcess } from './processes';
export { findOnWindows, startOf, systemProgram, WordsError, type ProgramStart } from './programs';
