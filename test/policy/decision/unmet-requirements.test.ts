import assert from 'node:assert/strict';
import type { RequirementResult } from '../../../src/policy';
import { stillMissing, withoutCovered } from '../../../src/policy/decision';

const required = (from: 'senior' | 'mid' | null, more: Partial<RequirementResult> = {}): RequirementResult => ({
  kind: 'ai',
  from,
  approvals: 1,
  codeOwner: false,
  why: '',
  satisfied: false,
  by: [],
  missing: '',
  ...more,
});

describe('requirements of a tier that are worth reporting', () => {
  it('requirements of a tier: only the stronger one is reported when it covers the other', () => {
    const [mid, senior] = [required('mid'), required('senior')];
    assert.deepEqual(withoutCovered([mid, senior]), [senior]);
    assert.deepEqual(withoutCovered([senior, required('senior')]), [senior]);
  });

  it('requirements of a tier: both are reported when neither covers the other', () => {
    const several = [required('mid', { approvals: 2 }), required('senior'), required(null)];
    assert.deepEqual(withoutCovered(several), several);
  });

  it('requirements of a tier: a met one hides no missing one when it is stronger', () => {
    const [mid, senior] = [required('mid'), required('senior', { satisfied: true })];
    assert.deepEqual(stillMissing([mid, senior]), [mid]);
    assert.deepEqual(withoutCovered([mid, senior]), [senior]);
  });
});
