import assert from 'node:assert/strict';
import {
  isClosingTag,
  isCounted,
  isExpanded,
  isOtherColour,
  isTagRemoved,
  isTagSplit,
  isWrapped,
} from '../../../../src/editor/recording/commands/markup-shapes';
import type { SeenChange, Signals } from '../../../../src/editor/recording/classify/change-event';

const change = (deleted: string, inserted: string, line = 3): SeenChange => ({
  span: { start: { line, character: 4 }, end: { line, character: 4 + deleted.length } },
  deleted,
  inserted,
});
const signals = (changes: readonly SeenChange[], more: Partial<Signals> = {}): Signals => ({
  changes,
  undo: false,
  accepting: false,
  dirty: true,
  aftermath: 'other',
  ...more,
});

describe('shapes of edits in markup', () => {
  it('isClosingTag: only the closing tag of the tag that ends at the caret', () => {
    const is = (inserted: string, textBefore: string): boolean =>
      isClosingTag(signals([change('', inserted)], { textBefore }));
    assert.deepEqual(
      [
        is('</main>', '  <main class="a">'),
        is('</>', 'return <>'),
        is('</a.b-c>', '<a.b-c>'),
        is('div>', '</'),
        is('</main>', '<body>'),
        is('</main>', 'no tag'),
        is('</main>', '<main>text'),
        is('<b></b>', '<main>'),
        is('</main>evil()', '<main>'),
        is('div>x', '</'),
      ],
      [true, true, true, true, false, false, false, false, false, false],
    );
  });

  it('isExpanded: only what the abbreviation before the caret stands for', () => {
    const is = (deleted: string, inserted: string, column = 4 + deleted.length): boolean => {
      const caret = { line: 3, character: column };
      return isExpanded(signals([change(deleted, inserted)], { before: [{ start: caret, end: caret }] }));
    };
    const list = '<ul>\n  <li class="item-1"></li>\n  <li class="item-2"></li>\n</ul>';
    for (const [deleted, inserted] of [
      ['ul>li.item-$*2', list],
      ['p>lorem4', '<p>Lorem ipsum dolor sit.</p>'],
      ['a', '<a href=""></a>'],
      ['.card', '<div class="card"></div>'],
      ['m10', 'margin: 10px;'],
      ['w48', 'width: 48px;'],
    ] as const)
      assert.equal(is(deleted, inserted), true, deleted);
    for (const [deleted, inserted] of [
      ['ul>li', list],
      ['p', '<p>Lorem ipsum dolor sit.</p>'],
      ['a', '<a href="https://elsewhere.example"></a>'],
      ['p>lorem4', '<p class="wide">Lorem ipsum dolor sit.</p>'],
      ['m10', 'margin: 20px;'],
      ['m10', 'margin: 10px; color: red;'],
      ['x10', 'margin: 10px;'],
      ['', '<p></p>'],
    ] as const)
      assert.equal(is(deleted, inserted), false, `${deleted} ${inserted}`);
    assert.equal(is('ul>li.item-$*2', list, 4), false);
  });

  it('isTagRemoved: only when both tags of an element go and nothing comes', () => {
    const is = (...changes: SeenChange[]): boolean => isTagRemoved(signals(changes));
    assert.equal(is(change('</b>', ''), change('<b class="x">', '')), true);
    assert.equal(is(change('</b>', ''), change('<i>', '')), false);
    assert.equal(is(change('</b>', 'x'), change('<b>', '')), false);
    assert.equal(is(change('call(', ''), change(')', '')), false);
  });

  it('isTagSplit: an empty element is joined or split', () => {
    const is = (deleted: string, inserted: string): boolean => isTagSplit(signals([change(deleted, inserted)]));
    assert.deepEqual([is('></div>', '/>'), is(' />', '></div>')], [true, true]);
    assert.deepEqual([is('></div>', '>'), is('>x</div>', '/>'), is('', '/>')], [false, false, false]);
  });

  it('isOtherColour: a colour replaces a colour', () => {
    const is = (deleted: string, inserted: string): boolean => isOtherColour(signals([change(deleted, inserted)]));
    assert.deepEqual(
      [is('#ff0000', '#a1b2c3'), is('red', 'rgb(1, 2, 3)'), is('#fff', 'hsl(0 0% 1%)')],
      [true, true, true],
    );
    assert.deepEqual(
      [is('red', 'blue'), is('margin: 0', '#fff'), is('#fff', 'url(x)'), is('', '#fff')],
      [false, false, false, false],
    );
  });

  it('isWrapped: the selected lines stand between the inserted ones, or the reverse', () => {
    const is = (deleted: string, inserted: string): boolean => {
      const only = change(deleted, inserted);
      return isWrapped(signals([only], { before: [only.span] }));
    };
    assert.equal(is('one();', 'try {\n  one();\n} catch {}'), true);
    assert.equal(is('try {\n  one();\n} catch {}', 'one();'), true);
    assert.equal(is('one();', 'two();'), false);
    assert.equal(is(' ', 'x'), false);
    assert.equal(isWrapped(signals([change('one();', 'try { one(); }')], { before: [] })), false);
  });

  it('isCounted: a number at the caret goes one step up or down, or changes its sign', () => {
    const is = (deleted: string, inserted: string, character = 4): boolean =>
      isCounted(
        signals([change(deleted, inserted)], {
          before: [{ start: { line: 3, character }, end: { line: 3, character } }],
        }),
      );
    assert.deepEqual([is('9', '10'), is('1.5', '1.6'), is('5', '-5'), is('20', '10')], [true, true, true, true]);
    assert.deepEqual([is('9', '12'), is('9', '10', 20), is('a', 'b'), is('', '1')], [false, false, false, false]);
  });
});
