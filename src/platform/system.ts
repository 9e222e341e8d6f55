/** Which system this is. The only place that asks Node for it. */
import path from 'node:path';

/** Node's name of this system. */
export const SYSTEM: string = process.platform;

export const isWindows = (system = SYSTEM): boolean => system === 'win32';
export const isMac = (system = SYSTEM): boolean => system === 'darwin';

/** The file that holds nothing and forgets everything. Git for Windows knows both names. */
export const NULL_DEVICE = isWindows() ? 'NUL' : '/dev/null';

/** What is between the names of a path here. */
export const SEPARATOR = path.sep;
