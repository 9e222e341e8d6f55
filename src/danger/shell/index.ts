/**
 * The door of the shell reader: from a command's text to the programs that it would run, with their arguments, input
 * and output. It runs nothing. One reader serves the guard of files, the danger rules for commands and those for shell
 * text in files.
 */

export { below, gitCall, settingChange, type GitCall, type SettingChange } from './programs/git-command-line';
export { braces, fits, isPattern } from './words/glob';
export {
  changesFiles,
  INTERPRETERS,
  mayRunFile,
  programOf,
  type Program,
} from './programs/commands-in-interpreter-code';
export { withJoinedLists } from './programs/joined-string-lists';
export { foundBy, patternsListedBy } from './programs/files-listed-by-programs';
export { nameOf } from './programs/program-name';
export { after, beforeDashes, joinedTo, plainOf, hasOption } from './words/options';
export { NOTHING_READ, withWritten, type Reads, type ReadScript } from './programs/readers-of-scripts-and-aliases';
export { isIn, pathIn, resolved } from './words/paths-in-words';
export { handedText } from './streams/standard-input-of-program';
export { writtenBy } from './streams/output-of-programs';
export { readsIn, stepsOf, type CommandPlace, type LookUps } from './command-steps-with-folders';

export type { Invocation, Word } from './words/invocation';
export { COMMAND_STEPS, FILE_STEPS, Work } from './words/work-limit';
export { quoted as quotedWord } from './programs/shell-text-in-arguments';
export { takesOf } from './programs/options-taking-a-value';
export { goesNowhere } from './programs/programs-starting-no-other';
export { programsIn } from './programs/programs-behind-wrappers';
export type { OtherShell } from './programs/powershell-and-cmd-texts';
