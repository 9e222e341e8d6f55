import assert from 'node:assert/strict';
import { RunSequence } from '../../../../src/editor/recording/buffer/span-sequence';
import type { Span } from '../../../../src/editor/recording/buffer/text-spans';

const run = (length: number): Span => ({ origin: { by: null, length }, start: 0, length });

describe('RunSequence.splice, on 50,000 runs', () => {
  const runs = Array.from({ length: 10_000 }, () => run(5));
  const sequence = RunSequence.of(runs);

  it('shares all but a few runs with the sequence before', () => {
    for (const offset of [0, 1, 25_000, 25_003, 49_999, 50_000]) {
      const changed = sequence.splice([{ offset, deleted: 0, inserted: [run(1)], by: null }]);
      assert.equal(
        changed.slice(0, 50_001).reduce((sum, { length }) => sum + length, 0),
        50_001,
      );
      assert.ok(changed.kept < 500, `${String(changed.kept)} of ${String(runs.length)} are its own`);
      const { start, living, deleted, other } = changed.differenceFrom(sequence);
      assert.ok(start >= offset - 5 && start <= offset, `it differs from ${String(start)} on`);
      assert.ok(
        living.length <= 3 && deleted.length === 0 && other.length <= 1,
        JSON.stringify([living.length, deleted.length, other.length]),
      );
    }
  });

  it('keeps fewer than 1,000 objects after 2,000 edits', () => {
    let changed = sequence;
    for (let i = 0; i < 2_000; i++)
      changed = changed.splice([{ offset: (i * 7919) % 50_000, deleted: 1, inserted: [run(1)], by: null }]);
    assert.ok(changed.kept < 1_000, `${String(changed.kept)} are kept of the last change`);
  });
});
