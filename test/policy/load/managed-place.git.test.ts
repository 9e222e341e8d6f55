/**
 * A company's managed place as the program finds it: the real /etc/linekeeper, in a mount namespace of the test's own. No
 * variable, setting or option leads the program to another place, so nothing else can stand in for it.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtCli, CLI } from '../../support/product';
import { TestRepository } from '../../support/repository';

const FLOOR = 'version: 1\nunlisted: junior\ntiers: [{name: company, paths: ["secrets/**"], agents: deny}]\n';
const LAX = 'version: 1\nunlisted: senior\ntiers: [{name: lax, paths: ["**"]}]\n';
const OWN = 'version: 1\ntiers: [{name: critical, paths: ["infra/**"]}]\n';

/** Gives a command another /etc: what a program needs of the real one, and what the test put there. */
const WITH_ETC = `
for file in passwd group ld.so.cache; do [ ! -e "/etc/$file" ] || cp "/etc/$file" "$1/"; done
mount --bind "$1" /etc && shift && exec "$@"`;
const UNSHARE = ['--map-root-user', '--mount'] as const;

describe('the managed place of a Linux machine', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let etc: string;
  before(async function () {
    // Some machines forbid it to accounts without rights.
    if (
      process.platform !== 'linux' ||
      spawnSync('unshare', [...UNSHARE, 'mount', '--bind', '/tmp', '/etc']).status !== 0
    )
      this.skip();
    await builtCli();
  });
  beforeEach(async () => {
    test = await TestRepository.create();
    etc = test.outside('etc');
    mkdirSync(path.join(etc, 'linekeeper'), { recursive: true });
    test.write('.linekeeper.yml', OWN);
    await test.commit('Start');
  });
  afterEach(async () => {
    await (test as TestRepository | undefined)?.dispose();
  });
  const put = (file: string, text: string): void => {
    writeFileSync(path.join(etc, 'linekeeper', file), text);
  };

  /** `linekeeper WORDS` on that machine. */
  function there(
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
    input = '',
  ): Promise<{ code: number; said: string }> {
    const command = [process.execPath, CLI, ...words];
    const child = spawn('unshare', [...UNSHARE, 'sh', '-c', WITH_ETC, 'sh', etc, ...command], {
      cwd: test.root,
      env: { ...test.env, ...env },
    });
    child.stdin.end(input);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code: code ?? -1, said });
      });
    });
  }

  it("the floor there: is laid under the repository's policy, wherever variables say that it is", async () => {
    put('policy.yml', FLOOR);
    const elsewhere = test.outside('elsewhere');
    for (const folder of ['', 'linekeeper', '.linekeeper', '.config/linekeeper']) {
      mkdirSync(path.join(elsewhere, folder), { recursive: true });
      writeFileSync(path.join(elsewhere, folder, 'policy.yml'), LAX);
    }
    const names = [
      'HOME',
      'XDG_CONFIG_HOME',
      'XDG_CONFIG_DIRS',
      'ProgramData',
      'LINEKEEPER_HOME',
      'LINEKEEPER_MANAGED',
    ];
    const { code, said } = await there(['policy', 'show'], Object.fromEntries(names.map((name) => [name, elsewhere])));
    assert.equal(code, 0, said);
    assert.match(said, /^company\n(?: .*\n)+? {2}from +\/etc\/linekeeper\/policy\.yml$/m);
    assert.match(said, /^critical\n(?: .*\n)+? {2}from +\.linekeeper\.yml$/m);
    assert.doesNotMatch(said, /lax/);
  });

  it('doctor: says that a floor is in force, and that a file of another name is none', async () => {
    put('policy.yml', FLOOR);
    assert.match(
      (await there(['doctor'])).said,
      /policy: \.linekeeper\.yml\nok {4}floor: \/etc\/linekeeper\/policy\.yml is in force$/m,
    );
    rmSync(path.join(etc, 'linekeeper', 'policy.yml'));
    put('policy.yaml', FLOOR);
    const { code, said } = await there(['doctor']);
    assert.match(said, /^FIX {3}managed place: \/etc\/linekeeper\/policy\.yaml is not read.*policy\.yml/m);
    assert.doesNotMatch(said, /in force/);
    assert.equal(code, 1);
  });

  it('doctor: says that a floor only observes, and each line that is a mistake once it enforces', async () => {
    put('policy.yml', `mode: observe\n${FLOOR}`);
    test.write('.linekeeper.yml', `mode: observe\n${LAX}`);
    const { said } = await there(['doctor']);
    assert.match(said, /^ok {4}floor: \/etc\/linekeeper\/policy\.yml only observes$/m);
    const checked = (await there(['policy', 'check'])).said.split('these lines are mistakes:\n')[1] ?? '';
    const lines = checked.trim().split(/\n */);
    assert.equal(lines.length, 2, checked);
    for (const line of lines)
      assert.ok(said.includes(`note  policy: Once the floor enforces, this line is a mistake: ${line}\n`), said);
    assert.doesNotMatch(said, /^FIX {3}policy/m);
  });

  it('a policy that asks for less: is refused with its line and the file of the floor', async () => {
    put('policy.yml', FLOOR);
    test.write('.linekeeper.yml', LAX);
    const { code, said } = await there(['policy', 'check']);
    assert.equal(code, 1, said);
    assert.match(said, /\.linekeeper\.yml:2:.*\/etc\/linekeeper\/policy\.yml/);
  });

  it('a floor that observes: is said in status and by the guard, and holds nobody back, when the policy enforces', async () => {
    put('policy.yml', FLOOR.replace('agents: deny', 'agents: deny, review: {any: {from: senior}}'));
    test.write('secrets/a', 'a\n');
    const call = { tool_name: 'Bash', tool_input: { command: 'rm secrets/a' }, session_id: 's', cwd: test.root };
    const may = (): ReturnType<typeof there> =>
      there(['record', 'claude-code'], {}, JSON.stringify({ hook_event_name: 'PreToolUse', ...call }));
    const [status, answer] = [await there(['status']), await may()];
    assert.match(status.said, /secrets\/a {2}\[company\][^]*Needed before merging:\n {2}company/);
    assert.match(answer.said, /"permissionDecision":"deny"/);
    put('policy.yml', `mode: observe\n${FLOOR.replace('agents: deny', 'agents: deny, review: {any: {from: senior}}')}`);
    const { said } = await there(['status']);
    assert.match(said, /Once the floor enforces, .* in company \(secrets\/a\)/);
    assert.doesNotMatch(said, /\[company\]|Needed before merging/);
    const observed = await may();
    assert.match(observed.said, /only observes here.*it would be refused/);
    assert.doesNotMatch(observed.said, /permissionDecision/);
    assert.match((await there(['policy', 'show'])).said, /a floor only observes here/);
  });

  it('the floor there: decides on a command when the agent starts outside of any repository', async () => {
    const call = { tool_name: 'Bash', tool_input: { command: 'terraform destroy' }, session_id: 's', cwd: etc };
    const may = async (): Promise<string> =>
      (await there(['record', 'claude-code'], {}, JSON.stringify({ hook_event_name: 'PreToolUse', ...call }))).said;
    assert.match(await may(), /"permissionDecision":"ask"/);
    put('policy.yml', FLOOR.replace('agents: deny', 'detect: [destructive], agents: deny-destructive'));
    assert.match(await may(), /"permissionDecision":"deny".*company\\" of \/etc\/linekeeper\/policy\.yml/);
  });

  it('a branch: has the same sign-offs ahead in its request as in the gate when a floor asks for them', async () => {
    put('policy.yml', FLOOR.replace('agents: deny', 'review: {any: {from: senior}}'));
    const base = await test.git('rev-parse', 'HEAD');
    await test.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
    await test.git('update-ref', 'refs/remotes/origin/main', base);
    await test.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    await test.git('switch', '--quiet', '--create', 'topic');
    test.write('secrets/a', 'a\n');
    await test.commit('Change');
    for (const words of [
      ['check', '--base', 'origin/main', '--head', 'HEAD', '--actor', 'p@example.com'],
      ['review', '--print'],
    ]) {
      const { said } = await there(words);
      assert.match(said, /company/, `${words.join(' ')}: ${said}`);
    }
    await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const { said } = await there(['policy', 'rehearse']);
    assert.match(said, /^need a sign-off +1 /m);
  });

  it('a floor of 600 people: names who may sign when they stand in a file beside it, and decides nothing when that is gone', async () => {
    const people = Array.from({ length: 600 }, (_, index) => `p${String(index)}@example.com`);
    put('people.yml', `senior: [${people.slice(0, 40).join(', ')}]\nmid: [${people.slice(40).join(', ')}]\n`);
    put(
      'policy.yml',
      FLOOR.replace('unlisted', 'people: { from: /etc/linekeeper/people.yml }\nunlisted').replace(
        'agents: deny',
        'review: {any: {from: senior}}',
      ),
    );
    test.write('secrets/a', 'a\n');
    const head = await test.commit('Change', { as: { name: 'P', email: 'p599@example.com' } });
    const words = ['check', `${head}~..${head}`, '--actor', 'p599@example.com'];
    const { code, said } = await there(words);
    assert.equal(code, 1, said);
    assert.match(said, /May sign: p0@example\.com, .* and 35 more\./);
    rmSync(path.join(etc, 'linekeeper', 'people.yml'));
    const gone = await there(words);
    assert.equal(gone.code, 2, gone.said);
    assert.match(gone.said, /\/etc\/linekeeper\/people\.yml, which can't be read/);
  });

  it('settings there: are named by the doctor when they are locked, and a broken file is an error', async () => {
    put('settings.json', '{ "paste": "unknown", "hooks": ["git"] }');
    const locked = await there(['doctor']);
    assert.match(locked.said, /\/etc\/linekeeper\/settings\.json/);
    assert.match(locked.said, /organization/);
    put('settings.json', '{ "paste": "perhaps" }');
    assert.match((await there(['doctor'])).said, /paste takes unknown or human/);
  });
});
