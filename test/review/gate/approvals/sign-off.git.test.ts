/** An approval of an earlier head after merges and rebases, which git itself compares. */
import assert from 'node:assert/strict';
import { itInFull } from '../../../support/full';
import { CARL } from '../../../support/repository';
import { approved, Branch, GRACE, numbered } from '../../../support/gate';

const NEW = { 'infra/a.tf': numbered(10) };

describe('an approval of an earlier head', () => {
  let branch: Branch;
  let earlier: string;
  beforeEach(async () => {
    branch = await Branch.create({ ...NEW, 'infra/far.tf': numbered(40), 'src/a.ts': 'a\n' });
    earlier = await branch.commit('ai: change', { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n') }, CARL);
  });
  afterEach(() => branch.repo.dispose());

  const satisfied = async (): Promise<boolean> => {
    const result = await branch.check({ approvals: [approved('ada', earlier)] });
    return result.tiers.find((tier) => tier.name === 'critical')?.required.every((one) => one.satisfied) ?? false;
  };
  const mainGoesOn = async (files: Readonly<Record<string, string>>): Promise<void> => {
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: main goes on', files, GRACE);
    await branch.repo.git('checkout', '--quiet', 'topic');
  };

  itInFull('an earlier approval: counts when the base was merged, also if that changed the same file', async () => {
    await mainGoesOn({ 'infra/a.tf': `before\n${numbered(10)}after\n`, 'infra/far.tf': numbered(50) });
    await branch.repo.git('merge', '--quiet', '--no-edit', 'main');
    assert.ok(await satisfied());
  });

  itInFull('an earlier approval: counts when the branch was rebased cleanly, and when it was squashed', async () => {
    await branch.commit('human: more', { 'src/a.ts': 'b\n' }, CARL);
    await mainGoesOn({ 'infra/a.tf': `before\n${numbered(10)}after\n` });
    const rebased = await branch.repo.run(['rebase', '--quiet', 'main'], {
      env: { GIT_COMMITTER_NAME: CARL.name, GIT_COMMITTER_EMAIL: CARL.email },
    });
    assert.equal(rebased.code, 0, rebased.stderr);
    assert.notEqual(await branch.head(), earlier);
    assert.ok(await satisfied());
    await branch.repo.git('reset', '--quiet', '--soft', 'main');
    await branch.commit('ai: squashed', {}, CARL);
    assert.ok(await satisfied());
  });

  itInFull('an earlier approval: does not count when a merge of the base adds a line', async () => {
    await mainGoesOn({ 'infra/far.tf': numbered(50) });
    await branch.repo.git('merge', '--quiet', '--no-commit', '--no-ff', 'main');
    await branch.commit('merge', { 'infra/far.tf': numbered(50).replace('line 45\n', 'slipped in\n') }, CARL);
    assert.equal(await satisfied(), false);
  });

  it("an earlier approval: does not count when a conflict with the base was resolved in the tier's files", async () => {
    await mainGoesOn({ 'infra/a.tf': numbered(10).replace('line 5\n', 'FIVE\n') });
    await branch.repo.run(['merge', '--quiet', '--no-edit', 'main']);
    await branch.commit('merge', { 'infra/a.tf': numbered(10).replace('line 5\n', 'both\n') }, CARL);
    assert.equal(await satisfied(), false);
  });

  itInFull(
    'an earlier approval: does not count when it names a tree, the base or a commit that is missing',
    async () => {
      const head = await branch.head();
      for (const commit of [
        '0123456789012345678901234567890123456789',
        await branch.repo.git('rev-parse', 'main'),
        await branch.repo.git('rev-parse', 'main^{tree}'),
      ]) {
        const result = await branch.check({ approvals: [approved('ada', commit)] });
        assert.equal(result.verdict, 'fail', commit);
        assert.notEqual(result.signOffs[0]?.why, '');
      }
      assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
    },
  );

  itInFull('an earlier approval: leaves no objects in the repository when it is compared', async () => {
    await mainGoesOn({ 'infra/a.tf': `before\n${numbered(10)}` });
    await branch.repo.git('merge', '--quiet', '--no-edit', 'main');
    await branch.check();
    const objects = await branch.repo.git('count-objects', '-v');
    await satisfied();
    assert.equal(await branch.repo.git('count-objects', '-v'), objects);
    assert.equal(await branch.repo.git('status', '--porcelain'), '');
  });
});
