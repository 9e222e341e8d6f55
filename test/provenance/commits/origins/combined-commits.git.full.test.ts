/**
 * Commits that git puts together from others where nothing is recorded: in another work tree, or long after, or on
 * another machine.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { settle, showCommits, installGitHooks } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
  .map((word) => `${word} as it was\n`)
  .join('');

for (const place of ['with nothing recorded', 'in a linked work tree'] as const) {
  describe(`attribution of a commit made of others, ${place}:`, () => {
    let test: TestRepository;
    let cwd: string;
    beforeEach(async () => {
      await builtCli();
      test = await TestRepository.create();
      test.write('a.txt', LINES);
      await test.commit('start');
      await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
      await test.git('switch', '-qc', 'work');
      const edit = (word: string, by: string) => (): void =>
        test.write('a.txt', test.read('a.txt').replace(`${word} as`, `${word} by ${by}`));
      await as('ai', test, ['a.txt'], edit('two', 'machine'));
      await test.git('commit', '-qam', 'Two');
      await as('human', test, ['a.txt'], edit('nine', 'hand'));
      await as('ai', test, ['a.txt'], edit('six', 'machine'));
      await test.git('commit', '-qam', 'Nine and six');
      await settle(test.repository(), tick);
      await test.git('switch', '-q', 'main');
      await settle(test.repository(), tick);
      cwd = test.root;
      if (place === 'in a linked work tree') {
        cwd = test.outside('linked');
        await test.git('worktree', 'add', '-q', cwd, '-b', 'linked');
      } else {
        test.forgetRecords();
      }
    });
    afterEach(() => test.dispose());

    const git = async (...words: readonly string[]): Promise<void> => {
      const { code, stderr } = await test.run(words, { cwd, env: { GIT_EDITOR: 'true' } });
      assert.equal(code, 0, stderr);
    };
    const edited = async (word: string, text: string): Promise<void> => {
      const file = path.join(cwd, 'a.txt');
      writeFileSync(file, readFileSync(file, 'utf8').replace(new RegExp(`^${word} .*$`, 'm'), `${word} ${text}`));
      await git('commit', '-qam', `Edited ${word}`);
    };
    const told = async (): Promise<readonly [trailer: string, lines: string]> => {
      const repository = Repository.find(cwd) ?? assert.fail('no repository');
      await settle(repository, tick);
      const head = (await repository.commitId('HEAD')) ?? assert.fail('no HEAD');
      const file = (await showCommits(repository, [head])).get(head)?.files[0];
      const say = (sign: string, r: LineRange): string =>
        `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
      const message = await test.run(['log', '-1', '--format=%(trailers:key=AI-Lines,valueonly)'], { cwd });
      return [
        message.stdout.trim(),
        [...(file?.ranges ?? []).map((r) => say('+', r)), ...(file?.removed ?? []).map((r) => say('-', r))].join(', '),
      ];
    };
    const TWO = ['+1 -1 of +1 -1', '+2 ai, -2 ai'];
    /** What a person's revert takes away is that person's; the line that it brings back is by whom it was before. */
    const OLDER = ['', '+2 unknown, -2 human'];
    const AGAIN = ['+1 -0 of +1 -1', '+2 ai, -2 human'];
    const BOTH = ['+2 -2 of +3 -3', '+2 ai, +6 ai, +9 human, -2 ai, -6 ai, -9 human'];

    it('cherry-pick keeps the authors', async () => {
      await git('cherry-pick', 'work~');
      assert.deepEqual(await told(), TWO);
    });

    it('cherry-pick -n with another message keeps the authors', async () => {
      await git('cherry-pick', '-n', 'work~');
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), TWO);
    });

    it('cherry-pick -n onto a renamed file keeps the authors', async () => {
      await git('mv', 'a.txt', 'b.txt');
      await git('commit', '-qm', 'Another name');
      await git('cherry-pick', '-n', 'work~');
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), TWO);
    });

    it('cherry-pick with a conflict in a renamed file keeps the authors outside the conflict', async () => {
      await edited('nine', 'by nobody');
      await git('mv', 'a.txt', 'b.txt');
      await git('commit', '-qm', 'Another name');
      await test.run(['cherry-pick', 'work'], { cwd });
      const file = path.join(cwd, 'b.txt');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/<<<<<<<[^]*>>>>>>> .*\n/, 'nine as settled\n'));
      await git('add', '-A');
      await git('cherry-pick', '--continue');
      assert.deepEqual(await told(), ['+1 -1 of +2 -2, unknown +1 -1', '+6 ai, +9 unknown, -6 ai, -9 unknown']);
    });

    it('cherry-pick that keeps the picked side: the picked line keeps its author, the removed one is unknown', async () => {
      const file = path.join(cwd, 'a.txt');
      const line = (word: string): string => `<li class="column">${word}</li>\n`;
      await test.git('switch', '-q', '--detach', 'main');
      await as('ai', test, ['a.txt'], () => test.write('a.txt', LINES + line('picked')));
      await test.git('commit', '-qam', 'Picked');
      await settle(test.repository(), tick);
      const picked = await test.git('rev-parse', 'HEAD');
      await test.git('switch', '-q', 'main');
      if (cwd === test.root) test.forgetRecords();
      writeFileSync(file, LINES + line('other'));
      await git('commit', '-qam', 'Other');
      await test.run(['cherry-pick', picked.trim()], { cwd });
      writeFileSync(file, LINES + line('picked'));
      await git('add', '-A');
      await git('cherry-pick', '--continue');
      assert.deepEqual(await told(), ['+1 -0 of +1 -1, unknown +0 -1', '+10 ai, -10 unknown']);
    });

    it('cherry-pick -n of two commits keeps the authors', async () => {
      await git('cherry-pick', '-n', 'work~', 'work');
      await git('commit', '-q');
      assert.deepEqual(await told(), BOTH);
    });

    it('two cherry-pick -n keep the authors', async () => {
      await git('cherry-pick', '-n', 'work~');
      await git('cherry-pick', '-n', 'work');
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), BOTH);
    });

    it('merge --squash with another message keeps the authors', async () => {
      await git('merge', '-q', '--squash', 'work');
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), BOTH);
    });

    it("merge --squash of a commit that moves another's line keeps that line's author", async () => {
      const line = 'what a hand wrote by itself\n';
      const change = async (by: 'ai' | 'human', text: string): Promise<void> => {
        await as(by, test, ['a.txt'], () => test.write('a.txt', text));
        await test.git('commit', '-qam', by);
      };
      await test.git('switch', '-q', '--detach', 'main');
      await change('human', LINES + line);
      await change('ai', line + LINES);
      await settle(test.repository(), tick);
      const work = await test.git('rev-parse', 'HEAD');
      await test.git('switch', '-q', 'main');
      if (cwd === test.root) test.forgetRecords();
      await git('merge', '-q', '--squash', work.trim());
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), ['', '+1 human']);
    });

    it("merge --squash with git's message keeps the authors", async () => {
      await git('merge', '-q', '--squash', 'work');
      await git('commit', '-q');
      assert.deepEqual(await told(), BOTH);
    });

    it("revert -n is the person's for what it removes, and unknown for restored older lines", async () => {
      await git('cherry-pick', 'work~');
      await git('revert', '-n', 'HEAD');
      await git('commit', '-q');
      assert.deepEqual(await told(), OLDER);
    });

    it('a revert of an unrecorded change restores the former author', async () => {
      await git('cherry-pick', '-x', 'work~');
      await edited('two', 'as it was');
      await git('revert', '--no-edit', 'HEAD');
      assert.deepEqual(await told(), AGAIN);
    });

    it("a revert with revert.reference is the person's for what it removes", async () => {
      await git('cherry-pick', 'work~');
      await git('-c', 'revert.reference=true', 'revert', '--no-edit', 'HEAD');
      assert.deepEqual(await told(), OLDER);
    });

    it('revert -n with revert.reference restores the former author', async () => {
      await git('cherry-pick', '-x', 'work~');
      await edited('two', 'as it was');
      await git('-c', 'revert.reference=true', 'revert', '-n', 'HEAD');
      await git('commit', '-q');
      assert.deepEqual(await told(), AGAIN);
    });

    it('revert -n of an unrecorded change restores the former author', async () => {
      await git('cherry-pick', '-x', 'work~');
      await edited('two', 'as it was');
      await git('revert', '-n', 'HEAD');
      await git('commit', '-q');
      assert.deepEqual(await told(), AGAIN);
    });

    it('revert -n of two commits: restores the former author, and counts older lines as the person’s, when they are undone exactly', async () => {
      await git('cherry-pick', '-x', 'work~');
      await edited('two', 'as it was');
      await edited('five', 'by nobody');
      await git('revert', '-n', 'HEAD~', 'HEAD');
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), ['+1 -0 of +2 -2', '+2 ai, +5 human, -2 human, -5 human']);
    });

    it('cherry-pick -n after a dropped revert -n keeps the authors', async () => {
      await git('revert', '-n', 'HEAD');
      await git('checkout', '-q', 'HEAD', '--', 'a.txt');
      await git('cherry-pick', '-n', 'work~');
      await git('commit', '-qm', 'Own words');
      assert.deepEqual(await told(), TWO);
    });

    it('cherry-pick and --amend keep the authors', async () => {
      await git('cherry-pick', 'work~');
      await git('commit', '-q', '--amend', '-m', 'Other words');
      assert.deepEqual(await told(), TWO);
    });
  });
}
