import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { arePaths } from '../../../../src/editor/recording/document/path-texts';
import type { Located } from '../../../../src/editor/workspace/worktree-of-file';

describe('a text of paths', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'paths-'));
    mkdirSync(path.join(root, 'app/src'), { recursive: true });
    for (const name of ['app/src/costs.ts', 'app/notes.log', 'run.log']) writeFileSync(path.join(root, name), '');
  });
  after(() => rmSync(root, { recursive: true }));

  const isIn = (file: string, text: string): boolean => arePaths(text, { places: { root }, path: file } as Located);

  it('paths: are known from the folder of the file, from those above it, and whole', () => {
    assert.ok(isIn('app/readme.md', 'src/costs.ts'));
    assert.ok(isIn('app/src/readme.md', 'app/src/costs.ts'));
    assert.ok(isIn('readme.md', path.join(root, 'app/notes.log')));
    assert.ok(isIn('readme.md', 'app/src/costs.ts\r\napp/notes.log\r\n'));
  });

  it('other text: is none, whatever it has beside a path, and where nothing is there', () => {
    for (const text of [
      '',
      '\n',
      'app/src/none.ts',
      'see app/src/costs.ts',
      'app/notes.log\nx = 1',
      '..',
      './',
      '/',
      '/tmp',
    ])
      assert.ok(!isIn('app/readme.md', text), JSON.stringify(text));
    assert.ok(!arePaths('app/notes.log', undefined));
  });

  it('a name without a folder: is a path among what git ignores only', () => {
    assert.ok(isIn('.gitignore', '\nrun.log\n'));
    assert.ok(isIn('app/.dockerignore', 'notes.log'));
    assert.ok(!isIn('readme.md', 'run.log'));
  });
});
