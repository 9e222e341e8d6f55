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
export { FILE_SYSTEM, locate, realPath, realPathOfMissing, type FileSystem, type Located } from './real-names';
export { renameFile } from './rename';
export { isMac, isWindows, NULL_DEVICE, PATH_DELIMITER, SEPARATOR, slashedHere, SYSTEM } from './operating-system';
export { gitShell, lastingName, powershell, startOfShell, type ShellName, type ShellStart } from './shells';
export { processOf, windowsProcesses, type LookUpProcess, type Process } from './processes';
export { findOnWindows, startOf, systemProgram, variableOf, WordsError, type ProgramStart } from './programs';
