/** Several commits undone at once, and files as an earlier commit had them: the lines are the person's, or whose they were. */
import assert from 'node:assert/strict';
import type { FileAttribution } from '../../../../src/provenance/authorship/types';
import { installGitHooks, settle } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { askJson, builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { eachLine, linesIn } from '../../../support/told';
import { as, tick } from '../../../support/worker';

const BASE = Array.from({ length: 6 }, (_, index) => `line ${String(index)} as it was before\n`).join('');
const NEW = 'a file that the machine wrote\nwith two lines\n';

describe('commits undone together:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
    await test.git('tag', 'v1');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    await as('ai', test, ['a.txt'], () => test.replace('a.txt', 'line 1 as it was', 'line 1 by the machine'));
    await test.commit('one by AI');
    await as('ai', test, ['a.txt', 'new.txt'], () => {
      test.replace('a.txt', 'line 4 as it was before\n', '');
      test.write('new.txt', NEW);
    });
    await test.commit('two by AI');
    await settle(test.repository(), tick);
  });
  afterEach(() => test.dispose());

  const commit = async (...words: string[]): Promise<readonly string[]> => {
    await test.git('commit', '-q', ...words);
    await settle(test.repository(), tick);
    const files = (await test.git('diff', '--name-only', 'HEAD~')).split('\n');
    return (await Promise.all(files.map((file) => linesIn(test, 'HEAD', file)))).flat();
  };
  const PERSONS = ['+2 human', '+5 human', '-2 human', '-1 human', '-2 human'];

  itInFull('revert -n of a range: all lines are the person’s when its lines are older than the record', async () => {
    await test.git('revert', '-n', 'v1..HEAD');
    assert.deepEqual(await commit('-m', 'Back'), PERSONS);
    assert.equal(await test.git('log', '-1', '--format=%B'), 'Back\n');
  });

  it('revert -n of a range: all lines are the person’s with a later commit in the same file', async () => {
    await as('human', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}a later line by hand\n`));
    await test.commit('beside');
    await test.git('revert', '-n', 'v1..HEAD~');
    assert.deepEqual(await commit('--no-edit'), PERSONS);
  });

  itInFull('checkout of a release: all lines are the person’s when several commits are undone', async () => {
    await test.git('checkout', '-q', 'v1', '--', '.');
    assert.deepEqual(await commit('-m', 'Back'), ['+2 human', '+5 human', '-2 human']);
  });

  itInFull('checkout of a release: lines of AI are AI’s again when it had them', async () => {
    await test.git('tag', 'v2');
    await as('human', test, ['a.txt', 'new.txt'], () => {
      test.replace('a.txt', 'line 1 by the machine', 'line 1 by a person');
      test.write('new.txt', 'a person wrote all of it again\n');
    });
    await test.commit('by hand');
    await as('human', test, ['a.txt'], () => test.replace('a.txt', 'line 0 as it was', 'line 0 is something else'));
    await test.commit('by hand again');
    await settle(test.repository(), tick);
    await test.git('checkout', '-q', 'v2', '--', '.');
    assert.deepEqual(await commit('-m', 'Back'), [
      '+1 human',
      '+2 ai',
      '-1 human',
      '-2 human',
      '+1 ai',
      '+2 ai',
      '-1 human',
    ]);
  });

  for (const [name, words] of [
    ['checkout', ['checkout', '-q', 'HEAD~', '--', 'new.txt']],
    ['restore -s', ['restore', '-SW', '-s', 'HEAD~', 'new.txt']],
  ] as const) {
    itInFull(
      `${name} of one file: its lines are whose they were when they come back from an earlier commit`,
      async () => {
        await test.git('rm', '-q', 'new.txt');
        await test.commit('gone');
        await test.git(...words);
        assert.equal((await askJson<{ added: { ai: number } }>(test, 'status')).added.ai, 2);
        assert.deepEqual(await commit('-m', 'There again'), ['+1 ai', '+2 ai']);
      },
    );
  }

  itInFull('a line that nobody recorded: stays unknown when it only is gone again, in one commit', async () => {
    await as('ai', test, ['new.txt'], () => test.write('new.txt', `${NEW}three\n`));
    await test.commit('three by AI');
    test.write('new.txt', NEW);
    assert.deepEqual(await commit('-am', 'Shorter'), ['-3 unknown']);
  });

  itInFull('a revert of older lines and of AI’s: message and show say the same when it brings both back', async () => {
    await as('human', test, ['a.txt'], () => test.write('a.txt', 'nothing is left of it\n'));
    await test.commit('wiped');
    await settle(test.repository(), tick);
    await test.git('revert', '--no-edit', 'HEAD');
    await settle(test.repository(), tick);
    const { files } = await askJson<{ files: readonly FileAttribution[] }>(test, 'show');
    assert.deepEqual(eachLine(files[0]), ['+1 human', '+2 ai', '+3 human', '+4 human', '+5 human', '-1 human']);
    assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -0 of \+5 -1$/m);
  });
});
