/**
 * Installs our hooks into a repository and removes them again, byte for byte. Our part of a hook's file is a block;
 * lines that others add to the file stay.
 *
 * Without `core.hooksPath` they go into the repository's own hooks folder; an existing hook is kept next to ours and
 * runs first. Where a hooks folder is configured (husky and similar tools point it into the work tree), nothing is
 * written into it: the repository's setting is pointed at a folder of ours, which runs ours and then theirs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeOwnFile } from '../../journal';
import type { Repository } from '../plumbing/repository';
import { installBlock, keptBeside, readBlock, removeBlock, wordsForKept } from './hook-file';
import { lfsState, type LfsState } from './lfs';
import { forgetProgram, saveProgram } from './program-record';
import { quoted, type Runtime } from './runtime';
import { hookBlock, HOOKS, isProgramsBlock, passOnBlock, withoutNode, type HookName } from './script';
import { whyNotUnderstood } from './trial';

export type HooksState = 'installed' | 'outdated' | 'partly' | 'absent' | 'displaced';

/** What an installation did, for people. */
export interface HooksReport {
  readonly folder: string;
  /** Hooks that were there before and run first. */
  readonly kept: readonly string[];
  readonly lfs: LfsState;
}

/** Hooks could not be installed or removed; the message says where and how to fix it. */
export class HooksError extends Error {
  override readonly name = 'HooksError';
  constructor(
    readonly reason: 'not-writable' | 'not-understood',
    message: string,
  ) {
    super(message);
  }
}

/** Every hook git knows for a work tree (githooks(5)), to pass on to a configured folder. */
const GIT_HOOKS = [
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'pre-rebase',
  'post-checkout',
  'post-merge',
  'pre-push',
  'reference-transaction',
  'push-to-checkout',
  'pre-auto-gc',
  'post-rewrite',
  'sendemail-validate',
  'fsmonitor-watchman',
  'post-index-change',
];
/** These slow git down on every ref or index change: passed on only when they exist. */
const COSTLY = new Set(['reference-transaction', 'post-index-change', 'fsmonitor-watchman']);

const ourFolder = (repository: Repository): string => path.join(repository.commonDir, 'linekeeper', 'hooks');
const rememberedFile = (repository: Repository): string => path.join(repository.commonDir, 'linekeeper', 'hooks-path');

/**
 * Writes the hooks; a second call only renews them. Recording is begun by the caller (`installGitHooks` of `commits`).
 * Throws a HooksError or a GitError.
 */
export async function writeGitHooks(repository: Repository, runtime: Runtime): Promise<HooksReport> {
  const configured = await configuredFolder(repository);
  const why = await whyNotUnderstood(repository, HOOKS.map((name) => hookBlock(name, runtime, [])).join(''));
  if (why !== undefined)
    throw new HooksError(
      'not-understood',
      `The git hooks were not installed, because the sh that git would run them with does not understand them and commits could fail (${why}). Please report this with the output of "ls -l /bin/sh".`,
    );
  saveProgram(repository, runtime);
  try {
    if (configured === undefined || configured === 'ours')
      return configured === 'ours'
        ? installOwn(repository, runtime, rememberedFolder(repository))
        : installBeside(repository, runtime);
    return await installInstead(repository, runtime, configured);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new HooksError(
        'not-writable',
        `The git hooks of ${repository.root} could not be written (${error.message}). Please check the permissions of ${repository.commonDir}.`,
      );
    throw error;
  }
}

/**
 * Removes the hooks; answers with the files that hold lines of others, which stay. Throws a HooksError or a GitError.
 */
export async function uninstallGitHooks(repository: Repository): Promise<readonly string[]> {
  const remembered = rememberedFile(repository);
  const own = ourFolder(repository);
  try {
    forgetProgram(repository);
    const left: string[] = [];
    if (existsSync(remembered)) {
      const before = readFileSync(remembered, 'utf8');
      const now = await repository.git(['config', '--local', '--get', 'core.hooksPath'], { codes: [0, 1] });
      // Only our own setting is removed: somebody may have set another one since.
      if (now.code === 0 && path.resolve(repository.root, now.stdout.toString('utf8').trim()) === own) {
        if (before.startsWith('local ')) await repository.git(['config', '--local', 'core.hooksPath', before.slice(6)]);
        else await repository.git(['config', '--local', '--unset-all', 'core.hooksPath'], { codes: [0, 5] });
      }
      for (const name of existsSync(own) ? readdirSync(own) : []) removeBlock(path.join(own, name), () => '');
      if (existsSync(own)) left.push(...readdirSync(own).map((name) => path.join(own, name)));
      if (left.length === 0 && existsSync(own)) rmdirSync(own);
      rmSync(remembered, { force: true });
    }
    for (const name of HOOKS) {
      const file = path.join(repository.commonDir, 'hooks', name);
      if (removeBlock(file, (kept) => passOnBlock(name, kept)) === 'lines-kept') left.push(file);
    }
    return left;
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error.name === 'GitError'))
      throw new HooksError(
        'not-writable',
        `The git hooks of ${repository.root} could not be taken out (${error.message}). Please check the permissions of ${repository.commonDir}.`,
      );
    throw error;
  }
}

/** Whether git would run our hooks now. `displaced`: another tool has pointed git at its own hooks since. */
export async function gitHooksState(repository: Repository, runtime?: Runtime): Promise<HooksState> {
  const configured = await configuredFolder(repository);
  const folder = configured === 'ours' ? ourFolder(repository) : path.join(repository.commonDir, 'hooks');
  const blocks = HOOKS.flatMap((name) => {
    const block = readBlock(path.join(folder, name));
    return block !== undefined && isProgramsBlock(block) ? [{ name, block }] : [];
  });
  if (configured !== undefined && configured !== 'ours')
    return blocks.length > 0 || existsSync(rememberedFile(repository)) ? 'displaced' : 'absent';
  if (blocks.length === 0) return 'absent';
  if (blocks.length < HOOKS.length) return 'partly';
  if (runtime === undefined) return 'installed';
  const theirs = configured === 'ours' ? rememberedFolder(repository) : undefined;
  // Any Node will do; the command line must be this one.
  const isCurrent = blocks.every(
    ({ name, block }) =>
      withoutNode(block) === withoutNode(hookBlock(name, runtime, wordsBefore(path.join(folder, name), theirs))),
  );
  return isCurrent ? 'installed' : 'outdated';
}

/** What becomes of the files of Git LFS at a push, by the hooks that git runs now. */
export async function lfsHooksState(repository: Repository): Promise<LfsState> {
  const configured = await configuredFolder(repository);
  return lfsState(repository, configured === 'ours' ? ourFolder(repository) : path.join(repository.commonDir, 'hooks'));
}

/** The folder that `core.hooksPath` names: undefined when unset, `ours`, or an absolute path and where it is set. */
async function configuredFolder(
  repository: Repository,
): Promise<'ours' | { readonly folder: string; readonly local: string | undefined } | undefined> {
  const value = await repository.git(['config', '--type=path', '--get', 'core.hooksPath'], { codes: [0, 1] });
  if (value.code !== 0) return undefined;
  const text = value.stdout.toString('utf8').replace(/\n$/, '');
  if (text === '') return undefined;
  const folder = path.resolve(repository.root, text);
  if (folder === ourFolder(repository)) return 'ours';
  if (folder === path.join(repository.commonDir, 'hooks')) return undefined;
  const local = await repository.git(['config', '--local', '--get', 'core.hooksPath'], { codes: [0, 1] });
  return { folder, local: local.code === 0 ? local.stdout.toString('utf8').replace(/\n$/, '') : undefined };
}

function installBeside(repository: Repository, runtime: Runtime): HooksReport {
  const folder = path.join(repository.commonDir, 'hooks');
  mkdirSync(folder, { recursive: true });
  for (const name of HOOKS) installBlock(path.join(folder, name), (kept) => hookBlock(name, runtime, kept));
  const kept = HOOKS.filter((name) => keptBeside(path.join(folder, name)).length > 0);
  return { folder, kept, lfs: lfsState(repository, folder) };
}

async function installInstead(
  repository: Repository,
  runtime: Runtime,
  configured: { readonly folder: string; readonly local: string | undefined },
): Promise<HooksReport> {
  writeOwnFile(
    rememberedFile(repository),
    configured.local === undefined ? `other ${configured.folder}` : `local ${configured.local}`,
  );
  const report = installOwn(repository, runtime, configured.folder);
  await repository.git(['config', '--local', 'core.hooksPath', ourFolder(repository)]);
  return report;
}

/** The folder that was configured before ours. */
function rememberedFolder(repository: Repository): string {
  const file = rememberedFile(repository);
  const remembered = existsSync(file) ? readFileSync(file, 'utf8').replace(/^(?:local|other) /, '') : '';
  return path.resolve(repository.root, remembered);
}

/** Shell words for the hooks that run before ours: those next to it, and the one in the folder configured before. */
const wordsBefore = (file: string, theirs: string | undefined): string[] => [
  ...wordsForKept(file),
  ...(theirs === undefined ? [] : [quoted(path.join(theirs, path.basename(file)))]),
];

function installOwn(repository: Repository, runtime: Runtime, theirs: string): HooksReport {
  const folder = ourFolder(repository);
  mkdirSync(folder, { recursive: true });
  const there = existsSync(theirs) ? new Set(readdirSync(theirs)) : new Set<string>();
  for (const name of GIT_HOOKS) {
    const file = path.join(folder, name);
    if (isHook(name)) installBlock(file, () => hookBlock(name, runtime, wordsBefore(file, theirs)));
    else if (!COSTLY.has(name) || there.has(name))
      installBlock(file, () => passOnBlock(name, wordsBefore(file, theirs)));
    else removeBlock(file, (kept) => passOnBlock(name, kept));
  }
  return { folder, kept: GIT_HOOKS.filter((name) => there.has(name)), lfs: lfsState(repository, folder) };
}

const isHook = (name: string): name is HookName => (HOOKS as readonly string[]).includes(name);
