/** Which system this is, and what differs by it. */
import path from 'node:path';

/** Node's name of this system. */
export const SYSTEM = process.platform;

export const isWindows = (system: string = SYSTEM): boolean => system === 'win32';

/** The file that holds nothing and forgets everything. Git for Windows knows both names. */
export const NULL_DEVICE = isWindows() ? 'NUL' : '/dev/null';

/** What is between the names of a path here. */
export const SEPARATOR = path.sep;

/** What is between the folders of `PATH` and its like here. */
export const PATH_DELIMITER = path.delimiter;

/** A relative path of this system with `/` between names, as git and patterns have it. */
export const slashedHere = (relative: string): string => relative.replaceAll(path.sep, '/');

/**
 * Where a company's administrator keeps what holds on this machine, in the form that only an administrator can write.
 * Fixed: no variable can name another, since an agent could set it.
 */
export const managedFolder = (system: string = SYSTEM): string =>
  system === 'win32'
    ? 'C:\\ProgramData\\Linekeeper'
    : system === 'darwin'
      ? '/Library/Application Support/Linekeeper'
      : '/etc/linekeeper';
