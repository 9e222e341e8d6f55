/** What a reader of the answer is told: who may sign, whose level is not known, and nothing that a terminal obeys. */
import assert from 'node:assert/strict';
import { FORMATS, type GivenApproval } from '../../../src/review/gate';
import { approved, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch, type LiteralQuestion } from '../../support/gate-literals';
import { CARL } from '../../support/repository';

describe('the answer of check', () => {
  let branch: LiteralBranch;
  const text = async (over: LiteralQuestion, format: keyof typeof FORMATS = 'text'): Promise<string> =>
    FORMATS[format].render(await branch.check(over));

  it('an answer: names who may still sign, and says so when the policy lists nobody else', async () => {
    branch = new LiteralBranch(
      { CODEOWNERS: '' },
      'version: 1\npeople: { senior: [ada@example.com, grace@example.com] }\nunlisted: junior\ntiers:\n  - name: critical\n    paths: ["infra/**"]\n    review: { any: { from: senior, approvals: 3 } }\n',
    );
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const signed = (...names: string[]): readonly GivenApproval[] => names.map((by) => approved(by, head));
    assert.match(await text({ approvals: [] }), /May sign: ada@example.com and grace@example.com\./);
    assert.match(await text({ approvals: signed('ada') }), /May sign: grace@example.com\./);
    assert.match(
      await text({ approvals: signed('ada', 'grace') }),
      /Another senior's sign-off is missing[^]*No person whom the policy lists can give this sign-off/,
    );
  });

  it('an answer: takes the lowest level when nobody resolved the team of a person', async () => {
    branch = new LiteralBranch({}, POLICY.replace('ada@example.com, grace@example.com]', '"@acme/seniors"]'));
    const head = branch.commit('change', { 'infra/a.tf': 'x\n' }, GRACE);
    assert.match(
      await text({ actor: 'grace', approvals: null }),
      /level of this change is not known here: @acme\/seniors could not be resolved/,
    );
    const approvals = [approved('ada', head, { email: null, at: null })];
    assert.equal((await branch.check({ actor: 'grace', approvals })).verdict, 'fail');
    assert.match(await text({ actor: 'grace', approvals }), /ada's level is not known here/);
  });

  it('an answer: says once that a level does not suffice when two requirements of a tier ask for more', async () => {
    branch = new LiteralBranch({}, POLICY.replace('review:', 'review:\n      any: { from: senior }'));
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const { notices } = await branch.check({ approvals: [approved('bob', head)] });
    assert.equal(notices.filter((notice) => /is mid in the policy/.test(notice)).length, 1, notices.join('\n'));
  });

  it('an answer: says that the opener is not listed, and the alias that may be missing, when a sign-off is', async () => {
    branch = new LiteralBranch({}, POLICY.replace(/^aliases.*\n/m, ''));
    branch.commit('change', { 'infra/a.tf': numbered(3) }, GRACE);
    assert.match(
      await text({ actor: 'ada', approvals: [] }),
      /"?ada"?, who opened the change, is not listed in the policy, so its level is junior\. If this is "?ada@example\.com"?, add aliases: \{ ada: \[ada@example\.com\] \}\./,
    );
    assert.match(await text({ actor: 'nobody', approvals: [] }), /"?nobody"?, who opened .* not listed .* junior\.$/m);
    for (const actor of ['ada@example.com', 'ADA@example.com'])
      assert.doesNotMatch(await text({ actor, approvals: [] }), /not listed/);
  });

  it('an answer: has no control characters when names of the change have some', async () => {
    branch = new LiteralBranch();
    const name = 'infra/\u001b[31mred\u202e\n::error::x';
    const head = branch.commit('change', { [name]: 'x\n' }, CARL);
    const approvals = [approved('e\u001b[2Jvil\nx', head, { email: null, at: null })];
    const out = await text({ approvals });
    assert.doesNotMatch(out.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
    assert.doesNotMatch(out, /^::error/m);
    const { tiers } = JSON.parse(await text({ approvals }, 'json')) as { tiers: { files: string[] }[] };
    assert.deepEqual(tiers[0]?.files, [name]);
  });
});
