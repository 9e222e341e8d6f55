import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assistantOf, type Assistant } from '../../../../src/provenance/assistants';
import {
  hookState,
  installHooks,
  SetupError,
  uninstallHooks,
  type SetupOptions,
} from '../../../../src/provenance/assistants/setup';

function known(id: string): Assistant {
  const found = assistantOf(id);
  assert.ok(found, id);
  return found;
}
const claude = known('claude-code');
const copilot = known('github-copilot');

const THEIRS = '{\n  // mine\n  "model": "opus",\n  "hooks": { "Stop": [] }\n}\n';

describe('installHooks and uninstallHooks', function () {
  this.timeout(20_000);
  let folder: string;
  let user: SetupOptions;
  let project: SetupOptions;
  let settings: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "linekeeper's setup ")));
    const common = {
      home: path.join(folder, 'home'),
      env: {},
      repositoryRoot: path.join(folder, 'repository'),
      stateDir: path.join(folder, 'state'),
      program: [process.execPath, path.join(folder, "it's", 'cli.js')],
    };
    user = { ...common, scope: 'user' };
    project = { ...common, scope: 'project' };
    settings = path.join(common.home, '.claude', 'settings.json');
    for (const one of [common.home, common.repositoryRoot]) mkdirSync(one);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const theirs = (text: string | Uint8Array): void => {
    mkdirSync(path.dirname(settings), { recursive: true });
    writeFileSync(settings, text);
  };
  const reasonOf = (run: () => unknown): SetupError => {
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof SetupError, String(error));
      return error;
    }
    throw new Error('expected it to be refused');
  };

  it('a missing settings file is created, and uninstalling leaves no file and no folder', () => {
    assert.equal(hookState(claude, user).state, 'absent');
    assert.deepEqual(installHooks(claude, user), { file: settings, files: [settings], outcome: 'installed' });
    assert.equal(hookState(claude, user).state, 'installed');
    assert.deepEqual(uninstallHooks(claude, user), { file: settings, files: [settings], outcome: 'restored' });
    assert.equal(existsSync(path.dirname(settings)), false);
    assert.deepEqual(readdirSync(path.join(folder, 'state', 'assistant-hooks')), []);
  });

  it('folders that several hooks are in: are gone when the last of these hooks is uninstalled', () => {
    const together = ['gemini', 'antigravity', 'cline', 'windsurf'].map(known);
    for (const assistant of together) installHooks(assistant, user);
    assert.notDeepEqual(readdirSync(user.home), []);
    for (const assistant of together) uninstallHooks(assistant, user);
    assert.deepEqual(readdirSync(user.home), []);
  });

  it('installing twice does not write the file again', () => {
    theirs(THEIRS);
    installHooks(claude, user);
    const first = readFileSync(settings);
    const { mtimeNs } = statSync(settings, { bigint: true });
    assert.equal(installHooks(claude, user).outcome, 'already');
    assert.deepEqual(readFileSync(settings), first);
    assert.equal(statSync(settings, { bigint: true }).mtimeNs, mtimeNs);
  });

  it('uninstalling restores the bytes and the mode of the file', () => {
    theirs(`\uFEFF${THEIRS.replaceAll('\n', '\r\n')}`);
    chmodSync(settings, 0o666);
    const before = readFileSync(settings);
    installHooks(claude, user);
    assert.equal(statSync(settings).mode & 0o777, 0o666);
    assert.notDeepEqual(readFileSync(settings), before);
    assert.equal(uninstallHooks(claude, user).outcome, 'restored');
    assert.deepEqual(readFileSync(settings), before);
    assert.equal(statSync(settings).mode & 0o777, 0o666);
  });

  it('uninstalling restores the bytes after an update in between', () => {
    theirs(THEIRS);
    installHooks(claude, user);
    const newer = { ...user, program: [...user.program, '--newer'] };
    assert.equal(hookState(claude, newer).state, 'changed');
    assert.equal(installHooks(claude, newer).outcome, 'updated');
    assert.equal(uninstallHooks(claude, newer).outcome, 'restored');
    assert.equal(readFileSync(settings, 'utf8'), THEIRS);
  });

  it('uninstalling removes only the hooks when the file was edited since', () => {
    theirs(THEIRS);
    installHooks(claude, user);
    const changed = readFileSync(settings, 'utf8').replace('"opus"', '"sonnet"');
    writeFileSync(settings, changed);
    assert.equal(uninstallHooks(claude, user).outcome, 'removed');
    assert.match(readFileSync(settings, 'utf8'), /^\{\n {2}\/\/ mine\n {2}"model": "sonnet"/);
    assert.doesNotMatch(readFileSync(settings, 'utf8'), /linekeeper/);
    assert.equal(uninstallHooks(claude, user).outcome, 'absent');
  });

  it('uninstalling removes the hooks when the backup is gone', () => {
    theirs(THEIRS);
    installHooks(claude, user);
    rmSync(user.stateDir, { recursive: true });
    assert.equal(uninstallHooks(claude, user).outcome, 'removed');
    assert.doesNotMatch(readFileSync(settings, 'utf8'), /linekeeper/);
  });

  it('uninstalling deletes our own hook file, and keeps it when somebody added to it', () => {
    const { file } = installHooks(copilot, user);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n\n`);
    uninstallHooks(copilot, user);
    assert.equal(existsSync(path.join(user.home, '.copilot')), false);
    installHooks(copilot, user);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version": 1,', '"version": 1,\n  "mine": true,'));
    uninstallHooks(copilot, user);
    assert.match(readFileSync(file, 'utf8'), /"mine": true/);
  });

  it('the backup of a settings file is readable by its owner only', () => {
    theirs('{"env":{"TOKEN":"secret"}}');
    installHooks(claude, user);
    const kept = path.join(user.stateDir, 'assistant-hooks');
    for (const one of readdirSync(kept)) assert.equal(statSync(path.join(kept, one)).mode & 0o077, 0);
    assert.equal(statSync(kept).mode & 0o077, 0);
  });

  it('a settings file behind a symbolic link is written through the link, which stays', () => {
    theirs('{}');
    const real = path.join(folder, 'dotfiles.json');
    writeFileSync(real, THEIRS);
    rmSync(settings);
    symlinkSync(real, settings);
    installHooks(claude, user);
    assert.match(readFileSync(real, 'utf8'), /linekeeper/);
    uninstallHooks(claude, user);
    assert.equal(realpathSync(settings), real);
    assert.equal(readFileSync(real, 'utf8'), THEIRS);
  });

  it('a dangling symbolic link is written through, and dangles again after uninstalling', () => {
    theirs('{}');
    rmSync(settings);
    symlinkSync('../dotfiles/claude.json', settings);
    installHooks(claude, user);
    assert.match(readFileSync(path.join(path.dirname(settings), '../dotfiles/claude.json'), 'utf8'), /linekeeper/);
    uninstallHooks(claude, user);
    assert.equal(readlinkSync(settings), '../dotfiles/claude.json');
    assert.ok(!existsSync(path.join(path.dirname(settings), '../dotfiles/claude.json')));
  });

  it('hooks for a project are refused when a symbolic link leads out of the repository', () => {
    symlinkSync(user.home, path.join(folder, 'repository', '.claude'));
    assert.equal(reasonOf(() => installHooks(claude, project)).reason, 'outside');
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'repository', '.github'));
    assert.equal(reasonOf(() => installHooks(copilot, project)).reason, 'outside');
    assert.deepEqual(readdirSync(user.home), []);
    assert.equal(existsSync(path.join(folder, 'nowhere')), false);
  });

  it('symbolic links in a circle are reported and left alone', () => {
    symlinkSync('.claude', path.join(folder, 'repository', '.claude'));
    assert.match(
      reasonOf(() => installHooks(claude, project)).message,
      /symbolic links lead in a circle.*Nothing was changed\.$/,
    );
    assert.match(reasonOf(() => uninstallHooks(claude, project)).message, /symbolic links lead in a circle/);
    theirs('{}');
    rmSync(settings);
    symlinkSync(path.basename(settings), settings);
    assert.match(reasonOf(() => installHooks(claude, user)).message, /symbolic links lead in a circle/);
    assert.equal(readlinkSync(settings), path.basename(settings));
  });

  it('a malformed settings file is refused with its line, and nothing is written', () => {
    theirs('{\n  "model": "opus"\n  "env": {}\n}\n');
    const error = reasonOf(() => installHooks(claude, user));
    assert.equal(error.reason, 'malformed');
    assert.ok(error.message.startsWith(`${settings}:3:3: `), error.message);
    assert.match(error.message, /Nothing was changed/);
    assert.equal(existsSync(user.stateDir), false);
    const state = hookState(claude, user);
    assert.equal(state.state, 'unreadable');
    assert.ok(state.detail?.includes(':3:3'));
    assert.equal(reasonOf(() => uninstallHooks(claude, user)).reason, 'malformed');
  });

  it('a settings file that is not UTF-8, or a folder, is refused', () => {
    theirs(new Uint8Array([0x7b, 0xff, 0x7d]));
    assert.match(reasonOf(() => installHooks(claude, user)).message, /not UTF-8/);
    rmSync(settings);
    mkdirSync(settings);
    assert.match(reasonOf(() => installHooks(claude, user)).message, /not a file/);
  });

  it('the state is off when the file disables all hooks', () => {
    theirs('{"disableAllHooks": true}');
    installHooks(claude, user);
    const state = hookState(claude, user);
    assert.equal(state.state, 'off');
    assert.match(state.detail ?? '', /disableAllHooks/);
  });

  describe('the installed hook command, run by a shell', () => {
    const commandOf = (options: SetupOptions): string => {
      const { file } = installHooks(claude, options);
      const found = /"command": ("(?:[^"\\]|\\.)*")/.exec(readFileSync(file, 'utf8'))?.[1];
      assert.ok(found);
      return JSON.parse(found) as string;
    };
    const run = (command: string, bin = ''): { status: number | null; stdout: string; stderr: string } =>
      spawnSync('/bin/sh', ['-c', command], {
        encoding: 'utf8',
        input: '{"a":1}',
        env: { PATH: `${bin}:/usr/bin:/bin` },
      });
    const program = (file: string, text: string): void => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o755 });
    };

    it('passes arguments and payload to the program, whatever its path', () => {
      program(
        user.program[1] ?? '',
        'process.stdin.pipe(process.stdout); process.stderr.write(process.argv.slice(2).join(" "))',
      );
      const { status, stdout, stderr } = run(commandOf(user));
      assert.deepEqual([status, stdout, stderr], [0, '{"a":1}', 'record claude-code']);
    });

    it('sets ELECTRON_RUN_AS_NODE when the program is an editor', () => {
      program(user.program[1] ?? '', 'process.stdout.write(String(process.env.ELECTRON_RUN_AS_NODE))');
      assert.equal(run(commandOf(user)).stdout, 'undefined');
      assert.equal(run(commandOf({ ...user, electron: true })).stdout, '1');
    });

    it('passes on exit code 2, and turns every other failure into 0', () => {
      const command = commandOf(user);
      for (const [code, expected] of [
        [2, 2],
        [1, 0],
        [139, 0],
        [0, 0],
      ]) {
        program(user.program[1] ?? '', `process.exit(${String(code)})`);
        assert.equal(run(command).status, expected);
      }
    });

    it('prints one line and exits 0 when the program is gone', () => {
      const { status, stdout, stderr } = run(commandOf(user));
      assert.deepEqual([status, stdout], [0, '']);
      assert.match(stderr, /^linekeeper: Linekeeper was removed, [^\n]+\n$/);
    });

    it('runs linekeeper for a colleague who has it, and says in one line when it is not installed', () => {
      const command = commandOf(project);
      assert.ok(!command.includes(folder));
      const without = run(command);
      assert.deepEqual([without.status, without.stdout], [0, '']);
      assert.match(without.stderr, /^linekeeper is not installed here: this edit is not recorded\n$/);
      program(path.join(folder, 'bin', 'linekeeper'), '#!/bin/sh\necho "$@"; cat; exit 2\n');
      const having = run(command, path.join(folder, 'bin'));
      assert.deepEqual([having.status, having.stdout], [2, 'record claude-code\n{"a":1}']);
    });
  });
});
