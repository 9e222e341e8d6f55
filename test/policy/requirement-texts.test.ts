import assert from 'node:assert/strict';
import { jsonText } from '../../src/policy';

describe('jsonText', () => {
  it('parses to the same value, and escapes control and invisible characters', () => {
    const value = {
      '\u009b31m': 'c1\u009b31m rtl\u202e zero\u200b tag\u{e0041} line\u2028',
      plain: 'ä 日本 😀 \u001b[2J\n',
    };
    assert.deepEqual(JSON.parse(jsonText(value)), value);
    assert.doesNotMatch(jsonText(value), /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.match(jsonText(value), /ä 日本 😀/);
  });
});
