import assert from 'node:assert/strict';
import { unquotePath } from '../../../src/gate/unquote';

describe('a path as git quotes it', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain/path.txt', 'plain/path.txt'],
    ['with space', 'with space'],
    ['"tab\\there"', 'tab\there'],
    ['"new\\nline"', 'new\nline'],
    ['"quote\\"d"', 'quote"d'],
    ['"back\\\\slash"', 'back\\slash'],
    ['"\\303\\274ml\\303\\244ut"', 'ümläut'],
    ['"\\a\\b\\v\\f\\r\\001"', '\x07\b\v\f\r\x01'],
    ['"\\\\n"', '\\n'],
    ['""', ''],
  ];
  for (const [quoted, path] of cases) {
    it(`${quoted} is ${JSON.stringify(path)}`, () => {
      assert.equal(unquotePath(quoted), path);
    });
  }
});
