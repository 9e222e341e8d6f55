/** How long what is kept about people is kept: the limits of docs/privacy.md, by a clock that is moved. */
import assert from 'node:assert/strict';
import { purge } from '../../../src/cli/verbs/purge';
import { activeExceptions, grantException } from '../../../src/provenance/journal/exceptions';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const DAY_MS = 24 * 3600_000;
const COMMITTED = Date.parse('2026-01-05T12:00:00Z');

describe('limits of time', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    await test.commit('A policy', { at: new Date(COMMITTED).toISOString() });
    for (const ref of ['linekeeper-runs', 'linekeeper-prompts', 'ai'])
      await test.git('notes', `--ref=${ref}`, 'add', '-m', ref, 'HEAD');
  });
  afterEach(() => test.dispose());

  const POLICY = `version: 1
runs: { keep: digest, for: 365d }
prompts: { keep: digest, for: 90d }
tiers: [{ name: all, paths: ["**"] }]
`;
  /** The refs that are removed, so many days after the commit. */
  const removedAfter = async (days: number, age: string): Promise<readonly string[]> => {
    const now = (): number => COMMITTED + days * DAY_MS;
    const { out } = await callVerb(purge, ['--older-than', age, '--yes', '--json'], test.root, { now });
    const { notes } = JSON.parse(out) as { readonly notes: readonly { readonly ref: string }[] };
    return notes.map(({ ref }) => ref.replace(/^refs\/notes\//, '')).sort();
  };

  it('runs and prompts: go on the day after the policy keeps them, each by its own limit', async () => {
    assert.deepEqual(await removedAfter(89, 'policy'), []);
    assert.deepEqual(await removedAfter(91, 'policy'), ['linekeeper-prompts']);
    assert.deepEqual(await removedAfter(364, 'policy'), []);
    assert.deepEqual(await removedAfter(366, 'policy'), ['linekeeper-runs']);
    assert.equal(await test.git('notes', '--ref=ai', 'show', 'HEAD'), 'ai');
  });

  it('notes: go on the day after the age that purge names', async () => {
    assert.deepEqual(await removedAfter(29, '30d'), []);
    assert.ok((await removedAfter(31, '30d')).includes('ai'));
    await assert.rejects(test.git('notes', '--ref=ai', 'show', 'HEAD'));
  });

  it('an exception: ends at its minute, and lasts two hours if more is asked', () => {
    const { gitDir } = test.repository();
    const wish = { reason: 'outage', by: 'ada@example.com', session: null, tier: null };
    grantException(gitDir, { ...wish, minutes: 10 }, COMMITTED);
    const active = (minutes: number): number => activeExceptions(gitDir, COMMITTED + minutes * 60_000).length;
    assert.deepEqual([active(-1), active(0), active(9), active(10)], [0, 1, 1, 0]);
    grantException(gitDir, { ...wish, minutes: 600 }, COMMITTED);
    assert.deepEqual([active(119), active(120)], [1, 0]);
  });
});
