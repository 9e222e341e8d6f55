import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anyFreshSteps, FreshWorld, type FreshStep } from '../../git/oracle/fresh';
import { MemoryBench } from '../../git/oracle/memory';
import { runs, told } from '../../git/oracle/runs';
import { anySteps } from '../../git/oracle/steps';
import { World, type Score } from '../../git/oracle/world';

describe('random histories in memory', () => {
  it('are told as they happened', async function () {
    this.timeout(600_000);
    const score: Score = { commits: 0, lines: 0, missed: 0 };
    const parameters = runs(300);
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const world = new World(new MemoryBench(), score);
        await world.start();
        await world.play([...steps, { kind: 'commit' }]);
      }),
      parameters,
    );
    console.log(`      ${told(parameters, score)}`);
    assert.ok(score.missed <= score.lines / 1000, told(parameters, score));
  });

  it('of new files are told as they happened, wherever their text goes', async function () {
    this.timeout(600_000);
    const score: Score = { commits: 0, lines: 0, missed: 0 };
    const parameters = runs(300);
    await fc.assert(
      fc.asyncProperty(anyFreshSteps, (steps) => new FreshWorld(new MemoryBench(), score).play(steps)),
      parameters,
    );
    console.log(`      ${told(parameters, score)}`);
    assert.ok(score.missed <= score.lines / 1000, told(parameters, score));
  });

  it('are told as they happened once more: lines that were copied until nobody could say from where', async () => {
    const by = (actor: FreshStep['actor'], ...changes: FreshStep['changes']): FreshStep => ({ actor, changes });
    const copy = { how: 'copy', file: 0, at: 0, to: 0 } as const;
    const score: Score = { commits: 0, lines: 0, missed: 0 };
    await new FreshWorld(new MemoryBench(), score).play([
      by('ai-two', { how: 'write', file: 0, at: 0, to: 0 }),
      by('ai-one', copy),
      by('ai-one', copy),
      by('ai-one', { how: 'move', file: 0, at: 96, to: 20 }, { how: 'write', file: 0, at: 0, to: 0 }),
      by('ai-one', { how: 'move', file: 0, at: 0, to: 44 }, { how: 'remove', file: 0, at: 92, to: 0 }, { how: 'copy', file: 0, at: 0, to: 94 }),
      by('human', copy),
    ]);
    assert.equal(score.missed, 0);
  });
});
