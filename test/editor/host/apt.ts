import { spawnSync } from 'node:child_process';
import { run } from './run';

const isInstalled = (name: string): boolean =>
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- null where dpkg-query could not be started
  spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' }).stdout?.includes(
    'install ok installed',
  ) ?? false;

/** How to become root here without asking anybody; undefined when that is not possible. */
function asRoot(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

/** Those of the Debian packages that are not installed. On a system without dpkg: all of them. */
export const missingPackages = (names: readonly string[]): string[] => names.filter((name) => !isInstalled(name));

/** Installs Debian packages, or says which to install by hand. */
export async function installPackages(names: readonly string[]): Promise<void> {
  const root = asRoot();
  const apt = spawnSync('sh', ['-c', 'command -v apt-get']).status === 0;
  if (root === undefined || !apt) {
    throw new Error(
      `the test editor needs packages of the system that can't be installed from here (${apt ? 'no right to' : 'no apt-get'}). ` +
        `Install them yourself, then run this again: ${names.join(' ')}. A browser somewhere else can be named with LINEKEEPER_CHROMIUM=/path/to/chromium.`,
    );
  }
  const get = async (...args: string[]): Promise<void> => {
    const [command = 'apt-get', ...rest] = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    await run(command, rest);
  };
  const install = ['install', '-y', '--no-install-recommends', ...names];
  try {
    await get(...install);
  } catch {
    await get('update'); // the lists of packages are missing or old
    await get(...install);
  }
}
