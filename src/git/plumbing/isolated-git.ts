/**
 * git's objects seen through an empty repository: no configuration and no attributes, neither of the user nor of the
 * branch, can hide lines from the counts (I2 in docs/dev/attribution.md). Only for commands that read objects by id.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataPlace, makeDataFolder, writeOwnFile } from '../../base/files';
import { withAlternates } from './alternates-variable';
import { readStateFile } from './best-effort-state-file';
import type { Repository } from './repository';
import { GitError, isGitError, runGit, streamGit, type GitOptions, type GitResult } from './run-git';
import { NULL_DEVICE } from '../../base/platform';

const isSha256 = (repository: Repository): boolean => /objectformat\s*=\s*sha256/i.test(configOf(repository));

/** Id of the empty tree, in the repository's object format. */
export const emptyTree = (repository: Repository): string =>
  isSha256(repository)
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const elsewhere = new Map<string, string>();

/** Where the empty repository is: next to the real one, or for this process only when that is not writable. */
function bareView(repository: Repository): string {
  try {
    return makeView(repository, dataPlace(repository.commonDir, 'plain.git'));
  } catch {
    const known = elsewhere.get(repository.commonDir);
    if (known !== undefined) return known;
    const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-plain-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    elsewhere.set(repository.commonDir, folder);
    return makeView(repository, folder);
  }
}

function makeView(repository: Repository, view: string): string {
  const [head, config] = [path.join(view, 'HEAD'), path.join(view, 'config')];
  // A copy of the repository may lack any of it, empty folders above all: git would take the rest for no repository.
  makeDataFolder(path.join(view, 'refs'));
  makeDataFolder(path.join(view, 'objects'));
  const format = isSha256(repository)
    ? '\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n'
    : '\trepositoryformatversion = 0\n\tbare = true\n';
  for (const [file, text] of [
    [config, `[core]\n${format}`],
    [head, 'ref: refs/heads/none\n'],
  ] as const)
    if (readStateFile(file) !== text) writeOwnFile(file, text);
  return view;
}

/**
 * The environment of a git that sees no configuration, no attributes and nothing of the calling process; `undefined`
 * removes a variable.
 */
export const ISOLATED_ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  GIT_WORK_TREE: undefined,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: NULL_DEVICE,
  GIT_CONFIG_PARAMETERS: undefined,
  GIT_CONFIG_COUNT: undefined,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_ATTR_SOURCE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_EXTERNAL_DIFF: undefined,
  GIT_DIFF_OPTS: undefined,
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** A user has attributes outside of any configuration too: $XDG_CONFIG_HOME/git/attributes (gitattributes(5)). */
export const ISOLATED_OPTIONS = ['-c', 'core.attributesFile=/dev/null'];

type PlainOptions = Omit<GitOptions, 'cwd'> & { readonly objects?: string };

/** Runs git on the repository's objects alone. `objects` adds a folder with additional objects. Throws a GitError. */
export async function isolatedGit(
  repository: Repository,
  args: readonly string[],
  options: PlainOptions = {},
): Promise<GitResult> {
  return runGit([...ISOLATED_OPTIONS, ...args], plainly(repository, options)).catch((error: unknown) => {
    throw explained(repository, error);
  });
}

/** The same, streaming what git writes. */
export async function* isolatedStream(
  repository: Repository,
  args: readonly string[],
  options: PlainOptions = {},
): AsyncGenerator<Buffer, undefined> {
  try {
    yield* streamGit([...ISOLATED_OPTIONS, ...args], plainly(repository, options));
  } catch (error) {
    throw explained(repository, error);
  }
}

function plainly(repository: Repository, options: PlainOptions): GitOptions {
  const view = bareView(repository);
  const real = path.join(repository.commonDir, 'objects');
  const extra = options.objects;
  return {
    ...(repository.start ? { start: repository.start } : {}),
    ...options,
    // A folder without files: instead of a blob, git would read the work tree's file that it considers equal, with its
    // conversions.
    cwd: view,
    env: {
      GIT_DIR: view,
      GIT_INDEX_FILE: undefined,
      GIT_OBJECT_DIRECTORY: extra ?? real,
      GIT_ALTERNATE_OBJECT_DIRECTORIES:
        extra === undefined ? process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] : withAlternates(repository),
      ...ISOLATED_ENVIRONMENT,
      ...options.env,
    },
  };
}

const explained = (repository: Repository, error: unknown): unknown =>
  isGitError(error) && /unable to read (?:tree )?[0-9a-f]{40}/.test(error.message) && isPartial(repository)
    ? new GitError('failed', LEFT_OUT, error.result)
    : error;

const LEFT_OUT =
  'This clone leaves contents out (git clone --filter), and one that is needed here is not there yet. Nothing is fetched by itself; "git log -p" over the commits in question brings it, then ask again.';

/** Whether git would fetch contents that are missing (git-clone(1), `--filter`). */
const isPartial = (repository: Repository): boolean => /partialclone/i.test(configOf(repository));

const configOf = ({ commonDir }: Repository): string => readStateFile(path.join(commonDir, 'config'));
