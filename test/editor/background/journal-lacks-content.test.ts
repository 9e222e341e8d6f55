import assert from 'node:assert/strict';
import { isLacking } from '../../../src/editor/background/journal-lacks-content';
import type { StoredRecord } from '../../../src/provenance/journal';

const by = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;
const seen = (path: string, content: string | null): StoredRecord => ({
  name: 'a.json',
  record: { version: 1, kind: 'seen', at: 1, files: [{ path, content }] },
});
const edit = (path: string, from: string, to: string): StoredRecord => ({
  name: 'b.json',
  record: { version: 1, kind: 'edit', at: 2, by, files: [{ path, from, to }] },
});

describe("isLacking: whether a file's content should be recorded", () => {
  const records = [seen('a.ts', 'first'), edit('a.ts', 'second', 'third'), edit('b.ts', 'first', 'second')];

  it('yes when the file has a former content again', () => {
    assert.ok(isLacking(records, 'a.ts', { content: 'first' }));
    assert.ok(isLacking(records, 'a.ts', { content: 'second' }));
  });

  it('yes when a save came from a former or an unknown content', () => {
    assert.ok(isLacking(records, 'a.ts', { content: 'first', next: 'fourth' }));
    assert.ok(isLacking(records, 'a.ts', { content: 'never seen', next: 'fourth' }));
  });

  it('no when the save goes on from the latest content, or its result is the latest', () => {
    assert.ok(!isLacking(records, 'a.ts', { content: 'third' }));
    assert.ok(!isLacking(records, 'a.ts', { content: 'third', next: 'fourth' }));
    assert.ok(!isLacking(records, 'a.ts', { content: 'first', next: 'third' }));
  });

  it('no for a new content that was only read, and for a file without records', () => {
    assert.ok(!isLacking(records, 'a.ts', { content: 'fourth' }));
    assert.ok(!isLacking(records, 'c.ts', { content: 'first', next: 'second' }));
    assert.ok(!isLacking([], 'a.ts', { content: 'first', next: 'second' }));
  });
});
