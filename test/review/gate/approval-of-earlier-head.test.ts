/** An approval of an earlier head, when the branch went on. What merges and rebases change is tried on real git. */
import assert from 'node:assert/strict';
import { CARL } from '../../support/repository';
import { approved, numbered } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const NEW = { 'infra/a.tf': numbered(10) };

describe('an approval of an earlier head', () => {
  let branch: LiteralBranch;
  let earlier: string;
  beforeEach(() => {
    branch = new LiteralBranch({ ...NEW, 'infra/far.tf': numbered(40), 'src/a.ts': 'a\n' });
    earlier = branch.commit('ai: change', { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n') }, CARL);
  });

  const satisfied = async (): Promise<boolean> => {
    const result = await branch.check({ approvals: [approved('ada', earlier)] });
    return result.tiers.find((tier) => tier.name === 'critical')?.required.every((one) => one.satisfied) ?? false;
  };
  it("an earlier approval: counts when the tier's files are unchanged", async () => {
    branch.commit('human: elsewhere', { 'src/a.ts': 'b\n', 'docs/x.txt': 'x\n' }, CARL);
    assert.ok(await satisfied());
  });

  for (const [what, files] of [
    ['one more line in the same file', { 'infra/a.tf': `${numbered(10).replace('line 5\n', 'five\n')}eleven\n` }],
    ['another file of the tier', { 'infra/b.tf': 'b\n' }],
    ['the approved change taken back', { 'infra/a.tf': numbered(10), 'infra/b.tf': 'b\n' }],
    [
      'the same words in another place',
      { 'infra/a.tf': numbered(10).replace('line 5\n', '').replace('line 9\n', 'five\nline 9\n') },
    ],
    ['a file of the tier gone', { 'infra/far.tf': null }],
  ] as const) {
    it(`an earlier approval: does not count when there was ${what} since`, async () => {
      branch.commit('ai: then this', files, CARL);
      assert.equal(await satisfied(), false);
      const [signOff] = (await branch.check({ approvals: [approved('ada', earlier)] })).signOffs;
      assert.match(signOff?.why ?? '', /^infra\/\S+ has changed since [0-9a-f]{12}$/);
    });
  }

  it('an earlier approval: does not count when its commit is missing, or is not of this range', async () => {
    const head = branch.head;
    for (const commit of ['0123456789012345678901234567890123456789', branch.base]) {
      const result = await branch.check({ approvals: [approved('ada', commit)] });
      assert.equal(result.verdict, 'fail', commit);
      assert.notEqual(result.signOffs[0]?.why, '');
    }
    assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
  });
});
