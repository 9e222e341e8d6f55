/**
 * Where git looks for hooks, and how it comes to look into a folder of ours.
 *
 * husky and similar programs set `core.hooksPath` of the repository anew each time they run. So ours is not set in
 * its place, but in a file that the repository's configuration includes behind it: theirs stays as they set it, and
 * the last one counts. Where that does not work, ours is set in its place, and theirs is remembered.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, writeOwnFile } from '../../base/files';
import { readStateFile } from '../plumbing/best-effort-state-file';
import type { Repository } from '../plumbing/repository';
import { slashedHere } from '../../base/platform';

/** Our folder for hooks, used where the repository's own is not. */
export const ownFolder = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'hooks');
/** The folder where git looks if nothing is configured. */
export const plainFolder = ({ commonDir }: Pick<Repository, 'commonDir'>): string => path.join(commonDir, 'hooks');

/** What the repository's configuration includes, relative to it. Without the folder, git passes over it. */
const INCLUDED = 'linekeeper/hooks/git-config';
const rememberedFile = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'hooks-path');

export interface HooksPath {
  /** Where git looks: our folder, the repository's own, or one that somebody else configured. */
  readonly inEffect: 'own' | 'plain' | 'other';
  /** The folder that others configured, absolute or relative to the top of the work tree; undefined: none. */
  readonly theirs: string | undefined;
}

/** One git call. Throws a GitError. */
export async function readHooksPath(repository: Repository): Promise<HooksPath> {
  const { stdout } = await repository.git(['config', '-z', '--type=path', '--get-all', 'core.hooksPath'], {
    codes: [0, 1],
  });
  const values = stdout.toString('utf8').split('\0').slice(0, -1);
  const isAt = (folder: string, value: string): boolean => path.resolve(repository.root, value) === folder;
  const isOurs = (value: string): boolean => isAt(ownFolder(repository), value);
  const last = values.at(-1) ?? '';
  const others = values.filter((value) => !isOurs(value));
  const configured = others.at(-1) ?? (values.length > 0 ? remembered(repository) : undefined);
  const theirs =
    configured === undefined || configured === '' || isAt(plainFolder(repository), configured) ? undefined : configured;
  return { inEffect: isOurs(last) && last !== '' ? 'own' : theirs === undefined ? 'plain' : 'other', theirs };
}

/** The folder that ours was set in place of. */
function remembered(repository: Repository): string | undefined {
  const file = rememberedFile(repository);
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^(?:local|other) /, '') : undefined;
}

/** Lets git look into our folder. Throws a GitError or a file-system error. */
export async function useOwnFolder(repository: Repository, { theirs }: HooksPath): Promise<void> {
  await putBackTheirs(repository);
  const folder = ownFolder(repository);
  const text = slashedHere(folder).replaceAll(/["\\]/g, '\\$&');
  writeOwnFile(path.join(folder, path.posix.basename(INCLUDED)), `[core]\n\thooksPath = "${text}"\n`);
  for (const isSecondTry of [false, true]) {
    if (isSecondTry) await stopIncluding(repository); // behind what others have written since
    const included = await repository.git(['config', '--local', '--get-all', 'include.path'], { codes: [0, 1] });
    if (!included.stdout.toString('utf8').split('\n').includes(INCLUDED))
      await repository.git(['config', '--local', '--add', 'include.path', INCLUDED]);
    if ((await readHooksPath(repository)).inEffect === 'own') return;
  }
  const local = await repository.git(['config', '--local', '--get', 'core.hooksPath'], { codes: [0, 1] });
  writeOwnFile(
    rememberedFile(repository),
    local.code === 0 ? `local ${local.stdout.toString('utf8').replace(/\n$/, '')}` : `other ${theirs ?? ''}`,
  );
  await repository.git(['config', '--local', 'core.hooksPath', folder]);
}

/** Lets git look where it would without us. Throws a GitError or a file-system error. */
export async function stopUsingOwnFolder(repository: Repository): Promise<void> {
  await stopIncluding(repository);
  await putBackTheirs(repository);
  rmSync(path.join(ownFolder(repository), path.posix.basename(INCLUDED)), { force: true });
}

async function stopIncluding(repository: Repository): Promise<void> {
  if (!readStateFile(path.join(repository.commonDir, 'config')).includes(INCLUDED)) return;
  const pattern = `^${INCLUDED.replaceAll('.', '\\.')}$`;
  await repository.git(['config', '--local', '--unset-all', 'include.path', pattern], { codes: [0, 5] });
}

/** Where ours was set in place of theirs, and nobody has set another since. */
async function putBackTheirs(repository: Repository): Promise<void> {
  const file = rememberedFile(repository);
  if (!existsSync(file)) return;
  const before = readFileSync(file, 'utf8');
  const configured = await repository.git(['config', '--local', '--get', 'core.hooksPath'], { codes: [0, 1] });
  if (
    configured.code === 0 &&
    path.resolve(repository.root, configured.stdout.toString('utf8').trim()) === ownFolder(repository)
  ) {
    if (before.startsWith('local ')) await repository.git(['config', '--local', 'core.hooksPath', before.slice(6)]);
    else await repository.git(['config', '--local', '--unset-all', 'core.hooksPath'], { codes: [0, 5] });
  }
  rmSync(file, { force: true });
}
