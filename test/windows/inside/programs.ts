/** Run under Windows: programs that are found by PATHEXT, and words that get to them as they are. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from '../../../src/review/forges/client-parts/run-program';
import { startOf, WordsError } from '../../../src/base/platform';

const HOSTILE = [
  '',
  'plain',
  'two words',
  'a "quoted" word',
  '"',
  '""',
  '" & echo OWNED & "',
  '"&calc&"',
  'a&b|c<d>e^f',
  '^"&echo OWNED',
  '\\" & echo OWNED & \\"',
  '!OS!',
  'C:\\folder with blank\\',
  'ends with \\\\',
  'a\\\\"b',
  "it's; (all) [of], {this} = `$HOME` ~ @ #",
  'Käse ☕',
];
/** Wine's `cmd` puts in variables otherwise than that of Windows. */
const PERCENTS = process.env['WINEPREFIX'] === undefined ? ['%PATH%', '100% of %OS% and %%', '--flag=%cd:~,1%'] : [];

describe('a batch file on PATH', () => {
  let folder = '';
  let env: NodeJS.ProcessEnv = {};
  before(() => {
    folder = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'Linekeeper (x) ')));
    for (const name of ['bin', 'work']) mkdirSync(path.join(folder, name));
    writeFileSync(
      path.join(folder, 'bin', 'say.js'),
      `require('node:fs').writeFileSync(__dirname + '/said', JSON.stringify(process.argv.slice(2)));`,
    );
    // as npm writes them
    writeFileSync(
      path.join(folder, 'bin', 'tool.cmd'),
      `@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\nCALL :find_dp0\r\n"${process.execPath}" "%dp0%\\say.js" %*\r\n`,
    );
    for (const name of ['tool.cmd', 'git.cmd', 'only-here.cmd'])
      writeFileSync(path.join(folder, 'work', name), '@echo OWNED\r\n');
    env = { ...process.env };
    for (const name of Object.keys(env)) if (name.toUpperCase() === 'PATH') Reflect.deleteProperty(env, name);
    env['Path'] = `${path.join(folder, 'bin')};${process.env['PATH'] ?? ''}`;
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (program: string, words: readonly string[]): { readonly status: number | null; readonly out: string } => {
    const { program: file, words: all, ...how } = startOf(program, words, env);
    const { status, stdout, stderr } = spawnSync(file, all, {
      ...how,
      cwd: path.join(folder, 'work'),
      env,
      encoding: 'utf8',
    });
    return { status, out: `${stdout}${stderr}` };
  };

  it('gets each word as it is', () => {
    const wrong: unknown[] = [];
    for (const word of [...HOSTILE, ...PERCENTS]) {
      const { status, out } = run('tool', ['first', word, 'last']);
      let said = '';
      try {
        said = readSaid();
      } catch {
        // shown below
      }
      if (said !== JSON.stringify(['first', word, 'last']) || out.includes('OWNED'))
        wrong.push({ word, status, said, out });
    }
    assert.deepEqual(wrong, []);
  });
  const readSaid = (): string => {
    const file = path.join(folder, 'bin', 'said');
    try {
      return readFileSync(file, 'utf8');
    } finally {
      rmSync(file, { force: true });
    }
  };

  it('is not taken from the current folder', () => {
    assert.equal(run('only-here', []).status, null);
  });
  it("as a forge's client: it is run, and says why it can't be", async () => {
    const where = { cwd: path.join(folder, 'work'), env };
    assert.equal((await runProgram('tool', ['a "b" & c'], where)).code, 0);
    assert.equal(readSaid(), '["a \\"b\\" & c"]');
    assert.match((await runProgram('tool', ['one\ntwo'], where)).err, /tool\.cmd is a batch file/);
    assert.equal((await runProgram('only-here', [], where)).code, null);
  });
  it('is refused words of several lines', () => {
    assert.throws(() => startOf('tool', ['one\r\n& echo OWNED'], env), WordsError);
  });
});
