/** Which policy decides, and what is said when the base has none that can. */
import assert from 'node:assert/strict';
import { GateError } from '../../../src/review/gate';
import { POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';
import { CARL } from '../../support/repository';

describe('the policy on the base', () => {
  const PEOPLE = 'version: 1\npeople: {from: people.yml}\ntiers: [{name: a, paths: ["**"]}]\n';
  const cases: readonly (readonly [what: string, () => LiteralBranch, RegExp])[] = [
    [
      'there is none',
      () => changing({ 'src/a.ts': 'x\n' }, new LiteralBranch({}, null)),
      /no policy \(\.linekeeper\.yml\) on main, the base, .*"linekeeper policy init" writes one to start with, and a person merges it\./,
    ],
    [
      'the change brings the first one',
      () => changing({ '.linekeeper.yml': POLICY }, new LiteralBranch({}, null)),
      /^This change adds the first policy \(\.linekeeper\.yml\), as "linekeeper policy init" writes one\. There is none on main, .* A person reads it and merges it without this check; it decides on every change from then on\.$/,
    ],
    [
      'it is broken',
      () => changing({ '.linekeeper.yml': POLICY }, new LiteralBranch({}, 'version: 1\ntires: []\n')),
      /main:\.linekeeper\.yml:2:1: unknown key tires \(did you mean "tiers"\?\)/,
    ],
    ['it is a folder', () => new LiteralBranch({ '.linekeeper.yml/x': 'x' }, null), /is a folder/],
    [
      'it is no text',
      () => new LiteralBranch({ '.linekeeper.yml': new Uint8Array([0xff, 0, 1]) }, null),
      /not UTF-8 text/,
    ],
    ['it is huge', () => new LiteralBranch({}, `${POLICY}# ${'x'.repeat(400_000)}\n`), /too large/],
    [
      'its people file is not on the base',
      () => changing({ 'people.yml': 'senior: [carl@example.com]\n' }, new LiteralBranch({}, PEOPLE)),
      /takes people from people\.yml, which is not on the base/,
    ],
    [
      'its people file is broken',
      () => new LiteralBranch({ 'people.yml': 'seniors: []\n' }, PEOPLE),
      /people file .* is broken[\s\S]*people\.yml:1:1: unknown key seniors/,
    ],
  ];
  for (const [what, arranged, expected] of cases)
    it(`the base's policy: decides nothing, and says why, when ${what}`, async () => {
      await assert.rejects(
        arranged().check(),
        (error: unknown) => error instanceof GateError && expected.test(error.message),
      );
    });

  it("the base's policy: decides when the branch has another", async () => {
    const branch = changing({
      'infra/a.tf': 'x\n',
      '.linekeeper.yml': 'version: 1\ntiers: [{name: lax, paths: ["**"]}]\n',
    });
    const { verdict, tiers } = await branch.check({ approvals: null });
    assert.equal(verdict, 'fail');
    assert.deepEqual(
      tiers.map(({ name, files }) => [name, files]),
      [['critical', ['.linekeeper.yml', 'infra/a.tf']]],
    );
  });

  it("the base's policy: holds a people file that only the change's policy names as strictly as itself", async () => {
    const { tiers, notices } = await changing({
      '.linekeeper.yml': POLICY.replace('[ada@example.com, grace@example.com]', '{from: team/s.txt}'),
      'team/s.txt': 'ada@example.com\ngrace@example.com\n',
    }).check({ approvals: null });
    assert.deepEqual(
      tiers.map(({ name, files }) => [name, files]),
      [['critical', ['.linekeeper.yml', 'team/s.txt']]],
    );
    assert.match(notices.join('\n'), /After the merge, team\/s\.txt says who may sign\. .* read that file too\./);
  });

  it("the base's policy: names a people file that was there before when only the change's policy takes people from it", async () => {
    const before = new LiteralBranch({ 'team/s.txt': 'ada@example.com\nmallory@example.com\n' });
    const policy = POLICY.replace('[ada@example.com, grace@example.com]', '{from: team/s.txt}');
    const { notices } = await changing({ '.linekeeper.yml': policy }, before).check({ approvals: null });
    assert.match(notices.join('\n'), /After the merge, team\/s\.txt says who may sign/);
  });

  it("the base's policy: lets a change pass when it requires nothing, with or without approvals", async () => {
    const branch = changing({ 'docs/x.md': 'x\n' });
    assert.deepEqual(
      [(await branch.check({ approvals: null })).verdict, (await branch.check({ approvals: [] })).verdict],
      ['pass', 'pass'],
    );
  });
});

function changing(files: Readonly<Record<string, string>>, branch = new LiteralBranch()): LiteralBranch {
  branch.commit('change', files, CARL);
  return branch;
}
