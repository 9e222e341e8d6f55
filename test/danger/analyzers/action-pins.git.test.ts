/** An action that a new workflow names by the tag of a version: what the other workflows of the repository do. */
import assert from 'node:assert/strict';
import { findInRange } from '../../../src/policy/findings';
import { decideLocally } from '../../../src/policy/local-work';
import { statusOf } from '../../../src/provenance/commits';
import type { Finding } from '../../../src/policy';
import { itInFull } from '../../support/full';
import { Branch } from '../../support/gate';

const workflow = (...uses: readonly string[]): string =>
  `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${uses.map((one) => `      - uses: ${one}\n`).join('')}`;
const TAGS = workflow('actions/checkout@v4', 'acme/setup@v2', 'other/lint@v1.4.0');
const PINS = workflow('acme/setup@2222222222222222222222222222222222222222', 'acme/b@v1', 'other/lint@v1');
const NEW = '.github/workflows/new.yml';

/** What status and check find in it. */
async function found(
  others: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const branch = await Branch.create({ 'src/a.ts': 'a\n', ...others }, undefined);
  const { repo } = branch;
  for (const [path, text] of Object.entries(change)) repo.write(path, text);
  const repository = repo.repository();
  const shown = (findings: readonly Finding[]): string[] => findings.map(({ path, rule }) => `${path} ${rule}`);
  const local = shown((await decideLocally(repository, await statusOf(repository, Date.now))).decision.findings);
  await repo.commit('other: the change');
  assert.deepEqual(shown((await branch.check({ findingsOf: findInRange })).findings), local);
  return local;
}

describe('an action pinned to a version tag in a new workflow', () => {
  const change = { [NEW]: workflow('new/deploy@v3') };
  const finding = [`${NEW} permissions/ci-unpinned`];

  itInFull('no finding when all other workflows use version tags', async () => {
    assert.deepEqual(await found({ '.github/workflows/ci.yml': TAGS }, change), []);
  });

  itInFull('one finding when another pins commits, when there is none, and for a branch', async () => {
    assert.deepEqual(await found({ '.github/workflows/ci.yml': PINS }, change), finding);
    assert.deepEqual(await found({}, change), finding);
    assert.deepEqual(
      await found({ '.github/workflows/ci.yml': TAGS }, { [NEW]: workflow('new/deploy@main') }),
      finding,
    );
  });

  it('one finding when the change itself makes tags usual', async () => {
    const both = await found({ '.github/workflows/ci.yml': PINS }, { ...change, '.github/workflows/ci.yml': TAGS });
    assert.ok(both.includes(finding[0] ?? ''), both.join('\n'));
  });
});
