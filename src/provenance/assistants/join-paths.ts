/** Paths below folders that somebody else names. */
import path from 'node:path';
import { SEPARATOR } from '../../base/platform';

/** `folder`, such as a variable's value, when it is an absolute path. */
export const absolute = (folder: string | undefined, otherwise: string): string =>
  folder !== undefined && path.isAbsolute(folder) ? path.resolve(folder) : otherwise;

/**
 * A path below a folder, which must be absolute and contain no `..`. `path.join` examines every character, and a hook
 * needs a hundred of these.
 */
export const below = (folder: string, ...names: readonly string[]): string => [folder, ...names].join(SEPARATOR);
