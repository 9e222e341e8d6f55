/** What stands in a payload beside its JSON. */
import assert from 'node:assert/strict';
import { parsePayload } from '../../../src/provenance/assistants';

describe('parsePayload', () => {
  for (const [name, before] of [
    ['a byte order mark', '\uFEFF'],
    ['two byte order marks', '\uFEFF\uFEFF'],
    ['a byte order mark read as Latin-1', '\u00EF\u00BB\u00BF'],
    ['a byte order mark read as code page 437', '\u2229\u2557\u2510'],
    ['the letters that a shell of Windows makes of it', 'n++'],
  ] as const)
    it(`reads the object behind ${name}`, () => {
      assert.deepEqual(parsePayload(`${before}{"tool_name":"Write","tool_input":{"content":"a{b"}}`), {
        tool_name: 'Write',
        tool_input: { content: 'a{b' },
      });
    });

  it('keeps raw control characters', () => {
    assert.deepEqual(parsePayload('{"content":"a\tb\nc"}'), { content: 'a\tb\nc' });
  });

  it('refuses text that is not JSON, or a sentence before an object', () => {
    for (const text of ['', 'n++', 'nothing', '{"a":1', '"text"{"a":1}', 'Error: something went wrong here {"a":1}'])
      assert.throws(() => parsePayload(text), SyntaxError, text);
  });
});
