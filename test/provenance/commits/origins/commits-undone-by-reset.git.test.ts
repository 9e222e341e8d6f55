/**
 * Commits that HEAD is taken back from, by `git reset`, and whose work is committed anew when only their notes still
 * know of it.
 */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { Repository } from '../../../../src/git';
import { installGitHooks } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { askJson, builtCli, CLI, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { linesIn } from '../../../support/told';
import { as } from '../../../support/worker';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was\n`)
  .join('');
const BOTH = '+2 ai +9 human -2 ai -9 human';
const TRAILERS = 'Assisted-by: claude-code:model-1\nAI-Lines: +1 -1 of +2 -2';

describe('attribution after git reset:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    await as('ai', test, ['a.txt'], edit('two as', 'two by machine as'));
    await test.git('commit', '-qam', 'Two');
    await as('human', test, ['a.txt'], edit('nine as', 'nine by hand as'));
    await test.git('commit', '-qam', 'Nine');
  });
  afterEach(() => test.dispose());

  const edit = (from: string, to: string) => (): void => test.replace('a.txt', from, to);
  const told = async (revision = 'HEAD', path = 'a.txt'): Promise<string> =>
    (await linesIn(test, revision, path)).join(' ');
  const message = (revision = 'HEAD'): Promise<string> =>
    test.git('log', '-1', '--format=%B', revision).then((text) => text.trimEnd());

  describe('of commits whose records are gone:', () => {
    beforeEach(async () => {
      assert.equal(await told('HEAD~'), '+2 ai -2 ai');
      assert.equal(await told(), '+9 human -9 human');
      test.forgetRecords();
    });

    for (const how of ['--soft', '--mixed']) {
      it(`one new commit has authors and trailers, after ${how}`, async () => {
        await test.git('reset', '-q', how, 'HEAD~2');
        const one = { ai: 1, human: 1, unknown: 0 };
        assert.deepEqual(
          (({ added, removed }) => [added, removed])(await askJson<{ added: object; removed: object }>(test, 'status')),
          [one, one],
        );
        await test.git('commit', '-qam', 'Both');
        assert.equal(await told(), BOTH);
        assert.equal(await message(), `Both\n\n${TRAILERS}`);
      });
    }

    itInFull('after two resets a commit without hooks has the authors', async () => {
      await test.git('reset', '-q', '--soft', 'HEAD~');
      await test.git('reset', '-q', '--soft', 'HEAD~');
      await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'Both');
      assert.equal(await told(), BOTH);
    });

    itInFull('an unrecorded change beside it is unknown', async () => {
      await test.git('reset', '-q', '--soft', 'HEAD~2');
      edit('five as it was', 'five as nobody saw')();
      await test.git('commit', '-qam', 'Both');
      assert.equal(await told(), '+2 ai +5 unknown +9 human -2 ai -5 unknown -9 human');
    });

    itInFull('several new commits have authors and trailers', async () => {
      await test.git('reset', '-q', 'HEAD~2');
      await test.run(['add', '-p', 'a.txt'], { input: 's\nn\ny\n' });
      await test.git('commit', '-qm', 'Nine');
      assert.equal(await told(), '+9 human -9 human');
      await test.git('commit', '-qam', 'Two');
      assert.equal(await told(), '+2 ai -2 ai');
      assert.equal(await message(), 'Two\n\nAssisted-by: claude-code:model-1\nAI-Lines: +1 -1 of +1 -1');
    });

    itInFull('a commit on an orphan branch has authors and trailers', async () => {
      await test.git('checkout', '-q', '--orphan', 'anew');
      await as('ai', test, ['b.txt'], () => test.write('b.txt', 'a new beginning\n'));
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'All');
      // Of a line that a person changed the rest is still of nobody knows whom.
      assert.equal(
        await told(),
        '+1 unknown +2 ai +3 unknown +4 unknown +5 unknown +6 unknown +7 unknown +8 unknown +9 unknown +10 unknown',
      );
      assert.equal(
        await message(),
        'All\n\nAssisted-by: claude-code:model-1\nAI-Lines: +2 -0 of +11 -0, unknown +9 -0',
      );
    });

    itInFull('a commit on an orphan branch without new records has trailers', async () => {
      await test.git('checkout', '-q', '--orphan', 'anew');
      // By its date the hook would take it for an amended commit of the same second.
      await test.git('commit', '-qm', 'All', '--date', '2001-01-01T00:00:00Z');
      assert.equal(
        await message(),
        'All\n\nAssisted-by: claude-code:model-1\nAI-Lines: +1 -0 of +10 -0, unknown +9 -0',
      );
    });

    itInFull('amended into the commit below, it has the authors', async () => {
      await test.git('reset', '-q', '--soft', 'HEAD~');
      await test.git('commit', '-qa', '--amend', '-m', 'Both');
      assert.equal(await told(), BOTH);
      assert.equal(await message(), `Both\n\n${TRAILERS}`);
    });

    itInFull(`after --hard, similar new text is unknown`, async () => {
      await test.git('reset', '-q', '--hard', 'HEAD~2');
      edit(
        'two as it was\nthree as it was\nfour as it was\n',
        'two by machine as it was\nthree in other words\nfour in other words\n',
      )();
      await test.git('commit', '-qam', 'Other work');
      assert.equal(await told(), '+2 unknown +3 unknown +4 unknown -2 unknown -3 unknown -4 unknown');
      assert.equal(await message(), 'Other work');
    });
  });

  describe('in a clone that only has the notes:', () => {
    const inClone = async (...words: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await test.run(words, { cwd: test.outside('clone') });
      assert.equal(code, 0, stderr);
      return stdout.trimEnd();
    };
    beforeEach(async () => {
      await told();
      await test.git('clone', '-q', test.root, test.outside('clone'));
      await inClone('fetch', '-q', 'origin', 'refs/notes/ai:refs/notes/ai');
      const clone = Repository.find(test.outside('clone')) ?? assert.fail('no clone');
      await installGitHooks(clone, { executable: process.execPath, cli: CLI, electron: false });
    });

    const RENAME = [['mv', 'a.txt', 'b.txt']] as const;
    const RENAME_ALONE = [
      ['reset', '-q'],
      ['mv', 'a.txt', 'b.txt'],
      ['commit', '-qm', 'Rename'],
    ] as const;
    for (const [title, define, steps] of [
      ['no rename', itInFull, []],
      ['packed notes', itInFull, [['pack-refs', '--all']]],
      ['a rename in it', it, RENAME],
      ['a commit before it that renames', itInFull, RENAME_ALONE],
    ] as const)
      define(`one new commit has authors and trailers, with ${title}`, async () => {
        await inClone('reset', '-q', '--soft', 'HEAD~2');
        for (const words of steps) await inClone(...words);
        await inClone('add', '-A');
        await inClone('commit', '-qm', 'Both');
        assert.equal(await inClone('log', '-1', '--format=%B'), `Both\n\n${TRAILERS}`);
        const { stdout } = await linekeeper(test, ['show', '--json'], { cwd: test.outside('clone') });
        const half = { ai: 1, human: 1, unknown: 0 };
        assert.deepEqual(
          (({ added, removed }: { added: object; removed: object }) => [added, removed])(
            JSON.parse(stdout) as { added: object; removed: object },
          ),
          [half, half],
        );
      });
  });

  itInFull("of a revert: removed lines are the person's, restored ones as they were", async () => {
    await test.git('revert', '--no-edit', 'HEAD~');
    assert.equal(await told(), '+2 unknown -2 human');
    await as('ai', test, ['a.txt'], edit('five as', 'five by machine as'));
    await test.git('commit', '-qam', 'Five');
    await test.git('reset', '-q', '--soft', 'HEAD~2');
    await test.git('commit', '-qam', 'Both');
    assert.equal(await told(), '+2 unknown +5 ai -2 human -5 ai');
  });

  itInFull(
    "of a revert in a renamed file: removed lines are the person's, an assistant's restored line AI's",
    async () => {
      await as('ai', test, ['b.txt'], () => test.write('b.txt', BASE.replaceAll('was', 'came')));
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Came');
      await as('human', test, ['b.txt', 'c.txt'], () => {
        renameSync(test.at('b.txt'), test.at('c.txt'));
        test.replace('c.txt', 'five as it came\n', 'five as it came\nanother one altogether\n');
        test.replace('c.txt', 'nine as it came\n', '');
      });
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Renamed');
      await test.git('revert', '--no-edit', 'HEAD');
      for (const revision of ['HEAD~', 'main']) {
        await test.git('switch', '-q', '--detach', revision);
        assert.equal(await told('main', 'b.txt'), '+9 ai -6 human');
      }
      await test.git('reset', '-q', '--soft', 'HEAD~');
      await as('human', test, ['a.txt'], edit('five as', 'five by hand as'));
      await test.git('commit', '-qam', 'Five');
      assert.equal(await told('HEAD', 'b.txt'), '+9 ai -6 human');
    },
  );
});
