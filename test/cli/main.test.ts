import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const START = path.resolve(import.meta.dirname, '../../src/cli/start-cli.ts');
const BYTES = 1_000_000;

describe('the output of the command line', function () {
  this.timeout(60_000);
  let folder: string;
  let program: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-output-'));
    program = path.join(folder, 'program.js');
    const say = `{ name: 'say', summary: '', usage: '', options: {}, run: ({ terminal, positionals }) => { if (positionals.length > 0) void terminal.columns; terminal.out('x'.repeat(${String(BYTES - 4)})); terminal.err('heard'); terminal.out('end\\n'); return Promise.resolve(1); } }`;
    const home = `{ name: 'home', summary: '', usage: '', options: {}, run: ({ terminal }) => { terminal.out(terminal.home); return Promise.resolve(0); } }`;
    await build({
      stdin: {
        contents: `require(${JSON.stringify(START)}).start({ say: ${say}, home: ${home} });`,
        resolveDir: folder,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
    });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('a large answer arrives whole, with the exit code', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'say'], {
      encoding: 'utf8',
      maxBuffer: 2 * BYTES,
    });
    assert.equal(stdout.length, BYTES);
    assert.ok(stdout.endsWith('end\n'));
    assert.equal(stderr, 'heard\n');
    assert.equal(status, 1);
  });

  it("the home folder is the account's when HOME is empty", function () {
    if (process.platform === 'win32') this.skip();
    const homeFor = (HOME: string): string =>
      spawnSync(process.execPath, [program, 'home'], { encoding: 'utf8', cwd: folder, env: { ...process.env, HOME } })
        .stdout;
    assert.equal(homeFor(''), userInfo().homedir);
    assert.equal(homeFor('/some/where'), '/some/where');
  });

  it('an option without its value is refused in one line', () => {
    const { status, stderr } = spawnSync(process.execPath, [program, 'home', '--repo', '--json'], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.equal(
      stderr,
      `linekeeper: Option '--repo' argument is ambiguous. "linekeeper help home" shows its usage.\n`,
    );
  });

  it('a call without a verb says that a command is missing', () => {
    for (const words of [['--repo'], ['--repo', '.'], ['--json']]) {
      const { status, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
      assert.equal(status, 2);
      assert.match(stderr, /^linekeeper: A command is missing\./);
    }
  });

  it('control characters of an unknown option are replaced in the message', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [program, 'home', '--repo', '/none', '--\u001b[31mred\u009b2J\u202eevil\u0007'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 2);
    assert.equal(stderr, `linekeeper: Unknown option '--?[31mred?2J?evil?'. "linekeeper help home" shows its usage.\n`);
  });

  it('the program ends quietly when its reader closes the pipe', function () {
    if (process.platform === 'win32') this.skip();
    const { stdout, stderr } = spawnSync('sh', ['-c', `"$0" "$1" say | head -c 3`, process.execPath, program], {
      encoding: 'utf8',
    });
    assert.equal(stdout, 'xxx');
    assert.equal(stderr, 'heard\n');
  });

  it('a full disk is reported with exit code 2', function () {
    if (process.platform !== 'linux') this.skip();
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [program, 'home'], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    assert.equal(
      stderr,
      'linekeeper: The answer could not be written (ENOSPC). Please check the free space where it should go, and ask again.\n',
    );
    assert.equal(status, 2);
  });

  it('a large answer arrives whole through a slow, non-blocking pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe that nobody reads can't be opened
    const writing = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    // Asked how wide it is, a process makes the stream, and from then on no write to the pipe waits.
    const child = spawn(process.execPath, [program, 'say', 'wide'], { stdio: ['ignore', writing, 'pipe'] });
    closeSync(writing);
    const ended = once(child, 'close') as Promise<[number]>;
    // Nobody reads until all has been said, which is more than a pipe holds.
    await once(child.stderr ?? assert.fail('it has no standard error'), 'data');
    let got = 0;
    for await (const chunk of createReadStream(pipe) as AsyncIterable<Buffer>) got += chunk.length;
    closeSync(reading);
    assert.equal(got, BYTES);
    assert.deepEqual(await ended, [1, null]);
  });
});
