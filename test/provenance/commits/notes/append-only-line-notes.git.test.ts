import assert from 'node:assert/strict';
import { gitCalls } from '../../../../src/git';
import { addLineNotes, readLineNotes } from '../../../../src/provenance/commits/notes/append-only-line-notes';
import { TestRepository } from '../../../support/repository';

const REF = 'refs/notes/linekeeper-signoffs';

it('append-only notes: are read once when a verb asks again, and anew when a line was added', async () => {
  const test = await TestRepository.create();
  try {
    test.write('a.txt', 'a\n');
    const commit = await test.commit('Start');
    const repository = test.repository();
    const texts = async (): Promise<string[]> => (await readLineNotes(repository, REF)).map(({ text }) => text);
    await addLineNotes(repository, REF, [{ commit, text: 'first' }], 1);
    assert.deepEqual(await texts(), ['first']);
    const before = gitCalls();
    assert.deepEqual(await texts(), ['first']);
    assert.equal(gitCalls() - before, 1, 'for where the ref is');
    await addLineNotes(repository, REF, [{ commit, text: 'second' }], 2);
    assert.deepEqual(await texts(), ['first', 'second']);
  } finally {
    await test.dispose();
  }
});
