/** Programs from PyPI, in exact versions, for tests with the real ones. Kept in the cache. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { cacheFolder } from './cache';

/** Path of a package's program of the same name. Throws an Error with pip's reason when it can't be had. */
export function fromPyPI(name: string, version: string): string {
  const folder = path.join(cacheFolder('agents'), `${name}-${version}`);
  const program = path.join(folder, 'bin', name);
  const stamp = path.join(folder, 'installed');
  if (existsSync(program) && existsSync(stamp)) return program;
  process.stdout.write(`Getting ${name} ${version} from PyPI, once (it is kept in ${folder}) …\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  const env = { ...process.env, HOME: userInfo().homedir };
  for (const [command, ...words] of [
    ['python3', '-m', 'venv', folder],
    [path.join(folder, 'bin', 'pip'), 'install', '--quiet', `${name}==${version}`],
  ] as const) {
    const done = spawnSync(command, words, { env, encoding: 'utf8', timeout: 300_000 });
    if (done.status !== 0)
      throw new Error(`${command} ${words.join(' ')}: ${done.error?.message ?? done.stderr.trim().slice(-300)}`);
  }
  writeFileSync(stamp, version);
  return program;
}
