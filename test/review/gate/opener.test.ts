/** Who opened a pull request: when that matters, and what it changes. */
import assert from 'node:assert/strict';
import { BOB } from '../../support/repository';
import { approved, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { GateError } from '../../../src/review/gate';
import { LiteralBranch } from '../../support/gate-literals';

const TF = { 'infra/a.tf': numbered(3) };

describe('who opened a pull request', () => {
  let branch: LiteralBranch;
  const refused = (message: RegExp) => (error: unknown) =>
    error instanceof GateError && error.reason === 'actor' && message.test(error.message);
  it('the opener: must be named when a sign-off decides', async () => {
    branch = new LiteralBranch();
    const head = branch.commit('change', TF, GRACE);
    const approvals = [approved('carl', head, { email: null, at: null })];
    await assert.rejects(
      branch.check({ actor: null, approvals }),
      refused(/--actor is missing\. Pass the login .*\. Their own sign-off does not count\./),
    );
    assert.equal((await branch.check({ actor: 'carl', approvals })).verdict, 'fail');
  });

  it('the opener: must be named when their level decides', async () => {
    branch = new LiteralBranch({}, POLICY.replace('        mid: { from: senior }\n', ''));
    branch.commit('ai: change', TF, BOB);
    await assert.rejects(branch.check({ actor: null }), refused(/Their level sets the required sign-offs\./));
    assert.equal((await branch.check({ actor: 'bob' })).verdict, 'pass');
    assert.equal((await branch.check({ actor: 'carl' })).verdict, 'fail');
  });

  it('the opener: may be left out when it makes no difference', async () => {
    branch = new LiteralBranch();
    branch.commit('change', { 'docs/a.md': 'x\n' }, GRACE);
    assert.equal((await branch.check({ actor: null })).verdict, 'pass');
  });

  for (const [what, as] of [
    ["an agent's", { name: 'Claude', email: 'noreply@anthropic.com' }],
    ["a bot's", { name: 'some', email: '1+some[bot]@users.noreply.github.com' }],
    ['no', { name: 'x', email: 'nobody' }],
  ] as const) {
    it(`the opener: stands in for the author when a commit has ${what} address`, async () => {
      branch = new LiteralBranch();
      const head = branch.commit('ai: change', TF, as);
      const result = await branch.check({ actor: 'ada', approvals: [approved('ada', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs[0]?.why, result.authors],
        ['fail', 'it is by whoever opened the pull request', []],
      );
      assert.equal((await branch.check({ actor: 'bob', approvals: [approved('ada', head)] })).level, 'mid');
    });
  }
});
