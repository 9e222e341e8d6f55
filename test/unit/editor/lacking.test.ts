import assert from 'node:assert/strict';
import { isLacking } from '../../../src/editor/background/needs-snapshot';
import type { StoredRecord } from '../../../src/journal';

const by = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;
const seen = (path: string, content: string | null): StoredRecord => ({
  name: 'a.json',
  record: { version: 1, kind: 'seen', at: 1, files: [{ path, content }] },
});
const edit = (path: string, from: string, to: string): StoredRecord => ({
  name: 'b.json',
  record: { version: 1, kind: 'edit', at: 2, by, files: [{ path, from, to }] },
});

describe('what the record lacks of a file', () => {
  const records = [seen('a.ts', 'first'), edit('a.ts', 'second', 'third'), edit('b.ts', 'first', 'second')];

  it('is a former content that it has again', () => {
    assert.ok(isLacking(records, 'a.ts', { content: 'first' }));
    assert.ok(isLacking(records, 'a.ts', { content: 'second' }));
  });

  it('is what was saved over, whether it was known or not', () => {
    assert.ok(isLacking(records, 'a.ts', { content: 'first', next: 'fourth' }));
    assert.ok(isLacking(records, 'a.ts', { content: 'never seen', next: 'fourth' }));
  });

  it('is nothing where it goes on from there, or is there already', () => {
    assert.ok(!isLacking(records, 'a.ts', { content: 'third' }));
    assert.ok(!isLacking(records, 'a.ts', { content: 'third', next: 'fourth' }));
    assert.ok(!isLacking(records, 'a.ts', { content: 'first', next: 'third' }));
  });

  it('is nothing that is only read and new, nor of a file that it does not name', () => {
    assert.ok(!isLacking(records, 'a.ts', { content: 'fourth' }));
    assert.ok(!isLacking(records, 'c.ts', { content: 'first', next: 'second' }));
    assert.ok(!isLacking([], 'a.ts', { content: 'first', next: 'second' }));
  });
});
