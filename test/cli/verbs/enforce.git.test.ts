/** `install --enforce`, what `doctor` and `audit` say of it, and `uninstall --enforce`. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { itInFull } from '../../support/full';
import { linekeeper, linekeeperProcess, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POLICY = (closed: string): string => `version: 1
environments:
  - { name: production, when: { aws-profile: ["prod*"] }, agents: deny, credentials: [".env.production", "$PROD_TOKEN"] }
tiers:
  - { name: closed, paths: ["${closed}"], agents: deny }
  - { name: watched, paths: ["infra/**"], detect: [destructive], agents: deny-destructive }
`;
const MINE = '{\n  "model": "opus"\n}\n';

describe('install --enforce', function () {
  this.timeout(180_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY('infra/prod/**'));
    await test.commit('start');
    mkdirSync(path.join(test.home, '.claude'));
    writeFileSync(settings(), MINE);
  });
  afterEach(() => test.dispose());

  const settings = (): string => path.join(test.home, '.claude', 'settings.json');
  const call = async (...words: readonly string[]): Promise<Answer> => {
    const answer = await linekeeper(test, words, { env: { PATH: '/usr/bin:/bin' } });
    assert.notEqual(answer.code, 2, answer.stderr);
    return answer;
  };
  const denied = (): readonly string[] =>
    (JSON.parse(readFileSync(settings(), 'utf8')) as { permissions: { deny: string[] } }).permissions.deny;

  itInFull('rules: are written, renewed with the policy, compared and taken out again when a person asks', async () => {
    const { stdout } = await call('install', '--enforce');
    assert.match(stdout, /^Claude Code: rules written to .*settings\.json$/m);
    assert.doesNotMatch(stdout, /Codex/);
    assert.ok(denied().includes(`Edit(/${test.root}/infra/prod/**)`), denied().join('\n'));
    assert.ok(denied().includes('Bash(terraform destroy *)'));
    assert.ok(denied().includes(`Read(/${test.root}/**/.env.production)`));
    assert.match((await call('audit')).stdout, /^ok {4}Claude Code enforces the policy by itself/m);

    test.write('.linekeeper.yml', POLICY('live/**'));
    await test.commit('another tier');
    assert.match((await call('audit')).stdout, /^FIX {3}Claude Code: the policy needs rules that/m);
    assert.match(
      (await call('doctor')).stdout,
      /^ok {4}Claude Code: the policy or the folders here have changed, so its rules .* are renewed$/m,
    );
    assert.ok(denied().includes(`Edit(/${test.root}/live/**)`));
    assert.match((await call('doctor')).stdout, /^ok {4}Claude Code: it enforces the policy's rules by itself/m);

    assert.match((await call('uninstall', '--enforce')).stdout, /taken out of .*settings\.json/);
    assert.equal(readFileSync(settings(), 'utf8'), MINE);
    assert.match((await call('audit')).stdout, /^note {2}Claude Code: .*only hooks do\./m);
  });

  it('the reach of rules: is said before any is written when one repository asks for rules of the account', async () => {
    const { stdout } = await call('install', '--enforce');
    const [reach = '', first] = stdout.split('\n');
    assert.match(
      reach,
      /settings\. Unless a line below says otherwise, commands and tools are refused in each of your repositories, and paths are closed in this one alone\./,
    );
    assert.match(first ?? '', /^Claude Code: rules written/);
    const ofProject = await call('install', '--enforce', '--project', '--assistant', 'claude-code');
    assert.match(ofProject.stdout, /^The rules of this repository's policy go into its own settings/);
    assert.match(
      (await call('install', '--enforce', '--assistant', 'kiro')).stdout,
      /^ +differs .* closed in every repository\.$/m,
    );
  });

  it('assistants without rules: are named when rules are written for all', async () => {
    const { stdout } = await call('install', '--enforce', '--assistant', 'all');
    assert.match(
      stdout,
      /^No rules with --user: GitHub Copilot, Windsurf, .*, Aider\. There, only Linekeeper's hooks can restrict agents\.$/m,
    );
    assert.doesNotMatch((await call('install', '--enforce')).stdout, /No rules with/);
  });

  itInFull('a rule that somebody took out: is named by doctor and audit when it is gone', async () => {
    await call('install', '--enforce');
    writeFileSync(settings(), readFileSync(settings(), 'utf8').replace('"Bash(terraform destroy *)",', ''));
    assert.match((await call('doctor')).stdout, /^FIX {3}Claude Code: some of the policy's rules are missing/m);
    const audit = await call('audit');
    assert.match(audit.stdout, /^FIX {3}Claude Code: the policy needs rules/m);
    assert.equal(audit.code, 1);
  });

  it("a file that switches everybody's hooks off: is named by doctor when the repository has it", async () => {
    test.write('.claude/settings.json', '{\n  "disableAllHooks": true\n}\n');
    test.write('.github/copilot/settings.json', '{ "disableAllHooks": true }');
    test.write('.codex/config.toml', '[features]\nhooks = false\n');
    test.write('.gemini/settings.json', '{ "hooksConfig": { "enabled": false } }');
    const { stdout, code } = await call('doctor');
    for (const [title, file] of [
      ['Claude Code', '.claude/settings.json:2'],
      ['GitHub Copilot', '.github/copilot/settings.json:1'],
      ['OpenAI Codex', '.codex/config.toml:2'],
      ['Gemini CLI', '.gemini/settings.json:1'],
    ] as const)
      assert.ok(stdout.includes(`FIX   ${title}: ${path.join(test.root, file)} switches its hooks off`), stdout);
    assert.equal(code, 1);
  });

  it('the rules of Codex: name no absent file twice when a branch has dropped the folder of two closed files', async function () {
    if (process.platform !== 'linux') this.skip();
    test.write('.linekeeper.yml', POLICY('infra/a.tf", "infra/b.tf'));
    test.write('infra/a.tf', '# a\n');
    test.write('infra/b.tf', '# b\n');
    await test.commit('two closed files');
    await call('install', '--enforce', '--assistant', 'codex');
    const config = (): string => readFileSync(path.join(test.home, '.codex', 'config.toml'), 'utf8');
    assert.match(config(), /infra\/a\.tf" = "read"/);

    await test.git('checkout', '-q', '-b', 'without');
    await test.git('rm', '-rq', 'infra');
    await test.commit('drop it');
    const later = new Date(Date.now() + 60_000);
    utimesSync(path.join(test.root, '.git', 'logs', 'HEAD'), later, later);
    const answer = await linekeeper(test, ['record', 'codex'], {
      env: { PATH: '/usr/bin:/bin', LINEKEEPER_BACKGROUND: 'on' },
      input: JSON.stringify({ hook_event_name: 'SessionStart', session_id: 's-1', cwd: test.root, source: 'startup' }),
    });
    assert.equal(answer.code, 0, answer.stderr);
    for (let waits = 0; waits < 300 && /infra\/[ab]\.tf/.test(config()); waits++) await setTimeout(100);
    assert.doesNotMatch(config(), /infra\/[ab]\.tf/);
    assert.match(config(), /infra" = "read"/);
  });

  it('rules and hooks of an administrator: are written below another root when it is named', async () => {
    const image = test.outside('image');
    mkdirSync(path.join(image, 'etc'), { recursive: true });
    const { stdout } = await call('install', '--enforce', '--managed', '--root', image);
    for (const title of [
      'Claude Code',
      'OpenAI Codex',
      'Gemini CLI',
      'GitHub Copilot',
      'OpenCode',
      'Kiro',
      'Cursor',
      'Qwen Code',
    ])
      assert.match(stdout, new RegExp(`^${title}: rules written to`, 'm'));
    const hooks = path.join(image, 'etc', 'claude-code', 'managed-settings.d', '60-linekeeper-hooks.json');
    assert.match(readFileSync(hooks, 'utf8'), /record claude-code/);
    assert.match(
      readFileSync(path.join(image, 'etc', 'codex', 'requirements.toml'), 'utf8'),
      /^\[\[hooks\.PreToolUse\]\]$/m,
    );
    await call('uninstall', '--enforce', '--managed', '--root', image);
    assert.deepEqual(readdirSync(path.join(image, 'etc')), []);
    assert.equal(readFileSync(settings(), 'utf8'), MINE);
  });

  for (const [words, says] of [
    [['install', '--enforce', '--root', '.'], /--root goes with --managed alone/],
    [['install', '--managed'], /--managed goes with --enforce alone/],
    [['install', '--enforce', '--user', '--project'], /exclude each other/],
    [['install', '--enforce', '--git'], /writes rules alone/],
    [['install', '--enforce', '--assistant', 'nobody'], /is not an assistant that Linekeeper knows/],
  ] as const)
    it(`${words.join(' ')}: is refused with a reason when options do not fit`, async () => {
      const answer = await linekeeper(test, words);
      assert.equal(answer.code, 2);
      assert.match(answer.stderr, says);
      assert.equal(readFileSync(settings(), 'utf8'), MINE);
    });

  it('a policy that keeps nothing from agents: is said when rules are asked for', async () => {
    test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - { name: all, paths: ["**"] }\n');
    await test.commit('open');
    const answer = await linekeeper(test, ['install', '--enforce', '--assistant', 'claude-code']);
    assert.equal(answer.code, 2);
    assert.match(answer.stderr, /No policy here keeps anything from agents/);
  });

  it('install --enforce --managed: says what to do without an administrator when the place is not writable', async () => {
    const image = test.outside('image');
    mkdirSync(image, { mode: 0o755 });
    for (const folder of [test.root, test.home, path.dirname(test.root)]) chmodSync(folder, 0o755);
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    if (uid === undefined) chmodSync(image, 0o555);
    const words = ['install', '--enforce', '--managed', '--root', image];
    const answer = await linekeeperProcess(test, words, uid === undefined ? {} : { uid });
    assert.equal(answer.code, 2);
    assert.match(answer.stderr, /Only an administrator may write in .*image, so nothing was written/);
    assert.match(answer.stderr, /Without one, "linekeeper install --enforce" writes the rules for this account/);
    assert.deepEqual(readdirSync(image), []);
  });

  it('a policy that only observes: is given as the reason when rules are asked for, and audit says what it would hold', async () => {
    test.write(
      '.linekeeper.yml',
      'version: 1\nmode: observe\ntiers:\n  - { name: all, paths: ["**"], agents: deny-destructive }\n',
    );
    await test.commit('observe');
    const answer = await linekeeper(test, ['install', '--enforce', '--assistant', 'claude-code']);
    assert.equal(answer.code, 2);
    assert.match(answer.stderr, /only observes \(mode: observe\)/);
    assert.doesNotMatch(answer.stderr, /No policy here/);
    const { stdout } = await linekeeper(test, ['audit']);
    assert.match(
      stdout,
      /only observes .* Once the policy enforces, it would restrict agents in: .*all \(deny-destructive\)\./,
    );
  });
});
