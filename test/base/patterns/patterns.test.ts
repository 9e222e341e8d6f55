import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { anyOf, either, fileNamed, LOCK_FILE } from '../../../src/base/patterns';

const SOURCE = path.resolve(import.meta.dirname, '../../../src');
const LONGEST = 250;

/** The lines at which a pattern is too long. */
function longIn(file: string): readonly number[] {
  const text = readFileSync(file, 'utf8');
  if (!text.split('\n').some((line) => line.length > LONGEST)) return []; // a pattern has no line breaks
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node) && node.text.length > LONGEST)
      lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

describe('patterns built from parts', () => {
  it('either matches what one of two patterns matches, with the flags of the first', () => {
    const pattern = either(/^red$/i, /blue/);
    for (const text of ['red', 'RED', 'light BLUE']) assert.ok(pattern.test(text), text);
    for (const text of ['reddish', 'green']) assert.ok(!pattern.test(text), text);
  });

  it('anyOf takes the words of a text as alternatives inside a larger pattern', () => {
    const pattern = anyOf('\n  table\n  bucket s3?\n', { before: '^delete-(?:' });
    for (const text of ['delete-table', 'delete-bucket', 'delete-s']) assert.ok(pattern.test(text), text);
    for (const text of ['delete-', 'table', 'delete-tables']) assert.ok(!pattern.test(text), text);
  });

  it('anyOf matches whole words', () => {
    assert.ok(anyOf('cp mv').test('mv'));
    for (const text of ['mvn', 'scp', 'cp mv', '']) assert.ok(!anyOf('cp mv').test(text), text);
    assert.ok(anyOf('select', { flags: 'i' }).test('SELECT'));
  });

  it('anyOf: finds the same word at the same place as its words side by side when it may match anywhere', () => {
    const word = fc
      .array(
        fc.constantFrom('a', 'b', 'ab', 'A', '_', 'a?', 'b*', String.raw`\b`, '(?:a|b)', '[ab|]', '(a(b|_)?)', '.'),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 9 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'A', '_', ' ', '|'), maxLength: 12 }),
        fc.constantFrom('', 'i'),
        (words, text, flags) => {
          const found = anyOf(words.join(' '), { before: '', after: '', flags }).exec(text);
          const wanted = new RegExp(words.join('|'), flags).exec(text);
          assert.deepEqual([found?.index, found?.[0]], [wanted?.index, wanted?.[0]]);
        },
      ),
      { numRuns: 2000 },
    );
    assert.equal(anyOf('deny drop \\bwaf delete', { before: '', after: '' }).source, 'd(?:eny|rop)|\\bwaf|delete');
  });

  it('fileNamed matches a file in any folder, in any case', () => {
    const pattern = fileNamed(String.raw`Makefile ci/.*\.ya?ml`);
    for (const path of ['Makefile', 'a/b/makefile', 'ci/a/b.yml']) assert.ok(pattern.test(path), path);
    for (const path of ['Makefile.am', 'aMakefile', 'xci/a.yml']) assert.ok(!pattern.test(path), path);
  });

  it('LOCK_FILE matches the lock files of package managers only', () => {
    for (const path of ['go.sum', 'web/package-lock.json', 'pnpm-lock.yml', 'bun.lockb', 'infra/.terraform.lock.hcl'])
      assert.ok(LOCK_FILE.test(path), path);
    for (const path of ['go.mod', 'package.json', 'lock.ts', 'my-go.sum.md']) assert.ok(!LOCK_FILE.test(path), path);
  });
});

describe('regular expressions in src', () => {
  it(`have at most ${String(LONGEST)} characters`, () => {
    const long = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).flatMap((name) =>
      /\.tsx?$/.test(name) ? longIn(path.join(SOURCE, name)).map((line) => `${name}:${String(line)}`) : [],
    );
    assert.deepEqual(long, []);
  });
});
