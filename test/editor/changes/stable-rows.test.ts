import assert from 'node:assert/strict';
import { Rows, type Row } from '../../../src/editor/changes/stable-rows';
import { atOnce } from '../../../src/editor/time-slices';

interface Node {
  readonly name: string;
  readonly text: string;
  readonly below: readonly Node[];
}

const node = (name: string, text: string, ...below: Node[]): Node => ({ name, text, below });

/** A tree that is shown, all of it open. */
class Shown {
  top: readonly Node[] = [];
  /** How many faces were asked for. */
  faces = 0;
  readonly rows = new Rows<Node>({
    idOf: ({ name }) => name,
    childrenOf: (of) => (of ? of.below : this.top),
    faceOf: ({ text }) => {
      this.faces++;
      return text;
    },
  });

  open(row?: Row<Node>): readonly Row<Node>[] {
    return this.rows.below(row).flatMap((one) => [one, ...this.open(one)]);
  }

  /** The names of what is drawn again. */
  show(...top: Node[]): readonly string[] | 'all' {
    this.top = top;
    const changed = atOnce(this.rows.changed());
    return changed === 'all' ? 'all' : changed.map(({ id }) => id);
  }
}

describe("Rows, a tree view's rows", () => {
  it('stay the same objects, and only those that changed are drawn again', () => {
    const shown = new Shown();
    shown.top = [node('a', 'A', node('a1', 'one'), node('a2', 'two')), node('b', 'B', node('b1', 'three'))];
    const rows = shown.open();
    assert.deepEqual(
      shown.show(node('a', 'A', node('a1', 'one'), node('a2', 'two')), node('b', 'B', node('b1', 'three'))),
      [],
    );
    assert.deepEqual(
      shown.show(node('a', 'A', node('a1', 'one'), node('a2', 'TWO')), node('b', 'B', node('b1', 'three'))),
      ['a2'],
    );
    assert.deepEqual(shown.open(), rows, 'the same objects');
    assert.equal(rows.find(({ id }) => id === 'a2')?.node.text, 'TWO');
    assert.deepEqual(
      shown.show(
        node('a', 'A', node('a1', 'one'), node('a2', 'TWO')),
        node('b', 'B', node('b1', 'three'), node('b2', 'four')),
      ),
      ['b'],
      'a row came below it',
    );
    assert.equal(shown.show(node('b', 'B')), 'all');
  });

  it('below a redrawn row are not drawn again themselves', () => {
    const shown = new Shown();
    shown.top = [node('a', 'A', node('a1', 'one'))];
    shown.open();
    assert.deepEqual(shown.show(node('a', 'AA', node('a1', 'ONE'))), ['a']);
  });

  it('below a row that nobody has opened are not computed', () => {
    const shown = new Shown();
    assert.deepEqual(shown.show(node('a', 'A')), [], 'nothing is shown yet');
    shown.top = [node('a', 'A', ...Array.from({ length: 1_000 }, (_, i) => node(`a${String(i)}`, 'x')))];
    shown.rows.below();
    shown.faces = 0;
    shown.show(...shown.top);
    assert.equal(shown.faces, 1);
  });

  it('moved below another row keep their children, in either drawing order', () => {
    const shown = new Shown();
    for (const [before, after] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      shown.top = [node(before, before, node('moved', 'x', node('child', 'y'))), node(after, after)];
      shown.open();
      shown.top = [node(before, before), node(after, after, node('moved', 'x', node('child', 'y')))];
      const tops = shown.rows.below();
      const drawn = [...tops]
        .reverse()
        .map((row) => shown.rows.below(row))
        .flat();
      assert.deepEqual(
        drawn.flatMap((row) => shown.rows.below(row)).map(({ id }) => id),
        ['child'],
      );
    }
  });

  it('that were removed have no children', () => {
    const shown = new Shown();
    shown.top = [node('a', 'A', node('a1', 'one'))];
    const [gone] = shown.open();
    shown.top = [];
    shown.open();
    assert.deepEqual(shown.rows.below(gone), []);
  });
});
