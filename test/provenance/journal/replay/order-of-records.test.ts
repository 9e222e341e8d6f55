import assert from 'node:assert/strict';
import { attributeLines, diffLines, splitLines } from '../../../../src/provenance/authorship';
import { replay, type EditRecord, type JournalRecord, type StoredRecord } from '../../../../src/provenance/journal';
import { KeptContents } from '../../../support/kept';

const BASE = 'one\ntwo\nthree\n';
const TYPED = 'one typed\ntwo\nthree\n';
const BOTH = 'one typed\ntwo\nthree written\n';

describe('the order of records from the same moment', () => {
  const { keep, content } = new KeptContents();
  const named = (records: readonly JournalRecord[]): StoredRecord[] =>
    records.map((record, i) => ({ name: `${String(i)}.json`, record }));
  const ai = { author: 'ai', assistant: 'kiro', session: 's', evidence: 'reported' } as const;
  const person = { author: 'human', evidence: 'observed' } as const;
  const opened: JournalRecord = {
    version: 1,
    kind: 'seen',
    at: 10,
    files: [{ path: 'a', content: keep(BASE) }],
    opens: { by: ai, all: false, head: null },
  };
  const wrote = (from: string): EditRecord => ({
    version: 1,
    kind: 'edit',
    at: 21,
    by: ai,
    closes: '0.json',
    files: [{ path: 'a', from: keep(from), to: keep(BOTH) }],
  });
  const saved: EditRecord = {
    version: 1,
    kind: 'edit',
    at: 22,
    by: person,
    files: [
      {
        path: 'a',
        from: keep(BASE),
        to: keep(TYPED),
        operations: [{ offset: 3, deleted: 0, inserted: ' typed', by: 0 }],
        hands: [person],
      },
    ],
  };

  const told = (records: readonly JournalRecord[], target = BOTH): string => {
    const text = replay(
      named(records),
      content,
      [{ path: 'a', base: Buffer.from(BASE), target: Buffer.from(target) }],
      { now: 30 },
    ).get('a');
    assert.ok(text);
    return attributeLines(text, diffLines(splitLines(BASE), splitLines(target)))
      .added.map(({ line, by }) => `${String(line)} ${by.author}`)
      .join(', ');
  };

  it('a save comes before the edit that was made on top of it, whatever their times', () => {
    assert.equal(told([opened, wrote(BASE), saved]), '1 human, 3 ai');
    assert.equal(told([opened, saved, { ...wrote(BASE), at: 23 }]), '1 human, 3 ai');
  });

  it("a save that the assistant saw comes before the assistant's edit", () => {
    const saw: JournalRecord = { ...opened, files: [{ path: 'a', content: keep(TYPED) }] };
    for (const records of [
      [saw, saved, { ...wrote(TYPED), at: 23 }],
      [saw, wrote(TYPED), saved],
      [wrote(TYPED), saved],
    ])
      assert.equal(told(records), '1 human, 3 ai');
  });

  it("saves that follow each other keep their order around the assistant's edit", () => {
    const half = 'one ty\ntwo\nthree\n';
    const typed = (from: string, to: string, offset: number, inserted: string): EditRecord => ({
      ...saved,
      files: [
        {
          path: 'a',
          from: keep(from),
          to: keep(to),
          operations: [{ offset, deleted: 0, inserted, by: 0 }],
          hands: [person],
        },
      ],
    });
    const saw: JournalRecord = { ...opened, files: [{ path: 'a', content: keep(TYPED) }] };
    assert.equal(
      told([
        { ...typed(BASE, half, 3, ' ty'), at: 5 },
        saw,
        { ...wrote(TYPED), closes: '1.json' },
        typed(half, TYPED, 6, 'ped'),
      ]),
      '1 human, 3 ai',
    );
  });

  it("a save that the assistant had not seen stays after the assistant's edit", () => {
    const over = { ...wrote(BASE), files: [{ path: 'a', from: keep(BASE), to: keep('one\ntwo\nthree\nwritten\n') }] };
    const cut = 'one\ntwo\nthr';
    const more = 'one\nand two\nthr';
    const cuts: EditRecord = {
      ...saved,
      files: [
        {
          path: 'a',
          from: keep(BASE),
          to: keep(cut),
          operations: [{ offset: 11, deleted: 3, inserted: '', by: 0 }],
          hands: [person],
        },
      ],
    };
    const goesOn: EditRecord = {
      ...saved,
      at: 23,
      files: [
        {
          path: 'a',
          from: keep(cut),
          to: keep(more),
          operations: [{ offset: 4, deleted: 0, inserted: 'and ', by: 0 }],
          hands: [person],
        },
      ],
    };
    assert.equal(told([opened, over, cuts], cut), '3 human');
    assert.equal(told([opened, over, cuts, goesOn], more), '2 human, 3 human');
    assert.equal(told([opened, over, cuts], `${cut}\n`), '3 human');
  });

  it('records a minute apart keep their order', () => {
    assert.equal(told([opened, wrote(BASE), { ...saved, at: 60_000 }]), '1 ai, 3 ai');
  });

  it("a save over an assistant's edit moves unrecorded lines of a commit back to their places", () => {
    const base = 'let oldname = count + first;\nlet second = count + rest;\nlet third = all;\n';
    const open = base.replace('all', 'none');
    const other = base.replace('rest', 'more');
    const deleted: EditRecord = {
      ...saved,
      files: [
        {
          path: 'a',
          from: keep(open),
          to: keep(open.replace('t old', '')),
          operations: [{ offset: 2, deleted: 5, inserted: '', by: 0 }],
          hands: [person],
        },
      ],
    };
    const rewrote: EditRecord = {
      ...wrote(BASE),
      files: [{ path: 'a', from: keep(other), to: keep(other.replace('oldname', 'another')) }],
    };
    const text = replay(
      named([{ ...opened, files: [{ path: 'a', content: keep(other) }] }, rewrote, deleted]),
      content,
      [{ path: 'a', base: Buffer.from(base), target: Buffer.from(open.replace('t old', '')) }],
      { now: 30 },
    ).get('a');
    assert.ok(text);
    const { added } = attributeLines(text, diffLines(splitLines(base), splitLines(text.text)));
    assert.deepEqual(
      added.map(({ line, by }) => [line, by.author]),
      [
        [1, 'human'],
        [3, 'unknown'],
      ],
    );
  });
});
