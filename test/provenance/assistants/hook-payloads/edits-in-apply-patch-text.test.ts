import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patchClaims } from '../../../../src/provenance/assistants/hook-payloads/edits-in-apply-patch-text';

const patch = (...lines: string[]): string => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');

/** What comes out when a claim's edits are made, one after the other. */
function applied(text: string, claims: ReturnType<typeof patchClaims>): string {
  return claims.edits.reduce((now, edit) => {
    assert.ok(now.includes(edit.old), `not found: ${JSON.stringify(edit.old)}`);
    return now.replace(edit.old, () => edit.new);
  }, text);
}

describe('patchClaims, for the patch text of an assistant', function () {
  this.timeout(20_000);
  it('each hunk becomes one edit, with its context lines', () => {
    const claims = patchClaims(
      patch('*** Update File: src/a.ts', '@@ function f()', ' one', '-two', '+TWO', ' three', '@@', '-five', ' six'),
    );
    assert.equal(applied('zero\none\ntwo\nthree\nfour\nfive\nsix\n', claims), 'zero\none\nTWO\nthree\nfour\nsix\n');
    assert.deepEqual(claims.files, ['src/a.ts']);
    assert.equal(claims.exact, true);
  });

  it('an added, a deleted and a moved file become contents of their paths', () => {
    const claims = patchClaims(
      patch(
        '*** Add File: new.txt',
        '+a',
        '+',
        '+b',
        '*** Delete File: gone.txt',
        '*** Update File: old.txt',
        '*** Move to: dir/moved.txt',
        '@@',
        '-x',
        '+y',
      ),
    );
    assert.deepEqual(claims.edits, [
      { path: 'new.txt', old: '', new: 'a\n\nb\n' },
      { path: 'dir/moved.txt', old: 'x\n', new: 'y\n' },
    ]);
    assert.deepEqual(claims.contents, [
      { path: 'new.txt', before: null, after: 'a\n\nb\n' },
      { path: 'gone.txt', after: null },
      { path: 'old.txt', after: null },
      { path: 'dir/moved.txt', from: 'old.txt' },
    ]);
  });

  it('a hunk of added lines without context makes no edit, only the name of its file', () => {
    const claims = patchClaims(patch('*** Update File: a', '@@ class A', '+new line'));
    assert.deepEqual([claims.edits, claims.files, claims.exact], [[], ['a'], false]);
  });

  it('a patch with CRLF, empty context lines and an end mark is read; other text makes no edits', () => {
    const claims = patchClaims(
      patch('*** Update File: a', '@@', ' one', '', '-two', '+2', '*** End of File').replaceAll('\n', '\r\n'),
    );
    assert.deepEqual(claims.edits, [{ path: 'a', old: 'one\n\ntwo\n', new: 'one\n\n2\n' }]);
    assert.deepEqual(patchClaims('no patch at all').files, []);
    assert.deepEqual(patchClaims('').exact, false);
  });

  it('the empty line between two files of a patch belongs to neither', () => {
    const claims = patchClaims(patch('*** Update File: a', '-one', '+1', '', '*** Update File: b', '-two', '+2', ''));
    assert.deepEqual(
      claims.edits.map((edit) => edit.new),
      ['1\n', '2\n'],
    );
  });

  it('any lines are read without an error and without an empty path', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '*** Update File: a',
        '*** Add File:  ',
        '*** Move to: b',
        '@@',
        '-x',
        '+y',
        ' z',
        '*** Delete File: a\0b',
      ),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        for (const file of patchClaims(lines.join('\n')).files) assert.ok(file !== '' && !file.includes('\0'));
      }),
    );
  });
});
