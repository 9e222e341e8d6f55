import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TestRepository } from '../../../support/repository';
import { anyGitSteps } from '../../../support/oracle/git-steps';
import { GitWorld } from '../../../support/oracle/git-world';
import { runs, told } from '../../../support/oracle/runs';
import type { Score } from '../../../support/oracle/world';

describe("attribution of random histories with all of git's operations", () => {
  it('is right', async function () {
    this.timeout(600_000);
    const score: Score = { commits: 0, lines: 0, missed: 0 };
    const parameters = runs(12);
    await fc.assert(
      fc.asyncProperty(anyGitSteps, async (steps) => {
        const test = await TestRepository.create();
        try {
          const world = new GitWorld(test, score);
          await world.start();
          await world.play(steps);
        } finally {
          await test.dispose();
        }
      }),
      parameters,
    );
    console.log(`      ${told(parameters, score)}`);
    assert.ok(score.missed <= Math.max(3, score.lines / 200), told(parameters, score));
  });
});
