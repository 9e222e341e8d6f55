/** Who may sign off when people try to be two, or somebody else. */
import assert from 'node:assert/strict';
import type { CheckRequest, GivenApproval } from '../../../src/review/gate';
import { CARL } from '../../support/repository';
import { approved, missing, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const WITHOUT_ALIASES = POLICY.replace(/^aliases.*\n/m, '').replace(
  '[ada@example.com, grace@example.com]',
  '[ada, grace@example.com]',
);
const TF = { 'infra/a.tf': numbered(3) };
const ADA = { name: 'Ada', email: 'ada@example.com' };

describe('approver and author who may be one person', () => {
  let branch: LiteralBranch;
  const why = async (approval: GivenApproval, actor = 'carl@example.com'): Promise<string> =>
    (await branch.check({ actor, approvals: [approval] })).signOffs[0]?.why ?? '';

  it('a sign-off: does not count when the author is known by address and the approver by login', async () => {
    branch = new LiteralBranch({}, WITHOUT_ALIASES);
    const head = branch.commit('ai: change', TF, ADA);
    assert.equal(
      await why(approved('ada', head, { email: null }), 'carl'),
      "it can't be known whether this is somebody with a hand in these commits (ada@example.com): add the addresses of ada to the policy of the base (aliases: { ada: [ADDRESS] })",
    );
    assert.match(
      await why(approved('ada', head, { email: null }), 'grace@example.com'),
      /whoever opened the pull request \(grace@example\.com\): add the addresses of ada/,
    );
  });

  it('an alias: tells whether approver and author are the same person when the policy has it', async () => {
    branch = new LiteralBranch({}, WITHOUT_ALIASES.replace('tiers:', 'aliases: { ada: [ada@example.com] }\ntiers:'));
    assert.equal(
      await why(approved('ada', branch.commit('ai: change', TF, ADA), { email: null })),
      'it is by somebody with a hand in these commits',
    );
    branch.restart();
    assert.equal(await why(approved('ada', branch.commit('ai: change', TF, CARL), { email: null })), '');
  });

  it("a sign-off: does not count when nobody is known by the author's address", async () => {
    branch = new LiteralBranch();
    const home = { name: 'A', email: 'a@home.example' };
    const head = branch.commit('ai: change', TF, home);
    assert.match(
      await why(approved('ada', head, { email: null })),
      /^it can't be known whether this is somebody with a hand in these commits \(a@home\.example\), an address that nobody here is known by: add it to the policy of the base under the login that it belongs to \(aliases: \{ LOGIN: \[a@home\.example\] \}\)$/,
    );
    assert.equal(
      await why(approved('ada', head, { email: null }), home.email),
      '',
      'the opener is known not to be her',
    );
    const policyOf: CheckRequest['policyOf'] = (policy) => ({
      ...policy,
      aliases: { ...policy.aliases, carl: ['carl@example.com', home.email] },
    });
    assert.equal(
      (await branch.check({ approvals: [approved('ada', head, { email: null })], policyOf })).verdict,
      'pass',
    );
    branch.restart();
    const noreply = { name: 'A', email: '1+stranger@users.noreply.github.com' };
    assert.equal(await why(approved('ada', branch.commit('ai: change', TF, noreply), { email: null })), '');
  });

  it("the base's .mailmap: joins author and approver when it maps one address to the other", async () => {
    branch = new LiteralBranch({ '.mailmap': 'Ada <ada@example.com> <ada@home.example>\n' });
    const head = branch.commit('ai: change', TF, ADA);
    assert.equal(
      await why(approved('ada@home.example', head, { email: null })),
      'it is by somebody with a hand in these commits',
    );
    branch.restart();
    const other = branch.commit('ai: change', TF, CARL);
    const result = await branch.check({ approvals: [approved('ada@home.example', other, { email: null })] });
    assert.equal(result.verdict, 'pass', 'she is a senior by her other address');
  });

  it('two sign-offs: count once when they may be of one person', async () => {
    const two = (policy: string): string =>
      policy.replace('junior: { from: senior }', 'junior: { from: senior, approvals: 2 }');
    branch = new LiteralBranch({ '.mailmap': 'Ada <ada@example.com> <ada@home.example>\n' }, two(POLICY));
    const head = branch.commit('ai: change', TF, CARL);
    assert.deepEqual(
      missing(
        await branch.check({
          approvals: [
            approved('ada@example.com', head, { email: null }),
            approved('ada@home.example', head, { email: null }),
          ],
        }),
      ),
      ["another senior's sign-off is missing (ada@example.com signed off)"],
    );
    branch = new LiteralBranch(
      {},
      two(WITHOUT_ALIASES).replace('tiers:', 'aliases: { carl: [carl@example.com] }\ntiers:'),
    );
    const again = branch.commit('ai: change', TF, CARL);
    const result = await branch.check({
      approvals: [approved('ada', again, { email: null }), approved('grace@example.com', again, { email: null })],
    });
    assert.equal(result.verdict, 'fail');
    assert.match(
      result.signOffs.find(({ counts }) => !counts)?.why ?? '',
      /who signed off too: add the addresses of ada/,
    );
  });

  it('one more approval: takes none away when it is by a login that nobody is known by', async () => {
    branch = new LiteralBranch({}, WITHOUT_ALIASES.replace('tiers:', 'aliases: { carl: [carl@example.com] }\ntiers:'));
    const head = branch.commit('ai: change', TF, CARL);
    const approvals = [approved('bob', head, { email: null }), approved('grace@example.com', head, { email: null })];
    for (const given of [approvals, approvals.toReversed()])
      assert.equal((await branch.check({ approvals: given })).verdict, 'pass');
  });
});
