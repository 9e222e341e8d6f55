import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  folderOf,
  installedPrograms,
  launcherOf,
  registerProgram,
  type InstalledProgram,
} from '../../../src/base/launcher';

describe('launcher of ~/.linekeeper', () => {
  let home: string;
  beforeEach(() => {
    home = path.join(mkdtempSync(path.join(tmpdir(), 'linekeeper-launcher-')), "ada's home");
    mkdirSync(home);
  });
  afterEach(() => {
    rmSync(path.dirname(home), { recursive: true, force: true });
  });

  /** A program that prints its version, its words and what it reads. */
  function program(version: string, over: Partial<InstalledProgram> = {}): InstalledProgram {
    const cli = path.join(home, `linekeeper ${version}`, 'cli.js');
    mkdirSync(path.dirname(cli), { recursive: true });
    writeFileSync(
      cli,
      `console.log(${JSON.stringify(version)}, JSON.stringify(process.argv.slice(2)), require('fs').readFileSync(0, 'utf8'), process.env.ELECTRON_RUN_AS_NODE ?? '', process.env.NODE_OPTIONS ?? '');`,
    );
    return { version, executable: process.execPath, cli, electron: false, ...over };
  }

  const run = (
    env: NodeJS.ProcessEnv = {},
    launcher = launcherOf(home) ?? '',
  ): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(launcher, ['hook', "it's"], {
      input: 'input',
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', ...env },
    });
    return { code: status, out: stdout.trim(), err: stderr.trim() };
  };

  it('launcher: starts the newest version with its words and its input when several are registered', () => {
    for (const version of ['1.10.0', '1.9.2', '2.0.0-beta.1', '2.0.0-alpha'])
      registerProgram(folderOf(home), program(version));
    assert.deepEqual(
      installedPrograms(folderOf(home)).map(({ version }) => version),
      ['2.0.0-beta.1', '2.0.0-alpha', '1.10.0', '1.9.2'],
    );
    assert.deepEqual(run(), { code: 0, out: `2.0.0-beta.1 ["hook","it's"] input`, err: '' });
  });

  it('launcher: starts the next version when the newest is removed', () => {
    registerProgram(folderOf(home), program('1.0.0'));
    const newest = program('1.1.0');
    registerProgram(folderOf(home), newest);
    rmSync(newest.cli);
    assert.equal(run().out.split(' ')[0], '1.0.0');
  });

  it("launcher: uses another program's Node when its own is gone and PATH has none", () => {
    registerProgram(folderOf(home), program('1.0.0'));
    registerProgram(folderOf(home), program('1.1.0', { executable: path.join(home, 'nvm', 'node') }));
    assert.equal(run({ PATH: '' }).out.split(' ')[0], '1.1.0');
  });

  it('launcher: tells Electron to act as Node when an editor brought the program', () => {
    registerProgram(folderOf(home), program('1.0.0', { electron: true }));
    assert.match(run().out, / 1$/);
  });

  it("launcher: never hands the shell's NODE_OPTIONS on when Node would refuse them", () => {
    registerProgram(folderOf(home), program('1.0.0'));
    assert.equal(run({ NODE_OPTIONS: '--no-such-option' }).code, 0);
  });

  it('launcher: says that nothing is installed and how to take the hooks out when all programs are gone', () => {
    const only = program('1.0.0');
    registerProgram(folderOf(home), only);
    rmSync(only.cli);
    const { code, out, err } = run();
    assert.deepEqual([code, out], [127, '']);
    assert.match(
      err,
      /^linekeeper: Linekeeper was removed, and its hooks are still here\. To take them out: sh ~\/\.linekeeper\/remove\.sh$/,
    );
  });

  it('launcher: says that Node is missing when there is a program and no Node', () => {
    registerProgram(folderOf(home), program('1.0.0', { executable: path.join(home, 'gone') }));
    const { code, err } = run({ PATH: '' });
    assert.equal(code, 127);
    assert.match(err, /Node is not found/);
  });

  it('launcher: works through a link on PATH and when the home folder has moved', () => {
    registerProgram(folderOf(home), program('1.0.0'));
    const link = path.join(path.dirname(home), 'linekeeper');
    symlinkSync(launcherOf(home) ?? '', link);
    assert.equal(run({}, link).code, 0);
    const moved = path.join(path.dirname(home), 'moved');
    renameSync(home, moved);
    mkdirSync(home);
    renameSync(path.join(moved, 'linekeeper 1.0.0'), path.join(home, 'linekeeper 1.0.0'));
    assert.equal(run({}, launcherOf(moved)).code, 0);
  });

  it('register: writes nothing when the list has this very program', () => {
    const one = program('1.0.0');
    registerProgram(folderOf(home), one);
    const file = path.join(folderOf(home), 'programs');
    chmodSync(file, 0o444);
    const text = readFileSync(file, 'utf8');
    assert.equal(registerProgram(folderOf(home), one), launcherOf(home));
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('register: answers nothing when a path would break the list or the folder cannot be written', () => {
    assert.equal(registerProgram(folderOf(home), program('1.0.0', { executable: '/a\tb/node' })), undefined);
    assert.equal(existsSync(folderOf(home)), false);
    writeFileSync(folderOf(home), 'a file');
    assert.equal(registerProgram(folderOf(home), program('1.0.0')), undefined);
  });
});
