/**
 * What git is asked about the words of a command: branches that are named like files, programs that are committed, and
 * aliases.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { alias, isCommitted, isRevision } from '../../../src/guard/writes/git-lookups';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe("the guard's questions to git:", () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - { name: closed, paths: ["infra/**"], agents: deny }\n');
  });
  afterEach(() => test.dispose());

  /** What an assistant hears that is about to run a command; empty where it may. */
  const answer = async (command: string): Promise<string> =>
    (
      await linekeeper(test, ['record', 'claude-code'], {
        input: JSON.stringify({
          hook_event_name: 'PreToolUse',
          session_id: 's',
          cwd: test.root,
          tool_name: 'Bash',
          tool_use_id: command,
          tool_input: { command },
        }),
      })
    ).stdout;

  describe('for a branch named like a closed folder,', () => {
    beforeEach(async () => {
      test.write('infra/main.tf', 'a\n');
      await test.commit('start');
      await test.git('branch', 'infra/fix');
      await test.git('update-ref', 'refs/remotes/origin/infra/theirs', 'HEAD');
    });

    itInFull('isRevision is true for the branch, and false for a file or an ambiguous name', async () => {
      const head = await test.git('rev-parse', 'HEAD');
      for (const name of ['infra/fix', 'infra/theirs', 'HEAD~0', head]) assert.ok(isRevision(test.root, name), name);
      for (const name of ['infra/main.tf', 'infra', 'infra/none', '--', '-b', '../x', 'a..b', '*'])
        assert.ok(!isRevision(test.root, name), name);
      test.write('infra/theirs', 'a file of that name\n');
      assert.ok(!isRevision(test.root, 'infra/theirs'), 'git would not guess either');
      assert.ok(!isRevision(test.outside('none'), 'infra/fix'), 'where there is no folder');
    });

    itInFull('an agent may check out the branch, but not a file of the folder', async () => {
      for (const command of ['git checkout infra/fix', 'git checkout infra/theirs', 'git -C . checkout infra/fix'])
        assert.equal(await answer(command), '', command);
      for (const command of [
        'git checkout infra/main.tf',
        'git checkout HEAD infra/main.tf',
        'git checkout infra/fix infra/main.tf',
        'git checkout -- infra',
      ])
        assert.match(await answer(command), /"deny"/, command);
    });
  });

  describe('for a script and an alias in the repository,', () => {
    beforeEach(async () => {
      test.write('.gitignore', 'out/\n');
      test.write('tools/gen.py', 'open("infra/main.tf", "w")\n');
      test.write('tools/[ab].py', 'print(1)\n');
      await test.commit('start');
    });

    itInFull('isCommitted is true while the script is as in HEAD', () => {
      assert.ok(isCommitted(path.join(test.root, 'tools/gen.py')));
      test.write('tools/a.py', 'print(2)\n');
      assert.ok(isCommitted(path.join(test.root, 'tools/[ab].py')), 'a name is no pattern');
      test.write('tools/gen.py', 'open("infra/main.tf", "a")\n');
      test.write('out/gen.py', 'print(1)\n');
      for (const name of ['tools/gen.py', 'tools/a.py', 'out/gen.py'])
        assert.ok(!isCommitted(path.join(test.root, name)), name);
      assert.ok(!isCommitted(test.outside('gen.py')), 'outside of any repository');
    });

    it('the guard denies the commit --no-verify that they run, and asks about a changed script', async () => {
      await test.git('config', 'alias.quick', 'commit --no-verify');
      test.write('fix.py', 'import os\nos.system("git commit -n -m x")\n');
      assert.equal(alias(test.root, 'quick'), 'commit --no-verify');
      assert.equal(alias(test.root, 'slow'), undefined);
      for (const command of ['git quick -m x', 'python3 fix.py'])
        assert.match(await answer(command), /"deny"/, command);
      assert.equal(await answer('python3 tools/gen.py'), '', 'it was agreed on');
      test.write('tools/gen.py', 'open("infra/main.tf", "a")\n');
      assert.match(await answer('python3 tools/gen.py'), /"ask"/);
    });
  });
});
