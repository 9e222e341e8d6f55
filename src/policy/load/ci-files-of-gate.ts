/**
 * The CI files of a commit that run Linekeeper, by themselves or by what they call: a reusable workflow, a local action,
 * an included file. Whoever changes one of them can take the gate away.
 */
import { outputNames, isolatedGit, readBlobs, type Repository } from '../../git';
import { ciReferences, compileGlob, foldPath, isCiFile } from '..';

/** A called file may call others, and those are followed too; what they call is not. */
const LEVELS_DEEP = 2;
/** More files than this are not read for one commit. */
const READ_AT_MOST = 1_000;

/** Where the CI systems that can call files look for their own. */
const FOLDERS = [
  '.github',
  '.gitea',
  '.forgejo',
  '.gitlab',
  '.gitlab-ci.yml',
  '.azure-pipelines',
  '.azuredevops',
  'azure-pipelines.yml',
  'azure-pipelines.yaml',
] as const;

/** Whether a file may be one: other changes need no look at the CI files. */
export const mayBeCalledByCi = (path: string): boolean => isCiFile(path) || /\.ya?ml$/i.test(path);

/** Which paths are such files, or belong to such an action. */
type OwnCiFiles = (path: string) => boolean;

/** `changed`: further files to begin with, if they are CI files. Throws a GitError. */
export async function ownCiFiles(
  repository: Repository,
  commit: string,
  changed: readonly string[],
): Promise<OwnCiFiles> {
  const read = new Map<string, { readonly names: boolean; readonly calls: readonly string[] }>();
  let next = await listed(repository, commit, [...FOLDERS, ...changed.filter(isCiFile)], isCiFile);
  for (let level = 0; level <= LEVELS_DEEP && next.length > 0; level++) {
    const files = next.filter(({ path }) => !read.has(path)).slice(0, Math.max(0, READ_AT_MOST - read.size));
    const blobs = await readBlobs(
      repository,
      files.map(({ id }) => id),
    );
    const called: string[] = [];
    for (const { path, id } of files) {
      const text = blobs.get(id)?.toString('latin1') ?? '';
      const calls = level === LEVELS_DEEP ? [] : ciReferences(text, path);
      read.set(path, { names: /linekeeper/i.test(text), calls });
      called.push(...calls);
    }
    next = await resolved(repository, commit, called);
  }
  const named = new Set([...read].flatMap(([path, { names }]) => (names ? [path] : [])));
  for (let round = 0; round < LEVELS_DEEP; round++)
    for (const [path, { calls }] of read)
      if (!named.has(path) && calls.some((call) => [...named].some((one) => isMeant(call, one)))) named.add(path);
  const actions = [...named].flatMap((path) => /^(.+\/)action\.ya?ml$/i.exec(path)?.[1] ?? []);
  return (path) => named.has(path) || actions.some((folder) => path.startsWith(folder));
}

const isPattern = (name: string): boolean => name.includes('*');

const isMeant = (call: string, path: string): boolean =>
  isPattern(call) ? compileGlob(`/${call}`).matches(foldPath(path)) : call === path;

/** The files that calls mean: a pattern may mean several, and most names mean nothing. */
async function resolved(repository: Repository, commit: string, calls: readonly string[]): Promise<readonly File[]> {
  const patterns = calls.filter(isPattern);
  const exact = new Set(calls.filter((call) => !isPattern(call)));
  const folders = patterns.map((call) => call.slice(0, call.indexOf('*')).replace(/[^/]*$/, ''));
  return listed(
    repository,
    commit,
    [...exact, ...folders.map((folder) => (folder === '' ? '.' : folder))],
    (path) => exact.has(path) || patterns.some((pattern) => isMeant(pattern, path)),
  );
}

interface File {
  readonly path: string;
  readonly id: string;
}

/** The wanted plain files at or below some paths. */
async function listed(
  repository: Repository,
  commit: string,
  paths: readonly string[],
  isWanted: (path: string) => boolean,
): Promise<readonly File[]> {
  if (paths.length === 0) return [];
  const named = new Set(paths.map((path) => path.replace(/\/$/, '')));
  const { stdout } = await isolatedGit(repository, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...named]);
  return outputNames(stdout).flatMap((entry): File[] => {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t([^]+)$/.exec(entry) ?? [];
    return id !== undefined && path !== undefined && isWanted(path) ? [{ path, id }] : [];
  });
}
