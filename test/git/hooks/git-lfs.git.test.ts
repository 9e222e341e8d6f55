/** Git LFS itself beside our hooks, whoever came first: what is pushed is whole. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POINTER = 'version https://git-lfs';

describe('Git LFS beside our hooks:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  before(function () {
    if (spawnSync('git', ['lfs', 'version']).status !== 0) this.skip();
  });
  beforeEach(async () => {
    test = await TestRepository.create();
    await test.git('lfs', 'install', '--skip-repo');
    await test.git('init', '-q', '--bare', test.outside('remote'));
    await test.git('remote', 'add', 'origin', `file://${test.outside('remote')}`);
    test.write('a.txt', 'one\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  const ours = async (): Promise<string> => {
    const { code, stdout, stderr } = await linekeeper(test, ['install', '--git']);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const track = async (): Promise<void> => {
    await test.git('lfs', 'track', '*.bin');
  };
  /** Pushes a large file, and clones it elsewhere. */
  async function pushed(round: number): Promise<void> {
    const content = `content of round ${String(round)}\n`.repeat(1000);
    test.write('large.bin', content);
    await test.commit(`Round ${String(round)}`);
    assert.ok((await test.git('show', 'HEAD:large.bin')).startsWith(POINTER));
    await test.git('push', '-q', 'origin', 'HEAD:main');
    const clone = test.outside(`clone-${String(round)}`);
    await test.git('clone', '-q', '-b', 'main', `file://${test.outside('remote')}`, clone);
    assert.equal(readFileSync(path.join(clone, 'large.bin'), 'utf8'), content);
  }

  it('a push sends LFS files when LFS was installed after us, three times over', async () => {
    assert.doesNotMatch(await ours(), /LFS/);
    for (const round of [1, 2, 3]) {
      await track();
      await test.run(['lfs', 'install', '--local']);
      await pushed(round);
      assert.match(await ours(), /Git LFS: .*ours sends/);
    }
    const { stdout } = await linekeeper(test, ['doctor']);
    assert.match(stdout, /Git LFS.*ours sends/);
  });

  it('a push sends LFS files when LFS was installed first, three times over', async () => {
    for (const round of [1, 2, 3]) {
      await track();
      await test.run(['lfs', 'install', '--local']);
      assert.doesNotMatch(await ours(), /Git LFS/);
      await pushed(round);
    }
    await linekeeper(test, ['uninstall', '--git']);
    assert.match(readFileSync(test.at('.git/hooks/pre-push'), 'utf8'), /^git lfs pre-push/m);
    await pushed(4);
  });

  it('a push sends LFS files after LFS overwrites our hook, and when its line is added to ours', async () => {
    await ours();
    await track();
    await test.git('lfs', 'update', '--force');
    await ours();
    await pushed(1);
    await linekeeper(test, ['uninstall', '--git']);
    rmSync(test.at('.git/hooks/pre-push'));
    await ours();
    const advice = 'command -v git-lfs >/dev/null 2>&1 || exit 2\ngit lfs pre-push "$@"\n';
    const hook = test.at('.git/hooks/pre-push');
    test.write('.git/hooks/pre-push', readFileSync(hook, 'utf8') + advice);
    assert.doesNotMatch(await ours(), /Git LFS/);
    await pushed(2);
  });

  /** Whether a file in the work tree may be written to. */
  const isWritable = (file: string): boolean => (statSync(test.at(file)).mode & 0o200) !== 0;

  it('lockable files become read-only at commit, checkout and merge, when LFS was installed after us', async () => {
    await ours();
    await test.git('lfs', 'track', '--lockable', '*.lock');
    await test.run(['lfs', 'install', '--local']);
    await linekeeper(test, ['status']); // any command of ours sees that LFS has come
    for (const name of ['post-checkout', 'post-commit', 'post-merge'])
      assert.match(test.read(`.git/hooks/${name}`), /^# Linekeeper hook/m, name);
    test.write('a.lock', 'one\n');
    await test.commit('Lockable');
    assert.equal(isWritable('a.lock'), false, 'after a commit');
    await test.git('switch', '-qc', 'work');
    test.write('b.lock', 'one\n');
    await test.commit('Other');
    await test.git('switch', '-q', 'main');
    await test.git('switch', '-q', 'work');
    assert.equal(isWritable('b.lock'), false, 'after a checkout');
    await test.git('switch', '-q', 'main');
    chmodSync(test.at('a.lock'), 0o644);
    await test.git('merge', '-q', '--no-ff', '--no-edit', 'work');
    assert.equal(isWritable('a.lock'), false, 'after a merge');
    test.write('c.txt', 'one\n');
    assert.match((await linekeeper(test, ['status'])).stdout, /^Git LFS: .*ours sends/m);
    await linekeeper(test, ['uninstall', '--git']);
    assert.equal(existsSync(test.at('.git/hooks/post-commit')), false);
  });

  it('status says when nothing sends the files, as git no longer runs our hooks', async () => {
    await ours();
    await track();
    const env = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: test.outside('elsewhere'),
    };
    const { stderr } = await linekeeper(test, ['status'], { env });
    assert.match(stderr, /Git LFS: nothing sends the files/);
  });

  it('a push fails when LFS cannot send', async () => {
    await ours();
    await track();
    test.write('large.bin', 'large\n');
    await test.commit('Large');
    rmSync(test.at('.git/lfs/objects'), { recursive: true });
    const { code } = await test.run(['push', '-q', 'origin', 'HEAD:main']);
    assert.notEqual(code, 0);
    assert.equal(existsSync(test.outside('remote/refs/heads/main')), false);
  });
});
