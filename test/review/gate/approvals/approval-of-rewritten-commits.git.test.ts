import assert from 'node:assert/strict';
import { itInFull } from '../../../support/full';
import { CARL } from '../../../support/repository';
import { approved, Branch, GRACE, numbered } from '../../../support/gate';

const FILE = numbered(10);
const CHANGED = FILE.replace('line 5\n', 'five\n');
/** The base's commits of these tests are older than this. */
const LATER = Date.parse('2099-01-01T00:00:00Z');

describe('an approval of a change that was merged as other commits', () => {
  let branch: Branch;
  let head: string;
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': FILE, 'infra/far.tf': numbered(9) });
    await branch.commit('ai: first half', { 'infra/b.tf': 'b\n' }, CARL);
    head = await branch.commit('ai: second half', { 'infra/a.tf': CHANGED }, CARL);
    await onMain();
    await branch.commit('human: elsewhere in the file', { 'infra/a.tf': FILE.replace('10', 'ten') }, GRACE);
  });
  afterEach(() => branch.repo.dispose());

  const git = (...args: string[]): Promise<string> =>
    branch.repo.git('-c', 'user.name=Bob', '-c', 'user.email=bob@example.com', ...args);
  const onMain = (): Promise<string> => git('checkout', '--quiet', 'main');
  const squash = async (): Promise<void> => {
    await git('merge', '--quiet', '--squash', 'topic');
    await git('commit', '--quiet', '-m', 'Squashed');
  };
  const pick = (): Promise<string> => git('cherry-pick', 'topic~1', 'topic');
  const verdict = async (at: number | null = Date.parse('2025-01-01T00:00:00Z'), to = 'topic'): Promise<string> => {
    const { verdict, signOffs } = await branch.check({ head: to, approvals: [approved('ada', head, { at })] });
    return verdict === 'pass' ? 'pass' : (signOffs.find(({ tier }) => tier === 'critical')?.why ?? '');
  };
  const USED = /^the base has had this change since it was approved, and took it back/;

  for (const [how, merge, back] of [
    ['a squash', squash, ['revert', '--no-edit', 'HEAD']],
    ['picks', pick, ['revert', '--no-edit', 'HEAD', 'HEAD~1']],
  ] as const) {
    itInFull(`${how}: no longer counts when the change is reverted and made again`, async () => {
      assert.equal(await verdict(), 'pass', 'not merged yet');
      await merge();
      await git(...back);
      await branch.commit('human: main goes on', { 'infra/far.tf': 'far\n', 'src/a.ts': 'a\n' }, GRACE);
      assert.match(await verdict(), USED, 'the same branch');
      await git('checkout', '--quiet', '-b', 'again');
      await pick();
      assert.match(await verdict(undefined, 'again'), USED, 'picked');
      assert.match(await verdict(null, 'again'), USED, 'without a time');
      assert.equal(await verdict(LATER, 'again'), 'pass', 'approved since');
    });

    itInFull(`${how}: counts while the base has the change`, async () => {
      await merge();
      await branch.commit('human: main goes on', { 'infra/a.tf': `zero\n${CHANGED.replace('10', 'ten')}` }, GRACE);
      assert.equal(await verdict(), 'pass');
    });
  }

  it('a part picked and reverted: counts for the rest', async () => {
    await git('cherry-pick', 'topic~1');
    await git('revert', '--no-edit', 'HEAD');
    assert.equal(await verdict(), 'pass');
  });
});
