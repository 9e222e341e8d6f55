/** Puts our hooks back where another program has taken them out. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../plumbing/repository';
import { isGitError } from '../plumbing/run-git';
import { HOOKS } from './hook-names';
import { readBlock } from './install-and-remove-hook-block';
import { plainFolder, readHooksPath } from './hooks-path';
import { gitHooksState, HooksError, writeGitHooks } from './install-and-uninstall-git-hooks';
import { hooksAreAsLeft, rememberInstalled, wereInstalled } from './remember-installed-hooks';
import { managerOf } from './hook-managers';
import { savedProgram } from './recorded-program-and-new-clones';
import type { Runtime } from './command-line-runtime';

/**
 * Puts the hooks back that were installed in a repository, by whomever, and are not in effect any more; with the program
 * that they started, or with `runtime` if that is gone. Returns a sentence for people if that was needed. Never throws:
 * what can't be put back is `doctor`'s to say.
 */
export async function repairGitHooks(repository: Repository, runtime: Runtime): Promise<string | undefined> {
  if (!wereInstalled(repository) || hooksAreAsLeft(repository)) return undefined;
  const saved = savedProgram(repository);
  const program = saved !== undefined && existsSync(saved.cli) ? saved : runtime;
  try {
    const state = await gitHooksState(repository, program);
    if (state === 'installed') {
      rememberInstalled(repository);
      return undefined;
    }
    const who = state === 'outdated' ? undefined : await whoTookThemOut(repository);
    await writeGitHooks(repository, program);
    if (state === 'outdated') return undefined;
    const isBack = (await gitHooksState(repository, program)) === 'installed';
    return `${who ?? 'Another program'} has taken Linekeeper's git hooks out; ${isBack ? 'they are back. "linekeeper uninstall --git" takes them out for good.' : 'they can\'t be put back: "linekeeper doctor" says more.'}`;
  } catch (error) {
    if (!(error instanceof HooksError) && !isGitError(error)) throw error;
    rememberInstalled(repository); // nobody tries again until something changes
    return undefined;
  }
}

async function whoTookThemOut(repository: Repository): Promise<string | undefined> {
  const { inEffect, theirs } = await readHooksPath(repository);
  if (inEffect === 'other') return theirs !== undefined && /(?:^|\/)\.husky\b/.test(theirs) ? 'husky' : undefined;
  for (const name of HOOKS) {
    const file = path.join(plainFolder(repository), name);
    const manager =
      existsSync(file) && readBlock(file) === undefined ? managerOf(readFileSync(file, 'latin1')) : undefined;
    if (manager !== undefined) return manager;
  }
  return undefined;
}
