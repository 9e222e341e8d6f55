import assert from 'node:assert/strict';
import { BaseLines } from '../../../../src/provenance/authorship/text/line-index-of-base';

describe('a range that two texts share', () => {
  const base = Array.from({ length: 400 }, (_, at) => `line number ${String(at)}\n`).join('');
  const here = new BaseLines(base);
  const all = { oldStart: 0, oldEnd: base.length, newStart: 0 };

  it('whole lines: are one part if nobody is named for them', () => {
    assert.deepEqual(
      here.cutBoth(new BaseLines(base), all, () => true),
      [{ start: 0, end: base.length, line: 0, oldLine: 0, oldStart: 0 }],
    );
  });

  it('a line in between: is a part of its own if somebody is named for it', () => {
    const parts = here.cutBoth(new BaseLines(base), all, (line) => line !== 200);
    assert.deepEqual(
      parts.map(({ line }) => line),
      [0, 200, 201],
    );
    assert.equal(base.slice(parts[1]?.start, parts[1]?.end), 'line number 200\n');
  });

  it('parts of lines at its ends: are cut off if the other text has the rest elsewhere', () => {
    const parts = new BaseLines('one\ntwo\nthree\nfour').cutBoth(
      new BaseLines('xx ne\ntwo\nthree\nfo'),
      { oldStart: 1, oldEnd: 16, newStart: 3 },
      () => true,
    );
    assert.deepEqual(parts, [
      { start: 3, end: 6, line: 0, oldLine: 0, oldStart: 1 },
      { start: 6, end: 16, line: 1, oldLine: 1, oldStart: 4 },
      { start: 16, end: 18, line: 3, oldLine: 3, oldStart: 14 },
    ]);
  });
});
