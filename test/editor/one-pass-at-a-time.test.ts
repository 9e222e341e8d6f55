import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Passes } from '../../src/editor/one-pass-at-a-time';

describe('Passes', () => {
  it('run at once, one at a time for each thing, and once more when asked again meanwhile', async () => {
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const passes = new Passes<string>((thing) => {
      log.push(thing);
      return new Promise((resolve) => ends.push(resolve));
    });
    for (const thing of ['a', 'a', 'b', 'a']) passes.request(thing);
    assert.deepEqual(log, ['a', 'b']);
    for (let i = 0; i < 3; i++) {
      ends.splice(0).forEach((end) => {
        end();
      });
      await setImmediate();
    }
    assert.deepEqual(log, ['a', 'b', 'a']);
    passes.request('a');
    assert.deepEqual(log, ['a', 'b', 'a', 'a']);
  });
});
