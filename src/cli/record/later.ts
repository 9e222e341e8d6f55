/** Starts background work that nobody should wait for. */
import type { Repository } from '../../git';
import type { Terminal } from '../command';

/** Switches it off, for users who want no background processes. */
const SWITCH = 'LINEKEEPER_BACKGROUND';

/**
 * Computes the next commit's trailers in a separate process. If that fails, the commit only takes longer.
 */
export async function prepareLater(
  { root }: Repository,
  { program: [executable, cli], env }: Pick<Terminal, 'program' | 'env'>,
): Promise<void> {
  if (executable === undefined || cli === undefined || env[SWITCH] === 'off') return;
  const { spawn } = await import('node:child_process');
  const child = spawn(executable, [cli, 'hook', 'ready'], {
    cwd: root,
    env: { ...env, GIT_INDEX_FILE: undefined },
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  child.on('error', () => undefined);
  child.unref();
}
