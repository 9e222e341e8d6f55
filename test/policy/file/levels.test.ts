/** Levels with names of the team's own. */
import assert from 'node:assert/strict';
import { approved, numbered } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';
import { CARL } from '../../support/repository';
import { levelOf, identityOf, type Policy } from '../../../src/policy';
import { parsePolicy } from '../../../src/policy/file/parse';
import { starterPolicy } from '../../../src/policy/starter';

const OWN = `version: 1
levels: [author, reviewer, owner]
people: { owner: [ada@example.com], reviewer: [grace@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review:
      any: { from: reviewer }
      ai: { author: { from: owner }, reviewer: { from: owner } }
`;
const ONE = `version: 1
levels: [colleague]
tiers: [{ name: critical, paths: ["infra/**"], review: { any: { approvals: 1 } } }]
`;

function policyIn(text: string): Policy {
  const parsed = parsePolicy(text);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems));
  return parsed.policy;
}
function problemIn(text: string, floor?: string): string {
  const parsed = parsePolicy(
    text,
    undefined,
    floor === undefined ? [] : [{ file: 'floor.yml', bytes: Buffer.from(floor) }],
  );
  assert.ok(!parsed.ok, 'it was let through');
  return parsed.problems.map(({ line, message }) => `${String(line)}: ${message}`).join('\n');
}

describe("a team's own levels", () => {
  it('a policy with them: has the lowest for whoever is not listed when it says nothing else', () => {
    const policy = policyIn(OWN);
    assert.deepEqual([policy.levels, policy.unlisted], [['author', 'reviewer', 'owner'], 'author']);
    assert.equal(levelOf(policy, identityOf('ada@example.com'), {}).level, 'owner');
    assert.equal(levelOf(policy, identityOf('eve@example.com'), {}).level, 'author');
  });

  it('check: counts a higher level and refuses a lower one when levels are the team’s own', async () => {
    const branch = new LiteralBranch({}, OWN);
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const verdict = async (...by: readonly string[]): Promise<string> =>
      (await branch.check({ approvals: by.map((name) => approved(name, head)) })).verdict;
    assert.equal(await verdict('ada'), 'pass', 'an owner is above a reviewer');
    assert.equal(await verdict('grace'), 'fail', 'a reviewer is no owner');
    const { tiers, level } = await branch.check({ approvals: [] });
    assert.equal(level, 'author');
    assert.match(
      tiers[0]?.required.map(({ missing }) => missing).join(' ') ?? '',
      /a sign-off at level owner is missing/,
    );
    assert.deepEqual(
      tiers[0]?.required.map(({ from, rank }) => [from, rank]),
      [
        ['reviewer', 1],
        ['owner', 2],
      ],
    );
  });

  it('one level: lets anybody else sign when nobody is listed', async () => {
    const branch = new LiteralBranch({}, ONE);
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    assert.equal((await branch.check({ actor: 'carl', approvals: [approved('grace', head)] })).verdict, 'pass');
    assert.equal((await branch.check({ actor: 'carl', approvals: [approved('carl', head)] })).verdict, 'fail');
    assert.equal((await branch.check({ actor: 'carl', approvals: [] })).verdict, 'fail');
  });

  it('a mistake in levels: is named with its line', () => {
    assert.match(problemIn(OWN.replace('from: reviewer', 'from: senior')), /^8: .*expected author, reviewer or owner/m);
    assert.match(problemIn(OWN.replace('any: { from: reviewer }', 'any: { approvals: 1 }')), /^8: /m);
    assert.match(problemIn(OWN.replace('[author, reviewer, owner]', '[author, author, owner]')), /twice|expected/);
    assert.match(problemIn(OWN.replace('owner: [ada', 'senior: [ada')), /^3: /m);
  });

  it('a policy over a floor: must have its levels if the floor asks by them', () => {
    const floor = 'version: 1\ntiers: [{ name: company, paths: ["x/**"], review: { any: { from: senior } } }]\n';
    assert.match(problemIn(ONE, floor), /^2: the levels here are colleague, and floor\.yml has junior, mid and senior/);
    assert.ok(
      parsePolicy(ONE, undefined, [{ file: 'floor.yml', bytes: Buffer.from('version: 1\nruns: digest\n') }]).ok,
    );
  });

  it('the starter: names no level of seniority if the team wants none', () => {
    const text = starterPolicy({ paths: [], owners: ['ada'], mergers: [], authors: [] }, 'colleagues');
    assert.deepEqual(policyIn(text).levels, ['colleague']);
    assert.doesNotMatch(text, /junior|senior|^people:/m);
  });
});
