/** Which lines the editor marks in a file, where git's own view of it is what must hold. */
import assert from 'node:assert/strict';
import { unlinkSync } from 'node:fs';
import path from 'node:path';
import { Work } from '../../../src/editor/background/background-tasks';
import { linesFrom } from '../../../src/editor/background';
import { runSliced } from '../../../src/editor/time-slices';
import { GitError } from '../../../src/git';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

const TEXT = 'one = 1\ntwo = 2\nthree = 3\nfour = 4\n';

describe('the lines that the editor marks', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', TEXT);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const lines = async (name: string) => {
    const content = Buffer.from(test.read(name));
    const asked = { places: test.repository(), path: name, content, unsaved: [], mark: false };
    return runSliced(linesFrom(await new Work(tick).lines(asked)));
  };

  itInFull('none, when the file is as in HEAD, though lines were rewritten in between', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', TEXT.replace('two = 2\nthree = 3\n', '')));
    await as('ai', test, ['a.txt'], () => test.write('a.txt', TEXT.replace('two = 2', 'two = 22')));
    await test.commit('changed');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', ''));
    await as('human', test, ['a.txt'], () => test.write('a.txt', TEXT.replace('two = 2', 'two = 22')));
    const { added, removed } = await lines('a.txt');
    assert.deepEqual([added, removed], [[], []]);
  });

  it('all lines of a file that HEAD does not have', async () => {
    test.write('[b] :c.txt', 'one = 1\n');
    assert.deepEqual(
      (await lines('[b] :c.txt')).added.map(({ author }) => author),
      ['unknown'],
    );
  });

  it("an error, when git cannot read HEAD's file", async () => {
    const blob = await test.git('rev-parse', 'HEAD:a.txt');
    unlinkSync(path.join(test.root, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    await assert.rejects(lines('a.txt'), GitError);
  });
});
