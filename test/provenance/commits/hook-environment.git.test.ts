/** What git's hooks and our commands find around them: a trial, and another owner. */
import assert from 'node:assert/strict';
import { installGitHooks, settle } from '../../../src/provenance/commits';
import { pushNotesAlong } from '../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { itInFull } from '../../support/full';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

describe('the surroundings of git hooks and commands:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\n');
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const byAi = (): Promise<void> => as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo by AI\n'));

  itInFull('git push --dry-run: sends no notes when they go along with a push', async () => {
    const remote = test.outside('remote.git');
    await test.git('init', '-q', '--bare', remote);
    await test.git('remote', 'add', 'origin', remote);
    await pushNotesAlong(test.repository());
    await byAi();
    await test.commit('Work');
    await settle(test.repository(), tick);
    const notes = (): Promise<string> => test.git('ls-remote', 'origin', 'refs/notes/*');
    await test.git('push', '-q', '--dry-run', 'origin', 'main');
    await test.git('push', '-qn', 'origin', 'main');
    assert.equal(await notes(), '');
    await test.git('push', '-q', 'origin', 'main');
    assert.match(await notes(), /refs\/notes\/ai$/m);
  });

  it('a repository of another owner: each command says what git says and what to do when git refuses it', async () => {
    await byAi();
    for (const words of [['status'], ['show', 'HEAD'], ['blame', 'a.txt']]) {
      const { code, stderr, stdout } = await linekeeper(test, words, { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });
      assert.deepEqual([words[0], code, stdout], [words[0], 2, '']);
      assert.match(stderr, /another user owns it/);
      assert.match(stderr, /git config --global --add safe\.directory /);
    }
  });
});
