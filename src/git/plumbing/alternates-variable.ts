/** Where git finds objects besides those of its own folder. */
import path from 'node:path';
import { PATH_DELIMITER } from '../../base/platform';
import type { Repository } from './repository';

/**
 * A value for GIT_ALTERNATE_OBJECT_DIRECTORIES: the repository's objects, and those that a caller has named, such as a
 * program that keeps new ones aside until it is done.
 */
export function withAlternates({ commonDir }: Pick<Repository, 'commonDir'>): string {
  const folder = path.join(commonDir, 'objects');
  const others = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  const word = folder.includes(PATH_DELIMITER) || folder.startsWith('"') ? JSON.stringify(folder) : folder; // as C would quote it
  return others === undefined || others === '' ? word : `${word}${PATH_DELIMITER}${others}`;
}
