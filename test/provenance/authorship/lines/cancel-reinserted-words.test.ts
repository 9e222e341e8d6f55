import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AuthoredText, cancelReinsertedWords, type Provenance } from '../../../../src/provenance/authorship';

const AI: Provenance = { author: 'ai', assistant: 'kiro' };
const PERSON: Provenance = { author: 'human' };
const text = fc
  .array(fc.constantFrom('one', 'two', 'three', ' ', ' ', ', ', '(', '\n', '}\n'), { maxLength: 12 })
  .map((parts) => parts.join(''));
const hand = fc.constantFrom<Provenance>(AI, PERSON, null);

describe('cancelReinsertedWords: words removed by one author and put back by another', () => {
  it('count as unchanged, and other changes of the line keep their authors', () => {
    const base = 'alpha beta gamma\n';
    const result = cancelReinsertedWords(
      AuthoredText.carried(base).replaceText('alpha gamma\n', AI).replaceText('beta gamma\n', PERSON),
    );
    assert.deepEqual(
      result.deletions.map(({ start, end, by }) => [base.slice(start, end).trim(), by]),
      [['alpha', PERSON]],
    );
    assert.ok(result.pieces.every((piece) => piece.base >= 0));
  });

  it('count as unchanged when a line is inserted before or after them', () => {
    const base = 'one\nalpha (beta)\ntwo\n';
    const before = AuthoredText.carried(base)
      .replaceText('one\nsigma (beta)\ntwo\n', AI)
      .edit({ offset: 4, deleted: 5, inserted: 'x y z;\nkappa alpha', by: PERSON });
    const behind = AuthoredText.carried('one\nbeta: alpha\ntwo\n')
      .replaceText('one\nbeta: sigma\ntwo\n', AI)
      .edit({ offset: 10, deleted: 5, inserted: 'alpha kappa\nx y z;', by: PERSON });
    for (const text of [before, behind]) {
      const result = cancelReinsertedWords(text);
      assert.equal(text.deletions.length, 1);
      assert.deepEqual(result.deletions, []);
      assert.ok(result.pieces.every(({ base: place, by }) => place >= 0 || by === PERSON));
    }
  });

  it('count as unchanged when the line was copied above and an assistant removed the original', () => {
    const base = 'one\nlet qrhmlrb = yhsepue;\ntwo\n';
    const copied = AuthoredText.carried(base)
      .edit({ offset: 26, deleted: 0, inserted: '\n// ask\nkappa sigma', by: PERSON })
      .edit({ offset: 4, deleted: 0, inserted: 'let qrhmlrb = yhsepue;\n', by: PERSON });
    const text = copied.edit({ offset: 27, deleted: 23, inserted: '', by: AI });
    assert.deepEqual(
      text.deletions.map(({ by }) => by),
      [AI],
    );
    assert.deepEqual(cancelReinsertedWords(text).deletions, []);
  });

  it('stay new when an assistant wrote them, or when they are words that anybody would write', () => {
    const base = 'let vzppetz = qroqwyg;\n';
    const written = (inserted: string, taker: Provenance, writer: Provenance): AuthoredText =>
      AuthoredText.carried(base)
        .edit({ offset: 0, deleted: base.length - 1, inserted: '', by: taker })
        .edit({ offset: 0, deleted: 0, inserted, by: writer });
    const byAssistant = written('let vzppetz', PERSON, AI);
    const byPerson = written('let dmcwlhr', null, PERSON);
    for (const text of [byAssistant, byPerson]) assert.equal(cancelReinsertedWords(text), text);
  });

  it('stay as they are when one author did both', () => {
    const once = AuthoredText.carried('alpha beta gamma\n')
      .replaceText('alpha gamma\n', AI)
      .replaceText('beta gamma\n', AI);
    assert.equal(cancelReinsertedWords(once), once);
  });

  it('leave every character of the base either carried or deleted, in order, for random edits', () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, hand), { maxLength: 4 }), (base, steps) => {
        const result = cancelReinsertedWords(
          steps.reduce((known, [next, by]) => known.replaceText(next, by), AuthoredText.carried(base)),
        );
        assert.equal(result.text, steps.at(-1)?.[0] ?? base);
        let at = 0;
        const carried = result.pieces.flatMap((piece) => {
          const start = at;
          at += piece.length;
          if (piece.base < 0) return [];
          assert.equal(result.text.slice(start, at), base.slice(piece.base, piece.base + piece.length));
          return Array.from({ length: piece.length }, (_, i) => piece.base + i);
        });
        assert.equal(at, result.text.length);
        assert.deepEqual(
          carried,
          [...carried].sort((a, b) => a - b),
        );
        const gone = result.deletions.flatMap(({ start, end }) =>
          Array.from({ length: end - start }, (_, i) => start + i),
        );
        assert.deepEqual(
          [...carried, ...gone].sort((a, b) => a - b),
          Array.from({ length: base.length }, (_, i) => i),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
