/** The gate says why lines count as they do, where they are counted. */
import assert from 'node:assert/strict';
import { traceCommit } from '../../../src/aftermath';
import { unknownReasonsOfCommit, type CheckResult } from '../../../src/review/gate';
import { hunksToRead } from '../../../src/review/hunks';
import { itInFull } from '../../support/full';
import { askJson, builtCli, linekeeper } from '../../support/product';
import { CARL } from '../../support/repository';
import { Branch, bySubject, counted, numbered } from '../../support/gate';

const reasons = (result: CheckResult, tier = 'critical'): string => (result.why?.[tier] ?? []).join('\n');

describe('why lines are unknown', () => {
  let branch: Branch;
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(6) });
  });
  afterEach(() => branch.repo.dispose());

  it('unknown lines: have the same reason when show, status, trace, review or check says it', async () => {
    await builtCli();
    const id = await branch.commit('one', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    const { why } = await askJson<{ why: readonly string[] }>(branch.repo, 'show');
    assert.deepEqual(why, (await branch.check()).why?.['critical']);
    const repository = branch.repo.repository();
    assert.deepEqual(await unknownReasonsOfCommit(repository, id), why);
    const { missing } = await traceCommit({ repository, now: Date.now }, id);
    assert.ok(missing.includes(why[0] ?? ''), missing.join('\n'));
    const { hunks, whyUnknown } = await hunksToRead(repository, {
      base: await branch.repo.git('rev-parse', 'main'),
      head: id,
      baseName: 'main',
      attributionOf: bySubject,
    });
    assert.deepEqual([hunks[0]?.added[0]?.unknownIn, whyUnknown], [id, { [id]: why[0] }]);
    const { stdout } = await linekeeper(branch.repo, ['show']);
    assert.match(stdout, /^ {2}1 line of [0-9a-f]{12}: no record says who wrote it\./m);
    branch.repo.write('infra/a.tf', `${numbered(6)}one\ntwo\nthree\n`);
    assert.match(
      (await linekeeper(branch.repo, ['status'])).stdout,
      /^ {2}2 lines: no record says who wrote them\. If you know: linekeeper declare PATH --human/m,
    );
  });

  describe('the notice of lines that the base already has', () => {
    const squash = async (): Promise<void> => {
      await branch.repo.git('switch', '-q', 'main');
      await branch.repo.git('merge', '-q', '--squash', 'topic');
      await branch.repo.commit('ai: all of it');
      await branch.repo.git('switch', '-q', 'topic');
    };

    itInFull(
      'lines that the base has: are named when a branch goes on after its squash merge, until the base is merged',
      async () => {
        await branch.commit(
          'ai: first',
          { 'infra/a.tf': `${numbered(6)}one\ntwo\nthree\n`, 'infra/b.tf': 'b\n' },
          CARL,
        );
        await squash();
        await branch.commit('ai: on', { 'infra/a.tf': `${numbered(6)}one\ntwo\nthree\nfour\n` }, CARL);
        const before = await branch.check();
        assert.deepEqual(counted(before), ['critical infra/a.tf,infra/b.tf +5/0/0 -0/0/0']);
        assert.match(
          reasons(before),
          /^main has 1 file as it is here and 3 lines already, .*merge main into the branch/,
        );
        await branch.repo.git('merge', '-q', '--no-edit', '-X', 'ours', 'main');
        const after = await branch.check();
        assert.deepEqual([counted(after), after.why], [['critical infra/a.tf +1/0/0 -0/0/0'], {}]);
      },
    );
  });
});
