/** A small part of what `test/support/oracle/soak-at-once.ts` does by hand. */
import assert from 'node:assert/strict';
import { manyAtOnce } from '../../support/oracle/many-at-once';

describe('24 commits in four work trees at once', function () {
  this.timeout(300_000);
  it('all get their message and their note, though hooks are killed in between', async () => {
    const { made, lost, altered } = await manyAtOnce({ commits: 24, worktrees: 4, load: 2, hookMs: 1000 });
    assert.deepEqual([made, lost, altered], [24, [], []]);
  });
});
