import assert from 'node:assert/strict';
import { editedLines } from '../../../../src/provenance/authorship/diff/line-pairing';

describe('pairs of removed and added lines', () => {
  it('a line that occurs once more than before: is paired with the line that it was made from', () => {
    const first = 'send(order, copy, now);';
    assert.deepEqual(
      editedLines([first, 'send(order, copy, later);'], [first, first]).map(({ a, b }) => [a, b]),
      [
        [0, 0],
        [1, 1],
      ],
    );
  });

  it('a line that stays: is paired with itself alone when a like one leaves', () => {
    const first = 'send(order, copy, now);';
    assert.deepEqual(
      editedLines(['send(order, copy, later);', first], [first]).map(({ a, b }) => [a, b]),
      [[1, 0]],
    );
  });
});
