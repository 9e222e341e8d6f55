/** Approvals that an agent gave with its person's account do not count, and the gate says which run gave them. */
import assert from 'node:assert/strict';
import type { ApprovingRun } from '../../../../src/review/gate/approvals/approvals-made-in-agent-runs';
import type { GivenApproval } from '../../../../src/review/gate';
import { approved, numbered } from '../../../support/gate-cases';
import { LiteralBranch, type LiteralQuestion } from '../../../support/gate-literals';
import { CARL } from '../../../support/repository';

const TEN = Date.parse('2026-11-26T10:00:00Z');
const MINUTE = 60_000;
const RUN: ApprovingRun = {
  id: '1a2b3c4d',
  assistant: 'claude-code',
  user: 'ada@example.com',
  from: TEN,
  until: TEN + 15 * MINUTE,
  numbers: [],
  commits: [],
};

describe("approvals in an agent's run", () => {
  const branch = new LiteralBranch({ 'infra/a.tf': numbered(3) });
  const head = branch.commit('ai: change', { 'infra/a.tf': numbered(4) }, CARL);

  const judged = async (
    run: Partial<ApprovingRun>,
    over: Partial<GivenApproval> = {},
    question: LiteralQuestion = {},
  ): Promise<readonly [string, string]> => {
    const approvals = [approved('ada', head, { at: TEN + 5 * MINUTE, ...over })];
    const { verdict, signOffs } = await branch.check({ approvals, runs: [{ ...RUN, ...run }], ...question });
    return [verdict, signOffs[0]?.why ?? ''];
  };

  it('an approval: does not count when the run of an agent of this account gave it', async () => {
    const [verdict, why] = await judged({});
    assert.equal(verdict, 'fail');
    assert.match(why, /^claude-code gave it with this account .* \(run 1a2b3c4d in refs\/notes\/linekeeper-runs\)/);
  });

  it('an approval: counts when it was given at another time, or the run is of somebody else', async () => {
    for (const at of [TEN - 3 * MINUTE, TEN + 18 * MINUTE])
      assert.deepEqual(await judged({}, { at }), ['pass', ''], String(at));
    assert.deepEqual(await judged({ user: 'bob@example.com' }), ['pass', '']);
  });

  it('an approval: counts when the run names another pull request or another commit', async () => {
    assert.deepEqual(await judged({ numbers: [7] }, {}, { number: 481 }), ['pass', '']);
    assert.equal((await judged({ numbers: [481] }, {}, { number: 481 }))[0], 'fail');
    assert.equal((await judged({ numbers: [481] }))[0], 'fail', 'whose number is not known');
    assert.deepEqual(await judged({ commits: ['0123456'] }), ['pass', '']);
    assert.equal((await judged({ commits: [head.slice(0, 10)] }))[0], 'fail');
  });

  it('an approval that waited before it was submitted: does not count when a run lies between', async () => {
    const waited = (from: number, until: number): Promise<readonly [string, string]> =>
      judged({}, { earliest: TEN + from * MINUTE, at: TEN + until * MINUTE });
    assert.equal((await waited(-300, 5))[0], 'fail');
    assert.equal((await waited(-300, 300))[0], 'fail');
    assert.deepEqual(await waited(-300, -30), ['pass', '']);
    assert.deepEqual(await waited(30, 300), ['pass', '']);
  });

  it('an approval: does not count if its time or whose machine it was is not known', async () => {
    assert.match((await judged({}, { at: null }))[1], /the time of this approval is not known/);
    assert.match((await judged({ user: null }))[1], /it can't be known whether claude-code gave it/);
  });

  it('an approval with a date in the future: does not count, as its time is not known', async () => {
    const now = TEN + 60 * MINUTE;
    assert.match((await judged({}, { at: now + 999 * MINUTE }, { now }))[1], /the time of this approval is not known/);
    assert.deepEqual(await judged({}, { at: now - MINUTE }, { now }), ['pass', '']);
  });

  it('a second approval: counts when the person gave it after the run of the agent', async () => {
    const approvals = [5, 30].map((minutes) => approved('ada', head, { at: TEN + minutes * MINUTE }));
    assert.equal((await branch.check({ approvals, runs: [RUN] })).verdict, 'pass');
  });
});
