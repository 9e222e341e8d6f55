import assert from 'node:assert/strict';
import type { Standing } from '../../../src/editor/background';
import { surveyed } from '../../../src/editor/state/worktree-survey';
import type { Worktree } from '../../../src/editor/workspace/worktree';

describe('what is known of a work tree', () => {
  const worktree = Object.create(null) as Worktree;
  const at = (head: string | null): Standing => ({ head }) as Standing;
  const next = { staged: true, trailers: ['AI-Lines: +1 -0 of +1 -0'] };

  it('keeps what the next commit was to carry while it is worked out again, so that it does not flicker', () => {
    assert.equal(surveyed(worktree, at('a'), { ...at('a'), worktree, next, branch: undefined }).next, next);
    assert.equal(surveyed(worktree, at(null), { ...at(null), worktree, next, branch: undefined }).next, next);
  });

  it('says nothing of the next commit that was about the one before it', () => {
    assert.equal(surveyed(worktree, at('b'), { ...at('a'), worktree, next, branch: undefined }).next, undefined);
    assert.equal(surveyed(worktree, at('a'), undefined).next, undefined);
  });
});
