/** What the real hook leaves of a commit is found again, whatever the commit has. */
import assert from 'node:assert/strict';
import { installGitHooks } from '../../../../src/provenance/commits';
import { readCommit } from '../../../../src/git';
import { hookedCommits } from '../../../../src/provenance/commits/settle/hook-snapshots-of-commits';
import { openJournal } from '../../../../src/provenance/journal';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

describe('the commit that the git hook prepared', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('odd name\u00e9.txt', 'one\n');
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  for (const [what, count] of [
    ['one file', 1],
    ['a few files', 7],
    ['as many as are not written out', 8],
    ['many files', 30],
  ] as const) {
    it(`is found by its change: ${what}`, async () => {
      const names = ['odd name\u00e9.txt', ...Array.from({ length: count - 1 }, (_, i) => `new ${String(i)}.txt`)];
      await as('ai', test, names, () => names.forEach((name) => test.write(name, `by AI: ${name}\n`)));
      const last = openJournal(test.repository().gitDir, tick).names().at(-1);
      const commit = await readCommit(test.repository(), await test.commit('work'));
      assert.ok(commit && last);
      assert.equal((await hookedCommits(test.repository()).of(commit))?.last, last);
      test.write('another.txt', 'by nobody\n');
      const other = await readCommit(test.repository(), await test.commit('without hooks', { args: ['--no-verify'] }));
      assert.ok(other);
      assert.equal(
        (await hookedCommits(test.repository()).of({ ...other, parents: commit.parents }))?.last,
        undefined,
        'another commit on the same parent',
      );
    });
  }
});
