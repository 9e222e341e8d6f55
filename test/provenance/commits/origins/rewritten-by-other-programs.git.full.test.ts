/**
 * Commits that are put in the place of others by plumbing, as git-revise, StGit and jj do: no hook of git's runs, and
 * HEAD's log has words that are not git's, or no line at all.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { settle } from '../../../../src/provenance/commits';
import { fromPyPI } from '../../../support/pypi';
import { TestRepository } from '../../../support/repository';
import { linesIn } from '../../../support/told';
import { as, tick } from '../../../support/worker';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was\n`)
  .join('');

describe('attribution of commits that other programs rewrite:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  /** By an assistant: line 2; then by a person: line 9. */
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('Start');
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.commit('Two', { at: '2026-01-05T10:00:00Z' });
    await as('human', test, ['a.txt'], edit('nine as', 'nine hand'));
    await test.commit('Nine', { at: '2026-01-05T10:00:00Z' });
  });
  afterEach(() => test.dispose());

  const edit = (from: string, to: string) => (): void => test.replace('a.txt', from, to);
  const lines = async (revision: string): Promise<string> => (await linesIn(test, revision, 'a.txt')).join(' ');
  const TWO = '+2 ai -2 ai';
  const NINE = '+9 human -9 human';

  /** A commit with the author and the date of another one. */
  async function remade(source: string, parent: string, { message = '', tree = `${source}^{tree}` }): Promise<string> {
    const [name = '', email = '', date = '', old = ''] = (
      await test.git('log', '-1', '--format=%an%x00%ae%x00%ad%x00%B', '--date=raw', source)
    ).split('\0');
    const env = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: '2026-01-06T10:00:00Z',
    };
    const input = message === '' ? old : message;
    const done = await test.run(['commit-tree', tree, '-p', parent], { env, input });
    assert.equal(done.code, 0, done.stderr);
    return done.stdout.trim();
  }

  const MOVES: Readonly<Record<string, (to: string) => unknown>> = {
    'with words of its own in the log': (to) => test.git('update-ref', '-m', 'rewrite', 'HEAD', to),
    'without a line in the log': (to) => {
      writeFileSync(test.at('.git/refs/heads/main'), `${to}\n`);
    },
    'with a line in the log that does not say where HEAD was': (to) => {
      writeFileSync(test.at('.git/refs/heads/main'), `${to}\n`);
      appendFileSync(
        test.at('.git/logs/HEAD'),
        `${'0'.repeat(40)} ${to} Ada <ada@example.com> ${String(Math.floor(Date.now() / 1000))} +0000\trewrite\n`,
      );
    },
  };
  for (const [how, move] of Object.entries(MOVES))
    for (const isAskedBefore of [true, false])
      describe(`${how}, ${isAskedBefore ? 'after a question' : 'before any question'}`, () => {
        beforeEach(async () => {
          if (isAskedBefore) await settle(test.repository(), tick);
        });

        it('a reworded commit keeps its authors', async () => {
          await move(await remade('HEAD', 'HEAD~', { message: 'Better words' }));
          assert.equal(await lines('HEAD'), NINE);
        });

        it('a reworded earlier commit and its descendants keep their authors', async () => {
          const below = await remade('HEAD~', 'HEAD~2', { message: 'Better words' });
          await move(await remade('HEAD', below, {}));
          assert.deepEqual([await lines('HEAD~'), await lines('HEAD')], [TWO, NINE]);
        });

        it('an amended commit has what was recorded since, and the rest stays pending', async () => {
          await as('ai', test, ['a.txt'], edit('five as', 'five machine'));
          await test.git('add', 'a.txt');
          const tree = await test.git('write-tree');
          await as('human', test, ['a.txt'], edit('seven as', 'seven hand'));
          await move(await remade('HEAD', 'HEAD~', { tree }));
          assert.equal(await lines('HEAD'), '+5 ai +9 human -5 ai -9 human');
          await test.commit('Rest');
          assert.equal(await lines('HEAD'), '+7 human -7 human');
        });
      });

  it('an unrecorded change in a commit with only the same date is unknown', async () => {
    await settle(test.repository(), tick);
    test.replace('a.txt', 'ten as', 'ten nobody');
    await test.git('add', 'a.txt');
    const tree = await test.git('write-tree');
    await test.git('update-ref', '-m', 'rewrite', 'HEAD', await remade('HEAD', 'HEAD', { message: 'Other', tree }));
    assert.equal(await lines('HEAD'), '+10 unknown -10 unknown');
  });

  describe('by the real program:', () => {
    const run = (program: string, ...words: readonly string[]): void => {
      const done = spawnSync(program, words, { cwd: test.root, env: test.env, encoding: 'utf8' });
      assert.equal(done.status, 0, `${program} ${words.join(' ')}: ${done.stdout}${done.stderr}`);
    };
    const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

    it('git-revise reword and amend keep the authors', async function () {
      let revise;
      try {
        revise = fromPyPI('git-revise', '0.8.0');
      } catch (error) {
        process.stdout.write(`git-revise is not tried: ${error instanceof Error ? error.message : String(error)}\n`);
        return this.skip();
      }
      run(revise, '--no-index', '-m', 'Better words', 'HEAD~');
      assert.deepEqual([await lines('HEAD~'), await lines('HEAD')], [TWO, NINE]);
      await as('ai', test, ['a.txt'], edit('five as', 'five machine'));
      await test.git('add', 'a.txt');
      run(revise, 'HEAD~');
      assert.deepEqual([await lines('HEAD~'), await lines('HEAD')], ['+2 ai +5 ai -2 ai -5 ai', NINE]);
    });

    it('StGit reword, refresh and reorder keep the authors', async function () {
      if (!has('stg')) {
        process.stdout.write('StGit is not tried: there is no stg here (Debian has it in the package stgit)\n');
        return this.skip();
      }
      run('stg', 'init');
      run('stg', 'uncommit', '-n', '2'); // named after their subjects
      run('stg', 'edit', '-m', 'Better words', 'two');
      assert.deepEqual([await lines('HEAD~'), await lines('HEAD')], [TWO, NINE]);
      await as('ai', test, ['a.txt'], edit('five as', 'five machine'));
      run('stg', 'refresh');
      assert.equal(await lines('HEAD'), '+5 ai +9 human -5 ai -9 human');
      run('stg', 'float', 'two');
      assert.deepEqual([await lines('HEAD'), await lines('HEAD~')], [TWO, '+5 ai +9 human -5 ai -9 human']);
    });

    it('jj describe keeps the authors', async function () {
      if (!has('jj')) {
        process.stdout.write('jj is not tried: there is no jj here\n');
        return this.skip();
      }
      run('jj', 'git', 'init', '--colocate');
      await as('ai', test, ['a.txt'], edit('five as', 'five machine'));
      run('jj', 'commit', '-m', 'Five');
      assert.equal(await lines('HEAD'), '+5 ai -5 ai');
      run('jj', 'describe', '-r', '@--', '-m', 'Better words');
      assert.deepEqual([await lines('HEAD'), await lines('HEAD~')], ['+5 ai -5 ai', NINE]);
    });
  });
});
