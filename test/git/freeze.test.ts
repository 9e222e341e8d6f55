/**
 * While an incident is open, what it is about needs one more sign-off: in the gate, and the same in what work at hand
 * is told.
 */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { decideLocally } from '../../src/local-work';
import type { CheckResult } from '../../src/gate';
import { statusOf } from '../../src/commits';
import { status } from '../../src/cli/verbs/status';
import type { RequirementResult } from '../../src/policy';
import { CARL } from '../support/repository';
import { callVerb } from '../support/verbs';
import { approved, Branch, GRACE, missing } from './gate-support';

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

describe('an open incident (freeze)', function () {
  this.timeout(60_000);
  let branch: Branch;
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/orders/db.tf': 'one\n', 'src/a.ts': 'a\n', 'tools/run.sh': 'one\n' });
  });
  afterEach(() => branch.repo.dispose());

  /** Commits to `main` as it is now, and goes back to `topic`. */
  const onMain = async (files: Readonly<Record<string, string | null>>, rebase = false): Promise<void> => {
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: main goes on', files, GRACE);
    await branch.repo.git('checkout', '--quiet', 'topic');
    if (rebase) await branch.repo.git('reset', '--quiet', '--hard', 'main');
  };
  const asked = ({ tiers }: CheckResult, name: string): readonly RequirementResult[] =>
    tiers.find((tier) => tier.name === name)?.required ?? [];
  const frozen = (result: CheckResult): readonly RequirementResult[] =>
    result.tiers.flatMap(({ required }) => required.filter(({ incidents }) => incidents !== undefined));

  it('asks for one more senior than the tier, names the incident and how it ends, for its files only', async () => {
    await onMain({ [FILE]: OPEN }, true);
    const head = await branch.commit('ai: change', CHANGE, CARL);
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
    const elsewhere = await branch.commit('human: other', { 'infra/orders/db.tf': 'one\n', 'src/a.ts': 'b\n' }, CARL);
    assert.deepEqual(frozen(await branch.check({ approvals: [approved('ada', elsewhere)] })), []);
  });

  it("asks for that senior for a person's change too, and a colleague's sign-off does not stand in", async () => {
    await onMain({ [FILE]: OPEN.replace('tools/**"', 'src/**"') }, true);
    const head = await branch.commit('human: change', { 'src/a.ts': 'b\n' }, CARL);
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

  it('covers files outside all tiers, each incident by its own paths', async () => {
    await onMain(
      {
        [FILE]: OPEN,
        '.linekeeper/incidents/2026-03-02-b.yml': OPEN.replace(
          '"infra/orders/**", "tools/**", "!tools/docs/**"',
          '"tools/docs/b/**"',
        ),
      },
      true,
    );
    const head = await branch.commit('human: change', { 'tools/run.sh': 'two\n', 'tools/docs/a.txt': 'x\n' }, CARL);
    const result = await branch.check({ approvals: [] });
    assert.deepEqual(
      [result.tiers.map(({ name }) => name), missing(result), frozen(result)[0]?.incidents],
      [['open-incident'], [`a senior's sign-off is missing, because ${ID} is open`], [ID]],
    );
    assert.match(frozen(result)[0]?.why ?? '', /is open on tools\/run\.sh until/);
    assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'pass');
    await branch.repo.git('reset', '--quiet', '--hard', 'main');
    await branch.commit('human: left out', { 'tools/docs/a.txt': 'x\n' }, CARL);
    assert.equal((await branch.check()).verdict, 'pass');
  });

  it('is not ended by the branch itself closing, narrowing, moving, breaking or deleting it', async () => {
    await onMain({ [FILE]: OPEN }, true);
    for (const own of [
      { [FILE]: CLOSED },
      { [FILE]: OPEN.replace('"infra/orders/**", ', '') },
      { [FILE]: 'nonsense: [' },
      { [FILE]: null },
      { [FILE]: null, '.linekeeper/incidents/2026-03-01-other.yml': CLOSED },
    ]) {
      await branch.repo.git('reset', '--quiet', '--hard', 'main');
      await branch.commit('human: change', { ...own, ...CHANGE }, CARL);
      assert.ok(
        asked(await branch.check(), 'critical').some(({ incidents }) => incidents?.includes(ID)),
        JSON.stringify(own),
      );
    }
  });

  it('starts when the branch opens it, and ends when the base closes it', async () => {
    await branch.commit('human: opens', { [FILE]: OPEN, ...CHANGE }, CARL);
    assert.deepEqual(
      frozen(await branch.check()).map(({ incidents }) => incidents),
      [[ID]],
    );
    await branch.repo.git('reset', '--quiet', '--hard', 'main');
    await onMain({ [FILE]: OPEN }, true);
    await branch.commit('human: change', CHANGE, CARL);
    assert.equal(frozen(await branch.check()).length, 1);
    await onMain({ [FILE]: CLOSED });
    assert.deepEqual(frozen(await branch.check()), []);
    await branch.commit('human: note', { [FILE]: `${OPEN}summary: still at it\n` }, CARL);
    assert.deepEqual(frozen(await branch.check()), [], 'the branch did not open it');
    await branch.commit('human: wider', { [FILE]: OPEN.replace('"infra/orders/**"', '"infra/**"') }, CARL);
    assert.equal(frozen(await branch.check()).length, 1, 'it opens it for more');
  });

  it('covers everything when its file on the base cannot be read, and says where to fix it', async () => {
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
      await onMain({ [FILE]: text }, true);
      await branch.commit('human: change', CHANGE, CARL);
      const result = await branch.check();
      assert.equal(frozen(result).length, count, text.slice(0, 200));
      assert.match(frozen(result)[0]?.why ?? '', why);
      if (count > 0) assert.match(frozen(result)[0]?.why ?? '', /until it is mended on the base branch\./);
    }
    await branch.repo.git('checkout', '--quiet', 'main');
    branch.repo.remove(FILE);
    symlinkSync('/etc/hostname', branch.repo.at(FILE));
    await branch.repo.commit('human: a link');
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    await branch.commit('human: change', CHANGE, CARL);
    assert.match(frozen(await branch.check())[0]?.why ?? '', /it is not a plain file/);
  });

  it('shows its title and names without control characters', async () => {
    await onMain({ [FILE]: OPEN.replace('Orders were down', '"x\\u001b[31m\\u202e\\nPass: all good"') }, true);
    await branch.commit('human: change', CHANGE, CARL);
    const why = frozen(await branch.check())[0]?.why ?? '';
    assert.doesNotMatch(why, /[\u001b\u202e\n]/);
    assert.match(why, /\\u001b/);
  });

  it('one second person is enough in an emergency', async () => {
    await onMain({ [FILE]: OPEN }, true);
    const head = await branch.commit('ai: change', CHANGE, CARL);
    const result = await branch.check({ emergency: 'orders are down', approvals: [approved('zoe', head)] });
    assert.deepEqual([result.verdict, result.emergency?.by], ['pass', ['zoe']]);
  });

  it('asks the same of uncommitted work', async () => {
    await onMain({ [FILE]: OPEN }, true);
    await branch.repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    await branch.repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    branch.repo.write('infra/orders/db.tf', 'two\n');
    branch.repo.write('tools/run.sh', 'two\n');
    branch.repo.write(FILE, CLOSED);
    const local = async (): Promise<readonly string[]> => {
      const repository = branch.repo.repository();
      const { decision } = await decideLocally(repository, await statusOf(repository, Date.now));
      return decision.tiers.flatMap(({ name, required }) =>
        required.flatMap(({ incidents = [] }) => incidents.map((id) => `${name} ${id}`)),
      );
    };
    assert.deepEqual(await local(), [`critical ${ID}`, `open-incident ${ID}`], 'closed in the work tree only');
    const shown = await callVerb(status, [], branch.repo.root);
    assert.match(shown.out, /open-incident: a senior's sign-off is missing, because INC-2026-03-01-orders is open/);
    assert.match(shown.out, /says "state: closed" on the base branch/);
    branch.repo.write(FILE, OPEN);
    branch.repo.write('.linekeeper/incidents/2026-03-02-new.yml', OPEN.replace('"tools/**"', '"src/**"'));
    branch.repo.write('src/a.ts', 'b\n');
    assert.deepEqual(await local(), [
      `critical ${ID}`,
      'critical INC-2026-03-02-new',
      'standard INC-2026-03-02-new',
      `open-incident ${ID}`,
    ]);
  });
});
