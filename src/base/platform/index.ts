/** The door of the room that knows what differs between systems. */
export { attempt } from './attempt';
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
export { FILE_SYSTEM, locate, realPath, realPathOfMissing, type FileSystem } from './real-path-on-disk';
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
export { gitShell, lastingName, powershell, shellQuoted, startOfShell, type ShellName } from './start-shell';
export { processOf, windowsProcesses, type LookUpProcess } from './parent-processes';
export { findOnWindows, startOf, systemProgram, WordsError, type ProgramStart } from './find-program';
