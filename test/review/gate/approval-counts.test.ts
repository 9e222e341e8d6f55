/** Whose sign-off counts, and who could give one that is missing. */
import assert from 'node:assert/strict';
import type { CheckRequest } from '../../../src/review/gate';
import { CARL } from '../../support/repository';
import { approved, GRACE, missing, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const NEW = { 'infra/a.tf': numbered(10) };

describe('a sign-off', () => {
  let branch: LiteralBranch;

  /** Carl's AI change in the critical tier on a branch. */
  function aiChange(): string {
    branch = new LiteralBranch(NEW);
    return branch.commit('ai: change', { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n') }, CARL);
  }

  it("a sign-off: lets AI's change in a critical tier pass when a senior gave it for the head", async () => {
    const head = aiChange();
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

  it('a sign-off: does not count when the approver is below the required level', async () => {
    const head = aiChange();
    const below = await branch.check({ approvals: [approved('bob', head)] });
    assert.equal(below.verdict, 'fail');
    assert.ok(
      below.notices.includes("bob is mid in the policy. critical requires a senior's sign-off."),
      below.notices.join('\n'),
    );
    const stranger = await branch.check({ approvals: [approved('zoe', head)] });
    assert.equal(stranger.verdict, 'fail');
    assert.match(
      stranger.notices.join('\n'),
      /^zoe is junior .* add the alias .*\(aliases: \{ zoe: \[ADDRESS\] \}\)\.$/m,
    );
  });

  it("a missing sign-off: names who could give it when that is nobody's own change", async () => {
    const head = aiChange();
    assert.deepEqual((await branch.check()).signers, { critical: ['ada@example.com', 'grace@example.com'] });
    branch.commit('human: more', { 'infra/b.tf': 'x\n' }, GRACE);
    assert.deepEqual((await branch.check()).signers, { critical: ['ada@example.com'] });
    assert.deepEqual((await branch.check({ head, approvals: [approved('ada', head)] })).signers, {});
  });

  it('a missing sign-off: names the owners alone when it needs a code owner', async () => {
    branch = new LiteralBranch(
      { CODEOWNERS: '/infra/ @pat @acme/infra\n/infra/x/\n' },
      `version: 1
people: { senior: [ada@example.com, "@acme/leads"], mid: [pat, mia, carl] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { any: { from: mid, approvals: 1, code-owner: true } }
`,
    );
    branch.commit('human: change', { 'infra/a.tf': 'x\n' }, CARL);
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
    branch.commit('human: nobody owns it', { 'infra/a.tf': null, 'infra/x/b.tf': 'x\n' }, CARL);
    assert.deepEqual(await signers(), []);
  });

  it('a sign-off: counts when given under any name that the policy has for the person', async () => {
    const head = aiChange();
    for (const given of [
      approved('ada', head, { email: null }),
      approved('ADA', head, { email: null }),
      approved('ada@example.com', head, { email: null }),
    ]) {
      assert.equal((await branch.check({ approvals: [given] })).verdict, 'pass', JSON.stringify(given));
    }
  });

  it('a sign-off: does not count when login and address belong to different people', async () => {
    const head = aiChange();
    const result = await branch.check({ approvals: [approved('mallory', head, { email: 'ada@example.com' })] });
    assert.deepEqual(
      [result.verdict, result.signOffs[0]?.why],
      ['fail', "it is by mallory with the address ada@example.com, which is ada's by the policy"],
    );
  });

  it('a sign-off: does not count when the opener gives it under any name', async () => {
    const head = aiChange();
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
    ['an author', (b: LiteralBranch) => b.commit('human: more', { 'infra/b.tf': 'x\n' }, GRACE)],
    [
      'a co-author',
      (b: LiteralBranch) =>
        b.commit(
          'human: more\n\nCo-authored-by: Grace <Grace@Example.com>\n\nmore text',
          { 'infra/b.tf': 'x\n' },
          CARL,
        ),
    ],
    ['a committer', (b: LiteralBranch) => b.commit('human: more', { 'infra/b.tf': 'x\n' }, CARL, { committer: GRACE })],
    [
      'the author of lines that are gone again',
      (b: LiteralBranch) => {
        b.commit('human: more', { 'infra/b.tf': 'x\n' }, GRACE);
        return b.commit('human: gone', { 'infra/b.tf': null }, CARL);
      },
    ],
    [
      'the author of lines written before the file moved into the tier',
      (b: LiteralBranch) => {
        b.commit('human: outside', { 'other/b.tf': numbered(9) }, GRACE);
        return b.commit('human: move', { 'other/b.tf': null, 'infra/b.tf': numbered(9) }, CARL);
      },
    ],
    [
      "the person behind an agent's commit",
      (b: LiteralBranch) =>
        b.commit(
          'ai: agent\n\nCo-authored-by: Grace <grace@example.com>',
          { 'infra/b.tf': 'x\n' },
          { name: 'Claude', email: 'noreply@anthropic.com' },
        ),
    ],
  ] as const) {
    it(`a sign-off: does not count when ${role} of a commit in the tier gives it`, async () => {
      aiChange();
      const head = make(branch);
      const result = await branch.check({ approvals: [approved('grace', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs.find((one) => one.tier === 'critical')?.why],
        ['fail', 'it is by somebody with a hand in these commits'],
      );
      assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
    });
  }

  it('a sign-off: counts when the approver wrote lines in another tier only', async () => {
    aiChange();
    const head = branch.commit('human: elsewhere', { 'src/a.ts': 'x\n' }, GRACE);
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.deepEqual(
      result.tiers.map((tier) => [tier.name, tier.required.map((one) => one.satisfied)]),
      [
        ['critical', [true]],
        ['standard', [false]],
      ],
    );
  });

  it("a sign-off: does not count when the base's .mailmap makes approver and author one person", async () => {
    branch = new LiteralBranch({ ...NEW, '.mailmap': 'Grace <grace@example.com> <g@laptop.local>\n' });
    const head = branch.commit(
      'ai: change',
      { 'infra/a.tf': 'x\n', '.mailmap': '' },
      { name: 'G', email: 'g@laptop.local' },
    );
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.deepEqual(result.authors, [{ email: 'grace@example.com', level: 'senior', known: true }]);
    assert.equal(result.signOffs[0]?.why, 'it is by somebody with a hand in these commits');
  });

  it('a sign-off: is decided by the latest review when a person gave several', async () => {
    const head = aiChange();
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

  it('a sign-off: counts once when one person gave it under two names', async () => {
    branch = new LiteralBranch(
      NEW,
      POLICY.replace('junior: { from: senior }', 'junior: { from: senior, approvals: 2 }'),
    );
    const head = branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, CARL);
    const twice = await branch.check({
      approvals: [approved('ada', head, { email: null }), approved('ada@example.com', head, { email: null })],
    });
    assert.deepEqual(missing(twice), ["another senior's sign-off is missing (ada signed off)"]);
    assert.equal((await branch.check({ approvals: [approved('ada', head), approved('grace', head)] })).verdict, 'pass');
  });

  it('a sign-off: does not count when a bot gives it', async () => {
    branch = new LiteralBranch(NEW, POLICY.replace('tiers:', 'bots: [grace]\ntiers:'));
    const head = branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, CARL);
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.deepEqual([result.verdict, result.signOffs[0]?.why], ['fail', "a bot can't sign off"]);
  });

  it("a sign-off: must be an owner's by the base's CODEOWNERS when the policy says so", async () => {
    branch = new LiteralBranch({ ...NEW, '.github/CODEOWNERS': '* @bob\n/infra/ @grace\n' });
    const ada = { name: 'Ada', email: 'ada@example.com' };
    const head = branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, ada);
    assert.equal((await branch.check({ actor: 'ada', approvals: [approved('grace', head)] })).verdict, 'pass');
    branch.commitToBase('human: owners', { '.github/CODEOWNERS': '* @bob\n' }, GRACE);
    const without = await branch.check({ actor: 'ada', approvals: [approved('grace', head)] });
    assert.match(missing(without).join(), /owner \(CODEOWNERS\).* missing for infra\/a\.tf/);
    const greedy = branch.commit('human: I own it all', { '.github/CODEOWNERS': '* @grace\n' }, ada);
    assert.equal((await branch.check({ actor: 'ada', approvals: [approved('grace', greedy)] })).verdict, 'fail');
  });
});
