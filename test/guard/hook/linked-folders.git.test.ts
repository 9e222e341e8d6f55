/** What an agent's command deletes through a symbolic link to a folder. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - { name: critical, paths: ["infra/**"], detect: [destructive], agents: deny-destructive }
`;

describe('a deletion through a linked folder:', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    test.write('infra/prod/db.tf', 'resource "aws_db_instance" "main" {}\n');
    test.write('.linekeeper.yml', POLICY);
    symlinkSync('infra', test.at('lnk'));
    symlinkSync('data', test.at('cur'));
    await test.commit('start');
    test.write('data/orders.sqlite', 'x'.repeat(2000));
  });
  after(() => test.dispose());

  const answer = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await linekeeper(test, ['may', command]);
    return `${String(code)} ${stdout}${stderr}`;
  };

  for (const [link, folder, command] of [
    ['lnk', 'infra', 'rm -rf */prod'],
    ['lnk', 'infra', 'rm -rf */*'],
    ['lnk', 'infra', 'rm */prod/db.tf'],
    ['lnk', 'infra', 'cd * && rm -rf prod'],
    ['lnk', 'infra', 'truncate -s0 */prod/db.tf'],
    ['lnk', 'infra', `python3 -c 'import shutil; shutil.rmtree("*/prod")'`],
    ['cur', 'data', 'rm */orders.sqlite'],
    ['cur', 'data', 'rm -rf */*'],
  ] as const)
    it(`is answered as in the folder itself when the command is ${command.replace('*', link)}`, async () => {
      const wanted = await answer(command.replace('*', folder));
      assert.doesNotMatch(wanted, /^0 /);
      assert.equal((await answer(command.replace('*', link))).slice(0, 2), wanted.slice(0, 2));
    });

  it('is allowed when only the link is removed', async () => {
    assert.match(await answer('rm lnk'), /^0 /);
  });
});
