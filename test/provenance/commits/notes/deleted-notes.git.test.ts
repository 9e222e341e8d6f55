/** Shared notes that were known and are deleted, here or at a remote, are missed: doctor and the deployment say so. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Emergency } from '../../../../src/review/gate';
import { DEBTS_REF, DEPLOYMENTS_REF } from '../../../../src/provenance/commits';
import { recordDebt } from '../../../../src/review/gate/sign-offs';
import { itInFull } from '../../../support/full';
import { commitWithNote } from '../../../support/history';
import { linekeeper, type Answer } from '../../../support/product';
import { ADA, BOB, TestRepository } from '../../../support/repository';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - { name: critical, paths: ["**"], rollout: { stages: [canary, production], soak: 1h } }
`;

describe('deploy check, when the notes on debts are gone', () => {
  let test: TestRepository;
  let start: string;
  let head: string;
  let bare: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    bare = test.outside('bare.git');
    await test.git('init', '--quiet', '--bare', bare);
    await test.git('remote', 'add', 'origin', bare);
    test.write('.linekeeper.yml', POLICY);
    const commit = { as: ADA, at: '2026-03-01T08:00:00Z' };
    start = await commitWithNote(test, { ...commit, message: 'start', files: { 'a.ts': 'one\n' } });
    await linekeeper(test, ['deploy', 'record', '--stage', 'production', '--ref', start]);
    head = await commitWithNote(test, { ...commit, message: 'mend', files: { 'a.ts': 'two\n' }, as: BOB });
    await recordDebt(test.repository(), {
      base: start,
      head,
      emergency: { tiers: ['critical'], reason: 'orders are down', by: ['ada'], people: [] } as unknown as Emergency,
      now: Date.parse('2026-03-02T08:00:00Z'),
    });
    await test.git('push', '--quiet', 'origin', 'main');
  });
  afterEach(() => test.dispose());

  const check = (): Promise<Answer> =>
    linekeeper(test, ['deploy', 'check', '--base', 'main', '--stage', 'production', '--ref', head]);
  const doctor = async (): Promise<string> => (await linekeeper(test, ['doctor'])).stdout;
  const push = async (): Promise<void> => {
    const sent = await linekeeper(test, ['notes', 'push']);
    assert.equal(sent.code, 0, sent.stderr);
  };

  itInFull('here: exits 2 and doctor says so, and the command they name restores them', async () => {
    assert.match((await check()).stdout, /A senior's sign-off for critical/);
    await test.git('update-ref', '-d', DEBTS_REF);
    const answer = await check();
    assert.equal(answer.code, 2, answer.stdout);
    assert.match(
      answer.stderr,
      /^linekeeper: refs\/notes\/linekeeper-debts \(what emergencies owe\) is gone here; it was at/,
    );
    const mend = /"git (update-ref \S+ [0-9a-f]{40})"/.exec(answer.stderr)?.[1] ?? '';
    assert.match(await doctor(), /FIX {3}notes: refs\/notes\/linekeeper-debts .* is gone here/);
    await test.git(...mend.split(' '));
    assert.equal((await check()).code, 1);
    assert.doesNotMatch(await doctor(), /is gone/);
  });

  itInFull('here on purpose: stays quiet once their line in known-refs is removed', async () => {
    await check();
    await test.git('update-ref', '-d', DEBTS_REF);
    const file = test.at('.git/linekeeper/known-refs');
    const lines = readFileSync(file, 'utf8').split('\n');
    assert.ok(lines.some((line) => line.startsWith(DEBTS_REF)));
    writeFileSync(file, lines.filter((line) => !line.startsWith(DEBTS_REF)).join('\n'));
    assert.doesNotMatch((await check()).stderr, /is gone/);
  });

  itInFull('at the remote, but not here: decides, and check and doctor say how to restore them', async () => {
    await push();
    await test.git('-C', bare, 'update-ref', '-d', DEBTS_REF);
    await linekeeper(test, ['notes', 'fetch']);
    const answer = await check();
    assert.equal(answer.code, 1, answer.stderr);
    assert.match(
      answer.stderr,
      /linekeeper-debts .* is gone at origin; .* "linekeeper notes push origin" brings it back/,
    );
    assert.match(await doctor(), /is gone at origin/);
    await push();
    assert.doesNotMatch(await doctor(), /is gone/);
    assert.equal((await check()).stderr, '');
  });

  itInFull('at the remote, and fetched by plain git only: exits 2', async () => {
    await push();
    const reader = await TestRepository.create();
    try {
      await reader.git('remote', 'add', 'origin', bare);
      await reader.git('fetch', '--quiet', 'origin');
      await reader.git('reset', '--quiet', '--hard', 'origin/main');
      await linekeeper(reader, ['install', '--notes']);
      await reader.git('fetch', '--quiet', '--prune', 'origin');
      const ask = (): Promise<Answer> =>
        linekeeper(reader, ['deploy', 'check', '--base', 'main', '--stage', 'production', '--ref', head]);
      assert.match((await ask()).stdout, /A senior's sign-off for critical/);
      for (const ref of [DEBTS_REF, DEPLOYMENTS_REF]) await test.git('-C', bare, 'update-ref', '-d', ref);
      await reader.git('fetch', '--quiet', '--prune', 'origin');
      const answer = await ask();
      assert.equal(answer.code, 2, answer.stdout);
      assert.match(answer.stderr, /linekeeper-debts .* is gone at origin/);
      assert.match(answer.stderr, /linekeeper-deployments .* is gone at origin/);
      await reader.git('remote', 'rename', 'origin', 'former');
      assert.doesNotMatch((await linekeeper(reader, ['doctor'])).stdout, /gone at origin/, 'it is no remote any more');
    } finally {
      await reader.dispose();
    }
  });

  it('in part, as the ref was set back: exits 2', async () => {
    const former = await test.git('rev-parse', DEPLOYMENTS_REF);
    await linekeeper(test, ['deploy', 'record', '--stage', 'canary', '--ref', head]);
    await test.git('update-ref', DEPLOYMENTS_REF, former);
    const answer = await check();
    assert.equal(answer.code, 2, answer.stdout);
    assert.match(answer.stderr, /linekeeper-deployments \(deployments\) was set back here/);
  });
});
