/**
 * What an agent ran and was refused, in every clone: asked for, approved with a key, run once, pushed, and read in a
 * clone that only fetched.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addLineNotes, readLineNotes, readRuns, RUNS_REF, settle, statusOf } from '../../../../src/provenance/commits';
import { settleRuns } from '../../../../src/provenance/commits/settle';
import { gitCalls } from '../../../../src/git';
import {
  keepStatement,
  parseStatement,
  textOfStatement,
  type RunStatement,
} from '../../../../src/provenance/journal/permitted-and-refused-runs';
import { atTerminal } from '../../../support/at-terminal';
import { itInFull } from '../../../support/full';
import { builtCli, linekeeper, type Answer } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

const TIERS = `version: 1
people: { senior: [sue@example.com], junior: [ada@example.com] }
tiers:
  - { name: critical, paths: ["infra/prod/**"], detect: [destructive], agents: deny-destructive }
`;
/** With the minutes and reasons that are not kept by default. */
const POLICY = `${TIERS}runs: { keep: digest, time: minute, reason: true }
`;
const SAMPLE = path.resolve(import.meta.dirname, '../../../fixtures/samples/claude-code/session.json');
const COMMAND = 'cd infra/prod && terraform destroy -auto-approve';

/** Payloads of a recorded session in which a command was run. */
const RECORDED: unknown = JSON.parse(readFileSync(SAMPLE, 'utf8'));

const refuse = (sentence: string): never => {
  throw new Error(sentence);
};

describe("the record of agents' runs", function () {
  this.timeout(120_000);
  let test: TestRepository;
  let clones: TestRepository[] = [];
  const key = (name: string): string => path.join(test.home, name);

  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    for (const name of ['sue', 'eve'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key(name)]);
    await start(POLICY);
  });
  afterEach(async () => {
    await Promise.all([test, ...clones].map((one) => one.dispose()));
    clones = [];
  });

  async function start(policy: string): Promise<void> {
    test.write('.linekeeper.yml', policy);
    test.write('infra/prod/main.tf', 'resource "aws_db_instance" "orders" {}\n');
    test.write('.github/allowed_signers', `sue@example.com ${readFileSync(`${key('sue')}.pub`, 'utf8')}`);
    await test.commit('Start');
  }

  async function remote(): Promise<void> {
    await test.git('clone', '--quiet', '--bare', test.root, test.outside('remote.git'));
    await test.git('remote', 'add', 'origin', test.outside('remote.git'));
    await test.git('fetch', '--quiet', 'origin');
    await test.git('branch', '--quiet', '--set-upstream-to=origin/main');
  }

  async function clone(): Promise<TestRepository> {
    const made = await TestRepository.create();
    clones.push(made);
    await made.git('remote', 'add', 'origin', test.outside('remote.git'));
    await made.git('pull', '--quiet', '--set-upstream', 'origin', 'main');
    return made;
  }

  const hook = (event: string, command = COMMAND, more: object = {}): Promise<Answer> =>
    linekeeper(test, ['record', 'claude-code'], {
      input: JSON.stringify({ ...payload(event), cwd: test.root, tool_input: { command }, ...more }),
    });
  /** As Claude Code sent it around a command of its own. */
  function payload(event: string): object {
    const all = JSON.stringify(RECORDED);
    assert.ok(all.includes('"hook_event_name":"PreToolUse"'), 'the sample holds no payloads');
    const found = payloadsIn(RECORDED).find((one) => one['hook_event_name'] === event && one['tool_name'] === 'Bash');
    const call = payloadsIn(RECORDED).find((one) => one['tool_name'] === 'Bash');
    assert.ok(found, `no ${event} of a command in the sample`);
    return { ...found, tool_use_id: call?.['tool_use_id'] };
  }
  const session = (): string => (payload('PreToolUse') as { session_id: string }).session_id;
  const printed: string[] = [];
  const run = async (one: TestRepository, ...words: string[]): Promise<string> => {
    const answer = await linekeeper(one, words);
    printed.push(answer.stdout);
    if (process.env['SHOW_RUNS'] !== undefined)
      appendFileSync(process.env['SHOW_RUNS'], `$ linekeeper ${words.join(' ')}\n${answer.stdout}${answer.stderr}\n`);
    assert.equal(answer.code, 0, `${words.join(' ')}: ${answer.stderr}`);
    return answer.stdout;
  };
  const pending = (): readonly string[] =>
    existsSync(test.at('.git/linekeeper/run-statements')) ? readdirSync(test.at('.git/linekeeper/run-statements')) : [];
  const lines = async (): Promise<readonly string[]> =>
    (await readLineNotes(test.repository(), RUNS_REF)).map(({ text }) => text);

  it('tells a clone that only fetched who asked, what ran, who approved, and when', async () => {
    await remote();
    assert.match((await hook('PreToolUse')).stdout, /"deny"/);
    const asked = await linekeeper(test, ['request-run', '--reason', 'the old stack is gone', '--json', '--', COMMAND]);
    const { id } = JSON.parse(asked.stdout) as { id: string };
    const approved = await atTerminal(test, ['approve-run', id, '--key', key('sue')], { answers: 'yes\n' });
    assert.equal(approved.code, 0, approved.stdout);
    assert.equal((await hook('PreToolUse')).stdout, '', 'it runs');
    await hook('PostToolUse');
    await run(test, 'notes', 'push');

    const other = await clone();
    await linekeeper(other, ['install', '--notes']);
    await other.git('fetch', '--quiet');
    const traced = flat(await run(other, 'trace', '--session', session()));
    const day = new Date().toISOString().slice(0, 10);
    assert.match(
      traced,
      new RegExp(
        `${day} \\d\\d:\\d\\d refused terraform destroy in infra/prod \\(destructive/[\\w-]+, tier critical\\) claude-code, session ${session()}, at ada@example\\.com's machine`,
      ),
    );
    assert.match(
      traced,
      new RegExp(
        `${day} \\d\\d:\\d\\d ran terraform destroy in infra/prod .*session ${session()}, .*asked for by ada@example\\.com at \\d\\d:\\d\\d \\(the old stack is gone\\) approved by sue@example\\.com at \\d\\d:\\d\\d, signature checked ended without an error at \\d\\d:\\d\\d`,
      ),
    );
    assert.match(await run(other, 'trace', '--run', id), /approved by sue@example\.com/);
    assert.match(await run(other, 'trace', 'HEAD'), /ran terraform destroy in infra\/prod/);
    const { runs } = JSON.parse(await run(other, 'trace', 'HEAD', '--json')) as {
      runs: { kind: string; run: { outcome: string; approvals: { by: string[]; signed: boolean }[] } }[];
    };
    assert.deepEqual(
      runs.map(({ kind, run: { outcome } }) => [kind, outcome]),
      [
        ['refused', 'refused'],
        ['approved', 'ran'],
      ],
    );
    assert.deepEqual(
      runs[1]?.run.approvals.map(({ by, signed }) => [by, signed]),
      [[['sue@example.com'], true]],
    );
    assert.ok(!(await lines()).some((line) => line.includes('-auto-approve')), 'no line is kept');

    const story =
      /ran terraform destroy in infra\/prod .*asked for by ada@example\.com at .*approved by sue@example\.com at/;
    const began = new Date().toISOString();
    const named = ['--title', 'Orders are gone', '--began', began];
    const log = ['--trace', other.outside('log.txt')];
    writeFileSync(other.outside('log.txt'), 'Destroy complete! Resources: 14 destroyed.\n');
    assert.match(flat(await run(other, 'incident', 'new', ...named, ...log)), story);
    const file = readFileSync(other.at(`.linekeeper/incidents/${day}-orders-are-gone.yml`), 'utf8');
    assert.match(file, /claude-code ran terraform destroy in infra\/prod, approved by sue@example\.com/);
    assert.match(await run(other, 'incident', 'show', 'orders-are-gone'), story);
    const page = await run(other, 'incident', 'report', 'orders-are-gone', '--format', 'html');
    assert.match(page, /What agents ran/);
    assert.match(page, story);
    assert.match(
      await run(other, 'report'),
      /what agents ran: 1 ran with permission, 1 refused\n.*\n?.*ran terraform destroy/,
    );
    for (const format of ['text', 'html']) {
      const reported = await run(other, 'report', '--format', format);
      assert.match(reported, /asked for by a person at .*approved by somebody at \d\d:\d\d, signature checked/);
      assert.ok(!reported.includes('example.com'), 'by default a report names no people');
      assert.match(await run(other, 'report', '--format', format, '--people'), story);
    }
    assertTold(printed);
    const folder = other.outside('export');
    await run(other, 'export', '--format', 'ndjson', '--output', folder);
    const rows = rowsBelow(path.join(folder, 'runs'));
    assert.deepEqual(
      rows.map(({ outcome, program, verb, approvals, ended }) => [outcome, program, verb, approvals, ended]).sort(),
      [
        ['ran', 'terraform', 'destroy', 1, 'ok'],
        ['refused', 'terraform', 'destroy', 0, null],
      ],
    );
    assert.ok(!JSON.stringify(rows).includes('example.com'), 'names of people are not exported');
  });

  itInFull('costs a hook one small file and no git, and is the same in two clones after a merge', async () => {
    await remote();
    await hook('PreToolUse');
    assert.equal(pending().length, 1);
    const repository = test.repository();
    const before = gitCalls();
    assert.equal(await settleRuns(repository, Date.now()), 1);
    const spent = gitCalls() - before;
    assert.ok(spent <= 8, `${String(spent)} calls of git`);
    assert.deepEqual(pending(), []);
    await settle(repository, Date.now);
    const quiet = gitCalls();
    await statusOf(repository, Date.now, refuse);
    const usual = gitCalls() - quiet;
    const again = gitCalls();
    await statusOf(repository, Date.now, refuse);
    assert.equal(gitCalls() - again, usual);
    await run(test, 'notes', 'push');
    const other = await clone();
    const statement: RunStatement = { id: 'abcdef012345', at: '2026-11-26T08:05Z', event: 'exception-over' };
    await addLineNotes(
      other.repository(),
      RUNS_REF,
      [{ commit: await other.git('rev-parse', 'HEAD'), text: textOfStatement(statement) }],
      0,
    );
    await run(other, 'notes', 'push');
    await run(test, 'notes', 'fetch');
    assert.equal((await lines()).length, 2);
    assert.deepEqual(
      await lines(),
      (await readLineNotes(other.repository(), RUNS_REF)).map(({ text }) => text),
    );
  });

  itInFull('travels with git push and git fetch', async () => {
    await remote();
    const other = await clone();
    for (const one of [test, other]) {
      assert.equal((await linekeeper(one, ['install', '--git'])).code, 0);
      assert.equal((await linekeeper(one, ['install', '--notes'])).code, 0);
    }
    test.write('a.txt', 'a\n');
    await test.commit('More');
    await test.git('push', '--quiet');
    await hook('PreToolUse');
    await test.git('push', '--quiet'); // nothing but the refusal is new
    await other.git('fetch', '--quiet');
    assert.equal((await readRuns(other.repository())).runs.length, 1);
  });

  itInFull('is not kept with runs: none, and has the command without secrets with runs: redacted', async () => {
    const secret = 'hunter2';
    const command = `PASSWORD=${secret} terraform destroy -auto-approve`;
    test.write('.linekeeper.yml', `${TIERS}runs: none\n`);
    await hook('PreToolUse', command);
    await linekeeper(test, ['request-run', '--reason', 'x', '--', command]);
    assert.deepEqual(pending(), []);
    test.write('.linekeeper.yml', `${TIERS}runs: redacted\n`);
    await hook('PreToolUse', command);
    await run(test, 'status');
    const [line = ''] = await lines();
    assert.match(line, /"line":"PASSWORD=••• terraform destroy -auto-approve"/);
    assert.ok(!line.includes(secret));
  });

  itInFull(
    'a run: is kept to the quarter of an hour and without reasons when the policy does not ask for more',
    async () => {
      test.write('.linekeeper.yml', TIERS);
      await hook('PreToolUse');
      await linekeeper(test, ['request-run', '--reason', 'the old stack is gone', '--', COMMAND]);
      await atTerminal(test, ['exception', '--reason', 'production is down', '--minutes', '5', '--tier', 'critical']);
      await run(test, 'status');
      const kept = await lines();
      assert.ok(kept.length >= 3, kept.join('\n'));
      for (const line of kept) {
        assert.match(line, /"at":"[^"]*:(?:00|15|30|45)Z"/);
        assert.doesNotMatch(line, /the old stack|production is down/);
      }
    },
  );

  it('a run: is not kept at all when the policy keeps agents from nothing', async () => {
    test.write('.linekeeper.yml', `version: 1\ntiers: [{ name: critical, paths: ["infra/prod/**"] }]\n`);
    await hook('PreToolUse');
    await atTerminal(test, ['exception', '--reason', 'production is down', '--minutes', '5']);
    assert.deepEqual(pending(), []);
  });

  itInFull('names the exception of a run, with time and reason', async () => {
    await remote();
    await atTerminal(test, ['exception', '--reason', 'production is down', '--minutes', '5', '--tier', 'critical']);
    assert.equal((await hook('PreToolUse')).stdout, '');
    await hook('PostToolUseFailure', COMMAND, { error: 'Exit code 3' });
    await linekeeper(test, ['exception', '--end']);
    await run(test, 'notes', 'push');
    const other = await clone();
    await run(other, 'notes', 'fetch');
    const traced = flat(await run(other, 'trace', '--session', session()));
    assert.match(
      traced,
      /ran terraform destroy in infra\/prod .*under the exception [0-9a-f]{8} failed with exit code 3 at/,
    );
    assert.match(
      traced,
      /exception [0-9a-f]{8} by ada@example\.com for 5 minutes in tier critical, ended at .*\(production is down\)/,
    );
  });

  for (const agents of ['ask', 'deny-destructive', 'deny'] as const)
    itInFull(`names in show, trace, check and review who lifted agents: ${agents}, for how long and why`, async () => {
      test.write(
        '.linekeeper.yml',
        POLICY.replace('agents: deny-destructive', `agents: ${agents}`).concat('# for a test\n'),
      );
      await test.commit('policy');
      await remote();
      await test.git('checkout', '--quiet', '-b', 'work');
      const says = /An agent worked under an exception by `?ada@example\.com`? for 5 minutes \(production is down\)\./;
      await atTerminal(test, ['exception', '--reason', 'production is down', '--minutes', '5', '--tier', 'critical']);
      const command = 'rm -rf infra/prod';
      assert.equal((await hook('PreToolUse', command)).stdout, '');
      rmSync(test.at('infra/prod'), { recursive: true });
      await hook('PostToolUse', command);
      assert.match(await run(test, 'status'), says);
      await test.commit('Take the old stack away');
      await run(test, 'show');
      await test.git('push', '--quiet', 'origin', 'work');
      await run(test, 'notes', 'push');
      const other = await clone();
      await run(other, 'notes', 'fetch');
      await other.git('fetch', '--quiet');
      await other.git('checkout', '--quiet', 'work');
      assert.match(await run(other, 'show'), says);
      assert.match(
        await run(other, 'trace', 'HEAD'),
        /exception [0-9a-f]{8} by ada@example\.com for 5 minutes in tier critical/,
      );
      const ask = (...words: string[]): Promise<Answer> =>
        linekeeper(other, [...words, '--base', 'origin/main', '--head', 'work', '--actor', 'ada']);
      for (const format of ['text', 'markdown']) assert.match((await ask('check', '--format', format)).stdout, says);
      const { overruled } = JSON.parse((await ask('check', '--json')).stdout) as { overruled: { exception: object }[] };
      assert.deepEqual(
        overruled.map(({ exception }) => exception),
        [{ by: 'ada@example.com', minutes: 5, reason: 'production is down' }],
      );
      await other.git('remote', 'set-url', 'origin', 'https://github.com/acme/shop.git');
      const review = await linekeeper(other, ['review', '--base', 'origin/main', '--forge', 'github', '--json']);
      assert.equal(review.code, 0, review.stderr);
      assert.match((JSON.parse(review.stdout) as { body: string }).body, says);
    });

  it('marks an approval as not confirmed when its signature is of another run or key', async () => {
    await remote();
    const head = await test.git('rev-parse', 'HEAD');
    const asked = await linekeeper(test, ['request-run', '--reason', 'x', '--json', '--', COMMAND]);
    const { id } = JSON.parse(asked.stdout) as { id: string };
    await atTerminal(test, ['approve-run', id, '--key', key('sue')], { answers: 'yes\n' });
    await run(test, 'status');
    const line = (await lines()).map((text) => parseStatement(text)).find((one) => one?.event === 'approved');
    assert.ok(line?.event === 'approved');
    const forged: RunStatement = { ...line, id: 'aaaaaaaaaaaa', by: ['boss@example.com'] };
    await addLineNotes(test.repository(), RUNS_REF, [{ commit: head, text: textOfStatement(forged) }], 0);
    assert.match(
      await run(test, 'trace', '--run', 'aaaaaaaaaaaa'),
      /approved by boss@example\.com at \d\d:\d\d, signature not confirmed: it is for another run/,
    );
  });

  itInFull('reads hostile notes without harm', async () => {
    const head = await test.git('rev-parse', 'HEAD');
    const good: RunStatement = {
      id: 'abcdef01',
      at: '2026-11-26T08:05Z',
      event: 'exception',
      by: 'sue',
      reason: 'r',
      minutes: 5,
      session: null,
      tier: null,
    };
    const bad = [
      '{',
      'null',
      '[]',
      '{"v":2}',
      '"x"'.repeat(5_000),
      textOfStatement({ ...good, by: '\u001b[31mred' }),
      textOfStatement({ ...good, reason: 'a\u202eb' }),
      textOfStatement({ ...good, at: '2026-13-26T08:05Z' }),
      textOfStatement({ ...good, at: '2026-11-26T08:05:11Z' }),
      textOfStatement({ ...good, minutes: 1e9 }),
      textOfStatement({ ...good, id: '../../x' }),
      textOfStatement({ ...good, reason: 'x'.repeat(201) }),
      JSON.stringify({ v: 1, ...good, __proto__: null, event: 'constructor' }),
    ];
    await addLineNotes(
      test.repository(),
      RUNS_REF,
      bad.map((text) => ({ commit: head, text })),
      0,
    );
    assert.deepEqual(await readRuns(test.repository()), { runs: [], exceptions: [], unreadable: bad.length });
    await addLineNotes(test.repository(), RUNS_REF, [{ commit: head, text: textOfStatement(good) }], 0);
    assert.equal((await readRuns(test.repository())).exceptions.length, 1);
  });

  itInFull('keeps a bounded number of refusals for a commit, and every exception', async () => {
    const { commonDir } = test.repository();
    const head = await test.git('rev-parse', 'HEAD');
    const command = {
      program: 'rm',
      verb: null,
      targets: [],
      directory: '.',
      environment: null,
      rule: null,
      tier: null,
      line: null,
    };
    const statement = (n: number): RunStatement => ({
      id: n.toString(16).padStart(12, '0'),
      at: '2026-11-26T08:05Z',
      event: 'refused',
      assistant: 'kiro',
      session: 's',
      user: 'ada',
      command,
    });
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 350; n++)
        keepStatement(commonDir, { commit: head, statement: statement(round * 1_000 + n) }, n);
      assert.equal(pending().length, 300);
      await settleRuns(test.repository(), Date.now());
    }
    assert.equal((await readRuns(test.repository())).runs.length, 300);
    keepStatement(
      commonDir,
      {
        commit: head,
        statement: {
          id: 'ffffffff',
          at: '2026-11-26T08:05Z',
          event: 'exception',
          by: 'a',
          reason: 'r',
          minutes: 1,
          session: null,
          tier: null,
        },
      },
      1,
    );
    await settleRuns(test.repository(), Date.now());
    assert.equal((await readRuns(test.repository())).exceptions.length, 1);
  });

  itInFull('goes to the first commit when there was none, and to HEAD when its commit is gone', async () => {
    const fresh = await TestRepository.create();
    clones.push(fresh);
    const over: RunStatement = { id: 'ffffffff', at: '2026-11-26T08:05Z', event: 'exception-over' };
    keepStatement(fresh.repository().commonDir, { commit: null, statement: over }, 1);
    keepStatement(fresh.repository().commonDir, { commit: 'f'.repeat(40), statement: over }, 2);
    assert.equal(await settleRuns(fresh.repository(), Date.now()), 0);
    fresh.write('a', 'a\n');
    const head = await fresh.commit('first');
    await settleRuns(fresh.repository(), Date.now());
    assert.deepEqual(
      (await readLineNotes(fresh.repository(), RUNS_REF)).map(({ commit }) => commit),
      [head],
    );
  });
});

/** The page on outages shows these steps as they are printed; times and ids are another run's. */
function assertTold(printed: readonly string[]): void {
  const plain = (text: string): string =>
    text
      .replace(/\b[0-9a-f]{10,40}\b/g, 'ID')
      .replace(/\d{4}-\d{2}-\d{2}/g, 'DAY')
      .replace(/\b\d\d:\d\d\b/g, 'TIME');
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/dev/outage.md'), 'utf8');
  const lines = new Set(plain(printed.join('\n')).split('\n'));
  const told = [...page.matchAll(/^```text\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  assert.ok(told.length > 20, 'the page shows what is printed');
  assert.deepEqual(
    told.filter((line) => line !== '' && !line.startsWith('$ ') && !lines.has(plain(line))),
    [],
  );
}

/** Rows that belong together, on one line. */
const flat = (text: string): string => text.replace(/\n +/g, ' ');

function rowsBelow(folder: string): Record<string, unknown>[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function payloadsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(payloadsIn);
  if (typeof value !== 'object' || value === null) return [];
  return 'hook_event_name' in value ? [{ ...value }] : Object.values(value).flatMap(payloadsIn);
}
