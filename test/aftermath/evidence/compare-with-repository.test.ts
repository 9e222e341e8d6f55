/** What a clone may know of a run that a bundle, made before, does not: how it went on, and nothing else. */
import assert from 'node:assert/strict';
import { isLater } from '../../../src/aftermath/evidence/compare-with-repository';
import type { Row } from '../../../src/aftermath/evidence/row-fields-by-kind';

type Run = Extract<Row, { kind: 'run' }>;

const MADE = Date.parse('2026-03-01T12:00:00Z');
const APPROVAL = { by: ['ada'], at: '2026-03-01T11:00:00Z', valid: true, why: '', text: 't', signature: 's' };
const ROW: Run = {
  kind: 'run',
  id: 'r-1',
  digest: '',
  run: 'r-1',
  commit: 'a'.repeat(40),
  relation: 'commit',
  outcome: 'requested',
  at: '2026-03-01T11:00:00Z',
  program: 'terraform',
  verb: 'destroy',
  targets: [],
  directory: null,
  environment: 'production',
  rule: 'destructive/tf-destroy',
  tier: null,
  line: null,
  assistant: 'claude-code',
  session: 's-1',
  user: null,
  requested: null,
  approvals: [APPROVAL],
  under: null,
  ended: null,
};
const WENT_ON: Run = {
  ...ROW,
  outcome: 'ran',
  at: '2026-03-01T13:00:00Z',
  ended: { at: '2026-03-01T13:00:00Z', failed: false, exit: 0 },
};

describe('isLater', () => {
  it('a run of the bundle that has more approvals or an outcome now is later', () => {
    assert.ok(isLater(ROW, WENT_ON, MADE));
    assert.ok(isLater(ROW, { ...WENT_ON, approvals: [APPROVAL, { ...APPROVAL, by: ['bo'] }] }, MADE));
  });

  it('a run with another command, environment, session, commit, approver or end is not later', () => {
    for (const changed of [
      { verb: 'plan' },
      { program: 'tofu' },
      { environment: 'staging' },
      { session: 's-2' },
      { commit: 'b'.repeat(40) },
      { approvals: [{ ...APPROVAL, by: ['mallory'] }] },
      { ended: { at: '2026-03-01T11:30:00Z', failed: true, exit: 1 } },
    ])
      assert.ok(!isLater({ ...ROW, ...changed }, WENT_ON, MADE), JSON.stringify(changed));
  });

  it('an unchanged run is not later', () => {
    assert.ok(!isLater(ROW, { ...ROW, outcome: 'refused' }, MADE));
  });
});
