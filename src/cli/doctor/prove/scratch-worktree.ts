/**
 * A scratch work tree of the same repository: its git hooks are the repository's, its journal is its own. It has no
 * files until some are created, whatever the size of the repository. What is done there leaves nothing behind.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataPlace } from '../../../base/files';
import { removeDrafts, NOTES_REF, WRITTEN_NOTES_REF } from '../../../provenance/commits';
import { isGitError, readStateFile, Repository, writeStateFile } from '../../../git';
import { CannotSay } from '../../verb';

export interface Scratch {
  readonly repository: Repository;
  /** The commit it started from. */
  readonly base: string;
  /** Commits the current content of a file, with the repository's hooks. Throws a GitError. */
  commit(name: string): Promise<Committed>;
  /** What could not be removed, as a sentence for people; undefined when nothing is left. */
  remove(): Promise<string | undefined>;
}

interface Committed {
  readonly id: string;
  /** By git and its hooks. */
  readonly said: string;
}

/** Throws a {@link CannotSay} when no such work tree can be created, or a GitError. */
export async function openScratch(repository: Repository): Promise<Scratch> {
  const base = await repository.commitId('HEAD');
  if (base === undefined)
    throw new CannotSay('There is no commit yet to try anything on. Make a first commit, then ask again.');
  const notes = await refNow(repository, NOTES_REF);
  const written = await refNow(repository, WRITTEN_NOTES_REF);
  const stored = dataPlace(repository.commonDir);
  const seen = keepFolder(path.join(stored, 'seen'));
  const files = ['amendable', 'untold'].map((name) => keepFile(path.join(stored, name)));
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-prove-')));
  const folder = path.join(parent, 'scratch');
  const commits: string[] = [];
  const remove = async (): Promise<string | undefined> => {
    const scratch = Repository.find(folder);
    if (scratch) removeDrafts(scratch);
    const failure = await removeWorktree(repository, folder, parent);
    await forgetNotes(repository, notes, commits);
    await putBack(repository, WRITTEN_NOTES_REF, (await refNow(repository, NOTES_REF)) === notes ? written : null);
    seen.restore();
    files.forEach((file) => file.restore());
    return failure;
  };
  try {
    await repository.git(['worktree', 'add', '--quiet', '--detach', '--no-checkout', folder, base]);
    const found = Repository.find(folder);
    if (!found) throw new CannotSay(`The work tree ${folder} that git made cannot be found.`);
    await found.git(['read-tree', base]);
    const { stdout } = await found.git(['ls-files', '-z']);
    await found.git(['update-index', '-z', '--skip-worktree', '--stdin'], { input: stdout });
    return {
      repository: found,
      base,
      async commit(name) {
        await found.git(['add', '--force', '--sparse', '--', name], { codes: [0, 129] });
        await found.git(['add', '--force', '--', name]);
        const identity = [
          '-c',
          'user.name=Linekeeper',
          '-c',
          'user.email=canary@linekeeper.invalid',
          '-c',
          'commit.gpgSign=false',
        ];
        const { stderr } = await found.git(
          [...identity, 'commit', '--quiet', '--no-verify', '--message', 'Try the hooks'],
          // what goes on behind a commit would keep the folder busy
          { env: { LINEKEEPER_BACKGROUND: 'off' } },
        );
        const id = await found.commitId('HEAD');
        if (id === undefined) throw new CannotSay('git made no commit.');
        commits.push(id);
        return { id, said: stderr };
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** On Windows a program or a scanner may hold a file of it open: git then gives up at once, and Node tries again. */
async function removeWorktree(repository: Repository, folder: string, parent: string): Promise<string | undefined> {
  try {
    await repository.git(['worktree', 'remove', '--force', '--force', folder]);
  } catch (error) {
    if (!isGitError(error)) throw error;
  }
  try {
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch (error) {
    return `The folder ${parent}, in which this was tried, could not be removed (${error instanceof Error ? error.message : String(error)}). Delete it, and run "git worktree prune".`;
  }
  await repository.git(['worktree', 'prune']);
  return undefined;
}

/** Restores a ref of ours; null: deletes it. */
async function putBack(repository: Repository, ref: string, before: string | null): Promise<void> {
  if ((await refNow(repository, ref)) === before) return;
  await repository.git(before === null ? ['update-ref', '-d', ref] : ['update-ref', ref, before], {
    codes: [0, 1, 128],
  });
}

async function refNow(repository: Repository, ref: string): Promise<string | null> {
  const { code, stdout } = await repository.git(['rev-parse', '--verify', '--quiet', ref], { codes: [0, 1, 128] });
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

/**
 * Restores the notes ref; if others wrote notes meanwhile, only those of our commits are removed.
 */
async function forgetNotes(repository: Repository, before: string | null, commits: readonly string[]): Promise<void> {
  const tip = await refNow(repository, NOTES_REF);
  if (tip === before || tip === null || commits.length === 0) return;
  const changed =
    before === null
      ? await repository.text(['ls-tree', '-r', '--name-only', tip])
      : await repository.text(['diff-tree', '-r', '--name-only', '--no-renames', before, tip]);
  const others = changed
    .split('\n')
    .map((name) => name.replaceAll('/', ''))
    .filter((name) => name !== '' && !commits.includes(name));
  if (others.length > 0)
    await repository.git(['notes', `--ref=${NOTES_REF}`, 'remove', '--ignore-missing', ...commits]);
  else if (before === null) await repository.git(['update-ref', '-d', NOTES_REF, tip], { codes: [0, 1, 128] });
  else await repository.git(['update-ref', NOTES_REF, before, tip], { codes: [0, 1, 128] });
}

/** Saves a small file, or its absence, to restore it later. */
function keepFile(file: string): { restore(): void } {
  const before = readStateFile(file);
  return {
    restore() {
      if (before === '') rmSync(file, { force: true });
      else writeStateFile(file, before);
    },
  };
}

/** Saves a folder of small files, to restore it later. */
function keepFolder(folder: string): { restore(): void } {
  const files = existsSync(folder)
    ? readdirSync(folder).map((name) => ({
        name,
        text: readFileSync(path.join(folder, name)),
        at: statSync(path.join(folder, name)),
      }))
    : undefined;
  return {
    restore() {
      rmSync(folder, { recursive: true, force: true });
      if (files === undefined) return;
      mkdirSync(folder, { recursive: true });
      for (const { name, text, at } of files) {
        writeFileSync(path.join(folder, name), text);
        utimesSync(path.join(folder, name), at.atime, at.mtime);
      }
    },
  };
}
