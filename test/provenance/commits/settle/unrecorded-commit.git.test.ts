/** A commit for which nobody is known, where the policy tells commits without a recorder from others. */
import assert from 'node:assert/strict';
import { itInFull } from '../../../support/full';
import { askJson, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

describe('a commit of unseen changes', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  const provenanceOf = async (policy: string, prepare: () => Promise<unknown>): Promise<string> => {
    test.write('.linekeeper.yml', policy);
    test.write('a.txt', 'old\n');
    await test.commit('start');
    await prepare();
    test.write('a.txt', 'new\n');
    await test.git('commit', '-qam', 'Unseen');
    return (await askJson<{ readonly provenance: string }>(test, 'show')).provenance;
  };
  const RULE = 'version: 1\nunknown: { default: ai, no-recorder: human }\ntiers: []\n';

  it('unseen change: leaves a note when the hooks are there and the policy has no-recorder', async () => {
    assert.equal(await provenanceOf(RULE, () => linekeeper(test, ['install'])), 'note');
  });

  itInFull('unseen change: leaves no note when no hooks are there', async () => {
    assert.equal(await provenanceOf(RULE, () => linekeeper(test, ['show'])), 'none');
  });

  itInFull('unseen change: leaves no note when the policy has no rule for it', async () => {
    assert.equal(await provenanceOf('version: 1\ntiers: []\n', () => linekeeper(test, ['install'])), 'none');
  });
});
