import assert from 'node:assert/strict';
import { BASELINE, IntervalSet, type Snapshot, type Span } from '../../../../src/provenance/authorship';
import { withSidesKept } from '../../../../src/provenance/journal/replay/conflict-sides';

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
});
