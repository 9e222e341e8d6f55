/**
 * That hooks were installed in a repository, and how their files looked then. Hook managers take them out again each
 * time they run (`npm install` starts them); whoever comes next sees it here without starting git.
 */
import { existsSync, lstatSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../base/files';
import { readStateFile, writeStateFile } from '../plumbing/best-effort-state-file';
import type { Repository } from '../plumbing/repository';
import { HOOKS } from './hook-names';

type WithCommonDir = Pick<Repository, 'commonDir'>;

const fileOf = ({ commonDir }: WithCommonDir): string => dataPlace(commonDir, 'installed');

/** Sizes and times of all files that decide which hooks git runs, and whether Git LFS needs more of them. */
function looksOf({ commonDir }: WithCommonDir): string {
  const names = [
    'config',
    ...['hooks', 'linekeeper/hooks'].flatMap((folder) => HOOKS.map((name) => `${folder}/${name}`)),
  ];
  return names
    .map((name) => {
      const found = lstatSync(path.join(commonDir, name), { throwIfNoEntry: false });
      return `${name} ${found === undefined ? 'absent' : `${String(found.size)} ${String(found.mtimeMs)}`}\n`;
    })
    .concat(existsSync(path.join(commonDir, 'lfs')) ? ['lfs\n'] : [])
    .join('');
}

/** Whether hooks were installed here, and not taken out since with {@link forgetInstalled}. */
export const wereInstalled = (repository: WithCommonDir): boolean => readStateFile(fileOf(repository)) !== '';

/** Whether nobody has touched the hooks since they were looked at last; true where none were installed. */
export function hooksAreAsLeft(repository: WithCommonDir): boolean {
  const before = readStateFile(fileOf(repository));
  return before === '' || before === looksOf(repository);
}

/** Remembers how the hooks look now. */
export const rememberInstalled = (repository: WithCommonDir): void => {
  writeStateFile(fileOf(repository), looksOf(repository));
};

/** Nobody misses the hooks from now on. Throws file-system errors. */
export const forgetInstalled = (repository: WithCommonDir): void => {
  rmSync(fileOf(repository), { force: true });
};
