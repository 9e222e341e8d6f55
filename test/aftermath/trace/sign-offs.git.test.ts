/** A trace says no more than it knows: whether a sign-off counted, and whether a record can be right. */
import assert from 'node:assert/strict';
import { attributionByNotes, recordDeployment, traceCommit, traceText, type Trace } from '../../../src/aftermath';
import { gateThen } from '../../../src/aftermath/investigation/recompute-gate-verdict';
import { signedFor, signOff } from '../../../src/review/gate/sign-offs';
import { itInFull } from '../../support/full';
import { CARL } from '../../support/repository';
import { SshKeys } from '../../support/ssh-keys';
import { Branch, numbered, POLICY } from '../../support/gate';

const BOTH = `${POLICY}        ai: { junior: { from: senior } }\n`.replace(
  '      any: { from: junior }\n        ai',
  '      any: { from: junior }\n      ai',
);

describe('linekeeper trace of a commit, on its sign-offs', function () {
  this.timeout(60_000);
  let branch: Branch;
  let keys: SshKeys;
  let commit: string;
  const now = Date.now();
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(10) }, BOTH);
    keys = new SshKeys(branch.repo.home);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'human: signers',
      { '.github/allowed_signers': keys.allowed(['ada', 'grace', 'bob', 'carl'], '') },
      CARL,
    );
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    commit = await branch.commit('ai: change', { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n') }, CARL);
  });
  afterEach(() => branch.repo.dispose());

  const sign = async (by: string): Promise<void> => {
    const repository = branch.repo.repository();
    const result = await branch.check({
      approvals: null,
      signedFor: signedFor(repository, now),
      beforehand: true,
      actor: null,
    });
    await signOff(repository, { result, tiers: ['critical'], key: keys.of(by), now });
  };
  const trace = (): Promise<Trace> => traceCommit({ repository: branch.repo.repository(), now: () => now }, commit);

  itInFull('counts those that check counts, and says why each other does not', async () => {
    for (const by of ['carl', 'bob', 'ada', 'eve']) await sign(by);
    const traced = await trace();
    assert.deepEqual(
      new Map(traced.review?.signedBy.map(({ by, counts, why }) => [by, [counts, why]])),
      new Map([
        ['carl@example.com', [false, 'it is by somebody with a hand in these commits']],
        ['bob@example.com', [false, 'critical requires somebody of a higher level, or an owner']],
        ['ada@example.com', [true, null]],
        [
          'somebody whose key is not known here',
          [false, 'the key that signed is not among the allowed signers, or was not valid then'],
        ],
      ]),
    );
    assert.match(
      traceText(traced, 'terminal'),
      /carl@example\.com on [0-9a-f]{10}, which does not count: it is by somebody with a hand/,
    );
  });

  itInFull("incident show says the same of a suspect's sign-offs", async () => {
    const repository = branch.repo.repository();
    const says = async (): Promise<string> =>
      (
        await gateThen(
          repository,
          commit,
          attributionByNotes(repository, () => now),
          () => now,
        )
      ).says;
    assert.match(await says(), /^The policy of then asked: critical: .*\. No signed sign-off of it is here/);
    for (const by of ['carl', 'ada']) await sign(by);
    const answer = await says();
    assert.match(answer, /carl@example\.com signed it off; it is by somebody with a hand in these commits\./);
    assert.match(answer, /ada@example\.com signed it off, and that counted\./);
    assert.doesNotMatch(answer, /not recorded/);
  });

  it('marks a deployment recorded before the commit, and prefers one after it', async () => {
    const repository = branch.repo.repository();
    const made = Number(await branch.repo.git('show', '-s', '--format=%ct', commit)) * 1000;
    const record = (stage: string, at: number): Promise<boolean> =>
      recordDeployment(repository, { commit, stage, at, state: 'deployed', id: '', by: 'ada' }, at);
    await record('canary', made - 4 * 24 * 3600_000);
    await record('canary', made + 3600_000);
    await record('production', made - 4 * 24 * 3600_000);
    const traced = await trace();
    assert.deepEqual(
      new Map(traced.deployments.map(({ stage, olderThanCommit }) => [stage, olderThanCommit])),
      new Map([
        ['production', true],
        ['canary', false],
      ]),
    );
    assert.match(
      traceText(traced, 'terminal'),
      /production since .* before the commit was made: a clock or the record is wrong/,
    );
  });
});
