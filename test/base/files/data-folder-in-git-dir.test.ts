import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDataFolder } from '../../../src/base/files/data-folder-in-git-dir';

describe('makeDataFolder', () => {
  it('creates nested folders, and accepts existing ones', () => {
    const top = mkdtempSync(path.join(tmpdir(), 'linekeeper-own-'));
    try {
      const folder = path.join(top, 'linekeeper', 'a', 'b');
      assert.equal(makeDataFolder(folder), folder);
      assert.ok(existsSync(makeDataFolder(folder)));
    } finally {
      rmSync(top, { recursive: true });
    }
  });

  it('fails when the repository is gone, without creating it again', () => {
    const top = mkdtempSync(path.join(tmpdir(), 'linekeeper-own-'));
    renameSync(top, `${top}-gone`);
    try {
      assert.throws(() => makeDataFolder(path.join(top, 'linekeeper', 'tmp')), /ENOENT/);
      assert.ok(!existsSync(top));
    } finally {
      rmSync(`${top}-gone`, { recursive: true });
    }
  });
});
