import assert from 'node:assert/strict';
import { attributeLines, compareLines, splitLines } from '../../../src/attribution';
import { blobId, replay, type EditRecord, type JournalRecord, type Named } from '../../../src/journal';

const BASE = 'one\ntwo\nthree\n';
const TYPED = 'one typed\ntwo\nthree\n';
const BOTH = 'one typed\ntwo\nthree written\n';

describe('records that were written in the same moment', () => {
  const contents = new Map<string, Buffer>();
  const keep = (text: string): string => {
    const content = Buffer.from(text);
    contents.set(blobId(content), content);
    return blobId(content);
  };
  const named = (records: readonly JournalRecord[]): Named[] => records.map((record, i) => ({ name: `${String(i)}.json`, record }));
  const ai = { author: 'ai', assistant: 'kiro', session: 's', evidence: 'reported' } as const;
  const person = { author: 'human', evidence: 'observed' } as const;
  const opened: JournalRecord = { version: 1, kind: 'seen', at: 10, files: [{ path: 'a', content: keep(BASE) }], opens: { by: ai, all: false, head: null } };
  const wrote = (from: string): EditRecord => ({ version: 1, kind: 'edit', at: 21, by: ai, closes: '0.json', files: [{ path: 'a', from: keep(from), to: keep(BOTH) }] });
  const saved: EditRecord = { version: 1, kind: 'edit', at: 22, by: person, files: [{ path: 'a', from: keep(BASE), to: keep(TYPED), operations: [{ offset: 3, deleted: 0, inserted: ' typed', by: 0 }], hands: [person] }] };

  const told = (records: readonly JournalRecord[]): string => {
    const text = replay(named(records), (id) => contents.get(id), [{ path: 'a', base: Buffer.from(BASE), target: Buffer.from(BOTH) }], { now: 30 }).get('a');
    assert.ok(text);
    return attributeLines(text, compareLines(splitLines(BASE), splitLines(BOTH))).added.map(({ line, by }) => `${String(line)} ${by.author}`).join(', ');
  };

  it('go by what led to what, not by the clock: what was saved came before what was written over it', () => {
    assert.equal(told([opened, wrote(BASE), saved]), '1 human, 3 ai');
    assert.equal(told([opened, saved, { ...wrote(BASE), at: 23 }]), '1 human, 3 ai');
  });

  it('stay as they are when much time lies between them', () => {
    assert.equal(told([opened, wrote(BASE), { ...saved, at: 60_000 }]), '1 ai, 3 ai');
  });
});
