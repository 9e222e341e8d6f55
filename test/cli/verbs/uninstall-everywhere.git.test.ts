/** Leaving: `uninstall` with and without its options, and what VS Code starts once the extension is uninstalled. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, registerProgram } from '../../../src/base/launcher';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

const MANIFEST = path.resolve(import.meta.dirname, '../../../package.json');

describe('uninstall of everything', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let settings: string;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
    settings = path.join(test.home, '.claude', 'settings.json');
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, '{ "model": "opus" }\n');
    assert.equal((await linekeeper(test, ['install', '--git', '--assistant', 'claude-code'])).code, 0);
  });
  afterEach(() => test.dispose());

  const hooks = (): readonly string[] => readdirSync(test.at('.git/hooks')).filter((name) => !name.endsWith('.sample'));

  /** As VS Code does: the script of the manifest, with a word of its own, from some other folder. */
  function vscodeUninstalls(): string {
    const script = (JSON.parse(readFileSync(MANIFEST, 'utf8')) as { scripts: Record<string, string> }).scripts[
      'vscode:uninstall'
    ];
    const [program, file = ''] = (script ?? '').split(' ');
    assert.equal(program, 'node');
    const extension = test.outside('extensions/acme.linekeeper-1.0.0');
    cpSync(path.dirname(CLI), path.join(extension, 'dist'), { recursive: true });
    return execFileSync(process.execPath, [path.join(extension, file), '--type=extensionUninstall'], {
      cwd: '/',
      env: { ...test.env, PATH: process.env['PATH'] },
      encoding: 'utf8',
    });
  }

  itInFull('vscode:uninstall: hooks of git and of assistants go when the extension was the only Linekeeper', () => {
    writeFileSync(path.join(folderOf(test.home), 'programs'), '');
    const out = vscodeUninstalls();
    assert.equal(readFileSync(settings, 'utf8'), '{ "model": "opus" }\n');
    assert.deepEqual(hooks(), []);
    assert.equal(existsSync(folderOf(test.home)), false, out);
    assert.match(out, /^Claude Code: as it was before: .*settings\.json$/m);
  });

  itInFull(
    'vscode:uninstall: nothing changes when npm has brought Linekeeper too, and an older version is no other',
    () => {
      const before = readFileSync(settings, 'utf8');
      const older = test.outside('extensions/acme.linekeeper-0.9.0/dist/cli.js');
      mkdirSync(path.dirname(older), { recursive: true });
      writeFileSync(older, '');
      assert.match(vscodeUninstalls(), /is installed too, and hooks start it: nothing was changed\.$/m);
      assert.equal(readFileSync(settings, 'utf8'), before);
      writeFileSync(path.join(folderOf(test.home), 'programs'), '');
      registerProgram(folderOf(test.home), { version: '0.9.0', executable: 'node', cli: older, electron: false });
      vscodeUninstalls();
      assert.deepEqual(hooks(), []);
    },
  );

  itInFull(
    "uninstall --everywhere: the policy's rules go byte for byte when they were written after the hooks, or before",
    async () => {
      const policy = 'version: 1\ntiers:\n  - { name: critical, paths: ["infra/**"], agents: deny }\n';
      test.write('.linekeeper.yml', policy);
      const enforced = ['install', '--enforce', '--assistant', 'claude-code'];
      assert.equal((await linekeeper(test, enforced)).code, 0);
      const { stdout } = await linekeeper(test, ['uninstall', '--everywhere']);
      assert.match(stdout, /^the policy's rules are taken out of .*settings\.json$/m);
      assert.equal(readFileSync(settings, 'utf8'), '{ "model": "opus" }\n');
      assert.equal((await linekeeper(test, enforced)).code, 0);
      assert.equal((await linekeeper(test, ['install', '--assistant', 'claude-code'])).code, 0);
      await linekeeper(test, ['uninstall', '--everywhere']);
      assert.equal(readFileSync(settings, 'utf8'), '{ "model": "opus" }\n');
      assert.equal(existsSync(folderOf(test.home)), false);
    },
  );

  it('uninstall: says what it did and what it left, and that there was nothing when it is called again', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\n'));
    const first = await linekeeper(test, ['uninstall', '--everywhere']);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /^git hooks of .*: removed$/m);
    assert.match(first.stdout, /^kept: the records in .*linekeeper$/m);
    assert.match(first.stdout, /^the programs in .*\.linekeeper: removed$/m);
    const second = await linekeeper(test, ['uninstall', '--everywhere']);
    assert.match(second.stdout, /^Nothing of Linekeeper was set up for this account\.$/m);
    const third = await linekeeper(test, ['uninstall']);
    assert.match(third.stdout, /^git hooks: Linekeeper had installed none$/m);
    assert.doesNotMatch(third.stdout, /your hooks/);
  });

  it("uninstall: names a person's hooks of assistants that stay when only the git hooks of a repository go", async () => {
    const { stdout } = await linekeeper(test, ['uninstall']);
    assert.match(
      stdout,
      /^git hooks: removed.*\n(?:kept: the records .*\n)?kept: your hooks of Claude Code, .*--everywhere/m,
    );
    assert.notEqual(readFileSync(settings, 'utf8'), '{ "model": "opus" }\n');
    const named = await linekeeper(test, ['uninstall', '--git', '--assistant', 'claude-code']);
    assert.doesNotMatch(named.stdout, /your hooks/);
  });

  it('uninstall: --everything refuses, names the program to run elsewhere and changes nothing when nobody can be asked', async () => {
    const { code, stderr } = await linekeeper(test, ['uninstall', '--everything']);
    assert.equal(code, 2);
    assert.match(stderr, /Only a person may delete the records\..*\(the program is .*\.linekeeper.*linekeeper\)\.$/m);
    assert.ok(hooks().length > 0);
  });

  itInFull(
    'uninstall: --everything takes records, notes and the refs of a remote when a person says yes to each',
    async () => {
      const remote = test.outside('remote.git');
      execFileSync('git', ['init', '-q', '--bare', remote]);
      await test.git('remote', 'add', 'origin', remote);
      await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\n'));
      await test.git('commit', '-qam', 'Two');
      assert.equal((await linekeeper(test, ['notes', 'push'])).code, 0);
      for (const name of ['signoffs', 'deployments', 'runs', 'debts'])
        await test.git('notes', `--ref=linekeeper-${name}`, 'add', '-m', '{}', 'HEAD');
      const { code, stdout } = await atTerminal(test, ['uninstall', '--everything'], { answers: 'yes\nyes\n' });
      assert.equal(code, 0, stdout);
      assert.equal(await test.git('for-each-ref', 'refs/notes', 'refs/linekeeper'), '');
      assert.equal(execFileSync('git', ['--git-dir', remote, 'for-each-ref'], { encoding: 'utf8' }), '');
      assert.equal(existsSync(test.at('.git/linekeeper')), false);
      assert.match(stdout, /^Repositories without hooks are not known here,/m);
      assert.match(await test.git('log', '-1', '--format=%B'), /Assisted-by: /);
    },
  );

  it('uninstall --everything: asks about a remote once and names its address when two clones have it', async () => {
    const remote = test.outside('remote.git');
    execFileSync('git', ['init', '-q', '--bare', remote]);
    await test.git('remote', 'add', 'origin', `file://${remote}`);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\n'));
    await test.git('commit', '-qam', 'Two');
    assert.equal((await linekeeper(test, ['notes', 'push'])).code, 0);
    const clone = test.outside('clone');
    execFileSync('git', ['clone', '-q', test.root, clone]);
    execFileSync('git', ['remote', 'set-url', 'origin', `file://${remote}`], { cwd: clone });
    assert.equal((await linekeeper(test, ['install', '--git'], { cwd: clone })).code, 0);
    const { stdout } = await atTerminal(test, ['uninstall', '--everything'], { answers: 'yes\nno\n' });
    const questions = stdout.match(/Remove them from .* for everybody\?/g);
    assert.deepEqual(questions, [`Remove them from origin (file://${remote}) for everybody?`], stdout);
  });

  itInFull(
    'purge --remote: removes nothing when no person can be asked, and everything when one says yes',
    async () => {
      const remote = test.outside('remote.git');
      execFileSync('git', ['init', '-q', '--bare', remote]);
      await test.git('remote', 'add', 'origin', remote);
      await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\n'));
      await test.git('commit', '-qam', 'Two');
      await linekeeper(test, ['notes', 'push']);
      const asked = await linekeeper(test, ['purge', '--remote']);
      assert.equal(asked.code, 2);
      assert.match(
        asked.stdout,
        /^To be removed at origin: refs\/notes\/ai\nEverybody who uses this remote loses the authors/,
      );
      const done = await atTerminal(test, ['purge', '--remote', 'origin'], { answers: 'yes\n' });
      assert.equal(done.code, 0, done.stdout);
      assert.equal(execFileSync('git', ['--git-dir', remote, 'for-each-ref'], { encoding: 'utf8' }), '');
      assert.match((await linekeeper(test, ['show'])).stdout, /added 1 AI/);
      assert.match((await linekeeper(test, ['purge', '--remote'])).stdout, /has no notes of Linekeeper/);
    },
  );

  itInFull('purge --older-than: removes notes of old commits alone when it is told --yes', async () => {
    for (const [text, at] of [
      ['one\ntwo\n', '2024-01-01T12:00:00Z'],
      ['one\ntwo\nthree\n', ''],
    ] as const) {
      await as('ai', test, ['a.txt'], () => test.write('a.txt', text));
      await test.commit('More', at === '' ? {} : { at });
    }
    await linekeeper(test, ['show']);
    const asked = await linekeeper(test, ['purge', '--older-than', '365d']);
    assert.deepEqual(
      [asked.code, asked.stdout.split('\n')[0]],
      [1, 'to be removed: the notes of 1 commit in refs/notes/ai'],
    );
    assert.equal((await linekeeper(test, ['purge', '--older-than', '365d', '--yes'])).code, 0);
    assert.match((await linekeeper(test, ['show', 'HEAD'])).stdout, /added 1 AI/);
    assert.match((await linekeeper(test, ['show', 'HEAD~1'])).stdout, /This commit has no note/);
    assert.equal((await linekeeper(test, ['purge', '--older-than', '1 year'])).code, 2);
  });

  it('purge --older-than policy: removes what runs.for keeps no longer when it is told --yes', async () => {
    const policy = (more: string): void =>
      test.write('.linekeeper.yml', `version: 1\n${more}tiers: [{ name: all, paths: ["**"] }]\n`);
    test.write('a.txt', 'old\n');
    await test.commit('Old', { at: '2024-01-01T12:00:00Z' });
    await test.git('notes', '--ref=linekeeper-runs', 'add', '-m', 'a statement', 'HEAD');
    await test.git('notes', '--ref=linekeeper-prompts', 'add', '-m', 'a prompt', 'HEAD');
    const purged = async (...more: readonly string[]): Promise<string> =>
      (await linekeeper(test, ['purge', '--older-than', 'policy', ...more])).stdout.split('\n')[0] ?? '';
    policy('');
    assert.equal(await purged('--yes'), 'The policy keeps everything that is here.');
    policy('runs: { keep: digest, for: 365d }\n');
    assert.equal(await purged('--yes'), 'removed: the notes of 1 commit in refs/notes/linekeeper-runs');
    assert.equal(await test.git('notes', '--ref=linekeeper-prompts', 'show', 'HEAD'), 'a prompt');
  });
});
