/** Whose a key is, and when it may sign. */
import assert from 'node:assert/strict';
import type { CheckResult, Emergency } from '../../../../src/review/gate';
import { recordDebt, signedFor, signOff, unpaidDebts } from '../../../../src/review/gate/sign-offs';
import { itInFull } from '../../../support/full';
import { CARL } from '../../../support/repository';
import { SshKeys } from '../../../support/ssh-keys';
import { Branch, numbered } from '../../../support/gate';

const DAY = 24 * 3600_000;

describe('the key of a signed sign-off', () => {
  let branch: Branch;
  let keys: SshKeys;
  const now = Date.now();
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(10) });
    keys = new SshKeys(branch.repo.home);
  });
  afterEach(() => branch.repo.dispose());

  const begin = async (signers: string): Promise<void> => {
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: signers', { '.github/allowed_signers': signers }, CARL);
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    await branch.commit('ai: change', { 'infra/a.tf': numbered(9) }, CARL);
  };
  const check = (over: { readonly beforehand?: true } = {}): Promise<CheckResult> =>
    branch.check({ approvals: null, signedFor: signedFor(branch.repo.repository(), now), ...over });
  const sign = async (at = now): Promise<void> => {
    const result = await check({ beforehand: true });
    await signOff(branch.repo.repository(), { result, tiers: ['critical'], key: keys.of('ada'), now: at });
  };

  itInFull("does not count when the allowed signers list it for the pull request's author too", async () => {
    const line = keys.allowed(['ada']);
    await begin(`${line}${line.replace('ada@', 'someone@')}`);
    await sign();
    assert.equal((await check()).verdict, 'pass');
    await begin(`${line}${line.replace('ada@', 'carl@')}`);
    await sign();
    const { verdict, signOffs } = await check();
    assert.deepEqual(
      [verdict, signOffs.at(-1)?.why],
      ['fail', 'it is by whoever opened the pull request'],
      'on the second line',
    );
  });

  it("does not pay an emergency's debt when expired, even with a date from before", async () => {
    const expired = new Date(now - 5 * DAY).toISOString().slice(0, 10).replaceAll('-', '');
    await begin(keys.allowed(['ada'], `valid-before="${expired}"`));
    const { base, head } = await check();
    const emergency = { tiers: ['critical'], reason: 'orders are down', by: [], people: [CARL.email] };
    const repository = branch.repo.repository();
    const owed = async (at: number): Promise<number> => {
      await sign(at);
      return (await unpaidDebts(repository, { now })).length;
    };
    await recordDebt(repository, { base, head, emergency: emergency as unknown as Emergency, now: now - DAY });
    assert.equal(await owed(now), 1, 'expired');
    assert.equal(await owed(now - 10 * DAY), 1, 'dated back');
  });
});
