/** The second key: a command that the policy keeps from agents runs once when a senior has signed for exactly it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  approveRequest,
  keepApproval,
  keepRequest,
  objectionToApproval,
  parseRequest,
  runs,
  workTreeId,
} from '../../../src/guard/run-approval';
import { keepTeams } from '../../../src/policy/load';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { builtCli, linekeeper, type Answer } from '../../support/product';
import { CLAUDE, commitWithNote } from '../../support/history';
import { ADA, TestRepository } from '../../support/repository';

const POLICY = `version: 1
people: { senior: [sue@example.com], junior: [ada@example.com] }
tiers:
  - { name: closed, paths: ["infra/**"], agents: deny }
runs: { keep: digest, time: minute, reason: true }
`;
const COMMAND = 'rm infra/main.tf';

describe("an agent's run that a second person approves", function () {
  this.timeout(60_000);
  let test: TestRepository;
  const key = (name: string): string => path.join(test.home, name);

  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    for (const name of ['sue', 'ada', 'eve'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key(name)]);
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/main.tf', 'a\n');
    test.write(
      '.github/allowed_signers',
      ['sue', 'ada'].map((name) => `${name}@example.com ${readFileSync(`${key(name)}.pub`, 'utf8')}`).join(''),
    );
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const tool = (command = COMMAND, cwd = test.root): Promise<Answer> =>
    linekeeper(test, ['record', 'claude-code'], {
      input: JSON.stringify({
        hook_event_name: 'PreToolUse',
        session_id: 's-1',
        tool_name: 'Bash',
        tool_use_id: 'c-1',
        cwd,
        tool_input: { command },
      }),
    });
  const isDenied = ({ stdout }: Answer): boolean => stdout.includes('"deny"');
  const request = async (command = COMMAND): Promise<string> => {
    const asked = await linekeeper(test, ['request-run', '--reason', 'the old stack is gone', '--json', '--', command]);
    assert.equal(asked.code, 0, asked.stderr);
    return (JSON.parse(asked.stdout) as { id: string }).id;
  };
  /** As `approve-run` does it after the person's yes. */
  const approve = async (id: string, by: string, now = Date.now()): Promise<void> => {
    const run = runs(test.repository().gitDir).find((one) => one.id === id);
    assert.ok(run);
    keepApproval(test.repository().gitDir, id, await approveRequest(run.text, { key: key(by), at: now }));
  };

  itInFull('is denied first with what to do, runs once after the approval, and is denied again', async () => {
    const refused = await tool();
    assert.ok(isDenied(refused));
    assert.match(refused.stdout, /linekeeper request-run --reason/);
    const id = await request();
    assert.ok(isDenied(await tool()), 'asking alone lets nothing through');
    const approved = await atTerminal(test, ['approve-run', id, '--key', key('sue')], { answers: 'yes\n' });
    assert.equal(approved.code, 0, approved.stdout);
    assert.match(
      approved.stdout,
      /rm infra\/main\.tf[^]*asked by ada@example\.com[^]*the old stack is gone[^]*Approved/,
    );
    const may = async (): Promise<string> => (await linekeeper(test, ['may', COMMAND])).stdout;
    assert.match(await may(), new RegExp(`to allow it +sue@example\\.com approved it \\(${id}\\)`));
    assert.equal((await tool()).stdout, '');
    assert.ok(isDenied(await tool()), 'an approval is used up');
    assert.match(await may(), /to allow it +ask a senior for it once/);
    assert.equal(runs(test.repository().gitDir)[0]?.used, true);
    assert.match((await linekeeper(test, ['request-run', '--list'])).stdout, /has run +rm infra\/main\.tf/);
    const { at, ...use } = runs(test.repository().gitDir)[0]?.usedBy ?? assert.fail('it says nothing of its use');
    assert.deepEqual(use, { version: 1, assistant: 'claude-code', session: 's-1', approvedBy: ['sue@example.com'] });
    const commit = (session: string): Promise<string> =>
      commitWithNote(test, {
        message: session,
        files: { [`src/${session}.ts`]: 'a\n' },
        as: ADA,
        at: new Date().toISOString(),
        by: { ...CLAUDE, session },
      });
    const traced = await linekeeper(test, ['trace', await commit('s-1')]);
    assert.match(
      traced.stdout.replace(/\n +/g, ' '),
      new RegExp(
        `${at.slice(0, 10)} ${at.slice(11, 16)} ran rm infra/main\\.tf \\(tier closed\\) .* asked for by ada@example\\.com at \\S+ \\(the old stack is gone\\) approved by sue@example\\.com`,
      ),
    );
    assert.doesNotMatch((await linekeeper(test, ['trace', await commit('s-2')])).stdout, / ran /, 'another one');
  });

  it('can be approved in another clone', async () => {
    const asked = await linekeeper(test, ['request-run', '--reason', 'x', '--', COMMAND]);
    const code = /run-request:\S+/.exec(asked.stdout)?.[0] ?? '';
    const other = await TestRepository.create();
    try {
      await other.git('pull', '--quiet', test.root, 'main');
      const approved = await atTerminal(other, ['approve-run', code, '--key', key('sue')], { answers: 'yes\n' });
      assert.match(approved.stdout, /^at +[0-9a-f]{12}/m);
      const answer = /run-approval:\S+/.exec(approved.stdout)?.[0] ?? '';
      assert.notEqual(answer, '', approved.stdout);
      const taken = await linekeeper(test, ['request-run', '--approved', answer]);
      assert.equal(taken.code, 0, taken.stderr);
      assert.equal((await tool()).stdout, '');
      assert.match((await linekeeper(test, ['request-run', '--approved', 'nonsense'])).stderr, /no approval/);
    } finally {
      await other.dispose();
    }
  });

  itInFull('is denied for another command, folder, commit or changed files', async () => {
    await approve(await request(), 'sue');
    assert.ok(isDenied(await tool('rm infra/main.tf ')));
    assert.ok(isDenied(await tool('rm -f main.tf', test.at('infra'))));
    test.write('src/new.ts', 'x\n');
    const changed = await tool();
    assert.ok(isDenied(changed));
    assert.match(changed.stdout, /Files have changed/);
    await test.commit('more');
    assert.match((await tool()).stdout, /Another commit/);
  });

  it('is denied when approved by the requester, a junior, an unknown key, too late, or for our own settings', async () => {
    const id = await request();
    for (const [by, why] of [
      ['ada', /ada@example\.com asked for this run/],
      ['eve', /not among the allowed signers/],
    ] as const) {
      await approve(id, by);
      const answer = await tool();
      assert.ok(isDenied(answer), by);
      assert.match(answer.stdout, why);
    }
    await approve(id, 'sue', Date.now() - 16 * 60_000);
    assert.match((await tool()).stdout, /older than 15 minutes/);
    await approve(id, 'sue', Date.now() + 10 * 60_000);
    assert.match((await tool()).stdout, /dated in the future/);
    const leash = await request('git config core.hooksPath /dev/null');
    await approve(leash, 'sue');
    assert.ok(isDenied(await tool('git config core.hooksPath /dev/null')));
  });

  itInFull('knows a senior by the last resolved team, and says when it cannot', async () => {
    const team = [
      'people: { senior: ["@acme/seniors"] }',
      'aliases: { sue: [sue@example.com], ada: [ada@example.com] }',
    ];
    test.write('.linekeeper.yml', POLICY.replace(/^people:.*$/m, team.join('\n')));
    await test.commit('by team');
    const id = await request();
    await approve(id, 'sue');
    const unknown = await tool();
    assert.ok(isDenied(unknown));
    assert.match(
      unknown.stdout,
      /Whether sue@example\.com is a senior isn't known here, .* @acme\/seniors were never fetched/,
    );
    keepTeams(test.repository(), { host: 'x', at: Date.now(), teams: { '@acme/seniors': ['ada'] } });
    assert.match((await tool()).stdout, /sue@example\.com is not listed as a senior/);
    keepTeams(test.repository(), { host: 'x', at: Date.now(), teams: { '@acme/seniors': ['ada', 'sue'] } });
    assert.ok(!isDenied(await tool()));
  });

  it('needs a signature of this very request', async () => {
    const text = readFileSync(test.at(`.git/linekeeper/runs/${await request()}/request`), 'utf8');
    const parsed = parseRequest(text);
    assert.ok(parsed);
    const approval = await approveRequest(text, { key: key('sue'), at: Date.now() });
    assert.equal(await objectionToApproval(test.repository(), { text, request: parsed }, approval, Date.now()), '');
    const other = JSON.stringify({ ...parsed, command: 'rm -rf infra' });
    keepRequest(test.repository().gitDir, other);
    assert.match(
      await objectionToApproval(test.repository(), { text: other, request: parsed }, approval, Date.now()),
      /another request/,
    );
    const moved = {
      ...approval,
      text: approval.text.replace(
        /"approvedAt":"[^"]+"/,
        `"approvedAt":"${new Date(Date.now() + 60_000).toISOString()}"`,
      ),
    };
    assert.match(
      await objectionToApproval(test.repository(), { text, request: parsed }, moved, Date.now()),
      /not of this text/,
    );
  });

  itInFull('can be approved only by a person at a terminal who says yes', async () => {
    const id = await request();
    const piped = await linekeeper(test, ['approve-run', id, '--key', key('sue')], { input: 'yes\n' });
    assert.equal(piped.code, 2);
    assert.match(piped.stderr, /Only a person may approve an agent's command\./);
    assert.match(
      (await atTerminal(test, ['approve-run', id, '--key', key('sue')], { answers: 'yes\n', env: { CLAUDECODE: '1' } }))
        .stdout,
      /An agent runs this/,
    );
    const no = await atTerminal(test, ['approve-run', id, '--key', key('sue')], { answers: 'y\n' });
    assert.equal(no.code, 1);
    assert.match(no.stdout, /Nothing is approved/);
    for (const verb of [`approve-run ${id}`, 'exception --reason x'])
      assert.ok(isDenied(await tool(`linekeeper ${verb}`)), verb);
    assert.ok(isDenied(await tool()));
  });

  it('workTreeId covers all files, and leaves index and objects alone', async () => {
    const repository = test.repository();
    const before = await workTreeId(repository);
    assert.equal(before, await test.git('rev-parse', 'HEAD^{tree}').then((text) => text.trim()));
    writeFileSync(test.at('untracked'), 'x');
    const after = await workTreeId(repository);
    assert.notEqual(after, before);
    assert.match(await test.git('status', '--porcelain'), /^\?\? untracked/);
    await assert.rejects(test.git('cat-file', '-e', after));
  });
});

describe('linekeeper exception', function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/main.tf', 'a\n');
    await test.commit('start');
    await linekeeper(test, ['install', '--git']);
  });
  afterEach(() => test.dispose());
  const hook = (event: string, session = 's-1'): Promise<Answer> =>
    linekeeper(test, ['record', 'claude-code'], {
      input: JSON.stringify({
        hook_event_name: event,
        session_id: session,
        tool_name: 'Write',
        tool_use_id: 'c-1',
        cwd: test.root,
        tool_input: { file_path: test.at('infra/main.tf'), content: 'b\n' },
      }),
    });

  it('is granted only at a terminal, lets one session on until it ends, and is written into the note', async () => {
    assert.equal((await linekeeper(test, ['exception', '--reason', 'fire'])).code, 2);
    assert.match((await hook('PreToolUse')).stdout, /"deny"/);
    const granted = await atTerminal(test, [
      'exception',
      '--reason',
      'production is down',
      '--session',
      's-1',
      '--tier',
      'closed',
      '--minutes',
      '5',
    ]);
    assert.match(granted.stdout, /in tier closed, for session s-1 only for 5 more minutes/);
    assert.match((await hook('PreToolUse', 's-2')).stdout, /"deny"/);
    assert.equal((await hook('PreToolUse')).stdout, '');
    test.write('infra/main.tf', 'b\n');
    await hook('PostToolUse');
    await test.commit('mend');
    await linekeeper(test, ['show', 'HEAD']);
    const note = await test.git('notes', '--ref=ai', 'show', 'HEAD');
    assert.match(note, /linekeeper\.exception.*production is down.*closed/);
    assert.equal((await linekeeper(test, ['exception', '--end'])).code, 0);
    assert.match((await hook('PreToolUse')).stdout, /"deny"/);
  });

  itInFull('refuses wrong options', async () => {
    for (const [words, why] of [
      [['--minutes', '3'], /--reason/],
      [['--reason', 'x', '--minutes', '0'], /from 1 to 120/],
      [['--reason', 'x', '--tier', 'none'], /no tier "none"/],
    ] as const) {
      const answer = await linekeeper(test, ['exception', ...words]);
      assert.equal(answer.code, 2);
      assert.match(answer.stderr, why);
    }
    assert.match((await linekeeper(test, ['exception'])).stdout, /No exception is active/);
  });
});
