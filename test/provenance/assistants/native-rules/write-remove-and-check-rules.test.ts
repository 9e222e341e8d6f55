/** A policy's rules in assistants' settings: written, renewed and taken out byte for byte. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assistantOf } from '../../../../src/provenance/assistants';
import {
  dialectOf,
  DIALECTS,
  presenceOfRules,
  removeRules,
  stateOfRules,
  writeRules,
  type NativeRules,
} from '../../../../src/provenance/assistants/native-rules';
import { installHooks, uninstallHooks } from '../../../../src/provenance/assistants/setup';
import { known, Machine, rulesOf } from '../../../support/native-rules';

/** Settings that a person has, in the manner of each file. */
const THEIRS: Readonly<Record<string, string>> = {
  'home/.claude/settings.json':
    '{\n  // mine\n  "model": "opus",\n  "permissions": { "deny": ["Bash(rm *)"], "allow": [] },\n}\n',
  'repo/.claude/settings.json': '{"permissions":{}}',
  'home/.codex/config.toml': 'model = "x" # mine\r\n[tui]\r\ntheme = "dark"',
  'repo/.codex/config.toml': '',
  'machine/etc/codex/requirements.toml': '[mcp_servers.x]\nidentity = "y"\n',
  'home/.config/opencode/opencode.json': '{ "permission": { "edit": "ask", "bash": { "*": "ask" } } }',
  'repo/opencode.json': '\uFEFF{}\n',
  'home/.cursor/cli-config.json': '{"version":1,"permissions":{"allow":["Shell(ls)"],"deny":[]}}\n',
  'machine/etc/github-copilot/managed-settings.json': '{\n\t"permissions": {\n\t\t"allow": ["Read(**)"]\n\t}\n}\n',
  'home/.gemini/settings.json': '{"security": {"auth": {}}}\n',
  'home/.qwen/settings.json': '{ }',
};

describe('the rules of a policy in the settings of assistants', () => {
  for (const { id, scopes } of DIALECTS)
    for (const scope of scopes)
      for (const kept of [false, true])
        it(`${id}, ${scope}: is as before when rules go out of ${kept ? 'settings with other things' : 'no settings'}`, () => {
          using machine = new Machine();
          if (kept) for (const [file, text] of Object.entries(THEIRS)) machine.put(file, text);
          const before = machine.files();
          const { assistant, dialect } = known(id);
          const options = machine.options(scope);
          const done = writeRules(assistant, dialect, rulesOf(machine.root), options);
          assert.equal(done.outcome, 'written');
          assert.notDeepEqual(machine.files(), before);
          assert.equal(stateOfRules(assistant, dialect, rulesOf(machine.root), options).state, 'held');
          assert.equal(writeRules(assistant, dialect, rulesOf(machine.root), options).outcome, 'already');
          const changed = rulesOf(machine.root, { closedPaths: ['prod/**'], refusedCommands: [['helm', 'uninstall']] });
          // there, the administrator's place is for hooks alone
          const hasRules = id !== 'cursor' || scope !== 'managed';
          assert.equal(stateOfRules(assistant, dialect, changed, options).state, hasRules ? 'outdated' : 'held');
          assert.equal(writeRules(assistant, dialect, changed, options).outcome, hasRules ? 'renewed' : 'already');
          assert.equal(stateOfRules(assistant, dialect, changed, options).state, 'held');
          assert.ok(removeRules(assistant, dialect, options).length > 0);
          assert.deepEqual(machine.files(), before);
          assert.equal(stateOfRules(assistant, dialect, changed, options).state, 'absent');
        });

  for (const { id, scopes } of DIALECTS)
    for (const scope of scopes)
      it(`${id}, ${scope}: names where they reach further or less far when its settings do not hold what install says first`, () => {
        using machine = new Machine();
        const { assistant, dialect } = known(id);
        const rules = rulesOf(machine.root, { refusedTools: ['shopdb__*'] });
        const { gaps, files } = writeRules(assistant, dialect, rules, machine.options(scope));
        const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
        const said = gaps.join('\n');
        const hasNoRules = said.includes('Only its hooks have a place');
        const alone = text.split('infra').slice(0, -1);
        const isPlaced = alone.length > 0 && alone.every((before) => before.endsWith(`${machine.root}/`));
        if (scope !== 'project' && !hasNoRules) assert.equal(isPlaced, !/closed in every repository/.test(said), said);
        const refuses = /terraform\b.{0,60}destroy/.test(text);
        assert.equal(refuses, !hasNoRules && !/no command is refused/.test(said), said);
        assert.equal(text.includes('shopdb'), !hasNoRules && !/don't know tools of servers/.test(said), said);
      });

  it('settings: keep what a person added when rules go out later', () => {
    using machine = new Machine();
    const { assistant, dialect } = known('claude-code');
    const options = machine.options('user');
    machine.put('home/.claude/settings.json', THEIRS['home/.claude/settings.json'] ?? '');
    writeRules(assistant, dialect, rulesOf(machine.root), options);
    const full = machine.text('home/.claude/settings.json');
    machine.put(
      'home/.claude/settings.json',
      full.replace('"opus"', '"sonnet"').replace('"Bash(rm *)"', '"Bash(rm *)", "Bash(dd *)"'),
    );
    assert.equal(stateOfRules(assistant, dialect, rulesOf(machine.root), options).state, 'held');
    removeRules(assistant, dialect, options);
    assert.equal(
      machine.text('home/.claude/settings.json'),
      '{\n  // mine\n  "model": "sonnet",\n  "permissions": { "deny": ["Bash(rm *)", "Bash(dd *)"], "allow": [] },\n}\n',
    );
  });

  it('rules: are said to be changed when somebody takes one out', () => {
    using machine = new Machine();
    const { assistant, dialect } = known('claude-code');
    const options = machine.options('user');
    writeRules(assistant, dialect, rulesOf(machine.root), options);
    const full = machine.text('home/.claude/settings.json');
    machine.put('home/.claude/settings.json', full.replace(/ *"Bash\(terraform destroy \*\)",\n/, ''));
    assert.equal(stateOfRules(assistant, dialect, rulesOf(machine.root), options).state, 'changed');
    writeRules(assistant, dialect, rulesOf(machine.root), options);
    assert.equal(machine.text('home/.claude/settings.json'), full);
  });

  it('rules of two repositories: stay for one when the other one is let go', () => {
    using machine = new Machine();
    const { assistant, dialect } = known('claude-code');
    const other = machine.made('second');
    const options = machine.options('user');
    writeRules(assistant, dialect, rulesOf(machine.root), options);
    const alone = machine.text('home/.claude/settings.json');
    writeRules(assistant, dialect, rulesOf(other, { closedPaths: ['live/**'] }), { ...options, repositoryRoot: other });
    const both = machine.text('home/.claude/settings.json');
    assert.ok(both.includes(`Edit(/${machine.root}/infra/**)`) && both.includes(`Edit(/${other}/live/**)`));
    removeRules(assistant, dialect, { ...options, repositoryRoot: other });
    assert.equal(machine.text('home/.claude/settings.json'), alone);
    removeRules(assistant, dialect, options);
    assert.ok(!existsSync(path.join(machine.home, '.claude')));
  });

  for (const first of ['hooks', 'rules'])
    it(`settings: are gone when hooks and rules are taken out, ${first} first`, () => {
      using machine = new Machine();
      const { assistant, dialect } = known('claude-code');
      const options = machine.options('user', { stateDir: path.join(machine.folder, 'state-user') });
      const hooks = { ...options, scope: 'user' as const };
      installHooks(assistant, hooks);
      writeRules(assistant, dialect, rulesOf(machine.root), options);
      if (first === 'hooks') uninstallHooks(assistant, hooks);
      removeRules(assistant, dialect, options);
      if (first === 'rules') uninstallHooks(assistant, hooks);
      assert.deepEqual(machine.files(), {});
    });

  it("a person's file: stays when its name is the one that ours must have", () => {
    using machine = new Machine();
    const { assistant, dialect } = known('kiro');
    machine.put('home/.kiro/settings/permissions.yaml', 'rules: []\n');
    assert.throws(
      () => writeRules(assistant, dialect, rulesOf(machine.root), machine.options('user')),
      /somebody else/,
    );
    assert.equal(machine.text('home/.kiro/settings/permissions.yaml'), 'rules: []\n');
  });

  it('broken settings: are left and named with their line when rules should be written', () => {
    using machine = new Machine();
    const { assistant, dialect } = known('opencode');
    machine.put('home/.config/opencode/opencode.json', '{\n  "permission": [}\n');
    assert.throws(
      () => writeRules(assistant, dialect, rulesOf(machine.root), machine.options('user')),
      /opencode\.json:2:\d+: .*not valid JSON/,
    );
  });

  it('a gap: is said when the settings of Codex choose a sandbox already', () => {
    using machine = new Machine();
    const { assistant, dialect } = known('codex');
    machine.put('home/.codex/config.toml', 'sandbox_mode = "read-only"\n');
    const { gaps } = writeRules(assistant, dialect, rulesOf(machine.root), machine.options('user'));
    assert.ok(
      gaps.some((gap) => gap.includes('chooses a sandbox already')),
      gaps.join('\n'),
    );
    assert.ok(!machine.text('home/.codex/config.toml').includes('default_permissions'));
  });

  describe('rules for Codex where folders are absent', () => {
    const { assistant, dialect } = known('codex');
    const closed = [
      ...['.amp/settings.json', '.amp/settings.jsonc', '.github/hooks/**', '.github/copilot/**', 'live/**'],
      // in a folder that is closed anyhow
      ...['live/keys/main.pem', '.git/linekeeper/**', '.codex/config.toml'],
    ];
    const named = (machine: Machine): string[] =>
      [...machine.text('home/.codex/config.toml').matchAll(/^"(.*)" = "read"$/gm)].map(([, name = '']) =>
        path.relative(machine.root, name),
      );
    const rules = ({ root }: Machine): NativeRules => rulesOf(root, { closedPaths: closed, closedReads: [] });

    it('its profile: names an absent folder once, and leaves one with much else open, when the system is Linux', () => {
      using machine = new Machine();
      const options = machine.options('user');
      const { gaps } = writeRules(assistant, dialect, rules(machine), options);
      assert.deepEqual(named(machine), ['.amp', 'live']);
      assert.ok(
        gaps.some((gap) => gap.includes('.github is not yet')),
        gaps.join('\n'),
      );
    });

    it('its profile: is renewed when the folder appears', () => {
      using machine = new Machine();
      const options = machine.options('user');
      writeRules(assistant, dialect, rules(machine), options);
      machine.made('repo/.github');
      machine.made('repo/.amp');
      assert.equal(stateOfRules(assistant, dialect, rules(machine), options).state, 'outdated');
      assert.equal(presenceOfRules(assistant, dialect, rules(machine), options).presence, 'some');
      const { gaps } = writeRules(assistant, dialect, rules(machine), options);
      assert.deepEqual(named(machine), [
        '.amp/settings.json',
        '.amp/settings.jsonc',
        '.github/hooks',
        '.github/copilot',
        'live',
      ]);
      assert.ok(!gaps.some((gap) => gap.includes('not there')), gaps.join('\n'));
    });

    it('its profile: names each path when the system is macOS', () => {
      using machine = new Machine();
      writeRules(assistant, dialect, rules(machine), machine.options('user', { platform: 'darwin' }));
      assert.equal(named(machine).length, closed.length);
    });
  });

  it("a link out of the repository: is refused when a project's rules would be written through it", () => {
    using machine = new Machine();
    const { assistant, dialect } = known('claude-code');
    const outside = machine.made('outside');
    mkdirSync(machine.root, { recursive: true });
    rmSync(path.join(machine.root, '.claude'), { recursive: true, force: true });
    writeFileSync(path.join(outside, 'settings.json'), '{}');
    // a repository brings the link
    symlinkSync(outside, path.join(machine.root, '.claude'));
    assert.throws(() => writeRules(assistant, dialect, rulesOf(machine.root), machine.options('project')), /leads out/);
    assert.equal(readFileSync(path.join(outside, 'settings.json'), 'utf8'), '{}');
  });
});

describe('rules for Gemini CLI', () => {
  /** As the program's own check has it: what fails is passed over without a word. */
  const isTaken = (expression: string): boolean =>
    expression.length <= 2048 && !/\([^)]*[*+?{].*\)[*+?{]/.test(expression);

  it('each expression: is one that the program takes when many paths and commands are closed', () => {
    const machine = new Machine();
    const closedPaths = Array.from(
      { length: 80 },
      (_, index) => `services/a-rather-long-name-${String(index)}/**/*.tf`,
    );
    const rules = rulesOf(machine.root, { closedPaths });
    const dialect = dialectOf('gemini') ?? assert.fail('gemini');
    writeRules(assistantOf('gemini') ?? assert.fail('gemini'), dialect, rules, machine.options('user'));
    const text = readFileSync(path.join(machine.home, '.gemini', 'policies', 'linekeeper.toml'), 'utf8');
    const expressions = [...text.matchAll(/^(?:argsPattern|commandRegex) = (".*")$/gm)].map(
      ([, literal = '""']) => JSON.parse(literal) as string,
    );
    assert.ok(expressions.length > 80, String(expressions.length));
    assert.deepEqual(
      expressions.filter((expression) => !isTaken(expression)),
      [],
    );
  });
});
