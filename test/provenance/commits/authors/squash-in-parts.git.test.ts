/** A squash of which the notes place the lines of most files: only the others are replayed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtCli, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

const FIRST = Array.from({ length: 2_000 }, (_, at) => `line ${String(at)} of what was there first\n`).join('');

describe('a squash of commits by an assistant and a person', function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    for (const file of ['a.txt', 'b.txt', 'c.txt']) test.write(file, FIRST);
    await test.commit('Start');
    assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
    await test.git('switch', '-qc', 'work');
  });
  afterEach(() => test.dispose());

  it('one line that a person changed in AI’s: leaves the other files to their notes and unread, and each line to its author', async () => {
    for (const file of ['a.txt', 'b.txt', 'c.txt']) {
      await as('ai', test, [file], () => {
        test.write(file, `${FIRST}made by the machine for ${file}\n`);
      });
      await test.commit(`Write ${file}`);
    }
    await as('human', test, ['b.txt'], () => {
      test.write('b.txt', `${FIRST}made by a person for b.txt\n`);
    });
    await test.commit('Change b.txt');
    await test.git('switch', '-q', 'main');
    await test.git('gc', '-q');
    await test.git('merge', '-q', '--squash', 'work');
    const file = test.outside('steps.log');
    const commit = await test.run(['commit', '-qm', 'Squash'], { env: { LINEKEEPER_TRACE: file } });
    assert.equal(commit.code, 0, commit.stderr);
    const steps = readFileSync(file, 'utf8');
    assert.match(steps, /commit the notes of its sources tell all of 2 of 3 files$/m);
    assert.match(steps, /commit a replay of its sources, without the records, tells the others$/m);
    const bytes = [...steps.matchAll(/ cat-file --batch → exit 0, (\d+) bytes/g)].map(([, size]) => Number(size));
    const read = bytes.reduce((sum, size) => sum + size, 0);
    // b.txt as it was, as AI made it, and as a person made it; the others have two states each.
    assert.ok(read > FIRST.length && read < 4 * FIRST.length, `${String(read)} bytes`);
    assert.match(
      (await linekeeper(test, ['show', 'HEAD'])).stdout,
      /a\.txt\n.*2001 +AI[^]*b\.txt\n.*2001 +AI.*edited[^]*c\.txt\n.*2001 +AI/,
    );
  });
});
