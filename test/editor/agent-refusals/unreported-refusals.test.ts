import assert from 'node:assert/strict';
import { Untold } from '../../../src/editor/agent-refusals/unreported-refusals';

const refusal = { assistant: 'claude-code', session: 's1', reason: 'A command was refused (critical).', at: 100 };
const breach = { assistant: 'claude-code', session: 's1', tier: 'critical', paths: ['b', 'a'], at: 100 };

describe('Untold: refusals and breaches to notify about', () => {
  it('has each refusal of a session and reason once, and each breach once', () => {
    const untold = new Untold(50);
    const first = untold.of('/r', { refusals: [refusal], breaches: [breach] });
    assert.deepEqual([first.refusals.length, first.breaches.length], [1, 1]);
    const again = untold.of('/r', {
      refusals: [refusal, { ...refusal, at: 200 }],
      breaches: [{ ...breach, paths: ['a', 'b'] }],
    });
    assert.deepEqual(again, { refusals: [], breaches: [] });
    assert.equal(untold.of('/r', { refusals: [{ ...refusal, session: 's2' }], breaches: [] }).refusals.length, 1);
    assert.equal(untold.of('/other', { refusals: [refusal], breaches: [] }).refusals.length, 1);
    assert.equal(untold.of('/r', { refusals: [], breaches: [{ ...breach, at: 300 }] }).breaches.length, 1);
  });

  it('has one refusal a turn when an agent tries several ways', () => {
    const untold = new Untold(0);
    const tried = (reason: string, at: number): number =>
      untold.of('/r', { refusals: [{ ...refusal, reason, at }], breaches: [] }).refusals.length;
    assert.deepEqual(
      [tried('one', 100), tried('two', 30_000), tried('three', 140_000), tried('four', 270_000)],
      [1, 0, 0, 1],
    );
    const all = ['five', 'six'].map((reason, n) => ({ ...refusal, session: 's3', reason, at: 300_000 - n }));
    assert.deepEqual(
      untold.of('/r', { refusals: all, breaches: [] }).refusals.map(({ reason }) => reason),
      ['six'],
      'the first of the turn, though the list begins with the latest',
    );
  });

  it('leaves out what happened before the window opened', () => {
    assert.deepEqual(new Untold(101).of('/r', { refusals: [refusal], breaches: [breach] }), {
      refusals: [],
      breaches: [],
    });
  });
});
