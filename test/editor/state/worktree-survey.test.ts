import assert from 'node:assert/strict';
import type { Standing } from '../../../src/editor/background';
import { surveyed } from '../../../src/editor/state/worktree-survey';
import type { Worktree } from '../../../src/editor/workspace/worktree';

describe('surveyed: what the next commit will carry', () => {
  const worktree = Object.create(null) as Worktree;
  const at = (head: string | null): Standing => ({ head }) as Standing;
  const next = { staged: true, trailers: ['AI-Lines: +1 -0 of +1 -0'] };

  it('is kept for the same HEAD while it is worked out again', () => {
    assert.equal(surveyed(worktree, at('a'), { ...at('a'), worktree, next, branch: undefined }).next, next);
    assert.equal(surveyed(worktree, at(null), { ...at(null), worktree, next, branch: undefined }).next, next);
  });

  it('is dropped when HEAD has changed', () => {
    assert.equal(surveyed(worktree, at('b'), { ...at('a'), worktree, next, branch: undefined }).next, undefined);
    assert.equal(surveyed(worktree, at('a'), undefined).next, undefined);
  });
});
