import assert from 'node:assert/strict';
import { amountText } from '../../src/policy';

describe('amounts of lines', () => {
  it('an amount: names what is not 0, behind a word, and is empty when both are 0', () => {
    assert.deepEqual(
      [amountText(2, 1), amountText(2, 0), amountText(0, 1, 'AI'), amountText(0, 0, 'AI')],
      ['+2 −1', '+2', 'AI −1', ''],
    );
  });
});
