import assert from 'node:assert/strict';
import { asInExplorer, foldersOf, sortedAsInExplorer } from '../../../src/editor/changes/file-order';

describe('files in AI Changes', () => {
  it('sort as in the Explorer: folders first, numbers by their value, letters of both cases together', () => {
    const sorted = [
      'src/a/z.ts',
      'src/b/deep/x.ts',
      'src/b/file2.ts',
      'src/b/file10.ts',
      'src/Makefile',
      'src/zoo.ts',
      'app.ts',
      'README.md',
    ];
    const files = [...sorted].reverse().map((path) => ({ path }));
    assert.deepEqual(
      sortedAsInExplorer(files).map(({ path }) => path),
      sorted,
    );
    assert.equal(asInExplorer('a/b', 'a/b'), 0);
    assert.notEqual(asInExplorer('a/B', 'a/b'), 0, 'two files on a disk that tells cases apart');
  });

  it('300 files of six folders: fold by folder, 20 files do not', () => {
    const files = Array.from({ length: 300 }, (_, n) => ({ path: `src/part${String(n % 6)}/file${String(n)}.ts` }));
    assert.deepEqual(
      [...(foldersOf(sortedAsInExplorer(files)) ?? [])].map(([folder, { length }]) => `${folder} ${String(length)}`),
      [0, 1, 2, 3, 4, 5].map((n) => `src/part${String(n)} 50`),
    );
    assert.equal(foldersOf(files.slice(0, 20)), undefined);
  });
});
