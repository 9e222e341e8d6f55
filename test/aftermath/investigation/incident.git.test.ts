import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { attributionByNotes, knownSuspects, type KnownRun } from '../../../src/aftermath';
import { parseIncident } from '../../../src/policy/incidents/parse';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote, KIRO } from '../../support/history';
import { LINES, playOutage, type Outage } from '../../support/outage';
import { ADA, BOB, TestRepository } from '../../support/repository';
import { builtCli, linekeeper } from '../../support/product';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Told {
  readonly incident: string | null;
  readonly file: string | null;
  readonly deployed: string;
  readonly lastGood: string | null;
  readonly others: number;
  readonly files: readonly string[];
  readonly notices: readonly string[];
  readonly window: { readonly commits: number };
  readonly suspects: readonly {
    readonly commit: string;
    readonly assistants: readonly unknown[];
    readonly contribution: string;
    readonly reasons: readonly { readonly kind: string; readonly says: string }[];
    readonly gate: string | null;
    readonly review: { readonly merge: { readonly commit: string } | null } | null;
  }[];
}

/** From a container, whose paths are its own, with a frame of a library. */
const STACK = `ResourceNotFoundException: Requested resource not found: Table: orders_v2 not found
    at Client.send (/app/node_modules/@aws-sdk/client/dist/index.js:812:20)
    at read (webpack:///./src/store.ts?:1:9)
    at order (/home/app/build/src/orders/api.ts:${String(LINES.timeout)}:23)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
`;

describe('linekeeper incident', function () {
  this.timeout(120_000);
  let played: Outage;
  let outage: Outage;
  before(async () => {
    await builtCli();
    played = await playOutage(12);
  });
  beforeEach(async () => {
    outage = { ...played, test: await played.test.copy() };
  });
  afterEach(() => outage.test.dispose());
  after(() => played.test.dispose());

  const run = async (words: readonly string[], stdin = '', verb = 'incident'): Promise<Outcome> => {
    const { code, stdout, stderr } = await linekeeper(outage.test, [verb, ...words], { input: stdin });
    return { code, out: stdout, err: stderr };
  };
  const begin = (words: readonly string[], stdin = STACK): Promise<Outcome> =>
    run(['new', '--title', 'Orders were down', '--began', outage.began, ...words], stdin);
  const told = async (words: readonly string[], stdin = STACK): Promise<Told> => {
    const { code, out, err } = await begin(['--json', '--print', ...words], stdin);
    assert.equal(code, 0, err);
    return JSON.parse(out) as Told;
  };

  itInFull("finds the cause by deployment records and another machine's stack trace", async () => {
    const { deployed, lastGood, suspects, window, files, others } = await told(['--service', 'orders', '--trace', '-']);
    assert.deepEqual([deployed, lastGood], [outage.deployed, outage.good]);
    assert.equal(window.commits, 3);
    assert.deepEqual([...files].sort(), ['src/orders/api.ts', 'src/store.ts']);
    const [first, second] = suspects;
    assert.equal(first?.commit, outage.cause);
    assert.deepEqual(first.assistants, [CLAUDE]);
    assert.ok(
      first.reasons.some(({ kind }) => kind === 'destructive'),
      JSON.stringify(first.reasons),
    );
    assert.ok(first.reasons.some(({ kind, says }) => kind === 'name' && says.includes('orders_v2')));
    assert.deepEqual([first.contribution, first.review?.merge?.commit], ['cannot-tell', outage.merge]);
    assert.match(first.gate ?? '', /The policy of then asked for no sign-off/);
    assert.equal(second?.commit, outage.later);
    assert.equal(second.contribution, 'did-not', 'a person wrote all of it');
    assert.ok(second.reasons.some(({ kind }) => kind === 'line'));
    assert.ok(!suspects.some(({ commit }) => commit === outage.innocent));
    assert.equal(others, 1);
  });

  itInFull('finds the cause by a Terraform plan, and by --path alone', async () => {
    const plan = JSON.stringify({
      resource_changes: [{ address: 'aws_dynamodb_table.orders', change: { actions: ['delete'] } }],
    });
    const [byPlan] = (await told(['--trace', '-'], plan)).suspects;
    assert.deepEqual([byPlan?.commit, byPlan?.reasons.some(({ kind }) => kind === 'resource')], [outage.cause, true]);
    assert.equal((await told(['--path', 'infra/orders/**'])).suspects[0]?.commit, outage.cause);
  });

  itInFull('counts a later revert as evidence', async () => {
    const { test } = outage;
    await test.git('revert', '--no-edit', outage.later);
    const { suspects } = await told(['--trace', '-']);
    assert.ok(suspects.find(({ commit }) => commit === outage.later)?.reasons.some(({ kind }) => kind === 'reverted'));
  });

  itInFull('names files that used to change together with those of the trace', async () => {
    const { test } = outage;
    await test.git('checkout', '--quiet', '-b', 'other', outage.start);
    for (let n = 0; n < 4; n++)
      await commitWithNote(test, {
        message: `Both ${String(n)}`,
        files: {
          'src/pair/a.ts': `export const a = ${String(n)};\n`,
          'src/pair/b.ts': `export const b = ${String(n)};\n`,
        },
        as: ADA,
        at: `2026-02-0${String(n + 1)}T10:00:00Z`,
      });
    const good = await test.git('rev-parse', 'HEAD');
    const odd = await commitWithNote(test, {
      message: 'Only one',
      files: { 'src/pair/b.ts': 'export const b = 9;\n' },
      as: BOB,
      at: '2026-02-09T10:00:00Z',
      by: KIRO,
    });
    const { suspects } = await told(
      ['--deployed', odd, '--last-good', good, '--trace', '-'],
      'Error: no\n    at f (/srv/src/pair/a.ts:1:1)\n',
    );
    assert.deepEqual(
      suspects.map(({ commit, reasons }) => [commit, reasons.map(({ says }) => says)]),
      [[odd, ['It changes src/pair/b.ts, which changed together with src/pair/a.ts in 4 of 4 earlier commits.']]],
    );
  });

  itInFull('finds a destroyed resource in a young repository, and shows the sign-offs that were required', async () => {
    const test = await TestRepository.create();
    const table = (name: string): string => `resource "aws_dynamodb_table" "${name}" {\n  name = "${name}"\n}\n`;
    const policy = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { any: { from: senior, approvals: 1 }, ai: { junior: { from: senior, approvals: 2 } } }
`;
    const at = (minute: number): string => `2026-03-12T09:${String(minute).padStart(2, '0')}:00Z`;
    const files = { '.linekeeper.yml': policy, 'infra/db.tf': table('orders') };
    await commitWithNote(test, { message: 'Start', files, as: ADA, at: at(1) });
    const cause = { 'infra/db.tf': table('orders_v2') };
    const id = await commitWithNote(test, { message: 'Move orders', files: cause, as: BOB, by: CLAUDE, at: at(2) });
    const words = ['--title', 'Gone', '--began', at(3), '--path', 'infra/**', '--json', '--print'];
    const { stdout, stderr } = await linekeeper(test, ['incident', 'new', ...words]);
    await test.dispose();
    assert.notEqual(stdout, '', stderr);
    const [first] = (JSON.parse(stdout) as Told).suspects;
    assert.equal(first?.commit, id);
    assert.match(
      first.reasons.map(({ kind, says }) => `${kind}: ${says}`).join('\n'),
      /^destructive: aws_dynamodb_table\.orders, which holds data, .*\(destructive\/tf-/m,
    );
    assert.match(first.gate ?? '', /asked: critical: 2 seniors' sign-offs\. No signed sign-off of it is here/);
  });

  itInFull('reads truncated and minified traces, and reports unknown revisions', async () => {
    const minified = `at a (https://x.example/static/main.3f2a.js:1:48231)\n${'x'.repeat(100_000)}\n   at (/app/src/ord`;
    const { suspects, notices } = await told(['--trace', '-'], minified);
    assert.deepEqual(
      suspects.map(({ commit, reasons }) => [commit, reasons.map(({ kind }) => kind)]),
      [[outage.cause, ['destructive']]],
      'what destroys something is named whatever the trace says',
    );
    assert.match(notices.join('\n'), /1 of 1 places in the trace are in no file/);
    assert.match(notices.join('\n'), /very long lines/);
    assert.match(
      (await told(['--trace', '-'], 'it is broken')).notices.join('\n'),
      /No file and no resource could be read/,
    );
    assert.equal((await begin(['--deployed', 'nowhere'])).code, 2);
    assert.equal((await run(['new', '--title', 'x', '--began', 'yesterday'])).code, 2);
    assert.equal((await run(['new', '--began', outage.began])).code, 2);
    const wide = await told(['--deployed', outage.start, '--trace', '-']);
    assert.match(wide.notices.join('\n'), /No last good revision is known/);
  });

  itInFull('writes a file whose lines are credited to the person or agent who runs it, else to nobody', async () => {
    const { test } = outage;
    const words = (title: string): string[] => ['incident', 'new', '--title', title, '--began', outage.began];
    await atTerminal(test, words('By a person'));
    await atTerminal(test, words('By an agent'), { env: { CLAUDECODE: '1' } });
    const editor = await atTerminal(test, words('In an editor'), { env: { TERM_PROGRAM: 'vscode' } });
    assert.match(editor.stdout, /counts as unknown.*linekeeper declare \.linekeeper\S+in-an-editor\.yml --human/);
    await begin([]);
    const { stdout } = await linekeeper(test, ['status', '--json']);
    const { files } = JSON.parse(stdout) as { readonly files: readonly { path: string; added: unknown }[] };
    const lines = (slug: string): unknown => {
      const one = files.find(({ path }) => path.endsWith(`-${slug}.yml`));
      return one && Object.entries(one.added as Record<string, number>).flatMap(([who, n]) => (n > 0 ? [who] : []));
    };
    assert.deepEqual(['by-a-person', 'by-an-agent', 'in-an-editor', 'orders-were-down'].map(lines), [
      ['human'],
      ['ai'],
      ['unknown'],
      ['unknown'],
    ]);
  });

  itInFull('writes a file that people can edit, and overwrites none', async () => {
    const { test } = outage;
    const first = await begin(['--trace', '-', '--path', 'infra/orders/**']);
    assert.equal(first.code, 0, first.err);
    assert.match(
      first.out,
      /INC-2026-03-12-orders-were-down is recorded in \.linekeeper\/incidents\/2026-03-12-orders-were-down\.yml/,
    );
    assert.match(first.out, /^1\. [0-9a-f]{10} 2026-03-10 Rename the orders table$/m);
    await begin(['--trace', '-']);
    const names = readdirSync(test.at('.linekeeper/incidents')).sort();
    assert.deepEqual(names, ['2026-03-12-orders-were-down-2.yml', '2026-03-12-orders-were-down.yml']);
    for (const name of names) {
      const parsed = parseIncident(name, test.read(`.linekeeper/incidents/${name}`));
      assert.ok(parsed.ok, JSON.stringify(parsed));
      assert.equal(parsed.incident.suspects[0]?.commit, outage.cause);
      assert.equal(parsed.incident.contribution, 'cannot-tell');
      assert.ok(parsed.incident.timeline.some(({ what }) => /was deployed to production/.test(what)));
    }
    const { out } = await run([outage.cause], '', 'trace');
    assert.match(
      out,
      /^(?:incidents)? +INC-2026-03-12-orders-were-down Orders were down \(open; its lines: cannot tell\)$/m,
    );
  });

  it('lists, shows, reports and sums up incidents by assistant', async () => {
    const { test } = outage;
    await begin(['--trace', '-', '--service', '<script>alert(1)</script>']);
    const file = '.linekeeper/incidents/2026-03-12-orders-were-down.yml';
    test.write(
      file,
      test
        .read(file)
        .replace('title: Orders were down', 'title: "Orders <img src=x onerror=alert(1)> **down**"')
        .replace('state: open', 'state: closed\nfailure-mode: delete-and-recreate')
        .replace('contribution: cannot-tell\nt', 'contribution: contributed\nt')
        .replace('    contribution: cannot-tell', '    contribution: contributed')
        .replace(
          'lessons: []',
          'lessons:\n  - rule: destructive/tf-address-changed\n    message: Move the state, do not make it again.',
        ),
    );
    const listed = await run(['list']);
    assert.deepEqual([listed.code, listed.err], [0, '']);
    assert.match(listed.out, /^INC-2026-03-12-orders-were-down {2}closed {5}contributed {2}1 lesson /m);
    const page = (await run(['report', 'INC-2026-03-12-orders-were-down', '--format', 'html'])).out;
    assert.doesNotMatch(page, /<(?:img|script)/);
    assert.match(page, /&lt;img src=x/);
    assert.match(page, /<svg /);
    const markdown = (await run(['report', 'orders'])).out;
    assert.doesNotMatch(markdown, /(?<!\\)<img|(?<!\\)\*\*down/);
    await run(['report', 'orders', '--output', test.outside('report.html')]);
    assert.ok(readFileSync(test.outside('report.html'), 'utf8').startsWith('<!DOCTYPE html>'));
    const by = JSON.parse((await run(['list', '--by', 'assistant', '--json'])).out) as {
      readonly assistants: readonly {
        readonly assistant: string;
        readonly incidents: { readonly contributed: readonly string[] };
        readonly failureModes: unknown;
        readonly lessons: readonly unknown[];
      }[];
      readonly concentration: unknown;
    };
    assert.deepEqual(
      by.assistants.map(({ assistant, incidents, failureModes, lessons }) => [
        assistant,
        incidents.contributed,
        failureModes,
        lessons.length,
      ]),
      [['claude-code', ['INC-2026-03-12-orders-were-down'], { 'delete-and-recreate': 1 }, 1]],
    );
    assert.deepEqual(by.concentration, { assistant: 'claude-code', incidents: 1 });
    assert.match(
      (await run(['list', '--by', 'assistant'])).out,
      /claude-code, claude-opus-4-8: contributed to 1 incident/,
    );
  });

  itInFull(
    "shows each suspect's subject, author, day, merge and sign-offs in show, report and HTML alike",
    async () => {
      const begun = await begin(['--trace', '-', '--path', 'infra/orders/**']);
      const merge = `Merged in ${outage.merge.slice(0, 10)} (`;
      assert.match(begun.out, /^1\..* Rename the orders table\n {3}by Bob; added /m);
      for (const words of [
        ['show', 'orders'],
        ['report', 'orders', '--format', 'html'],
      ]) {
        const { out } = await run(words);
        assert.match(out, new RegExp(`${outage.cause.slice(0, 12)}.* 2026-03-10 Rename the orders table, by Bob`));
        assert.ok(out.includes(merge), out);
        assert.match(out, /The policy of then asked for no sign-off/);
      }
      const { suspects } = JSON.parse((await run(['show', 'orders', '--json'])).out) as {
        readonly suspects: readonly { readonly history: { readonly by: string | null; readonly day: string } | null }[];
      };
      assert.deepEqual([suspects[0]?.history?.by, suspects[0]?.history?.day], ['Bob', '2026-03-10']);
    },
  );

  itInFull("lists what agents ran in a suspect's sessions or at its commit", async () => {
    const now = (): number => Date.parse(outage.began);
    const repository = outage.test.repository();
    const ran = (id: string, commit: string, session: string): KnownRun => ({
      id,
      commit,
      session,
      outcome: 'ran',
      at: '2026-03-10T10:05Z',
      command: null,
      assistant: 'claude-code',
      user: null,
      requested: null,
      approvals: [],
      under: null,
      ended: null,
    });
    const runs = [ran('r-1', outage.start, 'c-1'), ran('r-2', outage.cause, 'x'), ran('r-3', outage.start, 'x')];
    await begin(['--trace', '-']);
    const file = '.linekeeper/incidents/2026-03-12-orders-were-down.yml';
    const parsed = parseIncident(file, outage.test.read(file));
    assert.ok(parsed.ok);
    const attributionOf = attributionByNotes(repository, now);
    const known = await knownSuspects(repository, parsed.incident, { runs }, { attributionOf, now });
    assert.deepEqual(
      known.get(outage.cause)?.runs.map((says) => says.replace(/^.* /, '')),
      ['r-1', 'r-2'],
    );
  });

  itInFull('leaves out the author of a suspect tied by time only', async () => {
    const begun = await begin([], '');
    assert.match(begun.out, /^1\..* Rename the orders table\n {3}added /m);
    for (const words of [
      ['show', 'orders'],
      ['report', 'orders', '--format', 'html'],
    ]) {
      const { out } = await run(words);
      assert.match(out, /2026-03-10 Rename the orders table/);
      assert.doesNotMatch(out, /, by Bob/);
    }
  });

  itInFull('takes severity and symptoms, finds commits by them, and shows both', async () => {
    const { code, out, err } = await begin(
      ['--severity', 'high', '--seen', 'The table aws_dynamodb_table.orders is gone'],
      '',
    );
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`^1\\. ${outage.cause.slice(0, 10)}`, 'm'));
    const { out: shown } = await run(['show', 'orders']);
    assert.match(shown, /Severity:\*\* high: many people/);
    assert.match(shown, /The table aws\\?_dynamodb\\?_table\.orders is gone/);
    const wrong = await begin(['--severity', 'sev1'], '');
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /--severity is one of critical, high, medium, low, not "sev1"\./);
  });

  itInFull('says where and how to fix a file that was edited into nonsense', async () => {
    const { test } = outage;
    await begin([]);
    const file = test.at('.linekeeper/incidents/2026-03-12-orders-were-down.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('state: open', 'state: opne'));
    writeFileSync(test.at('.linekeeper/incidents/2026-03-13-other.yml'), 'title: [\n');
    const { code, out, err } = await run(['list']);
    assert.equal(code, 1);
    assert.match(out, /^No incident file here can be read\./);
    assert.match(err, /2026-03-12-orders-were-down\.yml:\d+:8: state: expected open, mitigated or closed/);
    const shown = await run(['show', 'orders']);
    assert.equal(shown.code, 2);
    assert.match(shown.err, /The file of "orders" can't be read\. Fix it as described above\./);
    assert.doesNotMatch(shown.err, /other\.yml/, 'what is wrong elsewhere is not asked about');
    assert.ok(existsSync(file));
  });
});
