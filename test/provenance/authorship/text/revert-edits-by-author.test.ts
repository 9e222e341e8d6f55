import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  AuthoredText,
  replaced,
  splitLines,
  revertEdits,
  withoutAuthor,
  type Provenance,
} from '../../../../src/provenance/authorship';

const AI = { author: 'ai', assistant: 'claude-code', session: 'one' } as const;
const OTHER = { author: 'ai', assistant: 'claude-code', session: 'two' } as const;
const PERSON = { author: 'human', evidence: 'observed' } as const;
const isTheirs = (hand: Provenance): boolean => hand?.session === 'one';

/** What is left, and the lines that stay. */
function undone(text: AuthoredText): { readonly text: string; readonly kept: readonly (readonly [number, number])[] } {
  const { edits, kept } = revertEdits(text, isTheirs);
  return { text: replaced(text.text, edits), kept: kept.map(({ start, end }) => [start, end] as const) };
}

const typed = (text: AuthoredText, after: string, inserted: string): AuthoredText =>
  text.edit({ offset: text.text.indexOf(after) + after.length, deleted: 0, inserted, by: PERSON });

describe('revertEdits, for one session', () => {
  it('restores the base when the session was the only author', () => {
    const base = 'a = 1\nb = 2\nc = 3\nd = 4\n';
    assert.deepEqual(undone(AuthoredText.carried(base).replaceText('new\na = 1\nb = 22\nd = 4\nlast\n', AI)), {
      text: base,
      kept: [],
    });
  });

  it('keeps the changes of others', () => {
    const text = AuthoredText.carried('a\nb\nc\nd\n')
      .replaceText('a\nB by AI\nc\nd\n', AI)
      .replaceText('a\nB by AI\nc\nd\nmine\n', PERSON)
      .replaceText('other\na\nB by AI\nc\nd\nmine\n', OTHER);
    assert.deepEqual(undone(text), { text: 'other\na\nb\nc\nd\nmine\n', kept: [] });
  });

  it('keeps a line that others changed afterwards, and names it', () => {
    const text = typed(
      AuthoredText.carried('a = 1\nb = 2\nc = 3\n').replaceText('a = 10\nb = 20\nc = 3\n', AI),
      'b = 20',
      '5',
    );
    assert.deepEqual(undone(text), { text: 'a = 1\nb = 205\nc = 3\n', kept: [[2, 2]] });
  });

  it("keeps a line in which the session changed somebody else's new text", () => {
    const text = AuthoredText.carried('a = 1\n').replaceText('a = 2\n', PERSON).replaceText('a = 3\n', AI);
    assert.deepEqual(undone(text), { text: 'a = 3\n', kept: [[1, 1]] });
  });

  it("removes the session's lines from a block, and keeps lines that somebody added or changed in it", () => {
    const block = AuthoredText.carried('a\n').replaceText('a\none\ntwo\nthree\n', AI);
    assert.deepEqual(undone(typed(block, 'two', '\nmine')), { text: 'a\nmine\n', kept: [] });
    assert.deepEqual(undone(typed(block, 'two', ' of mine')), { text: 'a\ntwo of mine\n', kept: [[3, 3]] });
  });

  it('still reverts a line when somebody typed a new line before or after it', () => {
    const changed = AuthoredText.carried('a = 1\nb = 2\n').replaceText('a = 15\nb = 2\n', AI);
    assert.deepEqual(undone(typed(changed, 'a = 15', '\nmine')), { text: 'a = 1\nmine\nb = 2\n', kept: [] });
    const more = AuthoredText.carried('a = 1\nb = 2\n').edit({
      offset: 5,
      deleted: 0,
      inserted: '5\none\ntwo',
      by: AI,
    });
    assert.deepEqual(undone(typed(more, 'two', '\nmine')), { text: 'a = 1\nmine\nb = 2\n', kept: [] });
    const whole = AuthoredText.carried('a\nb\nc\n')
      .edit({ offset: 2, deleted: 2, inserted: 'other\n', by: AI })
      .edit({ offset: 2, deleted: 0, inserted: 'mine\n', by: PERSON });
    assert.deepEqual(undone(whole), { text: 'a\nmine\nb\nc\n', kept: [] });
  });

  it('restores lines that the session removed at the start, the end and everywhere, with their line ends', () => {
    for (const base of ['a\r\nb\r\nc\r\n', 'a\nb\nc']) {
      const lines = splitLines(base);
      for (const left of [lines.slice(1), lines.slice(0, 2), []])
        assert.deepEqual(undone(AuthoredText.carried(base).replaceText(left.join(''), AI)), { text: base, kept: [] });
    }
  });

  it('makes no edits when the session has no part in the text', () => {
    const text = AuthoredText.carried('a\nb\n').replaceText('a\nx\n', OTHER).replaceText('a\nx\ny\n', null);
    assert.deepEqual(revertEdits(text, isTheirs), { edits: [], kept: [] });
    assert.equal(withoutAuthor(text, isTheirs), text.text);
  });

  it("withoutAuthor leaves out the session's characters, also in lines that revertEdits keeps", () => {
    const text = typed(AuthoredText.carried('a = 1\nb = 2\n').replaceText('a = 10\nb = 2\nc = 3\n', AI), 'a = 10', '5');
    assert.equal(withoutAuthor(text, isTheirs), 'a = 15\nb = 2\n');
    assert.equal(
      withoutAuthor(typed(AuthoredText.carried('a\n').replaceText('a\nb\nc\n', AI), 'b', ' of mine'), isTheirs),
      'a\n of mine\n',
    );
    assert.equal(
      withoutAuthor(
        typed(AuthoredText.carried('a\n').edit({ offset: 1, deleted: 0, inserted: 'b\nc', by: AI }), 'ab', ' of mine'),
        isTheirs,
      ),
      'a of mine\n',
    );
  });

  const word = fc.constantFrom('a', 'b = 1', '  c()', '}', '', 'long line here');
  const content = fc.array(word, { maxLength: 8 }).map((lines) => lines.map((line) => `${line}\n`).join(''));
  const hand = fc.constantFrom<Provenance>(AI, AI, PERSON, OTHER, null);

  it('restores the base for random edits by the session alone', () => {
    fc.assert(
      fc.property(content, fc.array(content, { minLength: 1, maxLength: 3 }), (base, steps) => {
        const text = steps.reduce((so, next) => so.replaceText(next, AI), AuthoredText.carried(base));
        assert.deepEqual(undone(text), { text: base, kept: [] });
        assert.equal(withoutAuthor(text, isTheirs), base);
      }),
      { numRuns: 1000 },
    );
  });

  it("changes no line that is only somebody else's, and reverts or names all of its own, for random edits", () => {
    fc.assert(
      fc.property(content, fc.array(fc.tuple(content, hand), { minLength: 1, maxLength: 4 }), (base, steps) => {
        const text = steps.reduce((so, [next, by]) => so.replaceText(next, by), AuthoredText.carried(base));
        const { edits, kept } = revertEdits(text, isTheirs);
        let at = 0;
        for (const { offset, deleted } of edits) {
          assert.ok(offset >= at && offset + deleted <= text.text.length);
          at = offset + deleted;
          // Only blanks of others may go with their lines.
          let within = offset;
          for (const { length, by } of text.slice(offset, offset + deleted)) {
            if (by !== undefined && !isTheirs(by)) assert.equal(text.text.slice(within, within + length).trim(), '');
            within += length;
          }
        }
        const theirs =
          text.pieces.some(({ base: from, by }) => from < 0 && isTheirs(by)) ||
          text.deletions.some(({ by }) => isTheirs(by));
        if (theirs) assert.ok(edits.length + kept.length > 0);
        for (const [index, { start, end }] of kept.entries())
          assert.ok(start <= end && start > (kept[index - 1]?.end ?? 0));
      }),
      { numRuns: 2000 },
    );
  });
});
