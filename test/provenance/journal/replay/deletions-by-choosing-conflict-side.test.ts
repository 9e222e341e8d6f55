import assert from 'node:assert/strict';
import { BASELINE, IntervalSet, type Snapshot, type Span } from '../../../../src/provenance/authorship';
import { withSidesKept } from '../../../../src/provenance/journal/replay/deletions-by-choosing-conflict-side';

type Side = Parameters<typeof withSidesKept>[1][number];
type Operation = NonNullable<Span['deletedBy']>;

const SPAN: Span = { id: 0, length: 10, textOffset: 0, insertedBy: BASELINE, deletedBy: null, restoredBy: null };

describe('withSidesKept, for the sides of a conflict', () => {
  it("asks for the author of a part of a span by that part's own place in the character store", () => {
    const span: Span = { id: 20, length: 10, textOffset: 100, insertedBy: BASELINE, deletedBy: null, restoredBy: null };
    const version: Snapshot = { text: '0123456789', spans: [span] };
    const asked: Pick<Span, 'id' | 'length' | 'textOffset'>[] = [];
    withSidesKept(
      version,
      [
        {
          lines: new IntervalSet([]),
          other: new IntervalSet([{ start: 25, length: 3 }]),
          isTaken: false,
          since: 0,
          until: Infinity,
        },
      ],
      ({ id, length, textOffset }) => {
        asked.push({ id, length, textOffset });
        return [];
      },
    );
    assert.deepEqual(asked, [{ id: 25, length: 3, textOffset: 105 }]);
  });

  it('the deleted lines of a side: are put back by one hunk when nothing stands between them', () => {
    const deletedBy: Operation = { order: 1, by: { author: 'human', time: 1 } };
    const deleted = (id: number): Span => ({ ...SPAN, id, textOffset: id, deletedBy });
    const version: Snapshot = { text: 'x', spans: [{ ...SPAN, length: 1 }, ...[20, 40, 60].map(deleted)] };
    const lines = new IntervalSet([{ start: 20, length: 50 }]);
    const side: Side = { lines, other: new IntervalSet([]), isTaken: true, since: 0, until: Infinity };
    const patch = withSidesKept(version, [side], () => []);
    assert.deepEqual(
      patch?.hunks.map(({ from, items }) => [from, items.map((item) => 'id' in item && item.id)]),
      [[1, [20, 40, 60]]],
    );
  });
});
