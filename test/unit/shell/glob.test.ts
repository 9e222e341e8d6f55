import assert from 'node:assert/strict';
import fc from 'fast-check';
import { braces, fits, matching } from '../../../src/shell/words/glob';

describe('patterns of a shell', () => {
  it('fit names as a shell does, without regard to case', () => {
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

  it('of stars and letters fit what the same expression fits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{0,8}$/), fc.stringMatching(/^[ab]{0,8}$/), (pattern, name) => {
        assert.equal(
          fits(pattern, name),
          new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name),
        );
      }),
    );
  });

  it('with braces are several, and never too many', () => {
    assert.deepEqual(braces('a{b,c}d'), ['abd', 'acd']);
    assert.deepEqual(braces('{a,b{c,d}}').sort(), ['a', 'bc', 'bd']);
    assert.deepEqual(braces('a{b}c'), ['a{b}c']);
    assert.ok(braces('{a,b}'.repeat(40)).length <= 200);
    assert.deepEqual(braces(`{${','.repeat(100_000)}`).length, 1);
  });

  it('are looked for only in folders that they lead to', () => {
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
