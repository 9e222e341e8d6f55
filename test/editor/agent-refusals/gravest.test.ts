import assert from 'node:assert/strict';
import { gravity, Untold } from '../../../src/editor/agent-refusals/unreported-refusals';

const edit = { assistant: 'claude-code', session: 's1', reason: 'The policy forbids it.', at: 100 };
const ran = { ...edit, brief: { command: 'npm publish', does: 'publishes a package' }, at: 200 };
const destroyed = {
  ...edit,
  brief: { command: 'shred', does: 'overwrites a disk' },
  severity: 'critical',
  at: 300,
} as const;
const opened = { ...destroyed, severity: 'medium' } as const;

describe('a notification about blocked actions', () => {
  it('several refusals of one turn: the notification names the gravest, not the first', () => {
    assert.ok(gravity(destroyed) > gravity(opened) && gravity(opened) > gravity(ran) && gravity(ran) > gravity(edit));
    const untold = new Untold(0);
    assert.deepEqual(untold.of('/r', { refusals: [edit, ran, destroyed], breaches: [] }).refusals, [destroyed]);
    assert.deepEqual(untold.of('/r', { refusals: [{ ...edit, at: 400 }], breaches: [] }).refusals, [], 'the same turn');
  });
});
