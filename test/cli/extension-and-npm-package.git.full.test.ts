/**
 * Somebody who has the packed extension, then the npm package too: an update and the removal of either while commits and
 * an agent's hook run. The account is new, and VS Code's part is its folder of extensions and `vscode:uninstall`.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import JSZip from 'jszip';
import { packCommandLine } from '../../scripts/npm-package';
import { packedProduct } from '../support/product';
import { TestRepository } from '../support/repository';
import { version } from '../../package.json';

/** The rest is the launcher's own part, which is tried on Windows by its tests. */
(process.platform === 'win32' ? describe.skip : describe)('the extension and the npm package together', function () {
  this.timeout(600_000);
  let test: TestRepository;
  let prefix: string;
  before(async () => {
    test = await TestRepository.create();
    prefix = test.outside('prefix');
    test.write('a.txt', 'one\n');
    await test.commit('start');
    mkdirSync(path.join(test.home, '.claude'));
  });
  after(() => test.dispose());

  interface Ended {
    readonly code: number;
    readonly out: string;
  }
  /** Output and errors together. */
  function start(program: string, words: readonly string[], input = ''): Promise<Ended> {
    const PATH = [path.join(prefix, 'bin'), process.env['PATH']].join(path.delimiter);
    return new Promise((resolve, reject) => {
      const child = spawn(program, words, { cwd: test.root, env: { ...test.env, PATH } });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code: code ?? -1, out });
      });
      child.stdin.end(input);
    });
  }
  const done = async (program: string, ...words: readonly string[]): Promise<string> => {
    const { code, out } = await start(program, words);
    assert.equal(code, 0, `${[program, ...words].join(' ')}: ${out}`);
    return out;
  };

  /** As VS Code installs it. Returns its folder. */
  async function installExtension(as: string): Promise<string> {
    const folder = path.join(test.home, '.vscode/extensions', `linekeeper.linekeeper-${as}`);
    const zip = await JSZip.loadAsync(readFileSync(await packedProduct()));
    for (const [name, entry] of Object.entries(zip.files)) {
      if (entry.dir || !name.startsWith('extension/')) continue;
      const file = path.join(folder, name.slice('extension/'.length));
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, await entry.async('nodebuffer'));
    }
    return folder;
  }
  /** As VS Code does once no window runs it any more. */
  function uninstallExtension(folder: string): string {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const [, file = ''] = (manifest.scripts['vscode:uninstall'] ?? '').split(' ');
    const out = execFileSync(process.execPath, [path.join(folder, file), '--type=extensionUninstall'], {
      cwd: '/',
      env: { ...test.env, PATH: process.env['PATH'] },
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    return out;
  }

  /** Node had begun with a program that was gone before it was read: once for each folder that goes, at most. */
  let cutOffs = 0;
  const cutOff = (out: string): boolean => {
    const isCutOff = out.includes('MODULE_NOT_FOUND');
    if (isCutOff) assert.ok(++cutOffs <= 2, out);
    return isCutOff;
  };

  let number = 0;
  /** An agent writes a file between its own two hooks, and a person commits it. */
  async function agentWritesAndCommits(): Promise<void> {
    const name = `f${String(++number)}.txt`;
    const { hooks } = JSON.parse(readFileSync(path.join(test.home, '.claude/settings.json'), 'utf8')) as {
      hooks: Record<string, { matcher?: string; hooks: { command: string }[] }[]>;
    };
    const payload = (event: string): string =>
      JSON.stringify({
        session_id: 's',
        cwd: test.root,
        hook_event_name: event,
        tool_name: 'Write',
        tool_use_id: `t${String(number)}`,
        tool_input: { file_path: test.at(name), content: 'by AI\n' },
      });
    for (const event of ['PreToolUse', 'PostToolUse']) {
      const command = hooks[event]?.[0]?.hooks[0]?.command ?? '';
      const { code, out } = await start('sh', ['-c', command], payload(event));
      if (cutOff(out)) return;
      assert.deepEqual([code, out], [0, ''], event);
      if (event === 'PreToolUse') test.write(name, 'by AI\n');
    }
    await test.git('add', name);
    const { code, out } = await start('git', ['commit', '--quiet', '-m', `Add ${name}`]);
    assert.equal(code, 0, out);
    if (cutOff(out)) return;
    assert.equal(out, '');
    assert.match(await test.git('log', '-1', '--format=%B'), /^Assisted-by: claude-code/m, name);
  }
  /** Beside what is done. */
  async function whileWorking(act: () => unknown): Promise<void> {
    const from = number;
    const state = { isDone: false };
    const acted = (async () => {
      await act();
      state.isDone = true;
    })();
    while (!state.isDone || number < from + 3) await agentWritesAndCommits();
    await acted;
  }
  const hook = (): string => test.read('.git/hooks/prepare-commit-msg');
  let extension: string;
  let written: string;

  it('only the extension: an agent and a commit are recorded when it was set up', async () => {
    extension = await installExtension(version);
    await done(process.execPath, path.join(extension, 'dist/cli.js'), 'install', '--git', '--assistant', 'claude-code');
    written = hook();
    await agentWritesAndCommits();
  });

  it('the npm package beside it: no hook changes when it is installed while commits and an agent run', async () => {
    const into = test.outside('packed');
    mkdirSync(into);
    const npmPackage = await packCommandLine(test.outside('package'), into);
    await whileWorking(async () => {
      await done('npm', 'install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', npmPackage);
      await done('linekeeper', 'install', '--git', '--assistant', 'claude-code');
    });
    assert.equal(hook(), written);
    assert.equal(readFileSync(path.join(test.home, '.linekeeper/programs'), 'utf8').trim().split('\n').length, 2);
  });

  it('an update of the extension: every commit has its trailers when the old folder goes meanwhile', async () => {
    const old = extension;
    await whileWorking(async () => {
      extension = await installExtension('9.9.9');
      rmSync(old, { recursive: true });
      await done(process.execPath, path.join(extension, 'dist/cli.js'), 'install', '--git');
    });
    assert.equal(hook(), written);
  });

  it('the extension goes: hooks go on with the npm package when commits and an agent run meanwhile', async () => {
    await whileWorking(() => {
      assert.match(uninstallExtension(extension), /is installed too, and hooks start it: nothing was changed\.$/m);
    });
    assert.equal(hook(), written);
    assert.match(await done('linekeeper', 'doctor'), /^ok +git hooks: installed/m);
  });

  it('the npm package goes: nothing of Linekeeper is left outside of the records when it was taken out first', async () => {
    await done('linekeeper', 'uninstall', '--everywhere');
    await done('npm', 'uninstall', '--global', '--prefix', prefix, '--offline', 'linekeeper');
    assert.deepEqual(
      readdirSync(test.at('.git/hooks')).filter((name) => !name.endsWith('.sample')),
      [],
    );
    assert.equal(existsSync(path.join(test.home, '.linekeeper')), false);
    const settings = path.join(test.home, '.claude/settings.json');
    assert.ok(!existsSync(settings) || !readFileSync(settings, 'utf8').includes('linekeeper'));
    test.write('last.txt', 'by a person\n');
    await test.git('add', '--all');
    const { code, out } = await start('git', ['commit', '--quiet', '-m', 'Last']);
    assert.deepEqual([code, out], [0, '']);
  });
});
