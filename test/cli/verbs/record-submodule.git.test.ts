/** A tool that reports a file of a submodule from its superproject. */
import assert from 'node:assert/strict';
import { askJson, builtCli, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe('record generic in a superproject:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one line\nand another one\n');
    await test.commit('Start');
    await test.git('clone', '-q', test.root, test.outside('origin'));
    await test.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', test.outside('origin'), 'sub');
    await test.git('commit', '-qm', 'Submodule');
    for (const cwd of [test.root, test.at('sub')]) await linekeeper(test, ['install', '--git'], { cwd });
  });
  afterEach(() => test.dispose());

  it("a submodule's file: credits nothing in the superproject, when no other file is reported", async () => {
    const report = { version: 1, id: '1', author: 'ai', tool: 'claude-code', cwd: test.root, files: ['sub/a.txt'] };
    for (const event of ['before', 'after']) {
      if (event === 'after') test.replace('a.txt', 'one line', 'one line by nobody');
      await linekeeper(test, ['record', 'generic'], { input: JSON.stringify({ ...report, event }) });
    }
    const { added } = await askJson<{ readonly added: object }>(test, 'status');
    assert.deepEqual(added, { ai: 0, human: 0, unknown: 1 });
  });

  it("a submodule's file: is recorded there, when a file of the superproject is reported with it", async () => {
    const files = ['sub/a.txt', 'a.txt'];
    const report = { version: 1, id: '1', author: 'ai', tool: 'claude-code', model: 'model-1', cwd: test.root, files };
    for (const event of ['before', 'after']) {
      if (event === 'after') for (const file of files) test.replace(file, 'one line', 'one line by the machine');
      const said = await linekeeper(test, ['record', 'generic'], { input: JSON.stringify({ ...report, event }) });
      assert.deepEqual([said.code, said.stderr], [0, '']);
    }
    for (const cwd of [test.at('sub'), test.root]) {
      const made = await test.run(['commit', '-qm', 'Work', 'a.txt'], { cwd });
      assert.equal(made.code, 0, made.stderr);
      const { stdout } = await test.run(['log', '-1', '--format=%B'], { cwd });
      assert.equal(stdout.trimEnd(), 'Work\n\nAssisted-by: claude-code:model-1\nAI-Lines: +1 -1 of +1 -1');
    }
  });
});
