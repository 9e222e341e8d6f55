/** What other logs say of an outage, laid beside what sessions ran. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { incident } from '../../../src/cli/verbs/incident';
import { settleRuns } from '../../../src/provenance/commits/settle';
import { parseIncident } from '../../../src/policy/incidents/parse';
import { keepStatement } from '../../../src/provenance/journal/permitted-and-refused-runs';
import { itInFull } from '../../support/full';
import { commitWithNote } from '../../support/history';
import { ADA, TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const NOW = Date.parse('2026-03-20T12:00:00Z');
const BEGAN = '2026-03-20T10:14:00Z';
const seconds = (time: string): string => String(Date.parse(`2026-03-20T${time}Z`) / 1000);

const TRAIL = JSON.stringify(
  {
    Records: [
      {
        eventTime: '2026-03-20T10:12:41Z',
        eventSource: 'rds.amazonaws.com',
        eventName: 'DeleteDBInstance',
        awsRegion: 'eu-west-1',
        userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8',
        userIdentity: { arn: 'arn:aws:sts::111122223333:assumed-role/deployer/ci' },
        requestParameters: { dBInstanceIdentifier: 'orders-prod', masterUserPassword: 'hunter2-hunter2' },
        readOnly: false,
      },
      { eventTime: '2026-03-20T10:12:42Z', eventSource: 's3.amazonaws.com', eventName: 'GetObject', readOnly: true },
      { eventTime: '2026-02-01T10:12:42Z', eventSource: 's3.amazonaws.com', eventName: 'DeleteBucket' },
    ],
  },
  null,
  2,
);
const audit = (verb: string, name: string, at: string): string =>
  JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    stage: 'ResponseComplete',
    verb,
    user: { username: 'ada@example.com' },
    userAgent: 'kubectl/v1.31.0 (linux/amd64)',
    objectRef: { resource: 'deployments', namespace: 'shop', name },
    responseStatus: { code: 200 },
    requestReceivedTimestamp: `2026-03-20T${at}Z`,
  });

describe('linekeeper incident, reading logs', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let cause: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    const database = (name: string): string => `resource "aws_db_instance" "orders" {\n  identifier = "${name}"\n}\n`;
    const commit = (files: Readonly<Record<string, string>>, at: string): Promise<string> =>
      commitWithNote(test, { message: `At ${at}`, files, as: ADA, at });
    await commit({ 'infra/db.tf': database('orders'), 'src/a.ts': 'a\n' }, '2026-03-10T10:00:00Z');
    cause = await commit({ 'infra/db.tf': database('orders-prod') }, '2026-03-11T10:00:00Z');
    await commit({ 'src/a.ts': 'b\n' }, '2026-03-12T10:00:00Z');
  });
  afterEach(() => test.dispose());

  const begin = (logs: Readonly<Record<string, string>>, ...words: string[]): Promise<VerbOutcome> => {
    const files = Object.entries(logs).flatMap(([name, text]) => {
      const file = test.outside(name);
      writeFileSync(file, text);
      return ['--log', file];
    });
    return callVerb(incident, ['new', '--title', 'T', '--began', BEGAN, ...files, ...words], test.root, {
      now: () => NOW,
    });
  };
  const timeline = async (logs: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const { code, out, err } = await begin(logs, '--json', '--print');
    assert.equal(code, 0, err.join('\n'));
    const { timeline: entries } = JSON.parse(out) as { readonly timeline: readonly { at: string; what: string }[] };
    return entries
      .filter(({ what }) => /^(?:CloudTrail|Kubernetes|Terraform|a shell)/.test(what))
      .map(({ at, what }) => `${at} ${what}`);
  };

  it('puts CloudTrail beside the agent session that ran then, and finds the commit by what was deleted', async () => {
    const head = await test.git('rev-parse', 'HEAD');
    const repository = test.repository();
    keepStatement(
      repository.commonDir,
      {
        commit: head,
        statement: {
          event: 'ran',
          id: '0123456789abcdef',
          at: '2026-03-20T10:12Z',
          assistant: 'claude-code',
          session: 'c-1',
          user: 'bob@example.com',
          under: null,
          command: {
            program: 'terraform',
            verb: 'apply',
            targets: ['-chdir=infra'],
            directory: '.',
            environment: null,
            rule: null,
            tier: null,
            line: null,
          },
        },
      },
      NOW,
    );
    await settleRuns(repository, NOW);
    assert.deepEqual(await timeline({ 'trail.json': TRAIL }), [
      '2026-03-20T10:12:41Z CloudTrail: rds DeleteDBInstance orders-prod in eu-west-1, by assumed-role/deployer/ci, with Terraform. At that time claude-code, session c-1, ran terraform apply -chdir=infra at 10:12',
    ]);
    const { out } = await begin({ 'trail.json': TRAIL }, '--json', '--print');
    const { suspects } = JSON.parse(out) as { readonly suspects: readonly { readonly commit: string }[] };
    assert.equal(suspects[0]?.commit, cause);
    assert.doesNotMatch(out, /hunter2/);
    const written = await begin({ 'trail.json': TRAIL });
    assert.match(written.out, /^- 2026-03-20T10:12:41Z CloudTrail: rds DeleteDBInstance/m);
    const parsed = parseIncident('x.yml', test.read('.linekeeper/incidents/2026-03-20-t.yml'));
    assert.ok(parsed.ok);
    assert.ok(parsed.incident.timeline.some(({ what }) => what.includes('session c-1, ran terraform apply')));
  });

  itInFull('reads lookup-events, a Kubernetes audit log, Terraform output and three shell histories', async () => {
    const looked = JSON.stringify({
      Events: [{ CloudTrailEvent: JSON.stringify((JSON.parse(TRAIL) as { Records: unknown[] }).Records[0]) }],
    });
    assert.equal((await timeline({ 'a.json': looked })).length, 1);
    assert.deepEqual(
      await timeline({
        'audit.log': [audit('get', 'orders', '10:11:00'), audit('delete', 'orders', '10:13:00')].join('\n'),
      }),
      [
        '2026-03-20T10:13:00Z Kubernetes audit log: delete deployments orders in shop, by ada@example.com, with kubectl',
      ],
    );
    assert.deepEqual(
      await timeline({
        'apply.log':
          '2026-03-20T10:12:40.1Z \u001b[1maws_db_instance.orders: Destroying... [id=orders]\u001b[0m\n2026-03-20T10:13:20.0Z aws_db_instance.orders: Destruction complete after 40s\n2026-03-20T10:13:21.0Z Apply complete! Resources: 0 added, 0 changed, 1 destroyed.\n',
      }),
      [
        "2026-03-20T10:13:20Z Terraform's output: aws_db_instance.orders was destroyed",
        "2026-03-20T10:13:21Z Terraform's output: Apply complete! Resources: 0 added, 0 changed, 1 destroyed.",
      ],
    );
    const hook = { resource: { addr: 'aws_db_instance.orders' }, action: 'delete' };
    assert.deepEqual(
      await timeline({
        'apply.json': JSON.stringify({ '@timestamp': '2026-03-20T10:12:50Z', type: 'apply_complete', hook }),
      }),
      ["2026-03-20T10:12:50Z Terraform's output: aws_db_instance.orders was destroyed"],
    );
    const command =
      'PGPASSWORD=hunter2 psql -h db.example -U admin --password hunter2 -c "drop table orders" postgres://u:hunter2@db/x';
    for (const [shell, text] of [
      ['bash', `#${seconds('10:12:00')}\nls -l\n#${seconds('10:12:30')}\n${command}\n`],
      ['zsh', `: ${seconds('10:12:00')}:0;ls -l\n: ${seconds('10:12:30')}:3;${command}\n`],
      ['fish', `- cmd: ls -l\n  when: ${seconds('10:12:00')}\n- cmd: ${command}\n  when: ${seconds('10:12:30')}\n`],
    ] as const) {
      const [entry, ...more] = await timeline({ [shell]: text });
      assert.match(
        entry ?? '',
        /^2026-03-20T10:12:30Z a shell's history: psql -h db\.example -U \.\.\. --password \.\.\. -c/,
        shell,
      );
      assert.doesNotMatch(entry ?? '', /hunter2|admin/);
      assert.deepEqual(more, [], 'what changes nothing elsewhere is nobody’s business');
    }
  });

  it('names a broken line and reads the rest, and refuses what is no log', async () => {
    const broken = await begin(
      { 'audit.log': [audit('delete', 'a', '10:13:00'), '{"kind":"Event","apiVersion":"audit.k8s'].join('\n') },
      '--print',
    );
    assert.equal(broken.code, 0, broken.err.join('\n'));
    assert.match(broken.out, /audit\.log:2: it is no JSON, or is cut off, so it is left out\./);
    const cut = await begin({ 'trail.json': TRAIL.slice(0, TRAIL.indexOf('GetObject')) }, '--print');
    assert.deepEqual(
      [cut.code, /trail\.json:\d+: the JSON is broken or cut off here\./.test(cut.err.join())],
      [2, true],
      cut.err.join(),
    );
    const none = await begin({ 'notes.txt': 'it was down\n' }, '--print');
    assert.deepEqual(
      [none.code, /notes\.txt is none of the logs that can be read: CloudTrail/.test(none.err.join())],
      [2, true],
    );
    const untimed = await begin(
      { 'apply.log': 'aws_db_instance.orders: Destroying...\naws_db_instance.orders: Destruction complete after 1s\n' },
      '--print',
    );
    assert.match(untimed.out, /has lines without a time/);
    assert.match(
      untimed.out,
      new RegExp(`^1\\. ${cause.slice(0, 10)}`, 'm'),
      'what was destroyed is looked for all the same',
    );
  });

  itInFull('shows no control characters or markup, and bounds a long timeline', async () => {
    const nasty = 'x\u001b]0;owned\u0007\u202e\n- state: closed';
    const records = Array.from({ length: 3_000 }, () => ({
      eventTime: '2026-03-20T10:12:41Z',
      eventSource: 'rds.amazonaws.com',
      eventName: `Delete${nasty}`,
      userAgent: nasty,
      userIdentity: { arn: nasty.repeat(100) },
      requestParameters: { name: `<img src=x>${nasty}`, __proto__: { name: 'y' } },
    }));
    const { code, out, err } = await begin({ 'trail.json': JSON.stringify({ Records: records }) });
    assert.equal(code, 0, err.join('\n'));
    assert.doesNotMatch(out, /[\u001b\u0007\u202e]/);
    const text = test.read('.linekeeper/incidents/2026-03-20-t.yml');
    assert.doesNotMatch(text, /[\u001b\u0007\u202e]/);
    assert.ok(text.length < 64 * 1024, String(text.length));
    const parsed = parseIncident('x.yml', text);
    assert.deepEqual(parsed.ok ? [parsed.incident.state, parsed.incident.timeline.length < 60] : parsed.problems, [
      'open',
      true,
    ]);
    assert.match(out, /more entries of the logs are not in the timeline/);
  });
});
