import assert from 'node:assert/strict';
import fc from 'fast-check';
import ignore from 'ignore';
import { compileGlob, foldPath, globProblem } from '../../src/policy/glob';

const matches = (pattern: string, path: string): boolean => compileGlob(pattern).matches(foldPath(path));

/** Patterns and paths over a small alphabet, so that they often meet. */
const name = fc
  .array(fc.constantFrom('a', 'b', 'ab', '.', '-'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const path = fc
  .array(name, { minLength: 1, maxLength: 5 })
  .map((names) => names.join('/'))
  .filter((text) => ignore.isPathValid(text));
const wildName = fc.oneof(
  name,
  fc.constant('**'),
  fc
    .array(fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]', '[a-b]', '\\a', '.'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('')),
);
const pattern = fc
  .tuple(fc.constantFrom('', '/'), fc.array(wildName, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '/'))
  .map(([start, names, end]) => start + names.join('/') + end)
  .filter((text) => !/^\.{1,2}\//.test(text));

describe('a glob of the policy', () => {
  it('matches what gitignore matches, for random patterns and paths', () => {
    fc.assert(
      fc.property(pattern, path, (glob, file) => {
        assert.equal(matches(glob, file), ignore({ ignorecase: true }).add(glob).ignores(file));
      }),
      { numRuns: 3000 },
    );
  });

  const cases: readonly (readonly [string, string, boolean])[] = [
    ['infra/prod/**', 'infra/prod/main.tf', true],
    ['infra/prod/**', 'infra/prod/deep/er/main.tf', true],
    ['infra/prod/**', 'infra/prod', false],
    ['infra/prod/**', 'other/infra/prod/main.tf', false],
    ['infra/prod', 'infra/prod/main.tf', true],
    ['infra/prod/', 'infra/prod', false],
    ['**/migrations/**', 'migrations/1.sql', true],
    ['**/migrations/**', 'db/app/migrations/2024/1.sql', true],
    ['**/*.lock', 'yarn.lock', true],
    ['*.tf', 'a/b/c.tf', true],
    ['/*.tf', 'a/b.tf', false],
    ['**', 'anything', true],
    ['secret', 'a/secret/b', true],
    ['one/many', 'one/many', true],
    ['one/x', 'two/x', false],
    ['many/x', 'a/b/x', false],
    ['*.lock', 'lock.ts', false],
    ['INFRA/**', 'infra/Main.TF', true],
    ['straße/**', 'STRASSE/x', false],
    ['straße/**', 'Straße/x', true],
    ['caf\u00e9/**', 'cafe\u0301/menu', true],
    ['cafe\u0301/*', 'CAF\u00c9/menu', true],
    ['infra/**', 'infra/with\nnewline', true],
    ['infra/**', 'infra/"quoted" \u2028 name', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['\\!a', '!a', true],
    ['\\#a', '#a', true],
    ['[[:digit:]].txt', '7.txt', true],
    ['[]a]', ']', true],
    ['a ', 'a', true],
    ['a\\ ', 'a ', true],
  ];
  for (const [glob, file, expected] of cases) {
    it(`${JSON.stringify(glob)} ${expected ? 'matches' : 'does not match'} ${JSON.stringify(file)}`, () => {
      assert.equal(matches(glob, file), expected);
    });
  }

  it('is matched in linear time, whatever its wildcards', () => {
    const started = process.cpuUsage();
    matches('**/a/'.repeat(50) + 'b', 'a/'.repeat(2000) + 'c');
    matches('*[a]'.repeat(100) + 'b', 'a'.repeat(4000));
    const { user } = process.cpuUsage(started);
    assert.ok(user < 2_000_000, `${String(user / 1000)} ms`);
  });

  it('that is wrong is reported with a correction', () => {
    for (const [glob, hint] of [
      ['', /"\*\*"/],
      ['!', /"\*\*"/],
      ['#x', /"\\#x"/],
      ['./infra/**', /"\/infra\/\*\*"/],
      ['../x', /"\/x"/],
      ['infra\\prod\\**', /"infra\/prod\/\*\*"/],
      ['*.{ts,js}', /one pattern for each/],
      ['a[bc', /close it/],
      ['a\nb', /one line/],
    ] as const) {
      assert.match(globProblem(glob)?.suggestion ?? 'nothing', hint, JSON.stringify(glob));
    }
    for (const glob of ['**', '!**/*.md', '/a', 'a/', '[!a]x', '\\#x', '{a}', 'a\\{b,c\\}'])
      assert.equal(globProblem(glob), undefined, glob);
  });

  it('of any text never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (glob, file) => void matches(glob, file)));
  });
});
