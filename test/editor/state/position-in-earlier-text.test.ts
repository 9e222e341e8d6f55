import assert from 'node:assert/strict';
import { lineBefore } from '../../../src/editor/state/position-in-earlier-text';

describe('lineBefore', () => {
  const saved = 'one\ntwo\nthree\nfour\n';
  const all = (now: string): readonly (number | undefined)[] =>
    now
      .split('\n')
      .slice(0, -1)
      .map((_, index) => lineBefore(saved, now, index + 1));

  it('gives the line of the saved text for each unchanged line of the unsaved one', () => {
    assert.deepEqual(all(saved), [1, 2, 3, 4]);
    assert.deepEqual(all('zero\none\ntwo\nthree\nfour\n'), [undefined, 1, 2, 3, 4]);
    assert.deepEqual(all('one\nfour\n'), [1, 4]);
    assert.deepEqual(all('one\n2\nthree\nnew\nnewer\nfour\n'), [1, undefined, 3, undefined, undefined, 4]);
  });

  it('gives the same with CRLF', () => {
    assert.deepEqual(
      [1, 4].map((line) => lineBefore('one\r\ntwo\r\nthree\r\nfour\r\n', saved, line)),
      [1, 4],
    );
  });
});
