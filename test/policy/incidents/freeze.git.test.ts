/**
 * While an incident is open, what it is about needs one more sign-off: in the gate, and the same in what work at hand
 * is told.
 */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { decideLocally } from '../../../src/policy/local-work';
import type { CheckResult } from '../../../src/review/gate';
import { statusOf } from '../../../src/provenance/commits';
import { status } from '../../../src/cli/verbs/status';
import type { RequirementResult } from '../../../src/policy';
import { itInFull } from '../../support/full';
import { CARL } from '../../support/repository';
import { callVerb } from '../../support/verbs';
import { Branch, GRACE } from '../../support/gate';

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
  const frozen = (result: CheckResult): readonly RequirementResult[] =>
    result.tiers.flatMap(({ required }) => required.filter(({ incidents }) => incidents !== undefined));

  it('a freeze: covers everything when its file on the base is a link', async () => {
    await onMain({ [FILE]: OPEN }, true);
    await branch.repo.git('checkout', '--quiet', 'main');
    branch.repo.remove(FILE);
    symlinkSync('/etc/hostname', branch.repo.at(FILE));
    await branch.repo.commit('human: a link');
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    await branch.commit('human: change', CHANGE, CARL);
    assert.match(frozen(await branch.check())[0]?.why ?? '', /it is not a plain file/);
  });

  itInFull('a freeze: is not ended when the branch moves and closes its file', async () => {
    await onMain({ [FILE]: OPEN }, true);
    await branch.commit(
      'human: change',
      { [FILE]: null, '.linekeeper/incidents/2026-03-01-other.yml': CLOSED, ...CHANGE },
      CARL,
    );
    const critical = (await branch.check()).tiers.find(({ name }) => name === 'critical');
    assert.ok(critical?.required.some(({ incidents }) => incidents?.includes(ID)));
  });

  itInFull('a freeze: asks the same when the work is not committed', async () => {
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
