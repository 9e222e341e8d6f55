/** Run under Windows: where a path leads by what its real file system says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isWindows, locate, realPath, resolveIn, systemProgram } from '../../../src/base/platform';
import { findPlaces } from '../../../src/git/plumbing/repository';

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

  const makeRepository = (): void => {
    mkdirSync(path.join(root, '.git', 'objects'), { recursive: true });
    mkdirSync(path.join(root, '.git', 'refs'), { recursive: true });
    writeFileSync(path.join(root, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  };

  it('is in a repository that is named in each way', () => {
    makeRepository();
    for (const name of [root, root.toLowerCase(), path.join(root.toUpperCase(), 'src'), `\\\\?\\${root}`])
      assert.equal(findPlaces(resolveIn(root, name))?.root, root, name);
  });

  it('is in a repository behind a junction, as which it is found, too', function () {
    makeRepository();
    const link = `${root} linked`;
    try {
      symlinkSync(root, link, 'junction');
    } catch {
      this.skip(); // Wine makes none
    }
    try {
      assert.deepEqual(locate(`${link}\\src\\readme.md`, root, root), { inside: 'Src/ReadMe.md' });
      assert.deepEqual(locate('src\\readme.md', link, root), { inside: 'Src/ReadMe.md' });
      assert.equal(findPlaces(link)?.root, root);
    } finally {
      rmSync(link);
    }
  });

  it('is on a drive that stands for a folder, and stays there', function () {
    const letter = ['W', 'X', 'Y'].find((one) => {
      try {
        realpathSync.native(`${one}:\\`);
        return false;
      } catch {
        return true;
      }
    });
    const subst = (...words: readonly string[]): number | null =>
      spawnSync(systemProgram('subst.exe', process.env), words).status;
    const drive = `${String(letter)}:\\`;
    if (letter === undefined || subst(`${letter}:`, root) !== 0 || !existsSync(drive)) this.skip(); // Wine's does nothing
    try {
      assert.equal(realPath(`${drive}src\\readme.md`), `${drive}Src\\ReadMe.md`);
      assert.deepEqual(locate(`${drive}src\\readme.md`, drive, drive), { inside: 'Src/ReadMe.md' });
    } finally {
      subst(`${letter}:`, '/d');
    }
  });

  it('is in a repository that is named in any case', () => {
    assert.equal(realPath(root.toUpperCase()), root);
  });
});
