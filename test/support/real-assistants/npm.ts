/**
 * Programs from npm in exact versions, installed once into the cache. A process that needs one that another installs waits.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../cache';
import { withLock } from '../lock';

export interface NpmProgram {
  readonly name: string;
  readonly version: string;
  readonly bin: string;
  /** Where it is in its package, when npm makes no link to it. */
  readonly file?: string;
}

/** A newer Node than may run the tests. */
export const NEWER_NODE: NpmProgram = {
  name: `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
  version: '24.21.0',
  bin: 'node',
  file: process.platform === 'win32' ? 'bin/node.exe' : 'bin/node',
};

/** Where the program is. Throws an Error with npm's reason when it can't be had. */
export async function installed(program: NpmProgram): Promise<string> {
  const folder = path.join(
    cacheFolder('agents'),
    `${program.name.replaceAll(/[^\w.-]+/g, '-').replace(/^-/, '')}-${program.version}`,
  );
  const file =
    program.file === undefined
      ? path.join(folder, 'node_modules', '.bin', program.bin)
      : path.join(folder, 'node_modules', program.name, program.file);
  const stamp = path.join(folder, 'installed');
  const wanted = `${program.name}@${program.version}`;
  const isThere = (): boolean => existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isThere()) return file;
  return withLock(`${folder}.lock`, async () => {
    if (!isThere()) await install(wanted, folder, file, stamp);
    return file;
  });
}

async function install(wanted: string, folder: string, file: string, stamp: string): Promise<void> {
  process.stdout.write(`Getting ${wanted} from npm, once (it is kept in ${folder}) …\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
  await npm(['install', '--no-audit', '--no-fund', '--loglevel=error', '--save-exact', wanted], folder);
  if (!existsSync(file)) throw new Error(`${wanted} was installed without its program ${path.basename(file)}`);
  writeFileSync(stamp, wanted);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  // what `npm test` hands on about our own package must not steer this installation
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(package|lifecycle|command|execpath)/.test(key)),
  );
  // tests give this process a private home; npm's own settings (a registry, a proxy) are in the real one
  const child = spawn('npm', args, {
    cwd,
    env: { ...env, HOME: userInfo().homedir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const started = Date.now();
  const progress = setInterval(
    () => process.stdout.write(`  still installing (${String(Math.round((Date.now() - started) / 1000))} s) …\n`),
    15_000,
  );
  const limit = setTimeout(() => child.kill(), 300_000);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      said += error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  clearInterval(progress);
  clearTimeout(limit);
  if (code !== 0)
    throw new Error(
      `npm ${args.slice(-1).join('')}: ${said.trim().split('\n').slice(0, 3).join(' | ') || `ended with ${String(code)}`}`,
    );
}
