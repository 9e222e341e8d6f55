import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TestRepository } from '../../../support/repository';
import { RepositoryBench } from '../../../support/oracle/repository';
import { runs, told } from '../../../support/oracle/runs';
import { anySteps } from '../../../support/oracle/steps';
import { World, type Score } from '../../../support/oracle/world';

describe('attribution of random histories in a real repository', () => {
  it('is right', async function () {
    this.timeout(600_000);
    const score: Score = { commits: 0, lines: 0, missed: 0 };
    const parameters = runs(30);
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const test = await TestRepository.create();
        try {
          const world = new World(new RepositoryBench(test), score);
          await world.start();
          await world.play([...steps, { kind: 'commit' }]);
        } finally {
          await test.dispose();
        }
      }),
      parameters,
    );
    console.log(`      ${told(parameters, score)}`);
    assert.ok(score.missed <= score.lines / 1000, told(parameters, score));
  });
});
