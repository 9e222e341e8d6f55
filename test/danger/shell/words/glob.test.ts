import assert from 'node:assert/strict';
import fc from 'fast-check';
import { braces, fits, matching } from '../../../../src/danger/shell/words/glob';

describe('shell globs', () => {
  it('fits matches a name as a shell does, ignoring case', () => {
    for (const [pattern, name] of [
      ['*', ''],
      ['*', 'a'],
      ['a*c', 'abbc'],
      ['a?c', 'abc'],
      ['[a-c]x', 'bx'],
      ['[!a]x', 'bx'],
      ['[^a]x', 'bx'],
      ['[]x]y', ']y'],
      ['*.tf', 'MAIN.TF'],
      ['a[', 'a['],
      ['**', 'a'],
      ['[[:alpha:]]b', 'ab'],
    ] as const)
      assert.ok(fits(pattern, name), `${pattern} ${name}`);
    for (const [pattern, name] of [
      ['a', 'ab'],
      ['a*c', 'abd'],
      ['?', ''],
      ['[a-c]x', 'dx'],
      ['[!a]x', 'ax'],
      ['a.b', 'axb'],
      ['', 'a'],
    ] as const)
      assert.ok(!fits(pattern, name), `${pattern} ${name}`);
  });

  it('fits agrees with a regular expression, for random stars and letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{0,8}$/), fc.stringMatching(/^[ab]{0,8}$/), (pattern, name) => {
        assert.equal(
          fits(pattern, name),
          new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name),
        );
      }),
    );
  });

  it('braces expands to several patterns, at most 200', () => {
    assert.deepEqual(braces('a{b,c}d'), ['abd', 'acd']);
    assert.deepEqual(braces('{a,b{c,d}}').sort(), ['a', 'bc', 'bd']);
    assert.deepEqual(braces('a{b}c'), ['a{b}c']);
    assert.ok(braces('{a,b}'.repeat(40)).length <= 200);
    assert.deepEqual(braces(`{${','.repeat(100_000)}`).length, 1);
  });

  it('matching looks only into folders that the pattern leads to', () => {
    const tree: Readonly<Record<string, readonly string[]>> = {
      '/r': ['infra', 'src', '.hidden'],
      '/r/infra': ['prod', 'dev'],
      '/r/infra/prod': ['main.tf'],
      '/r/infra/dev': ['main.tf', 'x.md'],
    };
    const looked: string[] = [];
    const found = (pattern: string): string[] =>
      matching(pattern, (folder) => (looked.push(folder), tree[folder] ?? []), '/');
    assert.deepEqual(found('/r/in*/p*/*'), ['/r/infra/prod/main.tf']);
    assert.deepEqual(looked, ['/r', '/r/infra', '/r/infra/prod']);
    assert.ok(found('/r/**/x.md').includes('/r/infra/dev/x.md'));
    assert.deepEqual(found('/r/*'), ['/r/infra', '/r/src']);
    assert.ok(found('/r/infra/**').includes('/r/infra/prod/main.tf'));
  });
});
