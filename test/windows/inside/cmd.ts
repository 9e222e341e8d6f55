/** Run under Windows: a hook's text for every shell, as cmd runs it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSISTANTS } from '../../../src/provenance/assistants';
import { userCommands } from '../../../src/provenance/assistants/setup/hook-commands';

describe("a hook's text for every shell, run by cmd", () => {
  let folder = '';
  let cli = '';
  beforeEach(() => {
    folder = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'Linekeeper (Ö) ')));
    cli = path.join(folder, 'cli.js');
    writeFileSync(
      cli,
      `const fs = require('node:fs'); fs.writeFileSync(__dirname + '/got', JSON.stringify([process.argv.slice(2), fs.readFileSync(0, 'utf8')])); process.exitCode = Number(process.env.CODE);`,
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (text: string, code = 0): number | null =>
    spawnSync('cmd.exe', ['/d', '/s', '/c', `"${text}"`], {
      windowsVerbatimArguments: true,
      input: '{"a":"ö"}',
      cwd: folder,
      env: { ...process.env, CODE: String(code) },
    }).status;

  for (const assistant of ASSISTANTS)
    it(`${assistant.id}: the program gets the payload, and its refusal passes`, () => {
      const commands = userCommands({ words: [process.execPath, cli], electron: false, windows: true }, assistant);
      for (const { any } of [commands.before, commands.others])
        for (const code of [0, 2]) {
          assert.equal(run(any, code), code);
          assert.deepEqual(JSON.parse(readFileSync(path.join(folder, 'got'), 'utf8')), [
            ['record', assistant.id],
            '{"a":"ö"}',
          ]);
          rmSync(path.join(folder, 'got'));
        }
    });

  it('Linekeeper is gone: the assistant goes on', () => {
    const [assistant] = ASSISTANTS;
    assert.ok(assistant);
    const words = [process.execPath, path.join(folder, 'gone.js')];
    assert.equal(run(userCommands({ words, electron: false, windows: true }, assistant).before.any), 0);
    assert.ok(!existsSync(path.join(folder, 'got')));
  });
});
