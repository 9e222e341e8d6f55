/** The built program as an assistant's hook: what it answers to what an agent is about to do. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS, assistantOf, type Assistant } from '../../../src/provenance/assistants';
import { AUDITORS } from '../../../src/provenance/assistants/permissions';
import { refusalsIn } from '../../../src/provenance/journal';
import { userCommands } from '../../../src/provenance/assistants/setup/hook-commands';
import { itInFull } from '../../support/full';
import { builtCli, CLI, linekeeper, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POLICY = `version: 1
assistants: { allowed: [claude-code, codex] }
tiers:
  - { name: closed, paths: ["infra/prod/**"], agents: deny }
  - { name: asked, paths: ["migrations/**"], agents: ask }
`;

const claude = (tool: string, input: object, more: object = {}): object => ({
  hook_event_name: 'PreToolUse',
  session_id: 's-1',
  tool_name: tool,
  tool_input: input,
  tool_use_id: 'call-1',
  ...more,
});

describe("the guard, asked by an assistant's hook", () => {
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/prod/main.tf', 'a\n');
    test.write('src/a.ts', 'a\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const ask = (id: string, payload: object): Promise<Answer> =>
    linekeeper(test, ['record', id], { input: JSON.stringify({ cwd: test.root, ...payload }) });
  const decisionOf = (
    answer: Answer,
  ): { readonly permissionDecision?: string; readonly permissionDecisionReason?: string } =>
    answer.stdout === '' ? {} : (JSON.parse(answer.stdout) as { hookSpecificOutput: object }).hookSpecificOutput;
  const records = (): string[] => {
    const folder = test.at('.git/linekeeper/journal');
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  };

  it('a policy with a mistake: is named and holds nobody less when a command destroys', async () => {
    const bare = POLICY.replace(/agents: \w+ /g, 'agnets: x ');
    for (const text of [bare, '<<<<<<< HEAD\n', '']) {
      test.write('.linekeeper.yml', text);
      const said = decisionOf(await ask('claude-code', claude('Bash', { command: 'terraform destroy' })));
      assert.equal(said.permissionDecision, 'ask', text);
      assert.match(said.permissionDecisionReason ?? '', /The policy has a mistake \(\.linekeeper\.yml:\d+:\d+\)/);
    }
  });

  itInFull('denies or asks as the policy says, and is silent elsewhere', async () => {
    const denied = await ask(
      'claude-code',
      claude('Edit', { file_path: test.at('infra/prod/main.tf'), old_string: 'a', new_string: 'b' }),
    );
    assert.equal(denied.code, 0);
    assert.equal(decisionOf(denied).permissionDecision, 'deny');
    assert.match(decisionOf(denied).permissionDecisionReason ?? '', /infra\/prod\/main\.tf.*"closed".*patch/);
    assert.deepEqual(records(), [], 'what is refused is no edit');
    const asked = await ask('claude-code', claude('Write', { file_path: test.at('migrations/1.sql'), content: 'x' }));
    assert.equal(decisionOf(asked).permissionDecision, 'ask');
    const allowed = await ask(
      'claude-code',
      claude('Edit', { file_path: test.at('src/a.ts'), old_string: 'a', new_string: 'b' }),
    );
    assert.deepEqual([allowed.code, allowed.stdout], [0, '']);
    assert.equal(records().length, 2);
  });

  it('a refusal: is kept with its reason and the name of the program when it was a command, without its words', async () => {
    await ask(
      'claude-code',
      claude('Edit', { file_path: test.at('infra/prod/main.tf'), old_string: 'a', new_string: 'b' }),
    );
    await ask('claude-code', claude('Bash', { command: 'echo hunter2 > infra/prod/main.tf' }));
    await ask('claude-code', claude('Edit', { file_path: test.at('src/a.ts'), old_string: 'a', new_string: 'b' }));
    const kept = refusalsIn(test.at('.git'), Date.now());
    assert.deepEqual(
      kept.map(({ assistant, session }) => [assistant, session]),
      [
        ['claude-code', 's-1'],
        ['claude-code', 's-1'],
      ],
    );
    assert.match(
      kept.find(({ reason }) => reason.includes('main.tf'))?.reason ?? '',
      /infra\/prod\/main\.tf.*"closed"/,
    );
    assert.deepEqual(
      kept.map(({ reason }) => reason).filter((reason) => !reason.includes('main.tf')),
      ['A command was refused in tier closed: echo.'],
    );
    assert.ok(kept.every(({ reason }) => !reason.includes('hunter2')));
  });

  it('denies a command that writes to a closed file, also through a link or a script', async () => {
    symlinkSync(test.at('infra/prod/main.tf'), test.at('link'));
    test.write('clean.sh', 'rm infra/prod/main.tf\n');
    for (const command of [
      'echo x > infra/prod/main.tf',
      'cd infra; rm -rf prod',
      'echo x >> link',
      'rm in*/pro?/*',
      'sh clean.sh',
      `(cd /); cd "${test.root}/infra" && rm */main.tf`,
      'cd infra/prod && terraform destroy -auto-approve',
      'terraform -chdir=infra/prod destroy -auto-approve',
    ]) {
      assert.equal(
        decisionOf(await ask('claude-code', claude('Bash', { command }))).permissionDecision,
        'deny',
        command,
      );
    }
    assert.equal((await ask('claude-code', claude('Bash', { command: 'cat infra/prod/main.tf' }))).stdout, '');
  });

  it('asks about an unknown tool with a closed path, denies one that removes it, or where the assistant cannot ask, and lets readers pass', async () => {
    const tool = (name: string, input: object): Promise<Answer> => ask('claude-code', claude(name, input));
    for (const input of [
      { path: 'infra/prod/main.tf' },
      { uri: `file://${test.root}/infra/%70rod/main.tf` },
      { options: { targets: [test.at('infra/prod/main.tf')] } },
      { files: { 'infra/prod/new.tf': 'x' } },
    ]) {
      const answer = decisionOf(await tool('mcp__files__put', input));
      assert.equal(answer.permissionDecision, 'ask', JSON.stringify(input));
      assert.match(answer.permissionDecisionReason ?? '', /"mcp__files__put" only reads/);
    }
    assert.equal(decisionOf(await tool('mcp__files__rename_directory', { path: 'infra' })).permissionDecision, 'ask');
    assert.equal(decisionOf(await tool('mcp__files__remove_directory', { path: 'infra' })).permissionDecision, 'deny');
    assert.equal((await tool('mcp__files__remove_directory', { path: 'src/old' })).stdout, '');
    assert.equal(
      decisionOf(await tool('mcp__shell__run', { command: 'rm infra/prod/main.tf' })).permissionDecision,
      'deny',
    );
    assert.equal(decisionOf(await tool('mcp__files__put', { path: '.linekeeper.yml' })).permissionDecision, 'deny');
    assert.equal((await tool('mcp__files__read_file', { path: 'infra/prod/main.tf' })).stdout, '');
    assert.equal((await tool('mcp__files__put', { path: 'src/a.ts', root: test.root })).stdout, '');
    const cursor = await ask('cursor', {
      hook_event_name: 'preToolUse',
      conversation_id: 'c-1',
      cursor_version: '2.0',
      tool_name: 'MCP:put',
      tool_input: { path: 'infra/prod/main.tf' },
      workspace_roots: [test.root],
    });
    assert.match(cursor.stdout, /"deny"/);
    const antigravity = await ask('antigravity', {
      conversationId: 'a-1',
      workspacePaths: [test.root],
      stepIdx: 3,
      toolCall: { name: 'write_to_file', args: { TargetFile: test.at('infra/prod/main.tf'), CodeContent: 'x' } },
    });
    assert.equal((JSON.parse(antigravity.stdout) as { decision: string }).decision, 'deny');
  });

  it('protects its own files and settings without any policy', async () => {
    const bare = await TestRepository.create();
    const answer = async (payload: object): Promise<string | undefined> =>
      decisionOf(
        await linekeeper(bare, ['record', 'claude-code'], { input: JSON.stringify({ cwd: bare.root, ...payload }) }),
      ).permissionDecision;
    const places = AUDITORS.flatMap(({ configs }) =>
      configs({ home: bare.home, env: {}, platform: process.platform, top: '/', repositoryRoot: bare.root }),
    );
    const permissions = [
      ...new Set(
        places
          .filter(({ scope }) => scope === 'project')
          .map(({ file, ending }) =>
            path.relative(bare.root, ending === undefined ? file : path.join(file, `one${ending}`)),
          ),
      ),
    ];
    assert.ok(
      permissions.includes('.amp/settings.json') &&
        permissions.includes('.cursor/permissions.json') &&
        permissions.length > 12,
      permissions.join(),
    );
    for (const file of [
      '.linekeeper.yml',
      '.claude/settings.json',
      '.claude/settings.local.json',
      '.git/hooks/commit-msg',
      '.git/config',
      '.codex/hooks.json',
      '.gemini/settings.json',
      '.github/hooks/linekeeper.json',
      ...permissions.filter((one) => one !== '.vscode/settings.json'),
    ]) {
      assert.equal(await answer(claude('Write', { file_path: bare.at(file), content: '' })), 'deny', file);
    }
    assert.equal(
      await answer(claude('Write', { file_path: path.join(bare.home, '.claude', 'settings.json'), content: '' })),
      'deny',
    );
    assert.equal(
      await answer(claude('Write', { file_path: path.join(bare.home, '.cursor', 'permissions.json'), content: '' })),
      'deny',
    );
    for (const editor of [
      bare.at('.vscode/settings.json'),
      path.join(bare.home, '.config', 'Code', 'User', 'settings.json'),
    ])
      assert.equal(await answer(claude('Write', { file_path: editor, content: '' })), 'ask', editor);
    symlinkSync('.amp/settings.json', bare.at('notes.txt'));
    assert.equal(
      await answer(claude('Write', { file_path: bare.at('notes.txt'), content: '' })),
      'deny',
      'through a link',
    );
    assert.equal(await answer(claude('Bash', { command: 'mkdir -p .amp; cp /tmp/x .amp/settings.json' })), 'deny');
    for (const own of [
      'package.json',
      'config/settings.json',
      '.vscode/launch.json',
      '.eslintrc.json',
      '.github/workflows/ci.yml',
    ])
      assert.equal(await answer(claude('Write', { file_path: bare.at(own), content: '' })), undefined, own);
    assert.equal(await answer(claude('Bash', { command: 'linekeeper uninstall' })), 'deny');
    assert.equal(await answer(claude('Bash', { command: 'git commit -n -m x' })), 'deny');
    assert.equal(await answer(claude('Write', { file_path: bare.at('src/x.ts'), content: '' })), undefined);
    await bare.dispose();
  });

  itInFull('protects the record, the hooks of linked work trees, and the program', async () => {
    const tree = path.join(test.home, 'linked');
    await test.git('worktree', 'add', '-q', tree);
    const answer = async (cwd: string, payload: object): Promise<string | undefined> =>
      decisionOf(await ask('claude-code', { ...payload, cwd })).permissionDecision;
    const program = path.dirname(CLI);
    for (const file of [
      test.at('.git/refs/notes/ai'),
      test.at('.git/packed-refs'),
      path.join(tree, '.git'),
      test.at('packages/a/.claude/settings.json'),
      test.at('packages/a/.codex/config.toml'),
    ]) {
      for (const cwd of [test.root, tree])
        assert.equal(
          await answer(cwd, claude('Write', { file_path: file, content: '' })),
          'deny',
          `${file} from ${cwd}`,
        );
    }
    for (const command of ['rm -rf .git/refs/notes', `rm -rf "${program}"`])
      assert.equal(await answer(test.root, claude('Bash', { command })), 'deny', command);
    for (const command of ['rm -f .git/index.lock', 'git commit -F .git/MESSAGE', `ls "${program}"`])
      assert.equal(await answer(test.root, claude('Bash', { command })), undefined, command);
  });

  itInFull("judges files of another repository by that repository's policy", async () => {
    const here = await TestRepository.create();
    const answer = async (payload: object): Promise<string | undefined> =>
      decisionOf(
        await linekeeper(here, ['record', 'claude-code'], { input: JSON.stringify({ cwd: here.root, ...payload }) }),
      ).permissionDecision;
    const [closed, open] = [test.at('infra/prod/main.tf'), test.at('src/a.ts')];
    assert.equal(await answer(claude('mcp__files__put', { path: closed })), 'ask');
    assert.equal(await answer(claude('mcp__files__put', { path: path.relative(here.root, closed) })), 'ask');
    assert.equal(await answer(claude('mcp__files__put', { path: open })), undefined);
    assert.equal(await answer(claude('mcp__files__read_file', { path: closed })), undefined);
    for (const command of [
      `rm "${closed}"`,
      `cd "${test.root}" && rm -rf infra`,
      `echo x > "${test.at('infra/prod/new/file.tf')}"`,
      `echo x > "${test.at('.git/hooks/commit-msg')}"`,
      `rm -rf "${test.root}"`,
    ])
      assert.equal(await answer(claude('Bash', { command })), 'deny', command);
    for (const command of [
      `rm "${open}"`,
      `cat "${closed}"`,
      `git -C "${test.root}" status`,
      'echo x > /tmp/linekeeper-none',
    ])
      assert.equal(await answer(claude('Bash', { command })), undefined, command);
    assert.equal(await answer(claude('Edit', { file_path: closed, old_string: 'a', new_string: 'b' })), 'deny');
    await here.dispose();
  });

  it('says in one line when the policy does not name the assistant', async () => {
    const answer = await ask('github-copilot', claude('create_file', { filePath: test.at('src/b.ts'), content: '' }));
    assert.deepEqual([answer.code, answer.stdout], [0, '']);
    assert.match(answer.stderr, /^linekeeper: the policy of this repository does not name GitHub Copilot[^\n]*\n$/);
  });

  it("goes by the base branch's policy, not the working copy's", async () => {
    await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await test.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    test.write('.linekeeper.yml', 'version: 1\ntiers: []\n');
    assert.equal(
      decisionOf(await ask('claude-code', claude('Write', { file_path: test.at('infra/prod/x.tf'), content: '' })))
        .permissionDecision,
      'deny',
    );
  });

  it('denies commands in an environment, recognised by arguments, variables or tool files', async () => {
    test.write(
      '.linekeeper.yml',
      `${POLICY}environments:
  - name: production
    when: { kube-context: ["prod*"], aws-profile: ["prod*"], terraform-workspace: [prod] }
    agents: deny
`,
    );
    const home = test.env['HOME'] ?? '';
    const bash = async (command: string, env: Readonly<Record<string, string>> = {}): Promise<string> => {
      const answer = await linekeeper(test, ['record', 'claude-code'], {
        input: JSON.stringify({ cwd: test.root, ...claude('Bash', { command }) }),
        env,
      });
      const { permissionDecision = 'allow', permissionDecisionReason = '' } = decisionOf(answer);
      if (permissionDecision === 'deny')
        assert.match(permissionDecisionReason, /in the environment "production" of \.linekeeper\.yml \(.*prod.*\)/);
      return permissionDecision;
    };
    assert.equal(await bash('kubectl --context prod-eu apply -f x.yaml'), 'deny');
    assert.equal(await bash('kubectl --context prod-eu get pods'), 'allow');
    assert.equal(await bash('aws s3 cp a s3://b'), 'allow');
    assert.equal(await bash('aws s3 cp a s3://b', { AWS_PROFILE: 'prod' }), 'deny');
    assert.equal(await bash('terraform apply'), 'allow');
    test.write('.terraform/environment', 'prod');
    assert.equal(await bash('terraform apply'), 'deny');
    mkdirSync(path.join(home, '.kube'), { recursive: true });
    writeFileSync(path.join(home, '.kube', 'config'), 'apiVersion: v1\ncurrent-context: prod-eu\n');
    assert.equal(await bash('helm upgrade web ./chart'), 'deny');
    assert.equal(await bash('helm upgrade web ./chart', { KUBECONFIG: test.at('none') }), 'allow');
  });

  it('judges a file by its own repository, not the folder where the agent runs', async () => {
    const answer = await linekeeper(test, ['record', 'claude-code'], {
      cwd: test.home,
      input: JSON.stringify(
        claude('Write', { file_path: test.at('infra/prod/x.tf'), content: '' }, { cwd: test.home }),
      ),
    });
    assert.equal(decisionOf(answer).permissionDecision, 'deny');
  });

  for (const assistant of ASSISTANTS) {
    it(`denies in the protocol of ${assistant.title}`, () => {
      if (assistant.deny === null) return;
      const { stdout = '', stderr = '', exitCode } = assistant.deny('not "there"\nbut here');
      assert.ok(exitCode === 2 || stdout !== '');
      assert.ok(stdout === '' || JSON.stringify(JSON.parse(stdout)).includes('not \\"there\\"\\nbut here'));
      assert.ok(stdout !== '' || stderr.includes('but here'));
    });
  }

  describe('when Linekeeper cannot run,', () => {
    const payload = JSON.stringify(claude('Write', { file_path: 'x', content: '' }));
    const hold = (): void => {
      mkdirSync(test.at('.git/linekeeper'), { recursive: true });
      writeFileSync(test.at('.git/linekeeper/held'), '');
    };
    const known = (id: string): Assistant => assistantOf(id) ?? assert.fail(id);
    const run = (
      program: string,
      input = payload,
      id = 'claude-code',
    ): { code: number | null; out: string; err: string; took: number } => {
      const script = test.outside('program.sh');
      writeFileSync(script, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
      const began = Date.now();
      const { status, stdout, stderr } = spawnSync(
        '/bin/sh',
        ['-c', userCommands({ words: [script], electron: false }, known(id)).before.sh],
        { cwd: test.root, env: test.env, input, encoding: 'utf8' },
      );
      return { code: status, out: stdout, err: stderr, took: Date.now() - began };
    };

    itInFull(
      'the hook denies by itself if the policy last seen or that of the clone denies agents, else allows',
      async () => {
        test.write('.linekeeper.yml', 'version: 1\n');
        await test.commit('Restrict nobody');
        mkdirSync(test.at('.git/linekeeper'), { recursive: true });
        const free = run('exit 70');
        assert.deepEqual([free.code, free.out], [0, '']);
        assert.match(free.err, /^linekeeper could not run[^\n]*\n$/);
        hold();
        const held = run('exit 70');
        assert.deepEqual([held.code, held.err], [0, '']);
        const refused =
          /"permissionDecision":"deny","permissionDecisionReason":"Linekeeper could not look at this[^\n]*refused/;
        assert.match(held.out, refused);
        assert.match(run('kill -9 $$').out, refused);
        assert.equal(run('exit 70', payload, 'kiro').code, 2);
        assert.match(run('exit 70', payload, 'cline').out, /^\{"cancel":true,"errorMessage":"Linekeeper could not/);
        assert.deepEqual(run('cat >/dev/null; exit 0').out, '');
        assert.match(readFileSync(test.at('.git/linekeeper/failed'), 'utf8'), /^\d+ claude-code 70\n/);
      },
    );

    it('the hook in a clone where no policy that restricts was seen yet: denies by its policy, unless that observes', async () => {
      test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - {name: x, paths: ["**"], agents: deny}\n');
      await test.commit('Close everything');
      rmSync(test.at('.git/linekeeper'), { recursive: true, force: true });
      assert.match(run('exit 70').out, /"permissionDecision":"deny"/);
      test.write('.linekeeper.yml', `mode: observe\n${test.read('.linekeeper.yml')}`);
      assert.equal(run('exit 70').out, '', 'it observes');
      test.write('.linekeeper.yml', test.read('.linekeeper.yml').replace('observe', 'enforce # observe until May'));
      assert.match(run('exit 70').out, /"permissionDecision":"deny"/, 'it enforces, whatever a comment says');
      test.write('.linekeeper.yml', 'version: 1\n');
      assert.match(run('exit 70').out, /"permissionDecision":"deny"/, 'the last commit still closes it');
      mkdirSync(test.at('.git/linekeeper'));
      assert.match(
        run('exit 70').out,
        /"permissionDecision":"deny"/,
        'also where only a policy that observed was seen',
      );
    });

    it("the hook starts no other program for Claude Code's payload, and one for Kiro's", () => {
      const counted = (id: string): { out: string; started: number } => {
        const log = test.outside('started');
        rmSync(log, { force: true });
        const folder = test.outside('counting');
        mkdirSync(folder, { recursive: true });
        writeFileSync(path.join(folder, 'cat'), `#!/bin/sh\necho cat >>"${log}"\nexec /bin/cat "$@"\n`, {
          mode: 0o755,
        });
        const script = test.outside('program.sh');
        writeFileSync(script, '#!/bin/sh\n/bin/cat\n', { mode: 0o755 });
        const { before } = userCommands({ words: [script], electron: false }, known(id));
        const { stdout } = spawnSync('/bin/sh', ['-c', before.sh], {
          cwd: test.root,
          env: { ...test.env, PATH: `${folder}:${test.env['PATH'] ?? ''}` },
          input: payload,
          encoding: 'utf8',
        });
        return { out: stdout, started: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0 };
      };
      assert.deepEqual(counted('claude-code'), { out: payload, started: 0 });
      assert.deepEqual(counted('kiro'), { out: payload, started: 1 });
    });

    it('the hook denies by itself when the payload is cut, and allows what is already done', async () => {
      hold();
      const answer = await linekeeper(test, ['record', 'claude-code'], {
        input: '{"hook_event_name": "PreToolUse", "tool_na',
      });
      assert.equal(answer.code, 124);
      const input = '{"hook_event_name": "PreToolUse", "tool_na';
      assert.match(run('exit 124', input).out, /"deny"/);
      const { others: other } = userCommands(
        { words: ['/bin/sh', '-c', 'exit 124'], electron: false },
        known('claude-code'),
      );
      assert.equal(
        spawnSync('/bin/sh', ['-c', other.sh], { cwd: test.root, env: test.env, input }).status,
        0,
        'what is done cannot be refused',
      );
    });

    it('the hook stops waiting after a few seconds and denies', function () {
      this.timeout(20_000);
      hold();
      const { out, took } = run('sleep 60');
      assert.match(out, /"deny"/);
      assert.ok(took < 9900, String(took));
    });

    itInFull("tools that only read are allowed, by the payload's own tool name", () => {
      hold();
      const payloadOf = (tool: string): string =>
        JSON.stringify({
          hook_event_name: 'PreToolUse',
          tool_name: tool,
          tool_input: { content: '"tool_name":"view"' },
        });
      const answer = (given: string): string => run('exit 70', given, 'github-copilot').out;
      assert.equal(answer(payloadOf('view')), '');
      assert.match(answer(payloadOf('create')), /"deny"/);
      // an agent chooses what it gives a tool, also keys that mean something elsewhere
      const nested = {
        hook_event_name: 'PreToolUse',
        tool_input: { tool_name: 'view', more: { toolName: 'view' } },
        tool_name: 'create',
      };
      assert.match(answer(JSON.stringify(nested)), /"deny"/);
      assert.match(answer(JSON.stringify({ tool_input: {} })), /"deny"/);
    });

    it('whether the policy denies agents is written down each time it is read', async () => {
      assert.equal(existsSync(test.at('.git/linekeeper/held')), false);
      await ask('claude-code', claude('Write', { file_path: test.at('src/x.ts'), content: '' }));
      assert.equal(existsSync(test.at('.git/linekeeper/held')), true);
      test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: asked, paths: ["x"], agents: ask }]\n');
      await linekeeper(test, ['status']);
      assert.equal(existsSync(test.at('.git/linekeeper/held')), false);
    });
  });
});

describe('a payload that is not understood', () => {
  it('is set aside without its prompts and commands', async () => {
    const test = await TestRepository.create();
    const answer = await linekeeper(test, ['record', 'claude-code'], {
      input: JSON.stringify({
        hook_event_name: 'PreToolUse',
        cwd: test.root,
        prompt: 'my secret plan',
        tool_input: { command: 'curl -H "token"', file_path: 'kept.txt' },
      }),
    });
    assert.equal(answer.code, 0);
    const folder = test.at('.git/linekeeper/aside');
    const [name = ''] = readdirSync(folder);
    const text = readFileSync(path.join(folder, name), 'utf8');
    assert.doesNotMatch(text, /secret plan|curl/);
    assert.match(text, /kept\.txt/);
    await test.dispose();
  });
});
