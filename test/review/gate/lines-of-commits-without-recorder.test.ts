/** `unknown: {default, no-recorder}`: commits of machines without Linekeeper, told from what happened unseen on others. */
import assert from 'node:assert/strict';
import { numbered } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';
import { BOB, CARL } from '../../support/repository';

const policy = (unknown: string): string => `version: 1
unknown: ${unknown}
people: { senior: [ada@example.com] }
tiers:
  - { name: critical, paths: ["infra/**"], review: { ai: { junior: { from: senior } } } }
`;

/** The verdict on commits whose lines nobody recorded, and what is counted. */
async function checked(unknown: string, ...commits: readonly (readonly [string, string, typeof BOB])[]) {
  const branch = new LiteralBranch({}, policy(unknown));
  for (const [subject, file, as] of commits)
    branch.commit(subject, { [file]: numbered(3).replaceAll('\n', ` of ${file}\n`) }, as);
  return branch.check();
}
const SILENT = ['typed elsewhere', 'infra/a.tf', CARL] as const;

describe('commits without a recorder', () => {
  for (const [unknown, verdict, authors] of [
    ['ai', 'fail', { ai: 0, human: 0, unknown: 3 }],
    ['human', 'pass', { ai: 0, human: 0, unknown: 3 }],
    ['{ default: ai, no-recorder: human }', 'pass', { ai: 0, human: 3, unknown: 0 }],
    ['{ default: ai, no-recorder: ask }', 'fail', { ai: 0, human: 0, unknown: 3 }],
    ['{ default: human, no-recorder: ai }', 'fail', { ai: 0, human: 0, unknown: 3 }],
    ['{ no-recorder: human }', 'pass', { ai: 0, human: 3, unknown: 0 }],
  ] as const)
    it(`unknown: ${unknown}: gives ${verdict} when a commit has no note, no trailer and no mark`, async () => {
      const result = await checked(unknown, SILENT);
      assert.deepEqual([result.verdict, result.tiers[0]?.added], [verdict, authors]);
    });

  it('no-recorder: human: leaves lines unknown when their committer has a note in the same change', async () => {
    const result = await checked('{ default: ai, no-recorder: human }', SILENT, ['human: typed here', 'b.txt', CARL]);
    assert.deepEqual([result.verdict, result.tiers[0]?.added.unknown], ['fail', 3]);
    assert.deepEqual(result.withoutRecorder, { commits: 0, lines: 0, countedAs: 'human' });
  });

  it('no-recorder: human: counts a commit as a person’s when others in the change have notes', async () => {
    const result = await checked('{ default: ai, no-recorder: human }', SILENT, ['human: typed here', 'b.txt', BOB]);
    assert.equal(result.verdict, 'pass');
    assert.deepEqual(result.withoutRecorder, { commits: 1, lines: 3, countedAs: 'human' });
    assert.ok(
      result.notices.includes(
        "3 lines of 1 commit that no recorder saw count as people's (unknown: no-recorder: human).",
      ),
      result.notices.join('\n'),
    );
  });

  it('no-recorder: human: does not touch what AI wrote when the same commit has no recorder', async () => {
    const result = await checked('{ default: ai, no-recorder: human }', ['ai: made', 'infra/b.tf', BOB], SILENT);
    assert.deepEqual([result.verdict, result.tiers[0]?.added], ['fail', { ai: 3, human: 3, unknown: 0 }]);
  });

  it('default: human: leaves unseen lines to people when only commits without a recorder count as AI’s', async () => {
    const result = await checked('{ default: human, no-recorder: ai }', ['human: typed here', 'infra/b.tf', BOB]);
    assert.equal(result.verdict, 'pass');
  });

  it('no-recorder: human: leaves a file unknown when a commit with a recorder left unknown lines in it', async () => {
    const branch = new LiteralBranch({}, policy('{ default: ai, no-recorder: human }'));
    branch.commit('unseen beside a recorder', { 'infra/a.tf': 'one = 1\ntwo = 2\n' }, BOB);
    branch.commit('human: typed here', { 'b.txt': numbered(3) }, BOB);
    branch.commit('indented elsewhere', { 'infra/a.tf': '  one = 1\n  two = 2\n' }, CARL);
    const result = await branch.check();
    assert.deepEqual([result.verdict, result.tiers[0]?.added], ['fail', { ai: 0, human: 0, unknown: 2 }]);
  });
});
