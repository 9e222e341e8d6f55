/** Submodules that are set up with their superproject, once somebody asks. */
import assert from 'node:assert/strict';
import { existsSync, symlinkSync } from 'node:fs';
import { Repository, submodulesOf } from '../../../src/git';
import { builtCli, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe('submodules of a repository:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  before(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one line\n');
    await test.commit('Start');
    await test.git('clone', '-q', test.root, test.outside('origin'));
    for (const name of ['libs/a b', 'libs/gone', 'libs/link'])
      await test.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', test.outside('origin'), name);
    await test.git('commit', '-qm', 'Submodules');
    await test.git('submodule', '--quiet', 'deinit', '--force', 'libs/gone', 'libs/link');
    await test.git('clone', '-q', test.root, test.outside('elsewhere'));
    await test.git('rm', '-rq', '--cached', 'libs/link');
    await test.git('update-index', '--add', '--cacheinfo', `160000,${await test.head()},libs/link`);
    symlinkSync(test.outside('elsewhere'), test.at('libs/link2'));
    await test.git('update-index', '--add', '--cacheinfo', `160000,${await test.head()},libs/link2`);
  });
  after(() => test.dispose());

  const hook = (): string => test.at('.git/modules/libs/a b/hooks/prepare-commit-msg');

  it('those of the index: are found when they are checked out, and no link is followed', async () => {
    const repository = Repository.find(test.root);
    assert.ok(repository);
    assert.deepEqual(
      (await submodulesOf(repository)).map(({ root }) => root),
      [test.at('libs/a b')],
    );
  });

  it('install: names what has no hooks, and writes none there when nobody asked', async () => {
    const { code, stdout } = await linekeeper(test, ['install']);
    assert.equal(code, 0);
    assert.match(stdout, /^submodules: 1 has no hooks\. "linekeeper install --submodules" installs them there too\.$/m);
    assert.ok(!existsSync(hook()));
  });

  it('install --submodules: gives commits there their trailers, and uninstall takes the hooks back', async () => {
    const { stdout } = await linekeeper(test, ['install', '--submodules']);
    assert.match(stdout, /^submodule libs\/a b: installed in /m);
    assert.ok(existsSync(hook()));
    const again = await linekeeper(test, ['install']);
    assert.doesNotMatch(again.stdout, /submodules:/);
    const gone = await linekeeper(test, ['uninstall', '--submodules']);
    assert.match(gone.stdout, /^submodule libs\/a b: removed/m);
    assert.ok(!existsSync(hook()) && !existsSync(test.at('.git/hooks/prepare-commit-msg')));
  });
});
