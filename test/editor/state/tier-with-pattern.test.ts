import assert from 'node:assert/strict';
import { fileTier } from '../../../src/editor/state/tier-with-pattern';
import { BUILT_IN_POLICY, type Policy } from '../../../src/policy';
import { parsePolicy } from '../../../src/policy/file/parse';

const POLICY = `version: 1
generated: ["**/*.lock"]
tiers:
  - name: critical
    paths: ["db/**", "infra/**"]
    blast: { files: 5 }
  - name: standard
    paths: ["src/**"]
`;

describe('the tier of a file in the editor', () => {
  let policy: Policy = BUILT_IN_POLICY;
  before(() => {
    const parsed = parsePolicy(POLICY);
    assert.ok(parsed.ok);
    policy = parsed.policy;
  });

  it('a file that a pattern names: has the pattern and its place, for the row and its link', () => {
    assert.deepEqual(fileTier(policy, 'infra/main.tf', null), { rank: 0, pattern: 'infra/**', index: 1 });
    assert.deepEqual(fileTier(policy, 'src/a.ts', null), { rank: 1, pattern: 'src/**', index: 0 });
  });

  it('a file that other files depend on: has no pattern when their number raised its tier', () => {
    assert.deepEqual(fileTier(policy, 'src/a.ts', null, [], 9), { rank: 0, pattern: null, index: null });
  });

  it('a file: is in no tier when no pattern names it or it is generated', () => {
    assert.equal(fileTier(policy, 'README', null), undefined);
    assert.equal(fileTier(policy, 'src/x.lock', null), undefined);
  });
});
