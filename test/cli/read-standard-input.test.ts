import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const READER = path.resolve(import.meta.dirname, '../../src/cli/read-standard-input.ts');
const LIMITS = { idleMs: 1500, bytes: 1024 * 1024 };
const PAYLOAD = '{"version":1}';

interface Answer {
  readonly code: number | null;
  readonly text: string;
}

describe('standard input of record', function () {
  this.timeout(60_000);
  let folder: string;
  let program: string;
  let started: ChildProcess[] = [];
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-input-'));
    program = path.join(folder, 'program.js');
    await build({
      stdin: {
        contents: `require(${JSON.stringify(READER)}).readStandardInput(${JSON.stringify(LIMITS)}).then(
          (text) => { process.stdout.write(text); process.exit(0); },
          (error) => { process.stdout.write(error.message); process.exit(2); });`,
        resolveDir: folder,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
    });
  });
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
    started = [];
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function answerOf(child: ChildProcess): Promise<Answer> {
    started.push(child);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (data: string) => (text += data));
    child.stdin?.on('error', () => undefined);
    return new Promise((resolve) => {
      child.on('close', (code) => {
        resolve({ code, text });
      });
    });
  }

  /** What a shell's child says first: the shell itself goes on until all its children have ended. */
  async function firstOf(child: ChildProcess): Promise<string> {
    started.push(child);
    return new Promise((resolve) => child.stdout?.setEncoding('utf8').once('data', resolve));
  }

  /** Node gives its children a socket, a shell a pipe. */
  const reader = (): ChildProcess => spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const inShell = (script: string): ChildProcess =>
    spawn('sh', ['-c', script, process.execPath, program], { stdio: ['ignore', 'pipe', 'inherit'] });

  for (const [name, start] of [
    ['socket', reader],
    ['pipe', (): ChildProcess => inShell('sleep 20 | exec "$0" "$1"')],
  ] as const)
    it(`an endless ${name}: is given up if nothing comes`, async function () {
      if (process.platform === 'win32' && name === 'pipe') this.skip();
      const child = start();
      const begun = Date.now();
      assert.match(await firstOf(child), /^Nothing came on standard input for 1\.5 seconds\. /);
      assert.ok(Date.now() - begun < 15_000);
    });

  it('an endless socket: gives what came if no more does', async () => {
    const child = reader();
    const answer = answerOf(child);
    child.stdin?.write(PAYLOAD);
    assert.deepEqual(await answer, { code: 0, text: PAYLOAD });
  });

  it('an endless pipe: gives what came if no more does', async function () {
    if (process.platform === 'win32') this.skip();
    const child = inShell(`{ printf '%s' '${PAYLOAD}'; exec sleep 20; } | exec "$0" "$1"`);
    assert.equal(await firstOf(child), PAYLOAD);
  });

  it('a slow writer: is waited for as long as something comes', async () => {
    const child = reader();
    const answer = answerOf(child);
    for (let times = 0; times < 6; times++) {
      child.stdin?.write('ab');
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    child.stdin?.end();
    assert.deepEqual(await answer, { code: 0, text: 'ab'.repeat(6) });
  });

  it('endless data: is given up with what was too much', async function () {
    if (process.platform === 'win32') this.skip();
    const { code, text } = await answerOf(inShell('exec "$0" "$1" < /dev/zero'));
    assert.equal(code, 2);
    assert.match(text, /^Standard input holds more than 1 MB/);
  });

  it('a file and an empty device: are read to their end with limits', async function () {
    if (process.platform === 'win32') this.skip();
    assert.deepEqual(await answerOf(inShell('exec "$0" "$1" < /dev/null')), { code: 0, text: '' });
    const { code, text } = await answerOf(inShell('exec "$0" "$1" < "$1"'));
    assert.equal(code, 0);
    assert.match(text, /readStandardInput/);
  });
});
