/** A machine's own files for one program: in a mount namespace of its own, so nothing of this machine changes. */
import { spawnSync } from 'node:child_process';

const MOUNT = 'mount -t overlay overlay -o "lowerdir=$1:/etc" /etc && shift && exec "$@"';

/** The words that start a program so that it sees `etc` over the machine's `/etc`; without a folder, as they are. */
export const seeing = (
  etc: string | undefined,
  words: readonly [string, ...string[]],
): readonly [string, ...string[]] =>
  etc === undefined ? words : ['unshare', '--mount', 'sh', '-c', MOUNT, 'sh', etc, ...words];

/** Whether this machine lets a test do so: on Linux, as root. `etc`: any folder with a file. */
export function canSeeOver(etc: string): boolean {
  if (process.platform !== 'linux') return false;
  const [first, ...rest] = seeing(etc, ['true']);
  return spawnSync(first, rest, { stdio: 'ignore' }).status === 0;
}
