/** Run under Windows: where a path leads by what its real file system says. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isWindows, locate, realPath } from '../../../src/platform';

describe('a file on a disk of Windows', () => {
  let root = '';
  before(() => {
    assert.ok(isWindows());
    root = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'Linekeeper Ö ')));
    mkdirSync(path.join(root, 'Src', 'Inner'), { recursive: true });
    writeFileSync(path.join(root, 'Src', 'ReadMe.md'), 'text');
  });
  after(() => {
    rmSync(root, { recursive: true });
  });

  it('is found by each of its spellings', () => {
    const slashes = root.replaceAll('\\', '/');
    for (const given of [
      'src/readme.MD',
      'SRC\\README.md',
      `${root.toLowerCase()}\\src\\readme.md`,
      `${slashes}/src/readme.md`,
      `/${slashes}/src/readme.md`,
      `/${slashes.charAt(0).toLowerCase()}${slashes.slice(2)}/Src/ReadMe.md`,
      `file:///${encodeURI(slashes).replace(':', '%3A')}/Src/ReadMe.md`,
      `\\\\?\\${root}\\Src\\readme.md`,
      'src\\ReadMe.md.',
    ])
      assert.deepEqual(locate(given, root, root), { inside: 'Src/ReadMe.md' }, given);
  });

  it('may not exist yet', () => {
    assert.deepEqual(locate('src\\inner\\New.ts', root.toLowerCase(), root), { inside: 'Src/Inner/New.ts' });
    assert.deepEqual(locate('..\\New.ts', root, root), { outside: true });
  });

  it('is in a repository that is named in any case', () => {
    assert.equal(realPath(root.toUpperCase()), root);
  });
});
