/** Where assistants keep their own files. */
import path from 'node:path';
import { SEPARATOR } from '../platform';

/** `given`, such as a variable's value, when it is an absolute path. */
export const absolute = (given: string | undefined, otherwise: string): string =>
  given !== undefined && path.isAbsolute(given) ? path.resolve(given) : otherwise;

/**
 * A path below a folder, which must be absolute and contain no `..`. `path.join` examines every character, and a hook
 * needs a hundred of these.
 */
export const below = (folder: string, ...names: readonly string[]): string => [folder, ...names].join(SEPARATOR);
