import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  countLetters,
  hasLetters,
  tokens,
  words,
} from '../../../../src/provenance/authorship/diff/tokens-and-letter-counts';
import '../../../support/seed';

describe('tokens and words', () => {
  it('letters and digits of any script make words', () => {
    assert.deepEqual(tokens('größe = 名前.x_1;'), ['größe', ' ', '=', ' ', '名前', '.', 'x_1', ';']);
    assert.deepEqual(words('größe = 名前.x_1;'), ['größe', '名前', 'x_1']);
    assert.equal(countLetters('größe = 名前.x_1;'), 10);
    assert.deepEqual(['é', '٣', '→', '_', '= ', 'a=ä'].map(hasLetters), [true, true, false, true, false, true]);
  });

  it('ASCII text gives the same words alone and beside another script', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 30 });
    fc.assert(
      fc.property(ascii, (text) => {
        assert.deepEqual(tokens(`${text}-\nä`), [...tokens(`${text}-`), '\n', 'ä']);
        assert.deepEqual(words(`${text}-ä`), [...words(text), 'ä']);
        assert.equal(hasLetters(text), hasLetters(`${text}→`));
      }),
    );
  });
});
