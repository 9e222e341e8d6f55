/** Long files cost as much as their lines, and not as their square: counted, since times differ between machines. */
import assert from 'node:assert/strict';
import { judgeStatements } from '../../src/danger/iam/judge-new-statements';
import { powershellIn } from '../../src/danger/shell/powershell/read-powershell';
import type { Tree } from '../../src/danger/yaml-and-json';

const scalar = (text: string): Tree => ({ line: 1, textLine: 1, tag: null, text, map: null, list: null });

describe('what long files cost', () => {
  it('PowerShell: each command has its line when blocks, texts of several lines and calls stand between', () => {
    const text = Array.from(
      { length: 60 },
      (_, index) =>
        `Remove-Item a${String(index)}\nif ($x) {\n  Remove-Item b${String(index)}; $y = @"\nc\n"@\n  [IO.File]::Delete("d${String(index)}")\n}\n`,
    ).join('');
    const lines = text.split('\n');
    const found = powershellIn(text).filter(({ words }) => /^[abd]\d+$/.test(words.at(-1)?.text ?? ''));
    assert.equal(found.length, 180);
    for (const { words, line } of found) assert.ok(lines[line - 1]?.includes(words.at(-1)?.text ?? '?'), String(line));
  });

  it('PowerShell: no line of a long script is read again for the number of a later one', () => {
    let copied = 0;
    const split = Object.getOwnPropertyDescriptor(String.prototype, 'split') ?? {};
    const original = split.value as (this: string, ...words: readonly unknown[]) => string[]; // the method of strings
    Object.defineProperty(String.prototype, 'split', {
      ...split,
      value(this: string, ...words: readonly unknown[]) {
        copied += this.length;
        return original.apply(this, [...words]);
      },
    });
    const text = 'Get-Item a\n'.repeat(2_000);
    try {
      assert.equal(powershellIn(text).at(-1)?.line, 2_000);
    } finally {
      Object.defineProperty(String.prototype, 'split', split);
    }
    assert.ok(copied < 10 * text.length, `${String(copied)} characters were split`);
  });

  it('policies: statements that stay are compared with themselves when one is added', () => {
    let read = 0;
    const statement = (index: number): Tree => ({
      ...scalar(''),
      text: null,
      map: new Map(
        Object.entries({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::b${String(index)}/x` }).map(
          ([key, text]) => [key, scalar(text)],
        ),
      ),
      get tag() {
        read++;
        return null;
      },
    });
    const list = (count: number): Tree => ({
      ...scalar(''),
      text: null,
      list: Array.from({ length: count }, (_, index) => statement(index)),
    });
    assert.deepEqual(judgeStatements({ before: list(300), after: list(301) }), []);
    assert.ok(read > 300 && read < 3_000, `${String(read)} statements were compared`);
  });
});
