/** A small part of what `test/git/oracle/soak-at-once.ts` does by hand. */
import assert from 'node:assert/strict';
import { manyAtOnce } from './oracle/many-at-once';

describe('many commits at once', function () {
  this.timeout(300_000);
  it('of several work trees whose hooks are ended in between: none is lost, and each has its message', async () => {
    const { made, lost, altered } = await manyAtOnce({ commits: 24, worktrees: 4, load: 2, hookMs: 1000 });
    assert.deepEqual([made, lost, altered], [24, [], []]);
  });
});
