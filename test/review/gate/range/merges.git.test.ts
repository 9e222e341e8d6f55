/** What a merge can hide: lines of its own, and what another side had already changed. */
import assert from 'node:assert/strict';
import { itInFull } from '../../../support/full';
import { BOB, CARL } from '../../../support/repository';
import { approved, Branch, counted, GRACE } from '../../../support/gate';

const ADA = { name: 'Ada', email: 'ada@example.com' };
const lines = (count: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, index) => `${change[index + 1] ?? `line ${String(index + 1)}`}\n`).join('');

describe('linekeeper check, for a merge commit', function () {
  this.timeout(60_000);
  let branch: Branch;
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': lines(20), 'infra/b.tf': lines(5), 'docs/a.md': 'a\n' });
  });
  afterEach(() => branch.repo.dispose());

  const git = (...words: readonly string[]): Promise<string> => branch.repo.git(...words);
  const on = async (
    name: string,
    message: string,
    files: Readonly<Record<string, string | null>>,
    as = CARL,
  ): Promise<string> => {
    await git('checkout', '--quiet', name);
    return branch.commit(message, files, as);
  };
  /** Merges into `topic`, with other contents than git would give it. */
  const evil = async (
    others: readonly string[],
    files: Readonly<Record<string, string | null>>,
    as = CARL,
  ): Promise<string> => {
    await git('checkout', '--quiet', 'topic');
    await git('merge', '--quiet', '--no-ff', '--no-commit', ...others);
    return branch.commit('merge', files, as);
  };

  itInFull('asks for a sign-off for lines that no parent has, and not by the one who merged', async () => {
    await on('topic', 'human: docs', { 'docs/a.md': 'b\n' });
    await on('main', 'human: goes on', { 'docs/b.md': 'b\n' }, BOB);
    const head = await evil(['main'], { 'infra/a.tf': lines(20, { 7: 'open to all' }) }, ADA);
    const result = await branch.check({ approvals: [approved('ada', head)] });
    assert.deepEqual([result.verdict, counted(result)], ['fail', ['critical infra/a.tf +0/0/1 -0/0/1']]);
    assert.match(result.signOffs.map(({ why }) => why).join(), /somebody with a hand in these commits/);
    assert.equal((await branch.check({ approvals: [approved('grace', head)] })).verdict, 'pass');
  });

  it('asks for a sign-off when the merge deletes a file of its parents, in an octopus merge too', async () => {
    await on('topic', 'human: docs', { 'docs/a.md': 'b\n' });
    await git('branch', 'side', 'main');
    await on('side', 'human: side', { 'docs/c.md': 'c\n' }, BOB);
    await on('main', 'human: goes on', { 'docs/b.md': 'b\n' }, BOB);
    await evil(['main', 'side'], { 'infra/b.tf': null });
    assert.deepEqual(counted(await branch.check()), ['critical infra/b.tf +0/0/0 -0/0/5']);
  });

  it('asks for nothing when the merge only joins, and lets the one who merged sign off', async () => {
    await on('topic', 'ai: change', { 'infra/a.tf': lines(20, { 3: 'three' }) });
    await on('main', 'human: goes on', { 'infra/a.tf': lines(20, { 15: 'fifteen' }) }, BOB);
    await git('checkout', '--quiet', 'topic');
    await git('merge', '--quiet', '--no-edit', 'main');
    const result = await branch.check({ approvals: [approved('ada', await branch.head())] });
    assert.deepEqual([result.verdict, counted(result)], ['pass', ['critical infra/a.tf +1/0/0 -1/0/0']]);
  });

  describe('in a criss-cross history', () => {
    /** Both sides merge what the other had; `main` has a fix of its own, `topic` what was approved before. */
    const cross = async (older = 'topic'): Promise<void> => {
      const at = (name: string): { readonly at: string } => ({
        at: `2025-01-0${name === older ? '1' : '2'}T00:00:00Z`,
      });
      await git('checkout', '--quiet', 'topic');
      const ours = await branch.commit(
        'human: change',
        { 'docs/a.md': 'b\n', 'infra/b.tf': lines(5, { 2: 'two' }) },
        CARL,
        at('topic'),
      );
      await git('checkout', '--quiet', 'main');
      const theirs = await branch.commit(
        'human: close the port',
        { 'infra/a.tf': lines(20, { 7: 'closed' }) },
        GRACE,
        at('main'),
      );
      await git('merge', '--quiet', '--no-edit', ours);
      await git('checkout', '--quiet', 'topic');
      await git('merge', '--quiet', '--no-commit', theirs);
    };

    itInFull('asks for nothing when both sides only joined', async () => {
      await cross();
      await git('commit', '--quiet', '--no-edit');
      assert.equal((await git('merge-base', '--all', 'main', 'topic')).split('\n').length, 2);
      const result = await branch.check();
      assert.deepEqual([result.verdict, counted(result)], ['pass', []]);
    });

    for (const older of ['topic', 'main']) {
      itInFull(
        `asks about lines of the base that the merge undoes, though one merge base hides it (${older}'s is older)`,
        async () => {
          await cross(older);
          await branch.commit('merge', { 'infra/a.tf': lines(20) }, CARL);
          await git('checkout', '--quiet', '--detach', 'main');
          await git('merge', '--quiet', '--no-edit', 'topic');
          assert.equal(branch.repo.read('infra/a.tf'), lines(20), 'merged into the base, it undoes the fix');
          const result = await branch.check({ approvals: [approved('carl', await branch.head())] });
          assert.equal(result.verdict, 'fail');
          assert.deepEqual(counted(result), ['critical infra/a.tf +0/0/1 -0/0/1']);
          assert.equal((await branch.check({ approvals: [approved('ada', await branch.head())] })).verdict, 'pass');
        },
      );
    }

    itInFull('asks about later lines, and keeps an approval of an earlier head', async () => {
      await cross();
      await git('commit', '--quiet', '--no-edit');
      const head = await branch.commit('ai: change', { 'infra/a.tf': lines(20, { 3: 'three', 7: 'closed' }) }, CARL);
      assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +1/0/0 -1/0/0']);
      await branch.commit('human: docs', { 'docs/a.md': 'c\n' }, CARL);
      assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
    });

    it('decides with the larger change when the merge bases cannot be joined', async () => {
      const ours = await on('topic', 'human: mine', { 'infra/a.tf': lines(20, { 7: 'mine' }) });
      const theirs = await on('main', 'human: theirs', { 'infra/a.tf': lines(20, { 7: 'theirs' }) }, GRACE);
      await branch.repo.run(['merge', '--quiet', ours]);
      await branch.commit('merge', { 'infra/a.tf': lines(20, { 7: 'theirs' }) }, GRACE);
      await git('checkout', '--quiet', 'topic');
      await branch.repo.run(['merge', '--quiet', theirs]);
      await branch.commit('merge', { 'infra/a.tf': lines(20, { 7: 'mine' }) }, CARL);
      const result = await branch.check();
      assert.deepEqual([result.verdict, result.tiers.map(({ name }) => name)], ['fail', ['critical']]);
    });
  });
});
