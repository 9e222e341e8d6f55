/**
 * ClickHouse as a library (`chdb`, from PyPI), installed once into the cache. Where Python or the package can't be had,
 * a sentence says why, and whoever needs it skips.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { cacheFolder } from './cache';

const VERSION = '4.4.0';
const PYTHONS = ['python3', 'python'];

/** Runs statements from standard input, a JSON list, in one session; prints each one's rows, or null without rows. */
const SCRIPT = `
import json, sys
sys.path.insert(0, sys.argv[1])
from chdb import session
s = session.Session()
for sql in json.load(sys.stdin):
    text = str(s.query(sql, "JSONCompact")).strip()
    print(json.dumps(json.loads(text)["data"] if text.startswith("{") else None), flush=True)
`;

export type Clickhouse = (statements: readonly string[]) => Promise<readonly (readonly unknown[][] | null)[]>;

/** The engine, or why it can't be had here. */
export async function findClickhouse(): Promise<Clickhouse | string> {
  const python = PYTHONS.find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (python === undefined) return 'Python with pip is not installed, so ClickHouse (chdb) can not be.';
  const folder = path.join(cacheFolder('python'), `chdb-${VERSION}`);
  const stamp = path.join(folder, 'installed');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== VERSION) {
    process.stdout.write(`Getting chdb ${VERSION} from PyPI, once (it is kept in ${folder}) …\n`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const words = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--target',
      folder,
      `chdb==${VERSION}`,
    ];
    const got = await run(python, words, '');
    if (got.code !== 0) return `chdb ${VERSION} can't be had from PyPI: ${got.stderr.trim().split('\n').at(-1) ?? ''}`;
    writeFileSync(stamp, VERSION);
  }
  return async (statements) => {
    const { code, stdout, stderr } = await run(python, ['-c', SCRIPT, folder], JSON.stringify(statements));
    if (code !== 0) throw new Error(stderr.trim().split('\n').slice(-3).join('\n'));
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown[][] | null);
  };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, words: readonly string[], input: string): Promise<Ended> {
  // tests give this process a private home; pip's own settings are in the real one
  const child = spawn(program, words, { env: { ...process.env, HOME: userInfo().homedir } });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.on('error', ({ message }) => {
      resolve({ code: null, ...texts, stderr: message });
    });
    child.on('close', (code) => {
      resolve({ code, ...texts });
    });
  });
}
