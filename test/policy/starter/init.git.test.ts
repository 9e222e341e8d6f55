import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe('linekeeper policy init', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('infra/main.tf', 'resource "x" "y" {}\n');
    test.write('.github/CODEOWNERS', '* @acme/platform ada@example.com # everybody\n/infra/ @acme/platform\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  it("writes a valid policy with the repository's dangerous places and owners", async () => {
    const made = await linekeeper(test, ['policy', 'init']);
    assert.equal(made.code, 0, made.stderr);
    assert.match(test.read('.linekeeper.yml'), /senior: \["@acme\/platform", "ada@example\.com"\]/);
    assert.equal((await linekeeper(test, ['policy', 'check'])).code, 0);
    const { added } = JSON.parse((await linekeeper(test, ['status', '--json'])).stdout) as {
      readonly added: Record<string, number>;
    };
    assert.deepEqual(
      [added['ai'], added['unknown']],
      [0, 0],
      'whoever asked for the policy is the author of its lines',
    );
    await test.commit('A policy');
    const explained = (await linekeeper(test, ['policy', 'explain', 'infra/new.tf'])).stdout;
    assert.match(explained, /belongs to critical/);
    assert.match(explained, /may sign +seniors: @acme\/platform and ada@example\.com/);
    test.write('draft.yml', test.read('.linekeeper.yml').replace('name: critical', 'name: dangerous'));
    assert.match(
      (await linekeeper(test, ['policy', 'explain', 'infra/new.tf', '--file', 'draft.yml'])).stdout,
      /belongs to dangerous: draft\.yml, line \d+/,
    );
  });

  it('overwrites no policy, and --print shows what it would write', async () => {
    test.write('.linekeeper.yml', 'mine\n');
    const refused = await linekeeper(test, ['policy', 'init']);
    assert.deepEqual([refused.code, test.read('.linekeeper.yml')], [2, 'mine\n']);
    assert.match(refused.stderr, /already exists.*--print/);
    assert.match(
      (await linekeeper(test, ['policy', 'init', '--print', '--preset', 'regulated'])).stdout,
      /Preset regulated/,
    );
  });

  itInFull('lists the presets, and works before the first commit', async () => {
    const wrong = await linekeeper(test, ['policy', 'init', '--preset', 'nonesuch']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /startup.*regulated.*platform/);
    assert.equal(existsSync(test.at('.linekeeper.yml')), false);
    const fresh = await TestRepository.create();
    try {
      assert.equal((await linekeeper(fresh, ['policy', 'init'])).code, 0);
      assert.match(fresh.read('.linekeeper.yml'), /senior: \[\] {2}# name at least two/);
    } finally {
      await fresh.dispose();
    }
  });
});
