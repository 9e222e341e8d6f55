/** What is said of a signature before it is given, held against what the gate says of it afterwards. */
import assert from 'node:assert/strict';
import type { CheckResult, SignedFor } from '../../../../src/review/gate';
import { foreseenFor, keyAtBase, signedFor, signOff } from '../../../../src/review/gate/sign-offs';
import { itInFull } from '../../../support/full';
import { CARL } from '../../../support/repository';
import { SshKeys } from '../../../support/ssh-keys';
import { Branch, numbered, POLICY } from '../../../support/gate';

const TIERS = ['critical', 'standard'];

describe('the forecast before signing off', function () {
  this.timeout(60_000);
  const now = Date.now();
  let branch: Branch;
  let keys: SshKeys;
  afterEach(() => branch.repo.dispose());

  async function begin(allowed: ((keys: SshKeys) => string) | null): Promise<void> {
    branch = await Branch.create({ 'infra/a.tf': numbered(10), 'src/a.ts': numbered(10) }, POLICY);
    keys = new SshKeys(branch.repo.home);
    await branch.repo.git('checkout', '--quiet', 'main');
    if (allowed) await branch.commit('human: signers', { '.github/allowed_signers': allowed(keys) }, CARL);
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    await branch.commit('ai: change', { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n') }, CARL);
  }
  const check = (by: SignedFor): Promise<CheckResult> =>
    branch.check({ approvals: null, signedFor: by, beforehand: true, actor: null });
  /** What is left to do, and what of the sign-offs counts. */
  const outcome = ({ tiers, signOffs }: CheckResult): unknown => [
    tiers.map(({ name, required }) => [name, required.map(({ satisfied, missing }) => [satisfied, missing])]),
    signOffs.map(({ by, tier, counts, why }) => [by, tier, counts, why]),
  ];

  const LISTS: Readonly<Record<string, (keys: SshKeys) => string>> = {
    'by name': (all) => all.allowed(['grace', 'bob', 'carl']),
    'with a purpose': (all) => all.allowed(['grace', 'bob', 'carl'], 'namespaces="git,linekeeper-*"'),
    'until tomorrow': (all) => all.allowed(['grace', 'bob', 'carl'], `valid-before="${day(now + 48 * 3600_000)}"`),
  };
  for (const [how, list] of Object.entries(LISTS))
    itInFull(`equals what check then decides: allowed signers ${how}`, async () => {
      for (const by of ['grace', 'bob', 'carl']) {
        await begin(list);
        const repository = branch.repo.repository();
        const before = await check(foreseenFor(repository, now, keys.of(by)));
        await signOff(repository, { result: before, tiers: TIERS, key: keys.of(by), now });
        const after = await check(signedFor(repository, now));
        assert.deepEqual(outcome(before), outcome(after), by);
        assert.equal(after.signOffs.length > 0, true);
        await branch.repo.dispose();
      }
      await begin(null);
    });

  it('names the file that lacks the key, or says that there is none', async () => {
    const standing = async (by: string, at = now): Promise<unknown> => {
      const base = (await branch.repo.git('rev-parse', 'main')).trim();
      const { principals, file, publicKey } = await keyAtBase(branch.repo.repository(), base, keys.of(by), at);
      assert.match(publicKey ?? '', /^ssh-ed25519 /);
      return [principals.length, file];
    };
    await begin(null);
    assert.deepEqual(await standing('grace'), [0, null]);
    await branch.repo.dispose();
    await begin((all) => all.allowed(['grace']));
    assert.deepEqual(await standing('grace'), [1, '.github/allowed_signers']);
    assert.deepEqual(await standing('bob'), [0, '.github/allowed_signers']);
    await branch.repo.dispose();
    await begin((all) => all.allowed(['grace'], `namespaces="git",valid-before="${day(now + 48 * 3600_000)}"`));
    assert.deepEqual(await standing('grace'), [0, '.github/allowed_signers'], 'a key for other purposes only');
    await branch.repo.dispose();
    await begin((all) => all.allowed(['grace'], 'valid-before="20200101"'));
    assert.deepEqual(await standing('grace'), [0, '.github/allowed_signers'], 'a key that is not valid any more');
  });
});

const day = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
