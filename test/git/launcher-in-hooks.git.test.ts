/** An update, a removal or another Node while commits and agents run: hooks name the launcher, and it finds the rest. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rememberInstalled } from '../../src/git/hooks/remember-installed-hooks';
import { folderOf, registerProgram } from '../../src/base/launcher';
import { itInFull } from '../support/full';
import { builtCli, CLI, linekeeper, type Answer } from '../support/product';
import { TestRepository } from '../support/repository';
import { as } from '../support/worker';

describe('hooks that name the launcher', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
    assert.equal((await linekeeper(test, ['install', '--git', '--assistant', 'claude-code'])).code, 0);
  });
  afterEach(() => test.dispose());

  /** The program as another version, in a folder of its own. */
  function copyOf(version: string, executable = process.execPath): string {
    const cli = path.join(test.outside(`linekeeper ${version}`), 'dist', 'cli.js');
    cpSync(path.dirname(CLI), path.dirname(cli), { recursive: true });
    registerProgram(folderOf(test.home), { version, executable, cli, electron: false });
    return cli;
  }

  /** Only what `copyOf` made is installed. */
  const forget = (): void => {
    writeFileSync(path.join(folderOf(test.home), 'programs'), '');
  };

  async function commitOfAi(
    name: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ message: string; said: string }> {
    await as('ai', test, [name], () => {
      test.write(name, 'by AI\n');
    });
    await test.git('add', '--all');
    const done = await test.run(['commit', '--quiet', '-m', 'work'], { env });
    assert.equal(done.code, 0, done.stderr);
    return { message: await test.git('log', '-1', '--format=%B'), said: done.stderr };
  }

  /** What the hook in Claude Code's settings answers to an edit. */
  async function agentEdits(): Promise<Answer> {
    const settings = JSON.parse(readFileSync(path.join(test.home, '.claude', 'settings.json'), 'utf8')) as {
      hooks: Record<string, { hooks: { command: string }[] }[]>;
    };
    const command = settings.hooks['PreToolUse']?.[0]?.hooks[0]?.command ?? '';
    assert.ok(command.includes(`${folderOf(test.home)}/bin/linekeeper`), command);
    const payload = {
      session_id: 's',
      cwd: test.root,
      hook_event_name: 'PreToolUse',
      tool_name: 'Write',
      tool_use_id: 't',
      tool_input: { file_path: test.at('a.txt'), content: 'x\n' },
    };
    const { code, stdout, stderr } = await test.run(['-c', `alias.lk-agent=!${command}`, 'lk-agent'], {
      input: JSON.stringify(payload),
    });
    return { code, stdout, stderr };
  }

  itInFull('update: commits keep their trailers and no hook changes when another version takes over', async () => {
    const hook = test.read('.git/hooks/prepare-commit-msg');
    assert.ok(!hook.includes(path.dirname(CLI)), 'no folder of a version');
    forget();
    const old = copyOf('1.0.0');
    assert.match((await commitOfAi('b.txt')).message, /Assisted-by: /);
    copyOf('1.1.0');
    rmSync(path.dirname(old), { recursive: true });
    const { message, said } = await commitOfAi('c.txt');
    assert.match(message, /Assisted-by: /);
    assert.equal(said, '');
    assert.deepEqual([(await agentEdits()).code, (await agentEdits()).stderr], [0, '']);
    assert.equal(test.read('.git/hooks/prepare-commit-msg'), hook);
  });

  itInFull("Node: commits keep their trailers when the installation's Node is gone and PATH has one", async () => {
    forget();
    copyOf('1.0.0', path.join(test.home, '.nvm', 'node'));
    assert.match((await commitOfAi('b.txt')).message, /Assisted-by: /);
  });

  itInFull("NODE_OPTIONS: commits keep their trailers when the shell's would stop Node", async () => {
    const { message, said } = await commitOfAi('b.txt', { NODE_OPTIONS: '--no-such-option' });
    assert.match(message, /Assisted-by: /);
    assert.equal(said, '');
  });

  it('removal: a commit goes on and one line says how to take the hooks out when nothing is installed', async () => {
    forget();
    const { message, said } = await commitOfAi('b.txt');
    assert.equal(message.trim(), 'work');
    assert.match(
      said,
      /^linekeeper: Linekeeper was removed, and its hooks are still here\. To take them out: sh ~\/\.linekeeper\/remove\.sh\n$/,
    );
    const answer = await agentEdits();
    assert.equal(answer.code, 0);
  });

  /** A Node that takes the program away before it reads it, as an update or a removal may. */
  function removing(): void {
    const cli = copyOf('1.0.0');
    const node = test.outside('node');
    writeFileSync(node, `#!/bin/sh\nrm -rf '${path.dirname(cli)}'\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
    forget();
    writeFileSync(path.join(test.home, '.linekeeper', 'programs'), `1.0.0\tnode\t${node}\t${cli}\n`);
  }
  const HOW = /^linekeeper: Linekeeper was removed, .*: sh ~\/\.linekeeper\/remove\.sh$/m;

  it('removal: an agent goes on and is told how to take the hooks out when the program goes while its hook runs', async () => {
    removing();
    const { code, stdout, stderr } = await agentEdits();
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, HOW);
    assert.doesNotMatch(stderr, /doctor/);
  });

  it('removal: a person is asked when the program goes while a hook runs and the policy restricts agents', async () => {
    writeFileSync(test.at('.git/linekeeper/held'), '');
    removing();
    const { code, stdout } = await agentEdits();
    assert.equal(code, 0);
    const asked = JSON.parse(stdout) as { hookSpecificOutput: Record<string, string> };
    assert.equal(asked.hookSpecificOutput['permissionDecision'], 'ask');
    assert.match(asked.hookSpecificOutput['permissionDecisionReason'] ?? '', /sh ~\/\.linekeeper\/remove\.sh$/);
  });

  it('removal: a commit goes on when the program goes while its hook runs', async () => {
    removing();
    assert.equal((await commitOfAi('b.txt')).message.trim(), 'work');
  });

  itInFull('doctor: renews hooks of an older Linekeeper that named its own folder', async () => {
    const file = test.at('.git/hooks/prepare-commit-msg');
    const old = test
      .read('.git/hooks/prepare-commit-msg')
      .replace(/^lk_cli=.*$/m, "lk_node='/old/node'\nlk_cli='/old/cli.js'");
    writeFileSync(file, old);
    rememberInstalled(test.repository()); // nobody has touched them since
    const answer = await linekeeper(test, ['doctor']);
    assert.match(answer.stdout, /git hooks: they started another Linekeeper than this one, and are renewed/);
    assert.match((await commitOfAi('b.txt')).message, /Assisted-by: /);
  });
});
