import assert from 'node:assert/strict';
import { readEvidence } from '../../../src/aftermath/investigation/stack-frames-and-names-in-text';

const FRAME = 'at handle (src/orders.ts:7:3)';

describe('a text that somebody pastes about an outage', () => {
  it('a pasted text: its frame of a stack is found when it stands in the first megabyte', () => {
    assert.deepEqual(readEvidence(`${'.\n'.repeat(1000)}${FRAME}\n`).frames, [
      { path: 'src/orders.ts', line: 7, whole: false },
    ]);
  });

  it('a pasted text: what stands behind the first megabyte is left out when it is longer', () => {
    assert.deepEqual(readEvidence(`${'.\n'.repeat(512 * 1024)}${FRAME}\n`).frames, []);
  });
});
