/** An outage: one second person is enough, an exact revert needs nobody, and a senior's sign-off is pending. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { readBase, type CheckRequest, type CheckResult } from '../../../src/review/gate';
import { keepTeams } from '../../../src/policy/load';
import { recordDebt, signedFor, signOff, unpaidDebts } from '../../../src/review/gate/sign-offs';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { CARL, TestRepository } from '../../support/repository';
import { SshKeys } from '../../support/ssh-keys';
import { approved, Branch, GRACE, numbered, POLICY } from '../../support/gate';

const HOUR = 3600_000;
const CHANGED = numbered(10).replace('line 5\n', 'five\n');

describe('an emergency (linekeeper check --emergency)', function () {
  this.timeout(60_000);
  let branch: Branch;
  let keys: SshKeys;
  let head: string;
  const now = Date.now();

  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(10), 'src/a.ts': numbered(10) });
    keys = new SshKeys(branch.repo.home);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'human: signers',
      { '.github/allowed_signers': keys.allowed(['ada', 'bob', 'carl', 'zoe']) },
      CARL,
    );
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    head = await branch.commit('ai: change', { 'infra/a.tf': CHANGED }, CARL);
  });
  afterEach(() => branch.repo.dispose());

  const emergency = 'checkout is down';
  const check = (over: Partial<CheckRequest> = {}): Promise<CheckResult> =>
    branch.check({ approvals: null, signedFor: signedFor(branch.repo.repository(), now), ...over });
  const sign = async (by: string, at = now): Promise<void> => {
    await signOff(branch.repo.repository(), {
      result: await check({ beforehand: true, actor: null }),
      tiers: ['critical'],
      key: keys.of(by),
      now: at,
    });
  };
  const owe = async (result: CheckResult): Promise<void> => {
    assert.ok(result.emergency);
    await recordDebt(branch.repo.repository(), {
      base: result.base,
      head: result.head,
      emergency: result.emergency,
      now,
    });
  };

  it('needs a second person for a revert that restores lines of AI or unknown author', async () => {
    const { repo } = branch;
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit('ai: change', { 'infra/a.tf': CHANGED }, GRACE);
    await branch.commit('unknown', { 'infra/b.bin': 'b\0' }, GRACE);
    await repo.git('revert', '--no-edit', 'HEAD~', 'HEAD');
    await repo.git('checkout', '--quiet', '-B', 'topic');
    for (const [revert, file] of [
      ['HEAD~', 'infra/a.tf'],
      ['HEAD', 'infra/b.bin'],
    ] as const) {
      await repo.git('reset', '--quiet', '--hard', 'main');
      await repo.git('revert', '--no-edit', revert);
      const alone = await check({ emergency });
      assert.equal(alone.verdict, 'fail', file);
      assert.match(
        alone.notices.join('\n'),
        new RegExp(
          `This is an exact revert of [0-9a-f]{12}, and restores lines by AI or unknown authors in ${file}\\. So even an emergency needs a second person's sign-off\\.`,
        ),
      );
      const second = await check({ emergency, approvals: [approved('zoe', await repo.git('rev-parse', 'HEAD'))] });
      assert.deepEqual([second.verdict, second.emergency?.by, second.emergency?.reverts], ['pass', ['zoe'], null]);
    }
  });

  it('a signature: is enough in an emergency when any second person gave it, and not when the author did', async () => {
    await sign('carl');
    assert.equal((await check({ emergency })).verdict, 'fail');
    await sign('zoe');
    assert.equal((await check()).verdict, 'fail', 'the usual rules require a senior');
    assert.equal((await check({ emergency })).verdict, 'pass');
  });

  itInFull('leaves a sign-off owed, which only a senior who is no author can give', async () => {
    await owe(await check({ emergency, approvals: [approved('zoe', head)] }));
    const [debt, ...others] = await unpaidDebts(branch.repo.repository(), { now });
    assert.deepEqual(
      [debt?.tiers, debt?.reason, debt?.by, debt?.overdue, others],
      [['critical'], emergency, ['zoe'], false, []],
    );
    assert.match(debt?.says ?? '', /A senior's sign-off for critical of [0-9a-f]{12} is due on /);
    assert.equal((await unpaidDebts(branch.repo.repository(), { now: now + 49 * HOUR }))[0]?.overdue, true);
    for (const by of ['bob', 'carl', 'zoe']) await sign(by);
    assert.equal((await unpaidDebts(branch.repo.repository(), { now })).length, 1, 'none of these is a senior');
    await sign('ada');
    assert.deepEqual(await unpaidDebts(branch.repo.repository(), { now }), []);
  });

  it('its owed sign-off can come from a senior of a team once the team is resolved', async () => {
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'human: teams',
      { '.linekeeper.yml': POLICY.replace('ada@example.com, grace@example.com', '"@acme/seniors"') },
      CARL,
    );
    await owe(await check({ emergency, approvals: [approved('zoe', head)] }));
    await sign('ada');
    assert.equal((await unpaidDebts(branch.repo.repository(), { now })).length, 1);
    keepTeams(branch.repo.repository(), { host: 'github.com', at: now - 1000, teams: { '@acme/seniors': ['ada'] } });
    assert.deepEqual(await unpaidDebts(branch.repo.repository(), { now }), []);
    const signed = await atTerminal(branch.repo, ['sign', 'main..topic', '--key', keys.of('ada')], {
      answers: 'yes\n',
    });
    assert.match(signed.stdout, /Signed\./);
    assert.doesNotMatch(signed.stdout, /Still missing/);
  });

  itInFull('sign: says before and after it that it does not count when the level does not suffice', async () => {
    const signed = await atTerminal(branch.repo, ['sign', 'main..topic', '--key', keys.of('bob')], {
      answers: 'yes\n',
    });
    assert.equal(signed.code, 1);
    assert.match(
      signed.stdout,
      /This sign-off will not count for what critical still needs: [^]*does not count for what critical still needs: [^]*Signed, but it does not count for critical\./,
    );
  });

  itInFull('its owed sign-off cannot come from a signer whom only the branch lists', async () => {
    await owe(await check({ emergency, approvals: [approved('zoe', head)] }));
    await sign('ada');
    const repository = branch.repo.repository();
    const { policy } = await readBase(repository, await branch.repo.git('rev-parse', 'main'), 'main');
    const at = async (files: Readonly<Record<string, string>>): Promise<string> =>
      branch.commit('human: signers', files, CARL);
    const gone = await at({ '.github/allowed_signers': keys.allowed(['bob']) });
    const owed = async (commit: string): Promise<number> =>
      (await unpaidDebts(repository, { now, base: { policy, commit } })).length;
    assert.deepEqual([await owed(gone), await owed(await branch.repo.git('rev-parse', 'main'))], [1, 0]);
  });

  itInFull('its owed sign-off stops every deployment once overdue, before that those with the change', async () => {
    const rolled = (await branch.repo.git('show', 'main:.linekeeper.yml')).replace(
      '    paths: ["infra/**"]\n',
      '    paths: ["infra/**"]\n    rollout: { stages: [production], soak: 1h }\n',
    );
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: rollout', { '.linekeeper.yml': rolled }, CARL);
    const result = await check({ emergency, approvals: [approved('zoe', head)] });
    assert.ok(result.emergency);
    const owed = { base: result.base, head: result.head, emergency: result.emergency };
    const ask = async (): Promise<string> =>
      (
        await linekeeper(branch.repo, [
          'deploy',
          'check',
          '--stage',
          'production',
          '--ref',
          'main',
          '--base',
          'main',
          '--json',
        ])
      ).stdout;
    await recordDebt(branch.repo.repository(), { ...owed, now });
    assert.deepEqual((JSON.parse(await ask()) as { debts: string[] }).debts, []);
    await branch.repo.git('update-ref', '-d', 'refs/notes/linekeeper-debts');
    rmSync(branch.repo.at('.git/linekeeper/known-refs')); // that was meant
    await recordDebt(branch.repo.repository(), { ...owed, now: now - 49 * HOUR });
    const held = JSON.parse(await ask()) as { verdict: string; debts: string[] };
    assert.equal(held.verdict, 'fail');
    assert.match(held.debts.join(), /A senior's sign-off for critical of [0-9a-f]{12} was due on/);
  });

  itInFull('its owed sign-off is named by check and status until somebody signs at a terminal', async () => {
    const bare = await TestRepository.create();
    try {
      await bare.git('init', '--quiet', '--bare', 'remote.git');
      await branch.repo.git('remote', 'add', 'origin', bare.at('remote.git'));
      await branch.repo.git('push', '--quiet', 'origin', 'main');
      await branch.repo.git('remote', 'set-head', 'origin', 'main');
      await sign('zoe');
      const words = ['check', '--base', 'main', '--head', 'topic', '--actor', 'carl'];
      const ci = { env: { CI: 'true' } };
      assert.equal((await linekeeper(branch.repo, words, ci)).code, 1);
      const passed = await linekeeper(branch.repo, [...words, '--emergency', emergency], ci);
      assert.equal(passed.code, 0, passed.stdout + passed.stderr);
      assert.match(
        await bare.git('--git-dir', bare.at('remote.git'), 'for-each-ref'),
        /refs\/notes\/linekeeper-debts/,
        'CI tells the remote',
      );
      assert.match(
        (await linekeeper(branch.repo, ['status'])).stderr,
        /A senior's sign-off for critical of [0-9a-f]{12} is due/,
      );
      assert.match((await linekeeper(branch.repo, words)).stdout, /is due on/);
      const signed = await atTerminal(branch.repo, ['sign', 'main..topic', '--key', keys.of('ada')], {
        answers: 'yes\n',
      });
      assert.equal(signed.code, 0, signed.stdout);
      assert.match(signed.stdout, /critical: infra\/a\.tf[^]*Signed\./);
      assert.doesNotMatch((await linekeeper(branch.repo, ['status'])).stderr, /is due/);
      assert.equal((await linekeeper(branch.repo, words)).code, 0);
      assert.match(
        (await linekeeper(branch.repo, ['sign', '--list', 'topic'])).stdout,
        /valid +ada@example\.com for critical on/,
      );
      assert.match(
        (await linekeeper(branch.repo, ['sign', 'main..topic', '--key', keys.of('ada')])).stderr,
        /Only a person may sign off a change\./,
      );
      await branch.repo.git('remote', 'set-url', 'origin', bare.at('gone.git'));
      await branch.commit('ai: more', { 'infra/a.tf': numbered(10) }, CARL);
      await branch.commit('ai: more', { 'infra/a.tf': CHANGED.replace('line 6', '6') }, CARL);
      await sign('zoe');
      const alone = await linekeeper(branch.repo, [...words, '--emergency', emergency], ci);
      assert.equal(alone.code, 2, alone.stdout);
      assert.match(alone.stderr, /could not be recorded on the remote/);
    } finally {
      await bare.dispose();
    }
  });
});
