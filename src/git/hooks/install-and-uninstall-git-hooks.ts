/**
 * Installs our hooks into a repository and removes them again, byte for byte. Our part of a hook's file is a block;
 * lines that others add to the file stay.
 *
 * Without `core.hooksPath` they go into the repository's own hooks folder; an existing hook is kept next to ours and
 * runs first. Where another folder is configured (husky and similar tools point it into the work tree), or a tool
 * removes hooks that it does not know, nothing is written there: git is pointed at a folder of ours, which runs theirs
 * and then ours.
 */
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../plumbing/repository';
import { installBlock, keptBeside, readBlock, removeBlock, wordsForKept } from './install-and-remove-hook-block';
import { HOOKS, type HookName } from './hook-names';
import { ownFolder, plainFolder, readHooksPath, stopUsingOwnFolder, useOwnFolder, type HooksPath } from './hooks-path';
import { forgetInstalled, rememberInstalled, wereInstalled } from './remember-installed-hooks';
import { usesSimpleGitHooks } from './hook-managers';
import { LOCK_HOOKS, needsLfs } from './git-lfs';
import {
  folderBeside,
  forgetProgram,
  registerClone,
  savedProgram,
  saveProgram,
} from './recorded-program-and-new-clones';
import { forgetRepository } from '../../base/launcher';
import { shellQuoted } from '../../base/platform';
import type { Runtime } from './command-line-runtime';
import { hookBlock, isProgramsBlock, passOnBlock, withoutNode } from './sh/compose-hook-blocks';
import { whyNotUnderstood } from './try-hooks-before-writing';

export type HooksState = 'installed' | 'outdated' | 'partly' | 'absent' | 'displaced';

/** What an installation did, for people. */
export interface HooksReport {
  readonly folder: string;
  /** Hooks that were there before and run first. */
  readonly kept: readonly string[];
  /** Ours do the work of the hooks of Git LFS. */
  readonly lfs: boolean;
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

/**
 * Writes the hooks; a second call only renews them. Recording is begun by the caller (`installGitHooks` of `commits`).
 * Throws a HooksError or a GitError.
 */
export async function writeGitHooks(repository: Repository, runtime: Runtime): Promise<HooksReport> {
  const place = await readHooksPath(repository);
  const why = await whyNotUnderstood(
    repository,
    Buffer.from(HOOKS.map((name) => hookBlock(name, runtime, [])).join(''), 'latin1').toString('utf8'),
  );
  if (why !== undefined)
    throw new HooksError(
      'not-understood',
      `The git hooks were not installed, because the sh that git would run them with does not understand them and commits could fail (${why}). Please report this with the output of "ls -l /bin/sh".`,
    );
  saveProgram(repository, runtime);
  try {
    const report = await installWhere(repository, runtime, place);
    rememberInstalled(repository);
    registerClone(repository, runtime);
    return report;
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
  try {
    const launcher = savedProgram(repository)?.launcher;
    forgetProgram(repository);
    forgetInstalled(repository);
    await stopUsingOwnFolder(repository);
    const remaining = removeOwn(repository);
    for (const name of [...HOOKS, ...LOCK_HOOKS]) {
      const file = path.join(plainFolder(repository), name);
      if (removeBlock(file, (kept) => passOnBlock(name, kept)) === 'lines-kept') remaining.push(file);
    }
    if (launcher !== undefined) forgetRepository(folderBeside(launcher), repository.commonDir);
    return remaining;
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
  const place = await readHooksPath(repository);
  const folder = place.inEffect === 'own' ? ownFolder(repository) : plainFolder(repository);
  const blocks = HOOKS.flatMap((name) => {
    const block = readBlock(path.join(folder, name));
    return block !== undefined && isProgramsBlock(block) ? [{ name, block }] : [];
  });
  if (place.inEffect === 'other')
    return blocks.length > 0 || wereInstalled(repository) || existsSync(ownFolder(repository)) ? 'displaced' : 'absent';
  if (blocks.length === 0) return 'absent';
  if (blocks.length < HOOKS.length) return 'partly';
  if (place.inEffect === 'own' && theirsFor(repository, place) === undefined) return 'outdated';
  if (needsLfs(repository, folder) && LOCK_HOOKS.some((name) => readBlock(path.join(folder, name)) === undefined))
    return 'outdated';
  if (runtime === undefined) return 'installed';
  const theirs = place.inEffect === 'own' ? theirsFor(repository, place) : undefined;
  // Any Node will do; the command line must be this one.
  const isCurrent = blocks.every(
    ({ name, block }) =>
      withoutNode(block) === withoutNode(hookBlock(name, runtime, wordsBefore(path.join(folder, name), theirs))),
  );
  return isCurrent ? 'installed' : 'outdated';
}

/** The folder whose hooks ours run first when they are in a folder of their own; undefined where they need none. */
const theirsFor = (repository: Repository, { theirs }: HooksPath): string | undefined =>
  theirs ?? (usesSimpleGitHooks(repository.root) ? plainFolder(repository) : undefined);

async function installWhere(repository: Repository, runtime: Runtime, place: HooksPath): Promise<HooksReport> {
  const theirs = theirsFor(repository, place);
  if (theirs === undefined) {
    await stopUsingOwnFolder(repository);
    removeOwn(repository);
    return installBeside(repository, runtime);
  }
  const report = installOwn(repository, runtime, theirs);
  await useOwnFolder(repository, place);
  // Where ours run those of the repository's own folder first, they must not be there as well.
  if (theirs === plainFolder(repository))
    for (const name of [...HOOKS, ...LOCK_HOOKS])
      removeBlock(path.join(theirs, name), (kept) => passOnBlock(name, kept));
  return report;
}

/** Removes our blocks from our folder, and the folder; answers with the files that others have written lines into. */
function removeOwn(repository: Repository): string[] {
  const folder = ownFolder(repository);
  if (!existsSync(folder)) return [];
  for (const name of readdirSync(folder)) removeBlock(path.join(folder, name), () => '');
  const remaining = readdirSync(folder).map((name) => path.join(folder, name));
  if (remaining.length === 0) rmdirSync(folder);
  return remaining;
}

function installBeside(repository: Repository, runtime: Runtime): HooksReport {
  const folder = plainFolder(repository);
  mkdirSync(folder, { recursive: true });
  for (const name of HOOKS) installBlock(path.join(folder, name), (kept) => hookBlock(name, runtime, kept));
  const lfs = needsLfs(repository, folder);
  for (const name of LOCK_HOOKS) {
    const file = path.join(folder, name);
    if (lfs) installBlock(file, (kept) => passOnBlock(name, kept, true));
    else removeBlock(file, (kept) => passOnBlock(name, kept));
  }
  const foreign = [...HOOKS, ...LOCK_HOOKS].filter((name) => keptBeside(path.join(folder, name)).length > 0);
  return { folder, kept: foreign, lfs };
}

/** Shell words for the hooks that run before ours: those next to it, and the one in the folder configured before. */
const wordsBefore = (file: string, theirs: string | undefined): string[] => [
  ...wordsForKept(file),
  ...(theirs === undefined ? [] : [shellQuoted(theirWord(theirs, path.basename(file)))]),
];

/** git runs hooks at the top of the work tree, whichever that is: a relative folder is one of each of them. */
const theirWord = (theirs: string, name: string): string =>
  path.isAbsolute(theirs) ? path.join(theirs, name) : `./${path.join(theirs, name)}`;

function installOwn(repository: Repository, runtime: Runtime, theirs: string): HooksReport {
  const folder = ownFolder(repository);
  mkdirSync(folder, { recursive: true });
  const place = path.resolve(repository.root, theirs);
  const there = existsSync(place) ? new Set(readdirSync(place)) : new Set<string>();
  const lfs = needsLfs(repository, folder) && needsLfs(repository, place);
  for (const name of GIT_HOOKS) {
    const file = path.join(folder, name);
    if (isHook(name)) installBlock(file, () => hookBlock(name, runtime, wordsBefore(file, theirs)));
    else if (!COSTLY.has(name) || there.has(name))
      installBlock(file, () => passOnBlock(name, wordsBefore(file, theirs), lfs && isLockHook(name)));
    else removeBlock(file, (kept) => passOnBlock(name, kept));
  }
  return { folder, kept: GIT_HOOKS.filter((name) => there.has(name)), lfs };
}

const isLockHook = (name: string): boolean => (LOCK_HOOKS as readonly string[]).includes(name);
const isHook = (name: string): name is HookName => (HOOKS as readonly string[]).includes(name);
