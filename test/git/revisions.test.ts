/** A branch that is named like a file is told apart from the file as git itself does it. */
import assert from 'node:assert/strict';
import { isRevision } from '../../src/decision/guard/revisions';
import { linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';

describe('a branch that is named like a place that is closed to agents', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - { name: closed, paths: ["infra/**"], agents: deny }\n');
    test.write('infra/main.tf', 'a\n');
    await test.commit('start');
    await test.git('branch', 'infra/fix');
    await test.git('update-ref', 'refs/remotes/origin/infra/theirs', 'HEAD');
  });
  afterEach(() => test.dispose());

  it('is a revision, and a file is none', async () => {
    const head = await test.git('rev-parse', 'HEAD');
    for (const name of ['infra/fix', 'infra/theirs', 'HEAD~0', head]) assert.ok(isRevision(test.root, name), name);
    for (const name of ['infra/main.tf', 'infra', 'infra/none', '--', '-b', '../x', 'a..b', '*']) assert.ok(!isRevision(test.root, name), name);
    test.write('infra/theirs', 'a file of that name\n');
    assert.ok(!isRevision(test.root, 'infra/theirs'), 'git would not guess either');
    assert.ok(!isRevision(test.outside('none'), 'infra/fix'), 'where there is no folder');
  });

  it('may be checked out by an agent, the file may not', async () => {
    const answer = async (command: string): Promise<string> => (await linekeeper(test, ['record', 'claude-code'], { input: JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', cwd: test.root, tool_name: 'Bash', tool_use_id: command, tool_input: { command } }) })).stdout;
    for (const command of ['git checkout infra/fix', 'git checkout infra/theirs', 'git -C . checkout infra/fix']) assert.equal(await answer(command), '', command);
    for (const command of ['git checkout infra/main.tf', 'git checkout HEAD infra/main.tf', 'git checkout infra/fix infra/main.tf', 'git checkout -- infra']) assert.match(await answer(command), /"deny"/, command);
  });
});
