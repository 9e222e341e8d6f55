import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import fc from 'fast-check';
import { ASSISTANTS } from '../../../../src/provenance/assistants';
import { audit, AUDITORS, type AuditResult } from '../../../../src/provenance/assistants/permissions';
import { reachOf } from '../../../../src/provenance/assistants/permissions/judge-trusted-command-pattern';
import { readToml } from '../../../../src/provenance/assistants/permissions/read-toml';
import { audit as verb } from '../../../../src/cli/verbs/audit';
import { TestRepository } from '../../../support/repository';
import { callVerb } from '../../../support/verbs';

describe("audit of the assistants' permission settings", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper audit ')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const looked = (): AuditResult =>
    audit(AUDITORS, {
      home: path.join(folder, 'home'),
      env: {},
      platform: 'linux',
      top: path.join(folder, 'machine'),
      repositoryRoot: path.join(folder, 'repository'),
    });
  const told = (): string[] =>
    looked().allowed.map(
      ({ assistant, scope, grant, key, line }) => `${assistant} ${scope} ${grant} ${key.join('.')} @${String(line)}`,
    );

  it('Claude Code: the settings of the user, the project and the machine are read, each grant with its line', () => {
    write(
      'home/.claude/settings.json',
      '{\n  // mine\n  "permissions": {\n    "defaultMode": "bypassPermissions",\n    "allow": ["Bash(npm test:*)", "Bash(terraform *)",\n      "Bash(*)", "Edit", "Read(**)"],\n  }\n}\n',
    );
    write('repository/.claude/settings.local.json', '{"disableAllHooks": true}');
    write('machine/etc/claude-code/managed-settings.json', '{"sandbox": {"enabled": false}}');
    assert.deepEqual(told(), [
      'claude-code managed unsandboxed sandbox.enabled @1',
      'claude-code user everything permissions.defaultMode @4',
      'claude-code user commands permissions.allow.1 @5',
      'claude-code user shell permissions.allow.2 @6',
      'claude-code user edits permissions.allow.3 @6',
      'claude-code project no-hooks disableAllHooks @1',
    ]);
  });

  it('Kiro: trusted commands and the tools of its agents are read', () => {
    write('home/.config/Kiro/User/settings.json', '{"kiroAgent.trustedCommands": ["npm test", "terraform *", "*"]}');
    write(
      'repository/.kiro/agents/ops.json',
      '{"allowedTools": ["read", "shell"], "toolsSettings": {"shell": {"allowedCommands": ["^git status$", "^kubectl .*", ".*"]}}}',
    );
    assert.deepEqual(told(), [
      'kiro user commands kiroAgent.trustedCommands.1 @1',
      'kiro user shell kiroAgent.trustedCommands.2 @1',
      'kiro project shell allowedTools.1 @1',
      'kiro project commands toolsSettings.shell.allowedCommands.1 @1',
      'kiro project shell toolsSettings.shell.allowedCommands.2 @1',
    ]);
  });

  it('Codex: its configuration, profiles and command rules are read', () => {
    write(
      'home/.codex/config.toml',
      '# never asks\napproval_policy = "never"\nsandbox_mode = "danger-full-access" # really\n\n[profiles.safe]\napproval_policy = "on-request"\n[profiles."full auto"]\napproval_policy = "never"\n[sandbox_workspace_write]\nnetwork_access = true\n',
    );
    write(
      'home/.codex/rules/default.rules',
      'prefix_rule(pattern=["git", "status"], decision="allow")\nprefix_rule(\n  pattern=["terraform"],\n  decision="allow",\n)\nprefix_rule(pattern=["rm"], decision="forbidden")\n',
    );
    assert.deepEqual(told(), [
      'codex user shell approval_policy @2',
      'codex user unsandboxed sandbox_mode @3',
      'codex user unsandboxed sandbox_workspace_write.network_access @10',
      'codex user shell profiles.full auto.approval_policy @8',
      'codex user commands prefix_rule.2 @2',
    ]);
  });

  it('every other assistant: grants in its settings are read', () => {
    write(
      'home/.config/Code/User/settings.json',
      '{"chat.tools.global.autoApprove": true, "chat.tools.terminal.autoApprove": {"git status": true, "terraform": true, "/.*/": {"approve": true}, "rm": false}, "chat.tools.edits.autoApprove": {"**/*": true, "**/.env": false}}',
    );
    write(
      'home/.copilot/permissions-config.json',
      '{"locations": {"/p": {"tool_approvals": [{"kind": "commands", "commandIdentifiers": ["git status", "kubectl"]}, {"kind": "write"}]}}}',
    );
    write(
      'home/.cursor/cli-config.json',
      '{"permissions": {"allow": ["Shell(ls)", "Shell(git)", "Shell(**)", "Write(**)"]}}',
    );
    write('home/.config/Windsurf/User/settings.json', '{"windsurf.cascadeCommandsAllowList": ["git", "npm test"]}');
    write(
      'repository/.gemini/settings.json',
      '{"tools": {"allowed": ["run_shell_command(terraform)", "run_shell_command(git status)", "write_file"], "sandbox": false}, "general": {"defaultApprovalMode": "auto_edit"}}',
    );
    write(
      'home/.gemini/policies/mine.toml',
      '[[rule]]\ntoolName = "run_shell_command"\ncommandPrefix = ["ls", "helm"]\ndecision = "allow"\n[[rule]]\ntoolName = "*"\ndecision = "deny"\n',
    );
    write(
      'home/.config/opencode/opencode.jsonc',
      '{"permission": {"edit": "ask", "bash": {"git status*": "allow", "terraform *": "allow", "*": "ask"}}, "agent": {"build": {"permission": "allow"}}}',
    );
    write('home/.qwen/settings.json', '{"tools": {"approvalMode": "yolo"}}');
    assert.deepEqual(told(), [
      'github-copilot user everything chat.tools.global.autoApprove @1',
      'github-copilot user commands chat.tools.terminal.autoApprove.terraform @1',
      'github-copilot user shell chat.tools.terminal.autoApprove./.*/ @1',
      'github-copilot user edits chat.tools.edits.autoApprove.**/* @1',
      'github-copilot user commands locations./p.tool_approvals.0.commandIdentifiers.1 @1',
      'github-copilot user edits locations./p.tool_approvals.1 @1',
      'cursor user commands permissions.allow.1 @1',
      'cursor user shell permissions.allow.2 @1',
      'cursor user edits permissions.allow.3 @1',
      'windsurf user commands windsurf.cascadeCommandsAllowList.0 @1',
      'gemini user commands rule.0 @1',
      'gemini project commands tools.allowed.0 @1',
      'gemini project edits tools.allowed.2 @1',
      'gemini project edits general.defaultApprovalMode @1',
      'gemini project unsandboxed tools.sandbox @1',
      'opencode user commands permission.bash.terraform * @1',
      'opencode user everything agent.build.permission @1',
      'qwen-code user everything tools.approvalMode @1',
    ]);
  });

  it('reachOf tells a pattern for any command from one for harmful commands and one for reading commands', () => {
    for (const pattern of ['*', '', ' ', '.*', '/.*/', '^.*$', '**', ':*', '/^.*$/i'])
      assert.equal(reachOf(pattern), 'anything', pattern);
    for (const pattern of [
      'terraform *',
      'terraform:*',
      'terraform',
      'terraform apply',
      'terraform destroy *',
      '/^terraform /',
      '^git ',
      'git push *',
      'rm -rf *',
      '/usr/bin/rm',
      '/usr/bin/su',
      'bash -c *',
      'npx *',
      'aws *',
      'aws s3 rm *',
      'kubectl delete pod',
      'FOO=1 rm x',
      'npm test && rm -rf x',
      'npm *',
      'docker run *',
      'make *',
      'python *',
    ]) {
      assert.equal(reachOf(pattern), 'harm', pattern);
    }
    for (const pattern of [
      'terraform plan *',
      'git status',
      'git diff:*',
      'npm test',
      'npm run test:*',
      'ls *',
      'kubectl get *',
      'aws s3 ls *',
      'aws ec2 describe-instances',
      'docker ps',
      '/^git (status|log)/',
      'tsc --noEmit',
      'cargo test',
    ]) {
      assert.equal(reachOf(pattern), undefined, pattern);
    }
  });

  for (const [code, why] of [
    ['EACCES', 'it may not be read'],
    ['EPERM', 'it may not be read'],
    ['EIO', 'it could not be read'],
  ] as const)
    it(`a settings file: "${why}" is said when the system answers ${code}`, () => {
      write('home/.claude/settings.json', '{}');
      const open = fs.openSync;
      const mocked = mock.method(fs, 'openSync', (...asked: Parameters<typeof open>) => {
        if (String(asked[0]).endsWith('settings.json')) throw Object.assign(new Error(code), { code });
        return open(...asked);
      });
      try {
        assert.deepEqual(looked().unreadable.find(({ assistant }) => assistant === 'claude-code')?.why, why);
      } finally {
        mocked.mock.restore();
      }
    });

  it('a settings file that is broken, too large or a folder is named, and the others are still judged', () => {
    write('home/.claude/settings.json', '{"permissions": ');
    write('home/.cursor/cli-config.json', '[]');
    write('repository/.gemini/settings.json', 'x'.repeat(5 * 1024 * 1024));
    mkdirSync(path.join(folder, 'home', '.qwen', 'settings.json'), { recursive: true });
    mkdirSync(path.join(folder, 'home', '.codex'), { recursive: true });
    spawnSync('mkfifo', [path.join(folder, 'home', '.codex', 'config.toml')]);
    write('home/.config/opencode/opencode.json', '{"permission": "allow"}');
    const { allowed, unreadable } = looked();
    assert.deepEqual(
      unreadable.map(({ assistant, why }) => `${assistant}: ${why}`),
      [
        'cursor: it is not a JSON object',
        'claude-code: it is not a JSON object (line 1)',
        'codex: it is not a file',
        'gemini: it is larger than 4 MB',
        'qwen-code: it is not a file',
      ],
    );
    assert.deepEqual(
      allowed.map(({ assistant }) => assistant),
      ['opencode'],
    );
  });

  it('any JSON or TOML in a settings file is read without an error', () => {
    const everywhere = AUDITORS.flatMap((auditor) =>
      auditor.configs({ home: '/h', env: {}, platform: 'darwin', top: '/', repositoryRoot: '/r' }),
    );
    const key = fc.constantFrom(
      'permissions',
      'allow',
      'tools',
      'allowed',
      'permission',
      'bash',
      'agent',
      'profiles',
      'rule',
      '__proto__',
      'toolsSettings',
      'shell',
      'allowedCommands',
      'locations',
      'chat.tools.terminal.autoApprove',
      'kiroAgent.trustedCommands',
      'text',
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.constantFrom(...everywhere), (settings, config) => {
        for (const one of config.judge(settings)) assert.ok(one.says.endsWith('.') && one.mend.endsWith('.'));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom(
              '[a.b]',
              '[[a]]',
              '[a]',
              'a = [1, "x"',
              'a.b = 1',
              '__proto__ = 1',
              '[__proto__]',
              'x = true # y',
              '"k" = \'v\'',
            ),
          ),
        ),
        (rows) => {
          const { value: read } = readToml(rows.join('\n'));
          assert.equal(typeof read, 'object');
          assert.equal(({} as Record<string, unknown>)['x'], undefined);
        },
      ),
    );
  });

  it('every assistant of the registry has an auditor', () => {
    assert.deepEqual(AUDITORS.map(({ id }) => id).sort(), ASSISTANTS.map(({ id }) => id).sort());
  });
});

describe('linekeeper audit', function () {
  this.timeout(30_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'x\n');
  });
  afterEach(() => test.dispose());
  const tier = (agents: string): string =>
    `version: 1\ntiers:\n  - name: critical\n    paths: ["infra/**"]\n    agents: ${agents}\n`;
  const settings = (text: string): void => {
    mkdirSync(path.join(test.home, '.claude'), { recursive: true });
    writeFileSync(path.join(test.home, '.claude', 'settings.json'), text);
  };
  const ask = (...words: string[]) => callVerb(verb, words, test.root, { home: test.home });

  it('exits 1 with file, key and remedy when the policy denies destruction and the settings allow it', async () => {
    test.write('.linekeeper.yml', tier('deny-destructive'));
    await test.commit('start');
    settings('{"permissions": {"allow": ["Bash(terraform *)"]}}');
    const { code, out } = await ask();
    assert.equal(code, 1);
    assert.match(out, /critical \(deny-destructive\)/);
    assert.match(
      out,
      /Claude Code, user: Commands that can do harm[^]*settings\.json:1 {2}permissions\.allow\.0 = Bash\(terraform \*\)[^]*Narrow it down/,
    );
  });

  it('exits 0 with a note when the policy allows everything, but 1 when hooks are switched off', async () => {
    test.write('.linekeeper.yml', tier('allow'));
    await test.commit('start');
    settings('{"permissions": {"allow": ["Bash"]}}');
    const first = await ask();
    assert.equal(first.code, 0);
    assert.match(first.out, /^note {2}Claude Code/m);
    settings('{"disableAllHooks": true}');
    assert.equal((await ask()).code, 1);
  });

  it('exits 1 without a policy when an assistant never asks, inside and outside a repository', async () => {
    await test.commit('start');
    assert.equal((await ask()).code, 0);
    settings('{"permissions": {"defaultMode": "bypassPermissions"}}');
    assert.equal((await ask()).code, 1);
    const outside = await callVerb(verb, ['--json'], test.home, { home: test.home });
    assert.equal(outside.code, 1);
    assert.equal((JSON.parse(outside.out) as { allowed: { grant: string }[] }).allowed[0]?.grant, 'everything');
  });

  it('exits 2 for a broken settings file, and prints neither secrets nor control characters', async () => {
    settings('{');
    const broken = await ask();
    assert.equal(broken.code, 2);
    assert.match(broken.out, /cannot be judged/);
    settings(
      JSON.stringify({
        permissions: {
          allow: [
            'Bash(curl -H "Authorization: Bearer abc123" https://example.com/\u001b[31m*)',
            'Bash(psql postgres://u:9f8e7d6c5b4a39281706f5e4d3c2b1a0@db)',
          ],
        },
      }),
    );
    const { out } = await ask();
    assert.doesNotMatch(out, /abc123|9f8e7d6c|\u001b/);
    const json = await ask('--json');
    assert.doesNotMatch(json.out, /abc123|9f8e7d6c/);
  });

  it('exits 2 when a settings file cannot be read', async () => {
    mkdirSync(path.join(test.home, '.claude'));
    symlinkSync('settings.json', path.join(test.home, '.claude', 'settings.json'));
    const { code, out } = await ask();
    assert.equal(code, 2);
    assert.match(out, /could not be read/);
  });
});
