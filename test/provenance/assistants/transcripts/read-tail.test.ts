import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTail } from '../../../../src/provenance/assistants';

describe('readTail', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-tail-'))));
  after(() => rmSync(folder, { recursive: true }));
  const at = (name: string): string => path.join(folder, name);

  it('returns the asked number of bytes from the end, or the whole file', () => {
    writeFileSync(at('a.jsonl'), '0123456789');
    assert.equal(readTail(at('a.jsonl'), 4), '6789');
    assert.equal(readTail(at('a.jsonl'), 100), '0123456789');
    writeFileSync(at('empty.jsonl'), '');
    assert.equal(readTail(at('empty.jsonl'), 4), '');
  });

  it('reads regular .jsonl files only: a pipe, a device or another name gives nothing at once', () => {
    execFileSync('mkfifo', [at('pipe.jsonl')]);
    symlinkSync('/dev/zero', at('zero.jsonl'));
    writeFileSync(at('secret.txt'), 'x');
    for (const file of [
      at('pipe.jsonl'),
      at('zero.jsonl'),
      at('secret.txt'),
      at('missing.jsonl'),
      folder,
      'a.jsonl',
      at('nul\0.jsonl'),
    ]) {
      assert.equal(readTail(file, 4), undefined, file);
    }
  });
});
