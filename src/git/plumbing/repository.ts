/**
 * One git work tree: where things are, and git run in it.
 */
import { existsSync, lstatSync, readFileSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { attempt, FILE_SYSTEM, leadsOut, realPath } from '../../base/platform';
import { readStateFile } from './best-effort-state-file';
import { headOf, refNow } from './head-and-branch';
import { readLoose } from './read-loose-object';
import { runGit, type GitOptions, type GitResult, type Start } from './run-git';

/** Folders of a work tree, absolute and without symbolic links. */
export interface Places {
  /** Top of the work tree. */
  readonly root: string;
  /** The work tree's own git directory (`.git`, or `.git/worktrees/NAME`). */
  readonly gitDir: string;
  /** The git directory shared by all work trees. */
  readonly commonDir: string;
}

/**
 * Finds the work tree that a folder is in without starting git; undefined when there is none. Ignores environment
 * variables.
 */
export function findPlaces(folder: string): Places | undefined {
  let here: string;
  try {
    here = realPath(folder);
  } catch {
    return undefined;
  }
  for (;;) {
    const dotGit = path.join(here, '.git');
    try {
      const kind = lstatSync(dotGit, { throwIfNoEntry: false });
      const gitDir = kind && folderAt(dotGit, kind);
      if (gitDir !== undefined && isGitDir(gitDir)) {
        // As in git, what lies around a bare repository is no work tree, whatever `.git` leads there.
        if (isBare(gitDir)) return undefined;
        const isReal = kind?.isDirectory() === true && !FILE_SYSTEM.manyNames; // `here` is
        const real = isReal ? gitDir : realPath(gitDir);
        const common = commonOf(gitDir);
        return { root: here, gitDir: real, commonDir: common === gitDir ? real : realPath(common) };
      }
    } catch {
      // no .git here, or one that cannot be read: look further up, as git does
    }
    const up = path.dirname(here);
    if (up === here) return undefined;
    here = up;
  }
}

/**
 * The work tree that `GIT_DIR` and `GIT_WORK_TREE` name (git(1)), for a folder in it; undefined when they name none.
 * Without the second, the work tree is the folder where git is started.
 */
function namedPlaces(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Places | undefined {
  if (!env['GIT_DIR']) return undefined;
  try {
    const gitDir = realPath(path.resolve(cwd, env['GIT_DIR']));
    const root = realPath(path.resolve(cwd, env['GIT_WORK_TREE'] ?? '.'));
    const inside = path.relative(root, realPath(folder));
    return isGitDir(gitDir) &&
      root !== gitDir &&
      !leadsOut(inside) &&
      !(env['GIT_WORK_TREE'] === undefined && isBare(gitDir))
      ? { root, gitDir, commonDir: realPath(commonOf(gitDir)) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The bare repository that a folder is in, or that its `.git` leads to; undefined when there is none. */
export function bareFolder(folder: string): string | undefined {
  for (let here = path.resolve(folder); ; here = path.dirname(here)) {
    if (['HEAD', 'objects', 'refs'].every((name) => existsSync(path.join(here, name)))) return here;
    try {
      const dotGit = path.join(here, '.git');
      const gitDir = statSync(dotGit).isDirectory() ? dotGit : linkedDir(dotGit);
      if (gitDir !== undefined && isGitDir(gitDir) && isBare(gitDir)) return gitDir;
    } catch {
      // no .git here
    }
    if (path.dirname(here) === here) return undefined;
  }
}

/** Whether a git directory has no work tree of its own (`core.bare`). Reads its files, and starts no git. */
function isBare(gitDir: string): boolean {
  if (existsSync(path.join(gitDir, 'commondir'))) return false; // that of a linked work tree
  // Where work trees have a configuration of their own, `git worktree` moves the setting there.
  return ['config.worktree', 'config'].some((name) =>
    /^\[core\][^[]*?^\s*bare\s*(?:=\s*(?:true|yes|on|1)\s*)?$/im.test(readStateFile(path.join(gitDir, name))),
  );
}

/** The git directory that a `.git` is or leads to. */
const folderAt = (dotGit: string, kind: Stats): string | undefined =>
  kind.isDirectory() || (kind.isSymbolicLink() && statSync(dotGit).isDirectory()) ? dotGit : linkedDir(dotGit);

function linkedDir(file: string): string | undefined {
  const match = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(file, 'utf8'));
  return match?.[1] === undefined ? undefined : path.resolve(path.dirname(file), match[1]);
}

function isGitDir(dir: string): boolean {
  try {
    lstatSync(path.join(dir, 'HEAD'));
    return true;
  } catch {
    return false;
  }
}

function commonOf(gitDir: string): string {
  const file = path.join(gitDir, 'commondir');
  return attempt(() => (existsSync(file) ? path.resolve(gitDir, readFileSync(file, 'utf8').trim()) : gitDir), gitDir);
}

function sameFolder(a: string, b: string): boolean {
  return attempt(() => realPath(a) === b, false);
}

/** A work tree and git run at its top. */
export class Repository {
  readonly root: string;
  readonly gitDir: string;
  readonly commonDir: string;
  /** `start`: how its git processes are started; a program that has nothing else to do may wait for them. */
  constructor(
    places: Places,
    readonly start?: Start,
  ) {
    this.root = places.root;
    this.gitDir = places.gitDir;
    this.commonDir = places.commonDir;
  }

  /** The work tree that `folder` is in, or undefined. */
  static find(folder: string, start?: Start): Repository | undefined {
    const places = findPlaces(folder);
    return places && new Repository(places, start);
  }

  /** The same for a folder that may not exist yet: uses its nearest existing parent. */
  static around(folder: string): Repository | undefined {
    for (let here = folder; ; here = path.dirname(here)) {
      const found = Repository.find(here);
      if (found || path.dirname(here) === here) return found;
    }
  }

  /** The same for a work tree that the environment names. */
  static named(
    folder: string,
    env: Readonly<Record<string, string | undefined>>,
    cwd: string,
    start?: Start,
  ): Repository | undefined {
    const places = namedPlaces(folder, env, cwd);
    return places && new Repository(places, start);
  }

  /** The same repository, with git processes that run in parallel with each other and with this program. */
  beside(): Repository {
    return new Repository(this);
  }

  /** Runs git at the top of this work tree. Throws a GitError. */
  async git(args: readonly string[], options: Omit<GitOptions, 'cwd'> = {}): Promise<GitResult> {
    return runGit(args, {
      cwd: this.root,
      ...(this.start ? { start: this.start } : {}),
      ...options,
      env: { ...this.without(), ...options.env },
    });
  }

  /**
   * Asks git whether it reads this repository, where another user owns it: without that, what reads files alone would
   * answer as if there were nothing. Throws a {@link GitError} that says what git says, and what to do.
   */
  async refuseAnotherOwners(): Promise<void> {
    if (this.isOwn()) return;
    await this.git(['rev-parse', '--git-dir'], { codes: [0, 128] });
  }

  /** Whether git would see without looking further that this is ours (git-config(1), `safe.directory`). */
  private isOwn(): boolean {
    if (process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] !== undefined) return false; // git's own tests
    const user = process.geteuid?.();
    if (user === undefined) return true; // Windows has owners of another kind, and each question of git is answered there
    return [this.root, path.join(this.root, '.git'), this.gitDir].every((place) => {
      const stats = lstatSync(place, { throwIfNoEntry: false });
      return stats === undefined || stats.uid === user;
    });
  }

  /** Clears what a git of another repository, such as one whose hook started us, has put into the environment. */
  private without(): Readonly<Record<string, string | undefined>> {
    const named = process.env['GIT_DIR'];
    if (named === undefined) return {};
    // git is started in another folder than we were, so a relative name would mean something else.
    if (sameFolder(named, this.gitDir))
      return path.isAbsolute(named)
        ? {}
        : { GIT_DIR: this.gitDir, ...(process.env['GIT_WORK_TREE'] === undefined ? {} : { GIT_WORK_TREE: this.root }) };
    return Object.fromEntries(
      [
        'GIT_DIR',
        'GIT_WORK_TREE',
        'GIT_INDEX_FILE',
        'GIT_OBJECT_DIRECTORY',
        'GIT_ALTERNATE_OBJECT_DIRECTORIES',
        'GIT_COMMON_DIR',
        'GIT_PREFIX',
        'GIT_NAMESPACE',
      ].map((name) => [name, undefined]),
    );
  }

  /** What git wrote to standard output, as text without the last line break. Throws a GitError. */
  async text(args: readonly string[], options: Omit<GitOptions, 'cwd'> = {}): Promise<string> {
    return (await this.git(args, options)).stdout.toString('utf8').replace(/\n$/, '');
  }

  /** The address of whoever commits here (`user.email`); empty where none is configured. Throws a GitError. */
  async userEmail(): Promise<string> {
    return (await this.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim();
  }

  /** The full id of the commit that `revision` names; undefined when it names none. */
  async commitId(revision: string): Promise<string | undefined> {
    const head = revision === 'HEAD' ? headOf(this) : undefined;
    if (head !== undefined) return head;
    const id = refNow(this, revision) ?? revision;
    if ((await readLoose(this, [id])).get(id)?.kind === 'commit') return id;
    const answer = await this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], {
      codes: [0, 1, 128],
    });
    return answer.code === 0 ? answer.stdout.toString('utf8').trim() : undefined;
  }

  /** Whether a ref, such as `refs/notes/ai`, is here, whatever it names. Throws a GitError. */
  async hasRef(ref: string): Promise<boolean> {
    const id = refNow(this, ref);
    if (id !== undefined) return id !== null;
    return (await this.git(['rev-parse', '--verify', '--quiet', ref], { codes: [0, 1] })).code === 0;
  }
}
