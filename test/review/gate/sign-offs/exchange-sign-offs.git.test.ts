/**
 * Sign-offs, debts and deployments on their way between people: with plain git, several at once, and while somebody
 * adds one.
 */
import assert from 'node:assert/strict';
import { readDeployments, recordDeployment } from '../../../../src/aftermath';
import {
  addLineNotes,
  DEBTS_REF,
  DEPLOYMENTS_REF,
  readLineNotes,
  SIGN_OFFS_REF,
  PROMPTS_REF,
} from '../../../../src/provenance/commits';
import { Repository, startAndWait } from '../../../../src/git';
import { fetchSignOffs, pushSignOffs, recordDebt } from '../../../../src/review/gate/sign-offs';
import { addLine } from '../../../../src/review/gate/sign-offs/sign-off-and-debt-notes';
import { itInFull } from '../../../support/full';
import { linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

describe('sign-offs, debts and deployments between clones', function () {
  this.timeout(120_000);
  let test: TestRepository;
  let clones: TestRepository[] = [];
  let head: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    head = await test.commit('Start');
    await test.git('clone', '--quiet', '--bare', test.root, test.outside('remote.git'));
  });
  afterEach(async () => {
    await Promise.all([test, ...clones].map((one) => one.dispose()));
    clones = [];
  });

  const clone = async (): Promise<TestRepository> => {
    const made = await TestRepository.create();
    clones.push(made);
    await made.git('remote', 'add', 'origin', test.outside('remote.git'));
    await made.git('pull', '--quiet', '--set-upstream', 'origin', 'main');
    return made;
  };
  const texts = async (one: TestRepository, ref: string): Promise<readonly string[]> =>
    (await readLineNotes(one.repository(), ref)).map(({ text }) => text);

  itInFull('travel with git push and git fetch, and kept prompts do not', async () => {
    const [one, two] = [await clone(), await clone()];
    for (const each of [one, two]) assert.equal((await linekeeper(each, ['install', '--notes'])).code, 0);
    await two.git('fetch', '--quiet'); // there is nothing yet, and git does not mind
    const here = one.repository();
    await addLine(here, SIGN_OFFS_REF, head, '{"signed":1}');
    await addLine(here, DEBTS_REF, head, '{"owed":1}');
    await recordDeployment(here, { commit: head, stage: 'canary', at: 0, state: 'deployed', id: '', by: 'ada' }, 0);
    await addLineNotes(here, PROMPTS_REF, [{ commit: head, text: '{"prompt":1}' }], 0);
    await one.git('push', '--quiet'); // no commit of one's own is needed
    await two.git('fetch', '--quiet');
    assert.deepEqual(await texts(two, SIGN_OFFS_REF), ['{"signed":1}']);
    assert.deepEqual(await texts(two, DEBTS_REF), ['{"owed":1}']);
    assert.deepEqual(
      (await readDeployments(two.repository())).all.map(({ stage }) => stage),
      ['canary'],
    );
    assert.deepEqual(await texts(two, PROMPTS_REF), []);
    await two.git('pack-refs', '--all'); // as git does by itself now and then
    assert.deepEqual(await texts(two, SIGN_OFFS_REF), ['{"signed":1}']);

    await addLine(two.repository(), SIGN_OFFS_REF, head, '{"signed":2}');
    await two.git('push', '--quiet');
    await one.git('fetch', '--quiet');
    assert.deepEqual([...(await texts(one, SIGN_OFFS_REF))].sort(), ['{"signed":1}', '{"signed":2}']);
    assert.equal(await one.git('ls-remote', 'origin', PROMPTS_REF), '');
  });

  it("let a colleague's status name an emergency's debt after git fetch", async () => {
    const [one, two] = [await clone(), await clone()];
    for (const each of [one, two])
      assert.match(
        (await linekeeper(each, ['install', '--notes'])).stdout,
        /carry them \(origin\); "git fetch" brings those that colleagues have pushed$/m,
      );
    const emergency = {
      reason: 'the shop is down',
      tiers: ['critical'],
      by: ['grace'],
      people: ['carl@example.com'],
      reverts: null,
    };
    await recordDebt(one.repository(), { base: head, head, emergency, now: Date.now() });
    await one.git('push', '--quiet');
    assert.equal((await linekeeper(two, ['status'])).stderr, '');
    await two.git('fetch', '--quiet');
    assert.match(
      (await linekeeper(two, ['status'])).stderr,
      /A senior's sign-off for critical of .* \("?the shop is down/,
    );
  });

  itInFull('travel again after install --notes, when an older version had set up only notes', async () => {
    const one = await clone();
    await linekeeper(one, ['install', '--notes']);
    const complete = await one.git('config', '--get-all', 'remote.origin.fetch');
    const told = async (): Promise<string> => (await linekeeper(one, ['doctor'])).stdout;
    assert.doesNotMatch(await told(), /does not bring all/);
    for (const name of ['signoffs', 'debts', 'deployments', 'runs'])
      await one.git('config', '--unset-all', 'remote.origin.fetch', `linekeeper-${name}`);
    assert.match(
      await told(),
      /^note {2}notes: plain "git fetch" does not bring all notes and sign-offs of origin; "linekeeper install --notes" again/m,
    );
    await linekeeper(one, ['install', '--notes']);
    assert.equal(await one.git('config', '--get-all', 'remote.origin.fetch'), complete);
  });

  itInFull('are all kept when five clones push at once', async () => {
    const all = await Promise.all([clone(), clone(), clone(), clone(), clone()]);
    const lines = all.map((_, index) => [`{"by":${String(index)},"n":1}`, `{"by":${String(index)},"n":2}`]);
    await Promise.all(
      all.map(async (each, index) => {
        for (const line of lines[index] ?? []) {
          await addLine(each.repository(), SIGN_OFFS_REF, head, line);
          await pushSignOffs(each.repository(), 'origin');
        }
      }),
    );
    const last = await clone();
    assert.equal((await fetchSignOffs(last.repository(), 'origin')).received, 10);
    assert.deepEqual([...(await texts(last, SIGN_OFFS_REF))].sort(), lines.flat().sort());
  });

  it('are kept when one is added during a fetch', async () => {
    const [one, two] = [await clone(), await clone()];
    await addLine(one.repository(), SIGN_OFFS_REF, head, '{"of":"one"}');
    await pushSignOffs(one.repository(), 'origin');
    await addLine(two.repository(), SIGN_OFFS_REF, head, '{"of":"two"}');
    let meanwhile = 0;
    const slow = new Repository(two.repository(), async (args, run) => {
      if (args.includes('update-ref') && args.includes(SIGN_OFFS_REF) && meanwhile++ === 0)
        await addLine(two.repository(), SIGN_OFFS_REF, head, '{"of":"two, meanwhile"}');
      return startAndWait(args, run);
    });
    await fetchSignOffs(slow, 'origin');
    assert.equal(meanwhile, 2, 'it was refused once, and tried again');
    await two.git('update-ref', '-d', 'refs/linekeeper/told/origin/linekeeper-signoffs');
    assert.deepEqual([...(await texts(two, SIGN_OFFS_REF))].sort(), [
      '{"of":"one"}',
      '{"of":"two"}',
      '{"of":"two, meanwhile"}',
    ]);
  });

  itInFull("are ignored when the remote's ref is something else", async () => {
    const one = await clone();
    await linekeeper(one, ['install', '--notes']);
    const blob = await test.git('-C', test.outside('remote.git'), 'rev-parse', 'main:a.txt');
    await test.git('-C', test.outside('remote.git'), 'update-ref', DEPLOYMENTS_REF, blob);
    await one.git('fetch', '--quiet');
    assert.deepEqual((await readDeployments(one.repository())).all, []);
  });
});
