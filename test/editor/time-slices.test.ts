import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { yieldIfDue, yieldNow, runSliced, type TimeSliced } from '../../src/editor/time-slices';

describe('runSliced and yieldIfDue: work in slices on the shared thread', () => {
  const now = performance.now.bind(performance);
  afterEach(async () => {
    await setImmediate(); // this turn is over
    Object.assign(performance, { now });
  });

  /**
   * Plays works that take turns, each of so many steps of two milliseconds by a clock that only they move. Gives the
   * steps in each turn of the thread.
   */
  async function stepsInTurns(
    works: number,
    steps: number,
    play: (step: () => void) => Promise<unknown>,
  ): Promise<readonly number[]> {
    let time = 0;
    Object.assign(performance, { now: () => time });
    await setImmediate(); // a turn that other work in this process had begun by the real clock is over
    const turns = [0];
    const tick = (): void => {
      turns.push(0);
      ticking = global.setImmediate(tick);
    };
    let ticking = global.setImmediate(tick);
    const step = (): void => {
      time += 2;
      turns[turns.length - 1] = (turns.at(-1) ?? 0) + 1;
    };
    await Promise.all(Array.from({ length: works }, () => play(step)));
    clearImmediate(ticking);
    assert.equal(
      turns.reduce((sum, count) => sum + count, 0),
      works * steps,
    );
    return turns;
  }

  function* work(steps: number, step: () => void): TimeSliced<undefined> {
    for (let i = 0; i < steps; i++) {
      step();
      yield;
    }
    return undefined;
  }

  it('a slice takes four milliseconds before others go first', async () => {
    assert.deepEqual(
      (await stepsInTurns(1, 9, (step) => runSliced(work(9, step)))).filter((count) => count > 0),
      [2, 2, 2, 2, 1],
    );
  });

  it('a step that cannot be split gets a turn of its own, unless this one has hardly begun', async () => {
    const play = async (step: () => void): Promise<void> => {
      await yieldNow(); // nothing yet
      step();
      await yieldNow();
      step();
    };
    assert.deepEqual(
      (await stepsInTurns(1, 2, play)).filter((count) => count > 0),
      [1, 1],
    );
    const turns = await stepsInTurns(1, 1, async (step) => {
      await yieldNow();
      step();
    });
    assert.equal(turns[0], 1);
  });

  it('parallel works share the four milliseconds of a turn', async () => {
    const turns = await stepsInTurns(4, 9, (step) => runSliced(work(9, step)));
    // Once the time is over, each still does the step that it has begun.
    assert.ok(Math.max(...turns) <= 2 + 3, turns.join(' '));
  });

  it('parallel works that await each step share the four milliseconds too', async () => {
    const turns = await stepsInTurns(4, 9, async (step) => {
      for (let i = 0; i < 9; i++) {
        await yieldIfDue();
        step();
      }
    });
    assert.ok(Math.max(...turns) <= 2 + 3, turns.join(' '));
  });

  it('fifty parallel works come to an end', async () => {
    const turns = await stepsInTurns(50, 20, (step) => runSliced(work(20, step)));
    assert.ok(turns.length > 10);
  });
});
