import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LongText } from '../../../../src/editor/recording/buffer/chunked-text';

describe('LongText', () => {
  it('behaves like a string for random changes', () => {
    const change = fc.record({ gap: fc.nat(6), deleted: fc.nat(6), inserted: fc.string({ maxLength: 9 }) });
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(50),
        fc.nat(50),
        (start, rounds, part, from, to) => {
          let [text, long] = [start, LongText.of(start, part)];
          for (const round of rounds) {
            let at = 0;
            let shift = 0;
            const changes = round.flatMap(({ gap, deleted, inserted }) => {
              const offset = at + gap;
              if (offset + deleted > long.length) return [];
              at = offset + deleted;
              return [{ offset, deleted, inserted }];
            });
            const before = long;
            const was = text;
            long = long.with(changes);
            for (const { offset, deleted, inserted } of changes) {
              text = text.slice(0, offset + shift) + inserted + text.slice(offset + shift + deleted);
              shift += inserted.length - deleted;
            }
            assert.equal(long.toString(), text);
            assert.equal(long.length, text.length);
            assert.equal(long.slice(from, to), text.slice(from, to));
            assert.equal(long.equals(before), text === was);
            assert.ok(long.equals(LongText.of(text, part + 1)));
          }
        },
      ),
    );
  });
});
