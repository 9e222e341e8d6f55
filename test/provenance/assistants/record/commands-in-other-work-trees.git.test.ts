/** What an assistant's shell command changes in another work tree, submodule or nested repository is seen there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { itInFull } from '../../../support/full';
import { askJson, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

describe("an assistant's command that changes another repository", () => {
  let test: TestRepository;
  let id = 0;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  /** Runs a command as an assistant's shell tool does, with its hooks. */
  async function run(command: string): Promise<void> {
    const hook = (event: string): Promise<unknown> =>
      linekeeper(test, ['record', 'claude-code'], {
        input: JSON.stringify({
          session_id: 'session-1',
          cwd: test.root,
          hook_event_name: event,
          tool_name: 'Bash',
          tool_input: { command },
          tool_use_id: `tool-${String(id)}`,
        }),
      });
    await hook('PreToolUse');
    execFileSync('bash', ['-c', command], { cwd: test.root, env: { ...process.env, ...test.env } });
    await hook('PostToolUse');
    id++;
  }

  const added = async (folder: string): Promise<{ ai: number; human: number; unknown: number }> =>
    (await askJson<{ added: { ai: number; human: number; unknown: number } }>(test, 'status', '--repo', folder)).added;
  const ONE_OF_AI = { ai: 1, human: 0, unknown: 0 };

  for (const [name, command] of [
    ['that it changes into', 'cd "../w t" && echo two >> a.txt'],
    ['that its shell changes into', `sh -c 'cd "../w t"; echo two >> a.txt'`],
    ['that it names in a redirection', 'echo two >> "../w t/new.txt"'],
    ['that it changes into after another folder', 'cd sub && cd ../../w\\ t && echo two >> a.txt'],
  ] as const) {
    itInFull(`is recorded in a work tree ${name}`, async () => {
      await test.git('worktree', 'add', '-q', '-b', 'side', '../w t');
      mkdirSync(path.join(test.root, 'sub'));
      await run(command);
      assert.deepEqual(await added(path.join(test.root, '..', 'w t')), ONE_OF_AI);
    });
  }

  itInFull('is recorded in a nested repository', async () => {
    test.write('nested/a.txt', 'one\n');
    await test.git('init', '-q', 'nested');
    await test.git('-C', 'nested', 'add', '.');
    await test.git('-C', 'nested', 'commit', '-qm', 'start');
    await run('cd nested && echo two >> a.txt');
    assert.deepEqual(await added(path.join(test.root, 'nested')), ONE_OF_AI);
  });

  it('is recorded in a submodule', async () => {
    await test.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', test.root, 'sub');
    await run('git -C sub status; sed -i "s/one/two/" sub/a.txt');
    assert.equal((await added(path.join(test.root, 'sub'))).ai, 1);
  });

  it('credits no change that was there before', async () => {
    await test.git('worktree', 'add', '-q', '-b', 'side', '../w t');
    execFileSync('sh', ['-c', 'echo mine >> "../w t/a.txt"'], { cwd: test.root });
    await run('cd "../w t" && cat a.txt');
    assert.deepEqual(await added(path.join(test.root, '..', 'w t')), { ai: 0, human: 0, unknown: 1 });
  });
});
