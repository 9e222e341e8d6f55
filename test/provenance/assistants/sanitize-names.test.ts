import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanName } from '../../../src/provenance/assistants';

describe('cleanName', function () {
  this.timeout(20_000);
  it('keeps a printable name of one line', () => {
    for (const name of ['claude-opus-4-8', 'vendor|group|id', 'gpt-5.5 (high)', 'modèle 四'])
      assert.equal(cleanName(name), name);
    assert.equal(cleanName('  padded '), 'padded');
    assert.equal(cleanName('x'.repeat(200)), 'x'.repeat(200));
  });

  it('refuses control and invisible characters, line breaks, empty and overlong names', () => {
    const bad = [
      '',
      ' ',
      'a\nb',
      'a\r\nSigned-off-by: x',
      'a\u0000',
      'a\u001b[31m',
      'a\u2028b',
      'a\u202eb',
      'a\u200bb',
      '\ud800',
      'x'.repeat(201),
      7,
      null,
      undefined,
      {},
      ['a'],
    ];
    for (const name of bad) assert.equal(cleanName(name), undefined, JSON.stringify(name));
  });

  it('gives one line of at most 200 characters for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = cleanName(text);
        assert.ok(
          name === undefined ||
            (name.length <= 200 && !/[\r\n\u2028\u2029\u0085\p{Cc}]/u.test(name) && name === name.trim()),
        );
      }),
    );
  });
});
