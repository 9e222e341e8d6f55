import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replaceFile } from '../../../src/base/files';

describe('a file of another program that we write', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-write-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('replaceFile: puts a new file in its place at once when it is a plain file, with its permissions', function () {
    if (process.platform === 'win32') this.skip();
    const file = path.join(folder, 'settings.json');
    writeFileSync(file, 'old');
    chmodSync(file, 0o640);
    // who has the file open, or a second name for it, keeps the whole old text
    linkSync(file, path.join(folder, 'second'));
    replaceFile(file, 'new');
    assert.equal(readFileSync(path.join(folder, 'second'), 'utf8'), 'old');
    assert.equal(readFileSync(file, 'utf8'), 'new');
    assert.equal(statSync(file).mode & 0o777, 0o640);
  });

  it('replaceFile: writes the target and leaves the link when the name is a link', function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(path.join(folder, 'target'), 'old');
    symlinkSync('target', path.join(folder, 'link'));
    replaceFile(path.join(folder, 'link'), 'new');
    assert.ok(lstatSync(path.join(folder, 'link')).isSymbolicLink());
    assert.equal(readFileSync(path.join(folder, 'target'), 'utf8'), 'new');
  });
});
