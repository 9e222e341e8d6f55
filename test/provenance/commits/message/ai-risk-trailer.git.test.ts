/** The trailer `AI-Risk` counts what rules find in a commit, the same in the hook, ahead of it and after an amend. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { trailerPolicy } from '../../../../src/policy/local-work';
import { prepareAnswer, installGitHooks } from '../../../../src/provenance/commits';
import { openJournal } from '../../../../src/provenance/journal';
import { itInFull } from '../../../support/full';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

const POLICY = `version: 1
tiers:
  - { name: critical, paths: ["infra/**"], detect: [destructive], review: { any: { from: mid, approvals: 1 } } }
  - { name: standard, paths: ["**"], agents: ask }
rules: [{ id: raw, class: destructive, pattern: 'execute_raw\\(', message: Raw SQL. }]
`;

describe('the trailer AI-Risk', () => {
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('db/1.sql', '-- begin\n');
    test.write('src/a.txt', 'one\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const byAi = (file: string, text: string): Promise<unknown> => as('ai', test, [file], () => test.write(file, text));
  const commit = async (...words: string[]): Promise<string | undefined> => {
    const made = await test.run(['commit', '-qa', ...words], { env: { LINEKEEPER_BACKGROUND: 'off' } });
    assert.equal(made.code, 0, made.stderr);
    return /^AI-Risk: (.*)$/m.exec(await test.git('log', '-1', '--format=%B'))?.[1];
  };

  it("names the tier that a danger rule's finding raises AI's file to, also after an amend", async () => {
    await byAi('db/1.sql', '-- begin\nDROP TABLE users;\n');
    assert.equal(await commit('-m', 'Drop'), 'critical');
    assert.equal(await commit('--amend', '--no-edit'), 'critical');
    assert.equal(await commit('--amend', '-m', 'Drop it'), 'critical');
    await byAi('db/1.sql', '-- begin\nSELECT 1;\n');
    assert.equal(await commit('--amend', '--no-edit'), 'standard');
  });

  itInFull('names the tier of the path when nothing is found, or a person wrote the dangerous line', async () => {
    await byAi('src/a.txt', 'two\n');
    assert.equal(await commit('-m', 'Text'), 'standard');
    await as('human', test, ['db/1.sql'], () => test.write('db/1.sql', '-- begin\nDROP TABLE users;\n'));
    await byAi('src/a.txt', 'three\n');
    assert.equal(await commit('-m', 'Both'), 'standard');
  });

  it("counts findings of the team's own rules", async () => {
    await byAi('src/a.txt', 'execute_raw(1)\n');
    assert.equal(await commit('-m', 'Raw'), 'critical');
  });

  itInFull('is the same when the trailers were prepared ahead', async () => {
    await byAi('db/1.sql', '-- begin\nDROP TABLE users;\n');
    const repository = test.repository();
    const ahead = await prepareAnswer(
      repository,
      await trailerPolicy(repository),
      { now: Date.now },
      { everyWay: true },
    );
    assert.deepEqual(ahead?.trailers, [], 'nothing is staged');
    assert.ok(readdirSync(path.join(openJournal(repository.gitDir, Date.now).folder, 'prepared')).length > 0);
    rmSync(test.at('.git/linekeeper/policy'), { recursive: true, force: true });
    assert.equal(await commit('-m', 'Drop'), 'critical');
  });
});
