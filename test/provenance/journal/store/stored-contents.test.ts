import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blobId, openJournal, type Journal } from '../../../../src/provenance/journal';

const BY = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;

describe('a content kept in the journal', () => {
  let folder: string;
  let journal: Journal;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-contents-'));
    journal = openJournal(folder, Date.now);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("gets git's blob id, even if another was expected", () => {
    const [one, other, none] = ['one\n', 'other\n', ''].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
    const missing = blobId(Buffer.from('never kept'));
    const id = journal.keep(one);
    journal.keep(none, id);
    for (const content of [one, other, none])
      for (const likely of [undefined, null, id, missing, blobId(other), blobId(none)])
        assert.equal(journal.keep(content, likely), blobId(content));
    assert.deepEqual(
      [one, other, none].map((content) => journal.content(blobId(content))),
      [one, other, none],
    );
  });

  it('is written again when its file on disk was truncated', () => {
    const id = journal.keep(Buffer.from('one\n'));
    truncateSync(path.join(journal.folder, 'contents', id.slice(0, 2), id.slice(2)));
    assert.equal(journal.keep(Buffer.alloc(0), id), blobId(Buffer.alloc(0)));
  });

  it('is found by path from the latest record that names it', () => {
    const edit = (file: string, from: string | null, to: string | null): void =>
      void journal.add({ kind: 'edit', by: BY, files: [{ path: file, from, to }] });
    const [one, two] = [journal.keep(Buffer.from('one\n')), journal.keep(Buffer.from('two\n'))];
    const recent = (...paths: string[]): unknown =>
      Object.fromEntries([...journal.recentContents(paths)].filter(([name]) => paths.includes(name)));
    assert.deepEqual(recent('a.txt'), {});
    edit('a.txt', null, one);
    edit('a.txt', one, two);
    edit('gone.txt', one, null);
    journal.add({ kind: 'session', event: 'turn-end', assistant: 'claude-code', session: 's' });
    journal.add({
      kind: 'seen',
      files: [
        { path: 'b.txt', content: one },
        { path: 'c.txt', content: null },
      ],
    });
    assert.deepEqual(recent('a.txt', 'b.txt', 'gone.txt'), { 'a.txt': two, 'b.txt': one });
    assert.deepEqual(recent('b.txt'), { 'b.txt': one });
    assert.deepEqual(recent('a.txt'), { 'a.txt': two });
    assert.deepEqual(recent(), {});
  });
});
