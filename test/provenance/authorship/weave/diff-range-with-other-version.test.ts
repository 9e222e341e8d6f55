import assert from 'node:assert/strict';
import {
  diffRange,
  CharacterStore,
  Moves,
  Weave,
  type Operation,
  type WeaveHunk,
  type Snapshot,
} from '../../../../src/provenance/authorship';

/** A weave whose texts are written one after another, each by a hand of its own. */
function written(base: string): {
  readonly ink: CharacterStore;
  readonly weave: Weave;
  readonly start: Snapshot;
  readonly write: (
    on: Snapshot,
    from: number,
    to: number,
    text: string,
  ) => { readonly version: Snapshot; readonly by: Operation };
} {
  const ink = new CharacterStore();
  const weave = new Weave(ink, new Moves(ink));
  let order = 0;
  return {
    ink,
    weave,
    start: weave.start(base),
    write: (on, from, to, text) => {
      const by: Operation = { by: { author: 'human', evidence: 'observed' }, order: ++order };
      const fill = text === '' ? [] : [{ at: from, text, by }];
      return {
        version: weave.apply({
          on,
          text: on.text.slice(0, from) + text + on.text.slice(to),
          hunks: [{ from, to, by, items: fill }],
        }),
        by,
      };
    },
  };
}

const toldOf = (gaps: readonly WeaveHunk[]): readonly (readonly [number, number, number])[] =>
  gaps.map(({ from, to, by }) => [from, to, by.order]);

describe('diffRange: text that an undo restored', () => {
  const base = 'one;\ntwo;\nthree;\nfour;\n';

  it('each part of the range is credited to whoever made it', () => {
    const { ink, weave, start, write } = written(base);
    const first = write(start, 5, 7, '');
    const then = write(first.version, 5, 7, '');
    const back = { by: null, order: 9 };
    const [range] = diffRange(start, then.version, weave.order, [{ from: 5, to: 10, text: '\n', restoredBy: back }]);
    assert.equal(range?.isMade(base, ink), true);
    assert.deepEqual(toldOf(range.hunks), [
      [5, 7, first.by.order],
      [7, 9, then.by.order],
    ]);
  });

  it('the range may lack the semicolon and the break of its line, but no word that stayed', () => {
    const { ink, weave, start, write } = written('one;\ntwo four;\nthree;\n');
    const isMade = (anew: string, made: string): boolean | undefined => {
      const { version } = write(start, 5, 15, anew);
      const to = 5 + anew.indexOf(made === 'two four' ? ';' : ' ');
      return diffRange(version, start, weave.order, [
        { from: 5, to, text: made, restoredBy: { by: null, order: 9 } },
      ])[0]?.isMade(version.text, ink);
    };
    assert.deepEqual([isMade('new;\n', 'two four'), isMade('new four;\n', 'two')], [true, false]);
  });

  it('the range does not match a version without the lines beside it', () => {
    const { ink, weave, start, write } = written(base);
    const { version } = write(start, 4, 5, '');
    const remade = { from: 10, to: 15, text: 'three', restoredBy: { by: null, order: 9 } };
    const isMade = (other: Snapshot): boolean | undefined =>
      diffRange(start, other, weave.order, [remade])[0]?.isMade(base, ink);
    assert.deepEqual([isMade(version), isMade(write(start, 19, 20, '').version)], [false, true]);
  });
});
