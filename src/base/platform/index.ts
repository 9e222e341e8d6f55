/** The door of the room that knows what differs between systems. */
export { attempt } from './fallback-on-error';
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
} from './posix-and-windows-paths';
export { FILE_SYSTEM, locate, realPath, realPathOfMissing, type FileSystem } from './real-path-within-folder';
export { renameFile } from './rename-file';
export {
  isWindows,
  managedFolder,
  NULL_DEVICE,
  PATH_DELIMITER,
  SEPARATOR,
  slashedHere,
  SYSTEM,
} from './system-constants-and-managed-folder';
export { gitShell, powershell, shellQuoted, startOfShell, type ShellName } from './shells-and-quoting';
export { processOf, windowsProcesses, type LookUpProcess } from './look-up-process';
export { findOnWindows, lastingName, startOf, systemProgram, WordsError, type ProgramStart } from './program-to-spawn';
