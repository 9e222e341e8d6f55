import assert from 'node:assert/strict';
import type { CheckRequest } from '../../src/gate';
import { CARL } from '../support/repository';
import { approved, Branch, GRACE, missing, numbered, POLICY } from './gate-support';

const NEW = { 'infra/a.tf': numbered(10) };

describe('linekeeper check: a sign-off', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  /** Carl's AI change in the critical tier on a branch. */
  async function aiChange(): Promise<string> {
    branch = await Branch.create(NEW);
    return branch.commit('ai: change', { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n') }, CARL);
  }

  it("by a senior of the head lets AI's change in a critical tier pass", async () => {
    const head = await aiChange();
    const before = await branch.check();
    assert.deepEqual(
      [before.verdict, before.level, before.authors],
      ['fail', 'junior', [{ email: 'carl@example.com', level: 'junior', known: true }]],
    );
    assert.deepEqual(missing(before), ["a senior's sign-off is missing"]);
    const after = await branch.check({ approvals: [approved('ada', head)] });
    assert.equal(after.verdict, 'pass');
    assert.deepEqual(
      after.tiers[0]?.required.map((one) => [one.kind, one.satisfied, one.by]),
      [['ai', true, ['ada']]],
    );
  });

  it('by somebody below the required level does not count', async () => {
    const head = await aiChange();
    const below = await branch.check({ approvals: [approved('bob', head)] });
    assert.equal(below.verdict, 'fail');
    assert.ok(
      below.notices.includes("bob is mid by the policy; critical asks for a senior's sign-off."),
      below.notices.join('\n'),
    );
    assert.equal((await branch.check({ approvals: [approved('zoe', head)] })).verdict, 'fail');
  });

  it("that is missing comes with who could give it, without the change's authors", async () => {
    const head = await aiChange();
    assert.deepEqual((await branch.check()).signers, { critical: ['ada@example.com', 'grace@example.com'] });
    await branch.commit('human: more', { 'infra/b.tf': 'x\n' }, GRACE);
    assert.deepEqual((await branch.check()).signers, { critical: ['ada@example.com'] });
    assert.deepEqual((await branch.check({ head, approvals: [approved('ada', head)] })).signers, {});
  });

  it('that needs a code owner comes with the owners alone', async () => {
    await branch.repo.dispose();
    branch = await Branch.create(
      { CODEOWNERS: '/infra/ @pat @acme/infra\n/infra/x/\n' },
      `version: 1
people: { senior: [ada@example.com, "@acme/leads"], mid: [pat, mia, carl] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { any: { from: mid, approvals: 1, code-owner: true } }
`,
    );
    await branch.commit('human: change', { 'infra/a.tf': 'x\n' }, CARL);
    const signers = async (over: Partial<CheckRequest> = {}): Promise<unknown> =>
      (await branch.check(over)).signers['critical'];
    assert.deepEqual(await signers(), ['pat']);
    const teams = { '@acme/infra': ['ada', 'zoe'], '@acme/leads': ['zoe'] };
    assert.deepEqual(await signers({ teams }), ['pat', '@acme/leads', '@acme/infra']);
    assert.deepEqual(await signers({ actor: 'pat' }), [], 'nobody signs their own');
    const policyOf: CheckRequest['policyOf'] = (policy) => ({
      ...policy,
      tiers: policy.tiers.map((tier) => ({ ...tier, any: tier.any && { ...tier.any, approvals: 2 } })),
    });
    assert.deepEqual(
      await signers({ policyOf }),
      ['pat', 'mia', 'ada@example.com', '@acme/leads'],
      'another one can help',
    );
    await branch.commit('human: nobody owns it', { 'infra/a.tf': null, 'infra/x/b.tf': 'x\n' }, CARL);
    assert.deepEqual(await signers(), []);
  });

  it('counts under each name that the policy has for the person', async () => {
    const head = await aiChange();
    for (const given of [
      approved('ada', head, { email: null }),
      approved('ADA', head, { email: null }),
      approved('ada@example.com', head, { email: null }),
    ]) {
      assert.equal((await branch.check({ approvals: [given] })).verdict, 'pass', JSON.stringify(given));
    }
  });

  it('does not count when login and address belong to different people', async () => {
    const head = await aiChange();
    const result = await branch.check({ approvals: [approved('mallory', head, { email: 'ada@example.com' })] });
    assert.deepEqual(
      [result.verdict, result.signOffs[0]?.why],
      ['fail', "it is by mallory with the address ada@example.com, which is ada's by the policy"],
    );
  });

  it("by the pull request's author does not count, under any name", async () => {
    const head = await aiChange();
    for (const actor of ['ada', 'Ada', 'ada@example.com']) {
      const result = await branch.check({ actor, approvals: [approved('ada', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs[0]?.why],
        ['fail', 'it is by whoever opened the pull request'],
        actor,
      );
    }
    assert.equal((await branch.check({ actor: 'grace', approvals: [approved('ada', head)] })).verdict, 'pass');
  });

  for (const [role, make] of [
    ['an author', (b: Branch) => b.commit('human: more', { 'infra/b.tf': 'x\n' }, GRACE)],
    [
      'a co-author',
      (b: Branch) =>
        b.commit(
          'human: more\n\nCo-authored-by: Grace <Grace@Example.com>\n\nmore text',
          { 'infra/b.tf': 'x\n' },
          CARL,
        ),
    ],
    ['a committer', (b: Branch) => b.commit('human: more', { 'infra/b.tf': 'x\n' }, CARL, { committer: GRACE })],
    [
      'the author of lines that are gone again',
      async (b: Branch) => {
        await b.commit('human: more', { 'infra/b.tf': 'x\n' }, GRACE);
        return b.commit('human: gone', { 'infra/b.tf': null }, CARL);
      },
    ],
    [
      'the author of lines written before the file moved into the tier',
      async (b: Branch) => {
        await b.commit('human: outside', { 'other/b.tf': numbered(9) }, GRACE);
        return b.commit('human: move', { 'other/b.tf': null, 'infra/b.tf': numbered(9) }, CARL);
      },
    ],
    [
      "the person behind an agent's commit",
      (b: Branch) =>
        b.commit(
          'ai: agent\n\nCo-authored-by: Grace <grace@example.com>',
          { 'infra/b.tf': 'x\n' },
          { name: 'Claude', email: 'noreply@anthropic.com' },
        ),
    ],
  ] as const) {
    it(`by ${role} of a commit in the tier does not count`, async () => {
      await aiChange();
      const head = await make(branch);
      const result = await branch.check({ approvals: [approved('grace', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs.find((one) => one.tier === 'critical')?.why],
        ['fail', 'it is by somebody with a hand in these commits'],
      );
      assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
    });
  }

  it('by the author of lines in another tier counts', async () => {
    await aiChange();
    const head = await branch.commit('human: elsewhere', { 'src/a.ts': 'x\n' }, GRACE);
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.deepEqual(
      result.tiers.map((tier) => [tier.name, tier.required.map((one) => one.satisfied)]),
      [
        ['critical', [true]],
        ['standard', [false]],
      ],
    );
  });

  it("does not count when the base's .mailmap makes approver and author one person", async () => {
    branch = await Branch.create({ ...NEW, '.mailmap': 'Grace <grace@example.com> <g@laptop.local>\n' });
    const head = await branch.commit(
      'ai: change',
      { 'infra/a.tf': 'x\n', '.mailmap': '' },
      { name: 'G', email: 'g@laptop.local' },
    );
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.deepEqual(result.authors, [{ email: 'grace@example.com', level: 'senior', known: true }]);
    assert.equal(result.signOffs[0]?.why, 'it is by somebody with a hand in these commits');
  });

  it("is decided by the person's latest review", async () => {
    const head = await aiChange();
    const at = (hour: number): { readonly at: number } => ({
      at: Date.parse('2025-01-01T00:00:00Z') + hour * 3_600_000,
    });
    const verdict = async (...states: ('approved' | 'dismissed' | 'changes_requested')[]): Promise<string> =>
      (
        await branch.check({
          approvals: states
            .map((state, index) => approved(index === 0 ? 'ada' : 'Ada@example.com', head, { state, ...at(index) }))
            .reverse(),
        })
      ).verdict;
    assert.equal(await verdict('approved', 'changes_requested'), 'fail');
    assert.equal(await verdict('approved', 'dismissed'), 'fail');
    assert.equal(await verdict('changes_requested', 'approved'), 'pass');
    assert.equal(
      (
        await branch.check({
          approvals: [approved('ada', head, at(1)), approved('ada', head, { state: 'changes_requested', ...at(1) })],
        })
      ).verdict,
      'fail',
    );
    assert.equal(
      (
        await branch.check({
          approvals: [
            approved('ada', head, { at: null }),
            approved('ada@example.com', head, { state: 'dismissed', at: null }),
          ],
        })
      ).verdict,
      'fail',
    );
  });

  it('of one person under two names counts once', async () => {
    branch = await Branch.create(
      NEW,
      POLICY.replace('junior: { from: senior }', 'junior: { from: senior, approvals: 2 }'),
    );
    const head = await branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, CARL);
    const twice = await branch.check({
      approvals: [approved('ada', head, { email: null }), approved('ada@example.com', head, { email: null })],
    });
    assert.deepEqual(missing(twice), ["another senior's sign-off is missing (ada signed off)"]);
    assert.equal((await branch.check({ approvals: [approved('ada', head), approved('grace', head)] })).verdict, 'pass');
  });

  it('by a bot does not count', async () => {
    branch = await Branch.create(NEW, POLICY.replace('tiers:', 'bots: [grace]\ntiers:'));
    const head = await branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, CARL);
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.deepEqual([result.verdict, result.signOffs[0]?.why], ['fail', "a bot can't sign off"]);
  });

  it("needs an owner of each file by the base's CODEOWNERS when the policy says so", async () => {
    branch = await Branch.create({ ...NEW, '.github/CODEOWNERS': '* @bob\n/infra/ @grace\n' });
    const { repo } = branch;
    const ada = { name: 'Ada', email: 'ada@example.com' };
    const head = await branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, ada);
    assert.equal((await branch.check({ actor: 'ada', approvals: [approved('grace', head)] })).verdict, 'pass');
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: owners', { '.github/CODEOWNERS': '* @bob\n' }, GRACE);
    const without = await branch.check({ actor: 'ada', approvals: [approved('grace', head)] });
    assert.match(missing(without).join(), /owner \(CODEOWNERS\).* missing for infra\/a\.tf/);
    await repo.git('checkout', '--quiet', 'topic');
    const greedy = await branch.commit('human: I own it all', { '.github/CODEOWNERS': '* @grace\n' }, ada);
    assert.equal((await branch.check({ actor: 'ada', approvals: [approved('grace', greedy)] })).verdict, 'fail');
  });
});

describe('linekeeper check: an approval of an earlier head', () => {
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

  it("counts while the tier's files are unchanged", async () => {
    await branch.commit('human: elsewhere', { 'src/a.ts': 'b\n', 'docs/x.txt': 'x\n' }, CARL);
    assert.ok(await satisfied());
  });

  it('counts after a merge of the base, also if the base changed the same file', async () => {
    await mainGoesOn({ 'infra/a.tf': `before\n${numbered(10)}after\n`, 'infra/far.tf': numbered(50) });
    await branch.repo.git('merge', '--quiet', '--no-edit', 'main');
    assert.ok(await satisfied());
  });

  it('counts after a clean rebase, and after a squash', async () => {
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
    it(`does not count after ${what}`, async () => {
      await branch.commit('ai: then this', files, CARL);
      assert.equal(await satisfied(), false);
      const [signOff] = (await branch.check({ approvals: [approved('ada', earlier)] })).signOffs;
      assert.match(signOff?.why ?? '', /^infra\/\S+ has changed since [0-9a-f]{12}$/);
    });
  }

  it('does not count when a merge of the base adds a line', async () => {
    await mainGoesOn({ 'infra/far.tf': numbered(50) });
    await branch.repo.git('merge', '--quiet', '--no-commit', '--no-ff', 'main');
    await branch.commit('merge', { 'infra/far.tf': numbered(50).replace('line 45\n', 'slipped in\n') }, CARL);
    assert.equal(await satisfied(), false);
  });

  it("does not count after a conflict with the base was resolved in the tier's files", async () => {
    await mainGoesOn({ 'infra/a.tf': numbered(10).replace('line 5\n', 'FIVE\n') });
    await branch.repo.run(['merge', '--quiet', '--no-edit', 'main']);
    await branch.commit('merge', { 'infra/a.tf': numbered(10).replace('line 5\n', 'both\n') }, CARL);
    assert.equal(await satisfied(), false);
  });

  it('does not count when its commit is missing, or is not of this range', async () => {
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
  });

  it('is compared without leaving objects in the repository', async () => {
    await mainGoesOn({ 'infra/a.tf': `before\n${numbered(10)}` });
    await branch.repo.git('merge', '--quiet', '--no-edit', 'main');
    await branch.check();
    const objects = await branch.repo.git('count-objects', '-v');
    await satisfied();
    assert.equal(await branch.repo.git('count-objects', '-v'), objects);
    assert.equal(await branch.repo.git('status', '--porcelain'), '');
  });
});
