import assert from 'node:assert/strict';
import { diffChars, isComparedByLines } from '../../../../src/provenance/authorship';
import { diffWholeLines } from '../../../../src/provenance/authorship/diff/diff-whole-lines';
import { openJournal } from '../../../../src/provenance/journal';
import { attributeChange } from '../../../../src/provenance/commits';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

describe('diffWholeLines', () => {
  it('replaces a whole line when one word changed, where diffChars replaces the word', () => {
    const [before, after] = ['one\n  "version": "1.2.3",\nend\n', 'one\n  "version": "1.2.4",\nend\nmore\n'];
    const lines = diffWholeLines(before, after).map((s) => [
      before.slice(s.oldStart, s.oldEnd),
      after.slice(s.newStart, s.newEnd),
    ]);
    assert.deepEqual(lines, [
      ['  "version": "1.2.3",\n', '  "version": "1.2.4",\n'],
      ['', 'more\n'],
    ]);
    assert.ok(diffChars(before, after).some((s) => s.oldEnd - s.oldStart < 5 && s.oldEnd > s.oldStart));
    assert.deepEqual(diffWholeLines(before, before), []);
    assert.deepEqual(diffWholeLines('', 'a'), [{ oldStart: 0, oldEnd: 0, newStart: 0, newEnd: 1 }]);
  });

  it('isComparedByLines is true for lock files by name, in any folder', () => {
    for (const name of ['package-lock.json', 'web/yarn.lock', 'a/b/Cargo.lock', 'go.sum'])
      assert.ok(isComparedByLines(name), name);
    for (const name of ['package.json', 'my-package-lock.json', 'yarn.lock.ts', 'go.sum/x'])
      assert.ok(!isComparedByLines(name), name);
  });

  it('attributeChange credits each line of a lock file to whoever changed it last', async () => {
    const test = await TestRepository.create();
    const name = 'package-lock.json';
    test.write(name, 'a 1\nb 1\nc 1\nd 1\n');
    const from = await test.commit('Start');
    await as('ai', test, [name], () => test.write(name, 'a 2\nb 1\nc 1\nd 1\ne 1\n'));
    await as('human', test, [name], () => test.write(name, 'a 2\nb 2\nc 1\ne 1\n'));
    await test.git('add', '.');
    const to = await test.git('write-tree');
    const journal = openJournal(test.repository().gitDir, tick);
    const { files } = await attributeChange(test.repository(), { from, to, journal, now: tick() });
    const authors = (ranges: readonly { start: number; end: number; author: string }[]): string[] =>
      ranges.map(({ start, end, author }) => `${String(start)}-${String(end)} ${author}`);
    assert.deepEqual(authors(files[0]?.ranges ?? []), ['1-1 ai', '2-2 human', '4-4 ai']);
    assert.deepEqual(authors(files[0]?.removed ?? []), ['1-1 ai', '2-2 human', '4-4 human']);
    await test.dispose();
  });
});
