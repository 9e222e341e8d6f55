/** What an emergency lets pass, and what not. What is owed for it, and reverts of real commits: emergency.git.test.ts. */
import assert from 'node:assert/strict';
import { approved, GRACE, missing, numbered } from '../../support/gate-cases';
import { LiteralBranch, type LiteralQuestion } from '../../support/gate-literals';
import { CARL } from '../../support/repository';

const CHANGED = numbered(10).replace('line 5\n', 'five\n');

describe('an emergency', () => {
  const emergency = 'checkout is down';
  let branch: LiteralBranch;
  let head: string;
  beforeEach(() => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(10), 'src/a.ts': numbered(10) });
    head = branch.commit('ai: change', { 'infra/a.tf': CHANGED }, CARL);
  });

  it("an emergency: passes with any second person's approval, and not with the author's alone", async () => {
    assert.equal((await branch.check({ emergency, approvals: null })).verdict, 'fail');
    const own = await branch.check({ emergency, approvals: [approved('carl', head)] });
    assert.deepEqual([own.verdict, missing(own), own.emergency], ['fail', ["a colleague's sign-off is missing"], null]);
    const junior = approved('zoe', head);
    const result = await branch.check({ emergency, approvals: [junior] });
    assert.deepEqual(
      [result.verdict, result.emergency?.by, result.emergency?.tiers, result.emergency?.reverts],
      ['pass', ['zoe'], ['critical'], null],
    );
    assert.match(
      result.notices.join('\n'),
      /An emergency \("checkout is down"\): zoe signed off instead of the people that the policy requires\. A senior's sign-off for critical is pending\./,
    );
  });

  it("a junior's approval: is not enough when it is no emergency", async () => {
    assert.equal((await branch.check({ approvals: [approved('zoe', head)] })).verdict, 'fail');
  });

  it('an emergency: owes nothing when the policy lets the change pass anyway', async () => {
    assert.equal((await branch.check({ emergency, approvals: [approved('ada', head)] })).emergency, null);
  });

  it("an emergency: does not pass a change when it is of the gate's own files", async () => {
    const later = branch.commit(
      'human: loosen',
      { '.linekeeper.yml': 'version: 1\ntiers: [{ name: none, paths: ["**"] }]\n' },
      CARL,
    );
    const result = await branch.check({ emergency, approvals: [approved('zoe', later)] });
    assert.equal(result.verdict, 'fail');
    assert.match(missing(result).join('\n'), /a senior's sign-off.*is missing/);
  });

  describe('that takes a commit of the base back', () => {
    let broke: string;
    beforeEach(() => {
      broke = branch.commitToBase('ai: broke it', { 'infra/a.tf': CHANGED, 'infra/b.tf': 'b\n' }, GRACE);
      branch.commitToBase('human: goes on', { 'src/a.ts': 'x\n' }, GRACE);
      branch.restart();
      branch.commit('human: back', { 'infra/a.tf': numbered(10), 'infra/b.tf': null }, CARL);
    });
    const policyOf: LiteralQuestion['policyOf'] = (policy) => ({
      ...policy,
      since: broke,
      tiers: policy.tiers.map((tier) => ({ ...tier, any: { from: 'senior', approvals: 1, codeOwner: false } })),
    });

    it('an exact revert: passes at once when it is an emergency, and only then', async () => {
      assert.equal((await branch.check({ policyOf })).verdict, 'fail');
      const exact = await branch.check({ emergency, policyOf });
      assert.deepEqual(
        [exact.verdict, exact.emergency?.reverts, exact.emergency?.tiers],
        ['pass', broke, ['critical']],
      );
    });

    it('a revert: does not pass at once when it takes back only half, or does something besides', async () => {
      branch.commit('ai: half', { 'infra/b.tf': 'b\n' }, CARL);
      assert.equal((await branch.check({ emergency, policyOf })).verdict, 'fail');
      branch.commit('ai: and more', { 'infra/b.tf': null, 'infra/c.tf': 'c\n' }, CARL);
      assert.equal((await branch.check({ emergency, policyOf })).verdict, 'fail');
    });
  });
});
