import assert from 'node:assert/strict';
import { diffChars, diffLines, equalRanges } from '../../../../src/provenance/authorship';

const lines = (...list: readonly string[]): string => list.map((line) => `${line}\n`).join('');

describe('diffChars and diffLines', () => {
  it('match a moved line with itself, not with another that shares words with it', () => {
    const [price, order, table, total, owner] = [
      'price label count owner market',
      'order const match state value',
      'table label cache batch width',
      'total const token count scope',
      'owner price rental count harbour',
    ];
    const before = lines(price, order, table, total, owner, order, table);
    const after = lines(owner, order, table, price, order, table, total);
    const stayed = equalRanges(diffChars(before, after), before.length, after.length);
    const inFirst = stayed.filter(({ newStart }) => newStart < owner.length);
    assert.deepEqual(inFirst, []);
    assert.ok(stayed.some(({ newStart, newEnd }) => newEnd - newStart > order.length));
  });

  const stays = (before: string, after: string): string =>
    equalRanges(diffChars(before, after), before.length, after.length)
      .map(({ newStart, newEnd }) => after.slice(newStart, newEnd).trim())
      .filter((text) => text !== '')
      .join(' … ');

  it('match a line with one changed word, even if it has few others', () => {
    assert.equal(stays(lines('a', '  - first_name: 3', 'z'), lines('a', '  - surname: 3', 'z')), 'a\n  - … : 3\nz');
    assert.equal(
      stays(lines('a', 'return theTotalOfAll;', 'x', 'z'), lines('a', 'return nothingAtEnd;', 'y', 'z')),
      'a\nreturn … ; … z',
    );
  });

  it('treat a line as new when no other word is left of it, or when several lines are as similar', () => {
    assert.equal(stays(lines('a', 'theTotalOfAll();', 'z'), lines('a', 'nothingAtEnd();', 'z')), 'a … z');
    assert.equal(stays(lines('a', '- first_name: 3', 'z'), lines('a', '- surname: 3', '- nickname: 3', 'z')), 'a … z');
  });

  it('keep the words of a line that was split or joined beside other changes', () => {
    const [whole, first, second, other] = [
      'one = take(two, three);',
      'one =',
      '  take(two, three);',
      'another(line, here);',
    ];
    assert.equal(
      stays(lines('a', whole, 'z'), lines('a', first, second, other, 'z')),
      'a\none = … take(two, three); … z',
    );
    assert.equal(
      stays(lines('a', first, second, other, 'z'), lines('a', whole, 'z')),
      'a\none = … take(two, three); … z',
    );
  });

  it('match a moved line with itself, not with a part of the line beside it', () => {
    const [whole, moved, rest] = ['const firstOfAll = take(two, three);', 'const firstOfAll =', '  take(two, three);'];
    assert.equal(
      stays(lines(moved, 'a', whole, 'z'), lines('a', moved, rest, 'other(here);', 'z')),
      'a … take(two, three); … z',
    );
  });

  const more = ['head\n', 'put\n', 'del\n', 'end\n', 'end\n', 'tail\n', 'last\n'];
  const less = ['new head\n', 'put\n', 'end\n', 'tail\n', 'new last\n'];

  it('give lines removed together as one range, when one of them equals the line beside it', () => {
    assert.deepEqual(diffLines(more, less).slice(1, -1), [{ oldStart: 2, oldEnd: 4, newStart: 2, newEnd: 2 }]);
  });

  it('give lines inserted together as one range, when one of them equals the line beside it', () => {
    assert.deepEqual(diffLines(less, more).slice(1, -1), [{ oldStart: 2, oldEnd: 2, newStart: 2, newEnd: 4 }]);
  });
});
