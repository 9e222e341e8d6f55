/** What a policy that observes would have required, in the report. */
import assert from 'node:assert/strict';
import { report as verb } from '../../../src/cli/verbs/report';
import type { Report } from '../../../src/aftermath/report';
import { itInFull } from '../../support/full';
import { GRACE } from '../../support/gate';
import { CARL, TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const POLICY = `version: 1
mode: observe
people: { senior: [grace@example.com] }
tiers:
  - { name: critical, paths: ["infra/**"], detect: [destructive], review: { any: { from: senior, approvals: 2 } } }
`;

const hoursAgo = (hours: number): string => `@${String(Math.floor(Date.now() / 1000 - hours * 3600))} +0000`;

describe('the report of a policy that observes', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/a.sql', 'SELECT 1;\n');
    await test.commit('start', { as: GRACE, at: hoursAgo(4) });
    await test.git('checkout', '--quiet', '-b', 'topic');
    test.write('infra/a.sql', 'SELECT 1;\nDROP TABLE orders;\n');
    await test.commit('change', { as: CARL, at: hoursAgo(3) });
    await test.git('checkout', '--quiet', 'main');
    const env = { GIT_COMMITTER_DATE: hoursAgo(1.5), GIT_AUTHOR_DATE: hoursAgo(1.5) };
    assert.equal((await test.run(['merge', '--quiet', '--no-ff', '-m', 'Merge topic', 'topic'], { env })).code, 0);
  });
  afterEach(() => test.dispose());

  it('if it had been enforced: counts sign-offs and findings when the policy observes', async () => {
    const { code, out } = await callVerb(verb, ['--json'], test.root);
    assert.equal(code, 0);
    const { observed } = JSON.parse(out) as Report;
    assert.ok(observed !== null);
    assert.equal(observed.asked, 1);
    assert.deepEqual(observed.signOffs, [{ from: "a senior's sign-off", count: 2 }]);
    assert.ok(Object.values(observed.findings).some((count) => count > 0));
    assert.equal(observed.agents, 0);
    const text = (await callVerb(verb, [], test.root)).out;
    assert.match(text, /if it had been enforced \(mode: observe\), since \d{4}-/);
    assert.match(text, /1 of 1 merged changes would have needed one: 2 × a senior's sign-off/);
    assert.match((await callVerb(verb, ['--format', 'html'], test.root)).out, /If it had been enforced/);
  });

  it('if it had been enforced: says how long a branch waits today when one was merged', async () => {
    const { observed } = JSON.parse((await callVerb(verb, ['--json'], test.root)).out) as Report;
    assert.ok(Math.abs((observed?.waitsHours ?? 0) - 1.5) < 0.01, String(observed?.waitsHours));
    const says = /wait {7}1\.5 hours from the last commit to the merge today \(middle\)/;
    assert.match((await callVerb(verb, [], test.root)).out, says);
  });

  it('report: says that it counts commits which are not merged when another branch is checked out', async () => {
    const notices = async (): Promise<string> =>
      (JSON.parse((await callVerb(verb, ['--json'], test.root)).out) as Report).notices.join('\n');
    assert.doesNotMatch(await notices(), /not on main/);
    await test.git('checkout', '--quiet', '-b', 'later');
    test.write('infra/a.sql', 'SELECT 2;\n');
    await test.commit('later', { as: CARL });
    assert.match(await notices(), /has commits that are not on main, .*: linekeeper report main$/m);
  });

  itInFull('if it had been enforced: is left out when the policy is enforced', async () => {
    test.write('.linekeeper.yml', POLICY.replace('observe', 'enforce'));
    const { out } = await callVerb(verb, ['--json'], test.root);
    assert.equal((JSON.parse(out) as Report).observed, null);
  });
});
