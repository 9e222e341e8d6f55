import assert from 'node:assert/strict';
import { compare, compareLines, equalRanges } from '../../../src/attribution';

const lines = (...list: readonly string[]): string => list.map((line) => `${line}\n`).join('');

describe('comparing two texts', () => {
  it('takes a line that moved for itself, not for another one that it shares words with', () => {
    const [price, order, table, total, owner] = ['price label count owner market', 'order const match state value', 'table label cache batch width', 'total const token count scope', 'owner price rental count harbour'];
    const before = lines(price, order, table, total, owner, order, table);
    const after = lines(owner, order, table, price, order, table, total);
    const stayed = equalRanges(compare(before, after), before.length, after.length);
    const inFirst = stayed.filter(({ newStart }) => newStart < owner.length);
    assert.deepEqual(inFirst, []);
    assert.ok(stayed.some(({ newStart, newEnd }) => newEnd - newStart > order.length));
  });

  const more = ['head\n', 'put\n', 'del\n', 'end\n', 'end\n', 'tail\n', 'last\n'];
  const less = ['new head\n', 'put\n', 'end\n', 'tail\n', 'new last\n'];

  it('tells what was taken out at once as one, where a line of it is as the one beside it', () => {
    assert.deepEqual(compareLines(more, less).slice(1, -1), [{ oldStart: 2, oldEnd: 4, newStart: 2, newEnd: 2 }]);
  });

  it('tells what was put in at once as one, where a line of it is as the one beside it', () => {
    assert.deepEqual(compareLines(less, more).slice(1, -1), [{ oldStart: 2, oldEnd: 2, newStart: 2, newEnd: 4 }]);
  });
});
