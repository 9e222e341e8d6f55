import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countLetters, hasLetters, tokens, words } from '../../../src/authorship/diff/tokens';
import '../../support/seed';

describe('the words of a text', () => {
  it('are found in all scripts', () => {
    assert.deepEqual(tokens('größe = 名前.x_1;'), ['größe', ' ', '=', ' ', '名前', '.', 'x_1', ';']);
    assert.deepEqual(words('größe = 名前.x_1;'), ['größe', '名前', 'x_1']);
    assert.equal(countLetters('größe = 名前.x_1;'), 10);
    assert.deepEqual(['é', '٣', '→', '_', '= ', 'a=ä'].map(hasLetters), [true, true, false, true, false, true]);
  });

  it('are the same beside a text of another script, for which there is another way', () => {
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
