import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDataFolder } from '../../../src/journal/store/data-folder';

describe('folders of ours in a repository', () => {
  it('are made, and made once', () => {
    const top = mkdtempSync(path.join(tmpdir(), 'linekeeper-own-'));
    try {
      const folder = path.join(top, 'linekeeper', 'a', 'b');
      assert.equal(makeDataFolder(folder), folder);
      assert.ok(existsSync(makeDataFolder(folder)));
    } finally {
      rmSync(top, { recursive: true });
    }
  });

  it('do not bring back a repository that was taken away', () => {
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
