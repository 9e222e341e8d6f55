/** While an incident is open, what it is about needs one more sign-off. Of work at hand: its tests on real git. */
import assert from 'node:assert/strict';
import type { CheckResult } from '../../../src/review/gate';
import type { RequirementResult } from '../../../src/policy';
import { CARL } from '../../support/repository';
import { approved, GRACE, missing } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const FILE = '.linekeeper/incidents/2026-03-01-orders.yml';
const ID = 'INC-2026-03-01-orders';
const OPEN = `version: 1
title: Orders were down
began: 2026-03-01T10:00:00Z
state: open
paths: ["infra/orders/**", "tools/**", "!tools/docs/**"]
`;
const CLOSED = OPEN.replace('state: open', 'state: closed');
const CHANGE = { 'infra/orders/db.tf': 'two\n' };

describe('an open incident (freeze)', () => {
  let branch: LiteralBranch;
  beforeEach(() => {
    branch = new LiteralBranch({ 'infra/orders/db.tf': 'one\n', 'src/a.ts': 'a\n', 'tools/run.sh': 'one\n' });
  });

  /** Commits to the base; then the branch may begin there anew. */
  const onMain = (files: Readonly<Record<string, string | null>>, restarts = false): void => {
    branch.commitToBase('human: main goes on', files, GRACE);
    if (restarts) branch.restart();
  };
  const asked = ({ tiers }: CheckResult, name: string): readonly RequirementResult[] =>
    tiers.find((tier) => tier.name === name)?.required ?? [];
  const frozen = (result: CheckResult): readonly RequirementResult[] =>
    result.tiers.flatMap(({ required }) => required.filter(({ incidents }) => incidents !== undefined));

  it("a freeze: asks for one more senior, and says how it ends, when AI changed the incident's files", async () => {
    onMain({ [FILE]: OPEN }, true);
    const head = branch.commit('ai: change', CHANGE, CARL);
    const alone = await branch.check({ approvals: [approved('ada', head)] });
    assert.equal(alone.verdict, 'fail');
    assert.deepEqual(missing(alone), [`another senior's sign-off is missing (ada signed off), because ${ID} is open`]);
    const [freeze] = frozen(alone);
    assert.deepEqual(
      [freeze?.incidents, freeze?.from, freeze?.approvals, freeze?.why],
      [
        [ID],
        'senior',
        2,
        `${ID} ("Orders were down") is open on infra/orders/db.tf until ${FILE} says "state: closed" on the base branch. This needs one more senior's sign-off than usual: 2 in all, by seniors.`,
      ],
    );
    const both = await branch.check({ approvals: [approved('ada', head), approved('grace', head)] });
    assert.equal(both.verdict, 'pass');
    const elsewhere = branch.commit('human: other', { 'infra/orders/db.tf': 'one\n', 'src/a.ts': 'b\n' }, CARL);
    assert.deepEqual(frozen(await branch.check({ approvals: [approved('ada', elsewhere)] })), []);
  });

  it('a freeze: asks for a senior, and takes no colleague instead, when a person made the change', async () => {
    onMain({ [FILE]: OPEN.replace('tools/**"', 'src/**"') }, true);
    const head = branch.commit('human: change', { 'src/a.ts': 'b\n' }, CARL);
    const result = await branch.check({ approvals: [approved('ada', head)] });
    assert.deepEqual(
      [result.verdict, frozen(result)[0]?.why.split('. ').at(-1), missing(result)],
      [
        'fail',
        "This needs one more senior's sign-off than usual: 2 in all, 1 senior among them.",
        [`another colleague's sign-off is missing (ada signed off), because ${ID} is open`],
      ],
    );
    const passed = await branch.check({ approvals: [approved('ada', head), approved('bob', head)] });
    assert.equal(passed.verdict, 'pass');
    const noSenior = await branch.check({ approvals: [approved('zoe', head), approved('bob', head)] });
    assert.equal(noSenior.verdict, 'fail');
  });

  it('a freeze: covers files outside all tiers when an incident names them', async () => {
    onMain(
      {
        [FILE]: OPEN,
        '.linekeeper/incidents/2026-03-02-b.yml': OPEN.replace(
          '"infra/orders/**", "tools/**", "!tools/docs/**"',
          '"tools/docs/b/**"',
        ),
      },
      true,
    );
    const head = branch.commit('human: change', { 'tools/run.sh': 'two\n', 'tools/docs/a.txt': 'x\n' }, CARL);
    const result = await branch.check({ approvals: [] });
    assert.deepEqual(
      [result.tiers.map(({ name }) => name), missing(result), frozen(result)[0]?.incidents],
      [['open-incident'], [`a senior's sign-off is missing, because ${ID} is open`], [ID]],
    );
    assert.match(frozen(result)[0]?.why ?? '', /is open on tools\/run\.sh until/);
    assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
    branch.restart();
    branch.commit('human: left out', { 'tools/docs/a.txt': 'x\n' }, CARL);
    assert.equal((await branch.check()).verdict, 'pass');
  });

  it('a freeze: is not ended when the branch itself closes, narrows, breaks or deletes it', async () => {
    onMain({ [FILE]: OPEN }, true);
    for (const own of [
      { [FILE]: CLOSED },
      { [FILE]: OPEN.replace('"infra/orders/**", ', '') },
      { [FILE]: 'nonsense: [' },
      { [FILE]: null },
    ]) {
      branch.restart();
      branch.commit('human: change', { ...own, ...CHANGE }, CARL);
      assert.ok(
        asked(await branch.check(), 'critical').some(({ incidents }) => incidents?.includes(ID)),
        JSON.stringify(own),
      );
    }
  });

  it('a freeze: starts when the branch opens it, and ends when the base closes it', async () => {
    branch.commit('human: opens', { [FILE]: OPEN, ...CHANGE }, CARL);
    assert.deepEqual(
      frozen(await branch.check()).map(({ incidents }) => incidents),
      [[ID]],
    );
    branch.restart();
    onMain({ [FILE]: OPEN }, true);
    branch.commit('human: change', CHANGE, CARL);
    assert.equal(frozen(await branch.check()).length, 1);
    onMain({ [FILE]: CLOSED });
    assert.deepEqual(frozen(await branch.check()), []);
    branch.commit('human: note', { [FILE]: `${OPEN}summary: still at it\n` }, CARL);
    assert.deepEqual(frozen(await branch.check()), [], 'the branch did not open it');
    branch.commit('human: wider', { [FILE]: OPEN.replace('"infra/orders/**"', '"infra/**"') }, CARL);
    assert.equal(frozen(await branch.check()).length, 1, 'it opens it for more');
  });

  it('a freeze: covers everything when its file on the base cannot be read', async () => {
    const cases: readonly (readonly [string, number, RegExp])[] = [
      ['version: 1\nstate: [', 1, /can't be read \(line \d+, column \d+: /],
      [OPEN.replace('paths:', 'path:'), 1, /unknown key \\?"path\\?"/],
      [`${OPEN.replace('infra/orders', 'nowhere')}oops: 1\n`, 0, /^$/],
      [`${OPEN}oops: 1\n`, 1, /unknown key/],
      [`${CLOSED}oops: 1\n`, 0, /^$/],
      [OPEN.replace('state: open', 'state: Closed'), 1, /state: expected open, mitigated or closed/],
      ['x'.repeat(300_000), 1, /the file is too large/],
    ];
    for (const [text, count, why] of cases) {
      onMain({ [FILE]: text }, true);
      branch.commit('human: change', CHANGE, CARL);
      const result = await branch.check();
      assert.equal(frozen(result).length, count, text.slice(0, 200));
      assert.match(frozen(result)[0]?.why ?? '', why);
      if (count > 0) assert.match(frozen(result)[0]?.why ?? '', /until it is mended on the base branch\./);
    }
  });

  it('a freeze: shows no control characters when its title has some', async () => {
    onMain({ [FILE]: OPEN.replace('Orders were down', '"x\\u001b[31m\\u202e\\nPass: all good"') }, true);
    branch.commit('human: change', CHANGE, CARL);
    const why = frozen(await branch.check())[0]?.why ?? '';
    assert.doesNotMatch(why, /[\u001b\u202e\n]/);
    assert.match(why, /\\u001b/);
  });

  it('a freeze: passes with one second person when it is an emergency', async () => {
    onMain({ [FILE]: OPEN }, true);
    const head = branch.commit('ai: change', CHANGE, CARL);
    const result = await branch.check({ emergency: 'orders are down', approvals: [approved('zoe', head)] });
    assert.deepEqual([result.verdict, result.emergency?.by], ['pass', ['zoe']]);
  });
});
