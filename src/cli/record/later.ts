/** Starts what nobody is to wait for. */
import type { Repository } from '../../git';
import type { Terminal } from '../command';

/** Switches it off, for whoever wants no process to go on by itself. */
const SWITCH = 'LINEKEEPER_BACKGROUND';

/**
 * Has the next commit's trailers worked out by a process of its own. What goes wrong with it costs the commit that
 * time, no more.
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
