/**
 * Hooks that were set up from here name this version's files: an update of the extension, or another tool that replaces
 * git's hooks folder, would break them. They are repaired when the editor starts. What was never set up is left alone.
 */
import { existsSync } from 'node:fs';
import type * as vscode from 'vscode';
import { ASSISTANTS } from '../../provenance/assistants';
import { hookState, installHooks, type SetupOptions } from '../../provenance/assistants/setup';
import { installGitHooks } from '../../provenance/commits';
import {
  pushesNotesAlong,
  pushNotesAlong,
  remotesLeftOut,
} from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { gitHooksState, repairGitHooks, type Runtime } from '../../git';
import { folderOf, installedPrograms } from '../../base/launcher';
import { registerRuntime } from './runtime-for-hooks';
import type { Worktree } from '../workspace/worktree';

const KEY = 'hooks.cli';

/** Remembers that the person chose to have hooks, and which command line they name. */
export const rememberHooks = async (memory: vscode.Memento, { cli }: Runtime): Promise<void> => memory.update(KEY, cli);

export const forgetHooks = async (memory: vscode.Memento): Promise<void> => memory.update(KEY, undefined);

interface HealPorts {
  readonly memory: vscode.Memento;
  readonly runtime: Runtime;
  readonly setupOptions: SetupOptions;
  readonly log: vscode.LogOutputChannel;
}

/** What another tool took out is put back, whoever set it up. Never throws. */
async function putBack(
  worktrees: readonly Worktree[],
  { runtime, log }: Pick<HealPorts, 'runtime' | 'log'>,
): Promise<void> {
  for (const { repository } of worktrees)
    try {
      const sentence = await repairGitHooks(repository, runtime);
      if (sentence !== undefined) log.info(sentence);
      // A remote that was added after Set Up: a plain fetch brings its notes too.
      const remotes = (await pushesNotesAlong(repository)) ? await remotesLeftOut(repository) : [];
      if (remotes.length === 0) continue;
      await pushNotesAlong(repository);
      log.info(`git fetch in ${repository.root} brings the notes of ${remotes.join(', ')}, added after Set Up.`);
    } catch (error) {
      log.warn(`Hooks could not be put back: ${error instanceof Error ? error.message : String(error)}`);
    }
}

/** Never throws: what can't be repaired is logged. */
export async function healHooks(
  worktrees: readonly Worktree[],
  { memory, runtime, setupOptions, log }: HealPorts,
): Promise<void> {
  await putBack(worktrees, { runtime, log });
  const before = memory.get<string>(KEY);
  if (before === undefined) return;
  // Hooks name the launcher: an update of the extension has to tell it alone, and breaks none of them.
  registerRuntime(setupOptions.home, runtime);
  const moved = before !== runtime.cli && !existsSync(before);
  const isNewest = installedPrograms(folderOf(setupOptions.home))[0]?.cli === runtime.cli;
  try {
    for (const { repository } of worktrees) {
      const state = await gitHooksState(repository, runtime);
      if (state === 'displaced' || state === 'partly' || (state === 'outdated' && (moved || isNewest))) {
        await installGitHooks(repository, runtime);
        log.info(`The git hooks of ${repository.root} are renewed (they were ${state}).`);
      }
    }
    if (!moved && !isNewest) return;
    for (const assistant of ASSISTANTS)
      if (hookState(assistant, setupOptions).state === 'changed') installHooks(assistant, setupOptions);
    await rememberHooks(memory, runtime);
  } catch (error) {
    log.warn(`Hooks could not be renewed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
