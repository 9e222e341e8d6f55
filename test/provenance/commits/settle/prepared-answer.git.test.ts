/**
 * What was prepared for the next commit counts for a commit of new work only: git may reach the same tree in the middle
 * of a rebase, a squash or a merge, or while it amends, and then the commit is made of others.
 */
import assert from 'node:assert/strict';
import { installGitHooks, prepareAnswer, statusOf } from '../../../../src/provenance/commits';
import { trailerPolicy } from '../../../../src/policy/local-work';
import { itInFull } from '../../../support/full';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick, type Who } from '../../../support/worker';

const BASE = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n';
const BY_GIT = { GIT_EDITOR: ':', GIT_SEQUENCE_EDITOR: ':' };

describe('an answer that was prepared for the next commit', function () {
  this.timeout(120_000);
  let test: TestRepository;
  before(() => builtCli());
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    test.write('b.txt', BASE);
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const put = (who: Who, file: string, after: string, line: string): Promise<void> =>
    as(who, test, [file], () => test.replace(file, `${after}\n`, `${after}\n${line}\n`));
  const prepare = async (): Promise<void> => {
    await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick }, { everyWay: true });
  };
  async function git(...words: readonly string[]): Promise<void> {
    const done = await test.run(words, { env: BY_GIT });
    assert.equal(done.code, 0, done.stderr);
  }
  const counts = (): Promise<string> => test.git('log', '-1', '--format=%(trailers:key=AI-Lines,valueonly)');

  it('is not that of a fixup which a rebase puts into the commit of a person', async () => {
    await put('human', 'a.txt', 'two', 'by a person\nby a person too');
    await git('commit', '-qam', 'Person');
    await put('ai', 'a.txt', 'seven', 'by an assistant');
    await git('add', '-A');
    await prepare();
    await git('commit', '-q', '--fixup', 'HEAD');
    await git('rebase', '-q', '-i', '--autosquash', 'HEAD~2');
    assert.equal((await counts()).trim(), '+1 -0 of +3 -0');
  });

  itInFull('is not that of an amended commit, with another author or another date either', async () => {
    for (const how of [['--reset-author'], ['--date', '2020-01-01T00:00:00Z']]) {
      await git('checkout', '-q', '-B', 'main', (await test.git('rev-list', '--max-parents=0', 'HEAD')).trim());
      await put('human', 'a.txt', 'two', 'by a person\nby a person too');
      await git('commit', '-qam', 'Person');
      await put('ai', 'a.txt', 'seven', 'by an assistant');
      await git('add', '-A');
      await prepare();
      await git('commit', '-q', '--amend', ...how, '-m', 'Person, again');
      assert.equal((await counts()).trim(), '+1 -0 of +3 -0', how.join(' '));
    }
  });

  itInFull('is told from the commits that a squash is made of, and so is status', async () => {
    await git('switch', '-q', '-c', 'side');
    await put('ai', 'a.txt', 'two', 'by an assistant');
    await git('commit', '-qam', 'One');
    await put('human', 'a.txt', 'seven', 'by a person');
    await git('commit', '-qam', 'Two');
    await git('switch', '-q', 'main');
    await put('human', 'b.txt', 'two', 'meanwhile');
    await git('commit', '-qam', 'Meanwhile');
    test.forgetRecords();
    await git('merge', '-q', '--squash', 'side');
    await put('ai', 'b.txt', 'seven', 'on top of it');
    await git('add', '-A');
    assert.deepEqual((await statusOf(test.repository(), tick)).added, { ai: 2, human: 1, unknown: 0 });
    await prepare();
    await git('commit', '-q', '-m', 'All of it');
    assert.equal((await counts()).trim(), '+2 -0 of +3 -0');
  });

  itInFull('is not that of a merge, which brings what others made', async () => {
    await git('switch', '-q', '-c', 'side');
    await put('ai', 'b.txt', 'two', 'by an assistant');
    await put('ai', 'a.txt', 'two', 'by an assistant');
    await git('commit', '-qam', 'Side');
    await git('switch', '-q', 'main');
    await put('human', 'a.txt', 'two', 'by a person');
    await git('commit', '-qam', 'Main');
    assert.equal((await test.run(['merge', '-q', 'side'])).code, 1);
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', BASE.replace('two\n', 'two\nby an assistant who read both\n')),
    );
    await git('add', '-A');
    await prepare();
    await git('commit', '-q', '-m', 'Merge side');
    assert.match(await counts(), /^\+1 -\d of \+1 -\d$/m);
  });
});
