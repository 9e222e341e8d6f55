import assert from 'node:assert/strict';
import {
  attributeLines,
  AuthoredText,
  diffLines,
  splitLines,
  type Author,
  type Credit,
  type Provenance,
} from '../../../../src/provenance/authorship';

const AI: Credit = { author: 'ai', assistant: 'one', evidence: 'reported' };
const PERSON: Credit = { author: 'human', evidence: 'observed' };

const BASE = 'one\nlet word = 1;\nlast\n';
const SPLIT_AT = BASE.indexOf('word');

const added = (text: AuthoredText): Author[] =>
  attributeLines(text, diffLines(splitLines(text.base), splitLines(text.text))).added.map(({ by }) => by.author);

/** A line is put in within an older line, and something else below what is left of that. */
const splitBy = (line: Provenance, lineBreak: Provenance, below: Provenance): AuthoredText =>
  AuthoredText.carried(BASE).edits([
    { offset: SPLIT_AT, deleted: 0, inserted: 'call();', by: line },
    { offset: SPLIT_AT + 7, deleted: 0, inserted: '\n', by: lineBreak },
    { offset: BASE.indexOf('\nlast') + 8, deleted: 0, inserted: '\nbelow();', by: below },
  ]);

describe('attributeLines: a line that was split by a line break', () => {
  it('the second part belongs to whoever put the break in, whoever wrote the text around it', () => {
    assert.deepEqual(added(splitBy(AI, PERSON, AI)), ['ai', 'human', 'ai']);
    assert.deepEqual(added(splitBy(PERSON, AI, PERSON)), ['human', 'ai', 'human']);
  });

  it('the second part is unknown when the author of the break is unknown', () => {
    assert.deepEqual(added(splitBy(AI, null, PERSON)), ['ai', 'unknown', 'human']);
  });
});

describe('attributeLines: a blank line in whose place several lines are put', () => {
  const removed = (blank: string, ...parts: readonly (readonly [number, string, Provenance])[]): Author[] => {
    const text = AuthoredText.carried(`one\n${blank}\nlast\n`).edits(
      parts.map(([offset, inserted, by]) => ({ offset, deleted: 0, inserted, by })),
    );
    return attributeLines(text, [{ oldStart: 1, oldEnd: 2, newStart: 1, newEnd: 3 }]).removed.map(
      ({ by }) => by.author,
    );
  };

  it('was removed by whoever first wrote in it, whoever wrote below that', () => {
    for (const blank of ['', '  ']) {
      const at = 4 + blank.length;
      assert.deepEqual(removed(blank, [at, '// sum', PERSON], [at + 6, '\nsum();', AI]), ['human']);
      assert.deepEqual(removed(blank, [at, 'sum();', AI], [at + 6, '\n// sum', PERSON]), ['ai']);
      assert.deepEqual(removed(blank, [at, 'sum();', AI], [4, '// sum\n', PERSON]), ['ai']);
      assert.deepEqual(removed(blank, [at, '// sum\nsum();', AI]), ['ai']);
    }
  });
});

describe('attributeLines: a line of punctuation only', () => {
  const below = (inserted: string, by: Provenance): Author[] =>
    added(
      AuthoredText.carried('one;\ntwo\n').edits([
        { offset: 4, deleted: 0, inserted: '\ntyped();\n', by: PERSON },
        { offset: 14, deleted: 0, inserted, by },
      ]),
    );

  it('is unknown when nobody is known to have written it, whoever broke the line before it', () =>
    assert.deepEqual(below(';', null), ['human', 'unknown']));

  it('belongs to the author of the punctuation', () => assert.deepEqual(below(';', AI), ['human', 'ai']));
});

describe('attributeLines: an empty line below a line that was typed at the end of an older one', () => {
  const typed = (...parts: readonly (readonly [string, Provenance])[]): Author[] => {
    let offset = 'one'.length;
    const edits = parts.map(([inserted, by]) => ({
      offset,
      deleted: 0,
      inserted,
      by,
      end: (offset += inserted.length),
    }));
    return added(AuthoredText.carried('one\ntwo\n').edits(edits));
  };

  it('belongs to whoever put its break in, not to the author of the line above', () => {
    assert.deepEqual(typed(['\ntyped', PERSON], ['\n', AI]), ['human', 'ai']);
    assert.deepEqual(typed(['\ntyped', PERSON], ['\nmore', PERSON], ['\n', AI], ['\n', AI]), [
      'human',
      'human',
      'ai',
      'ai',
    ]);
    assert.deepEqual(typed(['\ntyped', PERSON], ['\n', null]), ['human', 'unknown']);
  });

  it('keeps its author when somebody inserts a line above it', () => {
    assert.deepEqual(typed(['\n', PERSON], ['line;\n', AI]), ['ai', 'human']);
  });

  it('belongs to the author of its break with CRLF too', () => {
    const text = AuthoredText.carried('one\r\ntwo\r\n').edits([
      { offset: 3, deleted: 0, inserted: '\r\ntyped', by: PERSON },
      { offset: 10, deleted: 0, inserted: '\r\n', by: AI },
    ]);
    assert.deepEqual(added(text), ['human', 'ai']);
  });
});

describe('attributeLines: a line that occurs more than once', () => {
  const text = AuthoredText.carried('first\n\nsecond\nkeep\nlast\n').edits([
    { offset: 0, deleted: 5, inserted: 'one', by: null },
    { offset: 5, deleted: 6, inserted: 'two', by: null },
    { offset: 14, deleted: 0, inserted: 'new\n\n', by: AI },
  ]);

  it('a removed one is not credited to whoever inserted an equal one elsewhere', () => {
    const { removed } = attributeLines(text, [
      { oldStart: 0, oldEnd: 3, newStart: 0, newEnd: 3 },
      { oldStart: 4, oldEnd: 4, newStart: 4, newEnd: 6 },
    ]);
    assert.deepEqual(
      removed.map(({ by }) => by.author),
      ['unknown', 'unknown', 'unknown'],
    );
  });

  it('a removed one is credited to who removed an equal one, also when git pairs it with an insertion', () => {
    const other = AuthoredText.carried('gone\n\nkeep\n\ntail\n').edits([
      { offset: 0, deleted: 5, inserted: '', by: AI },
      { offset: 6, deleted: 1, inserted: '', by: AI },
      { offset: 6, deleted: 0, inserted: '\nmore\n', by: PERSON },
    ]);
    assert.equal(other.text, '\nkeep\n\nmore\ntail\n');
    const { added: put, removed } = attributeLines(other, [
      { oldStart: 0, oldEnd: 2, newStart: 0, newEnd: 1 },
      { oldStart: 4, oldEnd: 4, newStart: 3, newEnd: 4 },
    ]);
    assert.deepEqual(
      removed.map(({ by }) => by.author),
      ['ai', 'ai'],
    );
    assert.deepEqual(
      put.map(({ by }) => by.author),
      ['human', 'human'],
    );
  });

  it('an added one is credited to the author of the nearest equal line that is still free', () => {
    const other = AuthoredText.carried('\nkeep\n\nend\n').edits([
      { offset: 1, deleted: 0, inserted: 'mine\n', by: AI },
      { offset: 11, deleted: 0, inserted: 'theirs\n', by: PERSON },
      { offset: 19, deleted: 0, inserted: '\n', by: PERSON },
    ]);
    assert.equal(other.text, '\nmine\nkeep\ntheirs\n\n\nend\n');
    const { added: put } = attributeLines(other, [
      { oldStart: 0, oldEnd: 1, newStart: 0, newEnd: 2 },
      { oldStart: 2, oldEnd: 2, newStart: 3, newEnd: 5 },
    ]);
    assert.deepEqual(
      put.map(({ by }) => by.author),
      ['ai', 'ai', 'human', 'human'],
    );
  });

  it('one that git counts as changed between lines of different authors is unknown', () => {
    const other = AuthoredText.carried('one\n\nother\n').edits([
      { offset: 0, deleted: 3, inserted: 'first', by: AI },
      { offset: 7, deleted: 5, inserted: 'second', by: PERSON },
    ]);
    const { added: put, removed } = attributeLines(other, [{ oldStart: 0, oldEnd: 3, newStart: 0, newEnd: 3 }]);
    for (const side of [put, removed])
      assert.deepEqual(
        side.map(({ by }) => by.author),
        ['ai', 'unknown', 'human'],
      );
  });

  it("one that git counts as moved from one author's change to another's is unknown", () => {
    const other = AuthoredText.carried('one\n\nkeep\n').edits([
      { offset: 0, deleted: 4, inserted: '', by: AI },
      { offset: 1, deleted: 0, inserted: 'more\n', by: PERSON },
    ]);
    assert.equal(other.text, '\nmore\nkeep\n');
    const { added: put, removed } = attributeLines(other, [{ oldStart: 0, oldEnd: 2, newStart: 0, newEnd: 2 }]);
    assert.deepEqual(
      removed.map(({ by }) => by.author),
      ['ai', 'unknown'],
    );
    assert.deepEqual(
      put.map(({ by }) => by.author),
      ['unknown', 'human'],
    );
  });
});

describe('attributeLines: a line swapped with a blank one', () => {
  const moved = (put: Provenance, taken: Provenance): Author[][] => {
    const text = AuthoredText.carried('first\nline\n\nlast\n').edits([
      { offset: 6, deleted: 0, inserted: '\n', by: put },
      { offset: 11, deleted: 1, inserted: '', by: taken },
    ]);
    // git says that the line moved, and not the blank one.
    const { added: lines, removed } = attributeLines(text, [
      { oldStart: 1, oldEnd: 2, newStart: 1, newEnd: 1 },
      { oldStart: 3, oldEnd: 3, newStart: 2, newEnd: 3 },
    ]);
    return [lines, removed].map((list) => list.map(({ by }) => by.author));
  };

  it('belongs to the one who moved both, and is unknown when two moved one each', () => {
    assert.deepEqual(moved(PERSON, PERSON), [['human'], ['human']]);
    assert.deepEqual(moved(AI, AI), [['ai'], ['ai']]);
    for (const [put, taken] of [
      [AI, PERSON],
      [PERSON, AI],
      [null, PERSON],
      [PERSON, null],
    ] as const)
      assert.deepEqual(moved(put, taken)[0], ['unknown']);
  });
});

describe('attributeLines with the authors that a note records', () => {
  const OLD = "kept\n      it 'should delete'\n        response.should.be('gone')\n";
  const NEW = "kept\n    it 'should delete'\n      response.should.be('gone')\n";
  const told = (put: Provenance, taken: Provenance): string[][] => {
    const change =
      (hand: Provenance) =>
      (line: number): Provenance | undefined =>
        line > 1 ? hand : undefined;
    const { added: lines, removed } = attributeLines(
      AuthoredText.carried(OLD).replaceByLines(NEW, change(put), change(taken)),
      [{ oldStart: 1, oldEnd: 3, newStart: 1, newEnd: 3 }],
    );
    return [lines, removed].map((list) => list.map(({ by }) => by.author));
  };

  it("the note's authors hold when one person inserts lines equal to those another removed", () => {
    for (const [put, taken] of [
      [AI, PERSON],
      [PERSON, AI],
      [null, AI],
      [AI, null],
      [null, PERSON],
      [PERSON, null],
      [AI, AI],
    ] as const) {
      const [by, away] = [put?.author ?? 'unknown', taken?.author ?? 'unknown'];
      assert.deepEqual(told(put, taken), [
        [by, by],
        [away, away],
      ]);
    }
  });

  it("the note's authors hold whichever of several equal lines the note names", () => {
    const [before, after] = ['top\nend\nlast\n', 'other top\nend\nput\nend\nother last\n'];
    for (const [from, to] of [
      [2, 3],
      [3, 4],
    ] as const) {
      const added = (line: number): Provenance | undefined =>
        line >= from && line <= to ? AI : line === 1 || line === 5 ? PERSON : undefined;
      const removed = (line: number): Provenance | undefined => (line === 2 ? undefined : PERSON);
      const { added: lines } = attributeLines(AuthoredText.carried(before).replaceByLines(after, added, removed), [
        { oldStart: 0, oldEnd: 1, newStart: 0, newEnd: 1 },
        { oldStart: from - 1, oldEnd: from - 1, newStart: from - 1, newEnd: to },
        { oldStart: 2, oldEnd: 3, newStart: 4, newEnd: 5 },
      ]);
      assert.deepEqual(
        lines.map(({ by }) => by.author),
        ['human', 'ai', 'ai', 'human'],
        String(from),
      );
    }
  });
});
