/** The base branch's policy, found without running git unless the branch moved. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, writeWhole } from '../../base/files';
import { baseRemote, parseEntries, refNow, type Repository, type TreeEntry } from '../../git';
import { POLICY_PATH } from '..';
import { OBJECT_ID } from '../../base/patterns';

/** The ref that a clone keeps for a remote's default branch (git-remote(1), set-head). */
const headOfRemote = (remote: string): string => `refs/remotes/${remote}/HEAD`;

/** That of the remote whose default branch is the base. The configuration is only read if `origin` has none. */
export const baseRef = (repository: Repository): string =>
  headOfRemote(existsSync(path.join(repository.commonDir, headOfRemote('origin'))) ? 'origin' : baseRemote(repository));

/** The same by its short name, such as `origin/HEAD`. */
export const baseHead = (repository: Repository): string => baseRef(repository).slice('refs/remotes/'.length);

/** Finds the base of a clone that has none, also of one that has only another branch (git-clone(1), --single-branch). */
export const commandToFindBase = (remote: string): string =>
  `git remote set-branches ${remote} "*" && git fetch ${remote} && git remote set-head ${remote} --auto`;

/** What the base is called: `origin/main`, else {@link baseHead}. */
export const baseName = (repository: Repository): string => baseBranch(repository)?.name ?? baseHead(repository);

/** Where compiled policies are kept. */
export const cacheOf = (repository: Repository): string => dataPlace(repository.commonDir, 'policy');

/**
 * The base branch's tree entry for the policy, and the branch's name, such as `origin/main`; undefined when either does
 * not exist. At most one git call.
 */
export async function baseEntry(repository: Repository): Promise<(TreeEntry & BaseName) | undefined> {
  const base = baseBranch(repository);
  if (base === undefined) return undefined;
  const entry = readKept(repository, base.commit) ?? (await askGit(repository, base.commit));
  return entry === 'none' ? undefined : { name: base.name, commit: base.commit, ref: baseRef(repository), ...entry };
}

interface BaseName {
  readonly name: string;
  /** Its id, when found without running git. */
  readonly commit: string | undefined;
  readonly ref: string;
}

type Found = TreeEntry | 'none';

async function askGit(repository: Repository, commit: string | undefined): Promise<Found> {
  const answer = await repository.git(
    ['ls-tree', '-z', '--full-tree', commit ?? baseRef(repository), '--', POLICY_PATH],
    {
      codes: [0, 128],
      env: { GIT_NO_REPLACE_OBJECTS: '1' },
    },
  );
  if (answer.code !== 0) return 'none';
  const entry = parseEntries(answer.stdout, [POLICY_PATH]).get(POLICY_PATH) ?? 'none';
  if (commit !== undefined) keep(repository, commit, entry);
  return entry;
}

/** Its name, and its commit when that can be read without running git. */
export function baseBranch(repository: Repository): { readonly name: string; readonly commit?: string } | undefined {
  const ref = baseRef(repository);
  const head = baseHead(repository);
  const remote = head.slice(0, -'/HEAD'.length);
  let text: string;
  try {
    text = readFileSync(path.join(repository.commonDir, ref), 'utf8');
  } catch {
    return existsSync(path.join(repository.commonDir, 'reftable')) ? { name: head } : usualBranch(repository, remote);
  }
  const short = /^ref: refs\/remotes\/(\S+)\s*$/.exec(text)?.[1];
  if (short === undefined) return { name: head };
  const commit = refNow(repository, `refs/remotes/${short}`);
  if (commit === null) return usualBranch(repository, remote) ?? { name: short }; // renamed on the remote, and pruned here
  return { name: short, ...(commit === undefined ? {} : { commit }) };
}

/** Where the remote's HEAD names no branch, as in a clone of one branch: the one with a usual name, unless two have one. */
function usualBranch(
  repository: Repository,
  remote: string,
): { readonly name: string; readonly commit: string } | undefined {
  const found = ['main', 'master'].flatMap((branch) => {
    const name = `${remote}/${branch}`;
    const commit = refNow(repository, `refs/remotes/${name}`);
    return typeof commit === 'string' ? [{ name, commit }] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The tip of the base branch, if known. Throws a GitError. */
export async function baseCommit(repository: Repository): Promise<string | undefined> {
  const base = baseBranch(repository);
  return base === undefined ? undefined : (base.commit ?? (await repository.commitId(baseRef(repository))));
}

/** One line: the commit, then mode and id of the policy in it, or `none`. */
const keptFile = (repository: Repository): string => path.join(cacheOf(repository), 'base');

function readKept(repository: Repository, commit: string | undefined): Found | undefined {
  if (commit === undefined) return undefined;
  try {
    const [at, mode = '', id = ''] = readFileSync(keptFile(repository), 'utf8').trim().split(' ');
    if (at !== commit) return undefined;
    if (mode === 'none') return 'none';
    return /^\d{6}$/.test(mode) && OBJECT_ID.test(id) ? { mode, id } : undefined;
  } catch {
    return undefined;
  }
}

function keep(repository: Repository, commit: string, entry: Found): void {
  const file = keptFile(repository);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeWhole(file, `${commit} ${entry === 'none' ? entry : `${entry.mode} ${entry.id}`}\n`);
  } catch {
    // it is found out again next time
  }
}
