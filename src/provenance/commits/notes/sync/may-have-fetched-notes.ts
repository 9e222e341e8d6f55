/**
 * Whether a plain `git fetch` may have brought notes. Separate from the code that merges them, because every command
 * checks.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../../../git';

/** A fetch leaves its refs here as loose files until git packs them. */
export const fetchedFolder = ({ commonDir }: Pick<Repository, 'commonDir'>): string =>
  path.join(commonDir, 'refs', 'linekeeper', 'remotes');

export const mayHaveFetched = (repository: Pick<Repository, 'commonDir'>): boolean =>
  existsSync(fetchedFolder(repository));
