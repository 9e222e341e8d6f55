/** A squash of which the notes place the lines of most files: only the others are replayed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtCli, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

describe('a squash of commits by an assistant and a person', function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    for (const file of ['a.txt', 'b.txt', 'c.txt']) test.write(file, 'first\n');
    await test.commit('Start');
    assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
    await test.git('switch', '-qc', 'work');
  });
  afterEach(() => test.dispose());

  it('one line that a person changed in AI’s: leaves the other files to their notes, and each line to its author', async () => {
    for (const file of ['a.txt', 'b.txt', 'c.txt']) {
      await as('ai', test, [file], () => {
        test.write(file, `first\nmade by the machine for ${file}\n`);
      });
      await test.commit(`Write ${file}`);
    }
    await as('human', test, ['b.txt'], () => {
      test.write('b.txt', 'first\nmade by a person for b.txt\n');
    });
    await test.commit('Change b.txt');
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--squash', 'work');
    const file = test.outside('steps.log');
    const commit = await test.run(['commit', '-qm', 'Squash'], { env: { LINEKEEPER_TRACE: file } });
    assert.equal(commit.code, 0, commit.stderr);
    assert.match(readFileSync(file, 'utf8'), /commit the notes of its sources tell all of 2 of 3 files$/m);
    assert.match(
      (await linekeeper(test, ['show', 'HEAD'])).stdout,
      /a\.txt\n.*2 +AI[^]*b\.txt\n.*2 +AI.*edited[^]*c\.txt\n.*2 +AI/,
    );
  });
});
