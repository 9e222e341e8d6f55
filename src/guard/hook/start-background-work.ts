/** Starts background work that nobody should wait for. */
import { statSync, writeFileSync } from 'node:fs';
import { waitingFile } from '../../provenance/commits';
import type { Repository } from '../../git';
import type { HookTerminal } from './types';

/** Switches it off, for users who want no background processes. */
const SWITCH = 'LINEKEEPER_BACKGROUND';

/** Starts the command line in a process that nobody waits for. */
export async function startLater(
  { root }: Pick<Repository, 'root'>,
  { program: [executable, cli], env }: Pick<HookTerminal, 'program' | 'env'>,
  words: readonly string[],
): Promise<void> {
  if (executable === undefined || cli === undefined || env[SWITCH] === 'off') return;
  const { spawn } = await import('node:child_process');
  const child = spawn(executable, [cli, ...words], {
    cwd: root,
    env: { ...env, GIT_INDEX_FILE: undefined },
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  child.on('error', () => undefined);
  child.unref();
}

/**
 * Computes the next commit's trailers in a separate process. If that fails, the commit only takes longer.
 */
export const prepareLater = (
  repository: Pick<Repository, 'root'>,
  terminal: Pick<HookTerminal, 'program' | 'env'>,
  behind: readonly 'edits'[] = [],
): Promise<void> => startLater(repository, terminal, ['hook', 'ready', ...behind]);

/** One that was left by a process that was killed is older than this (milliseconds). */
const WAITING_AT_MOST_MS = 10_000;

/** The same behind an edit, in one process for a row of them. The agent may commit in the same turn. */
export async function prepareBehindEdits(
  repository: Repository,
  terminal: Pick<HookTerminal, 'program' | 'env'>,
): Promise<void> {
  if (terminal.env[SWITCH] === 'off') return;
  const waiting = waitingFile(repository);
  try {
    if (Date.now() - statSync(waiting).mtimeMs < WAITING_AT_MOST_MS) return;
  } catch {
    // nobody waits
  }
  try {
    writeFileSync(waiting, '');
  } catch {
    return; // the place is not writable
  }
  await prepareLater(repository, terminal, ['edits']);
}
