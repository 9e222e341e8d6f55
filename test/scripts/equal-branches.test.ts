import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import { equalBranches } from '../../scripts/lint/equal-branches.mjs';

const complaints = (code: string): readonly string[] =>
  new Linter()
    .verify(code, [{ plugins: { house: { rules: { equal: equalBranches } } }, rules: { 'house/equal': 'error' } }])
    .map(({ messageId = '' }) => messageId);

describe('equal branches', () => {
  it('a condition: refused when both of its branches say the same, however they are laid out', () => {
    assert.deepEqual(complaints('export const a = (b) => (b ? f(1) : f( 1 /* as above */));'), ['equal']);
    assert.deepEqual(complaints('if (a) { b(); } else { b() ; }'), ['equal']);
  });

  it('a condition: allowed when its branches differ or there is only one', () => {
    assert.deepEqual(complaints('export const a = (b) => (b ? f(1) : f(2)); if (a) a();'), []);
  });
});
