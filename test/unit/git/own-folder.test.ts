import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownFolder } from '../../../src/git/own-folder';

describe('folders of ours in a repository', () => {
  it('are made, and made once', () => {
    const top = mkdtempSync(path.join(tmpdir(), 'linekeeper-own-'));
    try {
      assert.equal(ownFolder(top, 'tmp'), path.join(top, 'linekeeper', 'tmp'));
      assert.ok(existsSync(ownFolder(top, 'tmp')));
    } finally {
      rmSync(top, { recursive: true });
    }
  });

  it('do not bring back a repository that was taken away', () => {
    const top = mkdtempSync(path.join(tmpdir(), 'linekeeper-own-'));
    renameSync(top, `${top}-gone`);
    try {
      assert.throws(() => ownFolder(top, 'tmp'), /ENOENT/);
      assert.ok(!existsSync(top));
    } finally {
      rmSync(`${top}-gone`, { recursive: true });
    }
  });
});
