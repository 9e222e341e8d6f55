/** What the policy's `blast` asks: a change by AI of what many files depend on belongs to a higher tier. */
import assert from 'node:assert/strict';
import { findInRange } from '../../src/policy/findings';
import { decideLocally } from '../../src/policy/local-work';
import type { CheckResult } from '../../src/review/gate';
import { statusOf } from '../../src/provenance/commits';
import { policy as policyVerb } from '../../src/cli/verbs/policy';
import { parsePolicy } from '../../src/policy/file/parse';
import { itInFull } from '../support/full';
import { CARL } from '../support/repository';
import { callVerb } from '../support/verbs';
import { approved, Branch, missing } from '../support/gate';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
aliases: { ada: [ada@example.com], carl: [carl@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    blast: { files: 2 }
    review: { ai: { at-least: { lines: 50 }, junior: { from: senior } } }
  - { name: standard, paths: ["**"] }
`;
const importing = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`src/use${String(n)}.ts`, "import { total } from './money';\n"]),
  );

describe('a tier with blast: files', function () {
  this.timeout(60_000);
  let branch: Branch;
  const begin = async (users: number, policy = POLICY): Promise<void> => {
    branch = await Branch.create(
      { 'src/money.ts': 'export const total = 1;\n', 'src/data.bin.xyz': 'a\n', ...importing(users) },
      policy,
    );
  };
  afterEach(() => branch.repo.dispose());
  const check = (): Promise<CheckResult> => branch.check({ findingsOf: findInRange });
  const CHANGED = { 'src/money.ts': 'export const total = 2;\n' };

  itInFull("raises a file of AI's that more files depend on, until a senior signs off", async () => {
    await begin(3);
    const head = await branch.commit('ai: change', CHANGED, CARL);
    const result = await check();
    assert.equal(result.verdict, 'fail');
    const [tier] = result.tiers;
    assert.deepEqual(
      [tier?.name, tier?.files, tier?.raised],
      ['critical', ['src/money.ts'], [{ path: 'src/money.ts', dependents: 3 }]],
    );
    assert.match(
      tier?.required[0]?.why ?? '',
      /2 lines changed by AI in critical: this needs a senior's sign-off\. 3 files depend on src\/money\.ts, more than the 2 that the policy lets pass \(blast\)\./,
    );
    assert.deepEqual(missing(result), ["a senior's sign-off is missing"]);
    const signed = await branch.check({ findingsOf: findInRange, approvals: [approved('ada', head)] });
    assert.equal(signed.verdict, 'pass');
  });

  itInFull("does not raise at the limit, for a person's change, or in generated files", async () => {
    await begin(2);
    await branch.commit('ai: change', CHANGED, CARL);
    assert.equal((await check()).verdict, 'pass');
    await branch.repo.dispose();
    await begin(3);
    await branch.commit('human: change', CHANGED, CARL);
    assert.equal((await check()).verdict, 'pass');
    await branch.repo.dispose();
    await begin(3, POLICY.replace('tiers:', 'generated: ["src/money.ts"]\ntiers:'));
    await branch.commit('ai: change', CHANGED, CARL);
    assert.equal((await check()).verdict, 'pass');
  });

  itInFull('counts unknown lines as the policy says, and dependents inside the change too', async () => {
    await begin(3);
    await branch.commit('change', { ...CHANGED, 'src/use0.ts': "import { total } from './money';\n//\n" }, CARL);
    assert.equal((await check()).verdict, 'fail');
    await branch.repo.dispose();
    await begin(3, POLICY.replace('tiers:', 'unknown: human\ntiers:'));
    await branch.commit('change', CHANGED, CARL);
    assert.equal((await check()).verdict, 'pass');
  });

  itInFull('says when it cannot count dependents, and does not raise then', async () => {
    await begin(3);
    await branch.commit('ai: change', { 'src/data.bin.xyz': 'b\n' }, CARL);
    const result = await check();
    assert.equal(result.verdict, 'pass');
    assert.match(result.notices.join('\n'), /How many files depend on src\/data\.bin\.xyz isn't known/);
    await branch.repo.git('checkout', '--quiet', 'main');
    branch.repo.write('.linekeeper.yml', POLICY.replace('    blast: { files: 2 }\n', ''));
    await branch.repo.commit('human: no blast');
    assert.deepEqual(
      (await check()).notices.filter((one) => one.includes('depend on')),
      [],
    );
  });

  it('is decided for uncommitted work too, and shown by policy show and explain', async () => {
    await begin(3);
    branch.repo.write('src/money.ts', 'export const total = 2;\n');
    const repository = branch.repo.repository();
    const local = await decideLocally(repository, await statusOf(repository, Date.now));
    assert.equal(local.tierOfFile({ path: 'src/money.ts', from: null }), 'critical');
    assert.deepEqual(local.decision.tiers[0]?.raised, [{ path: 'src/money.ts', dependents: 3 }]);
    const shown = await callVerb(policyVerb, ['show'], branch.repo.root);
    assert.match(shown.out, /blast {7}AI's change of a file on which more than 2 files depend/);
    const explain = async (...words: string[]): Promise<string> =>
      (await callVerb(policyVerb, ['explain', ...words], branch.repo.root)).out;
    assert.match(
      await explain('src/money.ts'),
      /belongs to standard: [^]*\nWhere AI, or nobody known, changes it and more than 2 files depend on it, it belongs to critical \(blast\)\.\n/,
    );
    assert.doesNotMatch(await explain('infra/a.tf'), /blast/, 'it is there already');
    const json = JSON.parse(await explain('src/money.ts', '--json')) as { readonly blast: unknown };
    assert.deepEqual(json.blast, [{ tier: 'critical', files: 2 }]);
  });

  it('is refused with its line when it is not a whole number from 1', async () => {
    await begin(0);
    for (const value of ['0', '-1', '1.5', 'many', '{ files: 20, x: 1 }']) {
      const text = POLICY.replace('{ files: 2 }', value.startsWith('{') ? value : `{ files: ${value} }`);
      const parsed = parsePolicy(text);
      assert.equal(parsed.ok ? 0 : parsed.problems[0]?.line, 7, value);
    }
  });
});
