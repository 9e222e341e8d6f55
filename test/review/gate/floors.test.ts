/** The gate over a floor: what a company asks of every repository. */
import assert from 'node:assert/strict';
import { GateError } from '../../../src/review/gate';
import type { Floor } from '../../../src/policy/file/parse';
import { approved, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';
import { CARL } from '../../support/repository';

const floors: readonly Floor[] = [
  {
    file: '/floor/policy.yml',
    bytes: Buffer.from(
      'version: 1\nmay-loosen: [people, aliases, unknown, unlisted, generated, bots]\ntiers:\n  - name: company\n    paths: ["secrets/**"]\n    review: { any: { from: senior, approvals: 2 } }\n',
    ),
  },
];

const changed = (policy: string | null = POLICY): { readonly branch: LiteralBranch; readonly head: string } => {
  const branch = new LiteralBranch({}, policy);
  return { branch, head: branch.commit('change', { 'secrets/key.txt': numbered(3) }, CARL) };
};

describe('check over a floor', () => {
  it("a tier of the floor: is asked for when the repository's policy does not name it", async () => {
    const { branch, head } = changed();
    const approvals = [approved('ada', head)];
    assert.equal((await branch.check({ approvals })).verdict, 'pass');
    const result = await branch.check({ approvals, floors });
    assert.equal(result.verdict, 'fail');
    assert.equal(result.tiers.find(({ name }) => name === 'company')?.required[0]?.approvals, 2);
    assert.equal((await branch.check({ approvals: [...approvals, approved('grace', head)], floors })).verdict, 'pass');
  });

  it("the policy's digest: stays the repository's if a floor is added, and the floor's stands beside it", async () => {
    const { branch } = changed();
    const { policy: alone } = await branch.check({ approvals: [] });
    const { policy } = await branch.check({ approvals: [], floors });
    assert.deepEqual([policy.source, policy.digest], [alone.source, alone.digest]);
    assert.equal(policy.floors?.[0]?.source, '/floor/policy.yml');
    assert.match(policy.floors[0].digest, /^sha256:/);
  });

  it('a repository without a policy: is decided by the floor when there is one', async () => {
    const { branch } = changed(null);
    await assert.rejects(branch.check({ approvals: [] }), GateError);
    const result = await branch.check({ approvals: [], floors });
    assert.deepEqual([result.verdict, result.policy.source], ['fail', '/floor/policy.yml']);
  });

  it('a repository without a policy: is told where to list people when the floor lists nobody', async () => {
    const { branch } = changed(null);
    const noticesUnder = async (text: string): Promise<string> =>
      (await branch.check({ floors: [{ file: '/floor/policy.yml', bytes: Buffer.from(text) }] })).notices.join('\n');
    const floor = String(floors[0]?.bytes);
    const told = /The floor lists no people, .*List people in the floor, or merge a \.linekeeper\.yml/;
    assert.match(await noticesUnder(floor), told);
    assert.doesNotMatch(await noticesUnder(`${floor}people: { senior: [ada@example.com] }\n`), told);
    assert.doesNotMatch(await noticesUnder(`${floor}unlisted: senior\n`), told);
  });

  it("a policy that asks for less: is not called broken, and names what the floor's may-loosen can allow", async () => {
    const { branch } = changed(`${POLICY}rules-off: [{ rule: secrets/private-key, reason: "tests" }]\n`);
    assert.equal((await branch.check({ approvals: [] })).verdict, 'pass');
    await assert.rejects(
      branch.check({ approvals: [], floors }),
      /The policy on the base requires less than the company's floor, so nothing can be decided[^]*may-loosen: \[rules-off\]/,
    );
  });

  it('a floor that observes: stops nothing and names each line that asks for less', async () => {
    const observing = [{ file: '/floor/policy.yml', bytes: Buffer.from(`mode: observe\n${String(floors[0]?.bytes)}`) }];
    const { branch } = changed(`${POLICY}rules-off: [{ rule: secrets/private-key, reason: "tests" }]\nmode: observe\n`);
    const result = await branch.check({ approvals: [], floors: observing });
    assert.deepEqual([result.verdict, result.wouldBe], ['pass', 'fail']);
    assert.match(
      result.notices.join('\n'),
      /Once the floor enforces, nothing can be decided: .*\.linekeeper\.yml"?:\d+:\d+: this switches rules off/,
    );
  });

  it("a floor that observes: leaves the verdict to the repository's policy and says what it would add when that enforces", async () => {
    const observing = [{ file: '/floor/policy.yml', bytes: Buffer.from(`mode: observe\n${String(floors[0]?.bytes)}`) }];
    const { branch, head } = changed();
    const approvals = [approved('ada', head)];
    const alone = await branch.check({ approvals });
    const result = await branch.check({ approvals, floors: observing });
    assert.deepEqual([alone.verdict, result.verdict, result.wouldBe], ['pass', 'pass', undefined]);
    assert.deepEqual(result.tiers, alone.tiers);
    assert.match(result.notices.join('\n'), /Once the floor enforces, .*missing.* in company \(.*secrets\/key\.txt/);
    const denied = await branch.check({ approvals: [], floors: observing });
    assert.deepEqual(denied.verdict, (await branch.check({ approvals: [] })).verdict);
  });

  it('a since: exempts nothing when a floor lies below and its commit is not on the base', async () => {
    const branch = new LiteralBranch();
    branch.commit('ai: before', { 'infra/a.tf': numbered(3) }, CARL);
    const unmerged = branch.commit('human: adopt', { 'docs/adopted.txt': 'yes\n' }, CARL);
    branch.commitToBase('human: since', { '.linekeeper.yml': `since: ${unmerged}\n${POLICY}` }, GRACE);
    const filesOf = async (under: readonly Floor[]): Promise<readonly string[]> =>
      (await branch.check({ floors: under })).tiers.flatMap(({ files }) => files);
    assert.deepEqual(await filesOf([]), []);
    assert.deepEqual(await filesOf(floors), ['infra/a.tf']);
    const { notices } = await branch.check({ floors });
    assert.match(notices.join('\n'), /adoption commit .* is not on the base branch.* every commit is asked/);
  });

  it('a policy that asks for less: decides nothing when there is a floor, and the line is named', async () => {
    const { branch } = changed(`${POLICY}\nmode: observe\n`);
    await assert.rejects(branch.check({ approvals: [], floors }), (error: Error) => {
      assert.ok(error instanceof GateError);
      assert.match(
        error.message,
        /\.linekeeper\.yml:\d+:\d+: this stops nothing \(mode: observe\), which .*\/floor\/policy\.yml.* does not allow/s,
      );
      return true;
    });
  });
});
