/** Where assistants keep what is theirs. */
import path from 'node:path';

/** `given`, such as the value of a variable, when it is an absolute path. */
export const absolute = (given: string | undefined, otherwise: string): string =>
  given !== undefined && path.isAbsolute(given) ? path.resolve(given) : otherwise;

/**
 * A path below a folder, which is absolute and has no `..` in it. `path.join` looks at every character, and a hook asks
 * for a hundred of these.
 */
export const below = (folder: string, ...names: readonly string[]): string => [folder, ...names].join(path.sep);
