import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LruCache } from '../../../../src/provenance/journal/store/lru-cache';

describe('LruCache', () => {
  it('keeps the latest entries within its size, for random gets and sets', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.nat(9), size: fc.option(fc.nat(40), { nil: undefined }) }), { maxLength: 60 }),
        (steps) => {
          const lately = new LruCache<number, { readonly size: number }>(100, ({ size }) => size);
          let expected: { readonly key: number; readonly value: { readonly size: number } }[] = [];
          for (const { key, size } of steps) {
            const known = expected.find((entry) => entry.key === key);
            if (size === undefined) assert.equal(lately.get(key), known?.value);
            const value = size === undefined ? known?.value : { size };
            if (!value) continue;
            if (size !== undefined) lately.set(key, value);
            expected = [...expected.filter((entry) => entry.key !== key), { key, value }];
            while (expected.reduce((sum, entry) => sum + entry.value.size, 0) > 100) expected.shift();
          }
          for (const { key, value } of expected) assert.equal(lately.get(key), value);
        },
      ),
    );
  });

  it('does not keep an entry larger than the cache', () => {
    const lately = new LruCache<string, string>(3, (text) => text.length);
    lately.set('a', '1');
    lately.set('b', '12345');
    assert.equal(lately.get('b'), undefined);
    lately.set('c', '12');
    assert.equal(lately.get('c'), '12');
  });
});
