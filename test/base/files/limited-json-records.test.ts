import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataPlace, RecordFolder } from '../../../src/base/files';
import { hasShape, isNumber, isText } from '../../../src/base/shapes';

interface Note {
  readonly text: string;
  readonly at: number;
}

describe('a folder of records', () => {
  let gitDir = '';
  const folder = (): string => dataPlace(gitDir, 'refused');
  const DAY = 24 * 3600_000;
  // A day old at most, and fifty.
  const records = new RecordFolder<Note>({
    folder: 'refused',
    isRecord: hasShape({ text: isText, at: isNumber }),
    timeOf: ({ at }) => at,
  });
  const textsOf = (records: readonly Note[]): string => records.map(({ text }) => text).join(' ');
  beforeEach(() => {
    gitDir = mkdtempSync(path.join(tmpdir(), 'records-'));
  });
  afterEach(() => rmSync(gitDir, { recursive: true, force: true }));

  it('a record: is replaced by its id, and removed by it', () => {
    assert.ok(records.isAbsent(gitDir));
    records.put(gitDir, { text: 'one', at: 1 }, 'id');
    records.put(gitDir, { text: 'two', at: 2 }, 'id');
    assert.equal(records.get(gitDir, 'id')?.text, 'two');
    assert.deepEqual([textsOf(records.list(gitDir, 3)), records.isAbsent(gitDir)], ['two', false]);
    records.remove(gitDir, 'id');
    records.remove(gitDir, 'id');
    assert.equal(records.get(gitDir, 'id'), undefined);
  });

  it('records: are listed oldest first, whatever the names of their files', () => {
    records.put(gitDir, { text: 'third', at: 3 }, 'a');
    records.put(gitDir, { text: 'first', at: 1 }, 'z');
    records.put(gitDir, { text: 'second', at: 2 });
    assert.equal(textsOf(records.list(gitDir, 4)), 'first second third');
  });

  it('a record that is too old: its file is deleted when the folder is read', () => {
    records.put(gitDir, { text: 'old', at: 1 });
    records.put(gitDir, { text: 'new', at: 5 });
    assert.equal(textsOf(records.list(gitDir, DAY + 1)), 'new');
    assert.equal(readdirSync(folder()).length, 1);
  });

  it('the oldest records: their files are deleted when there are too many', () => {
    for (let at = 1; at <= 52; at++) records.put(gitDir, { text: String(at), at });
    assert.equal(readdirSync(folder()).length, 50);
    assert.match(textsOf(records.list(gitDir, 53)), /^3 4 .* 52$/);
  });

  it('a file that is no record: is left out, and a pipe or a link is not opened', () => {
    records.put(gitDir, { text: 'record', at: 1 });
    const put = (name: string, text: string): void => writeFileSync(path.join(folder(), name), text);
    put('torn.json', '{"text":"to');
    put('shape.json', '{"text":1,"at":1}');
    put('large.json', JSON.stringify({ text: 'x'.repeat(200_000), at: 1 }));
    put('other.txt', '{"text":"other","at":1}');
    mkdirSync(path.join(folder(), 'folder.json'));
    if (process.platform !== 'win32') {
      writeFileSync(path.join(gitDir, 'outside'), '{"text":"outside","at":1}');
      symlinkSync(path.join(gitDir, 'outside'), path.join(folder(), 'link.json'));
      execFileSync('mkfifo', [path.join(folder(), 'pipe.json')]);
    }
    assert.equal(textsOf(records.list(gitDir, 2)), 'record');
  });
});
