/** What was learnt of an incident comes back: in the gate, and in the hook of the agent that does it again. */
import assert from 'node:assert/strict';
import { check } from '../../../src/cli/verbs/check';
import { incident } from '../../../src/cli/verbs/incident';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote } from '../../support/history';
import { hookWith } from '../../support/play';
import { ADA, CARL, TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const POLICY = `version: 1
unknown: human
tiers:
  - { name: all, paths: ["**"] }
rules:
  - id: no-sleep
    paths: ["**/*.sh"]
    class: destructive
    severity: low
    pattern: sleep
    message: It waits.
`;
const INCIDENT = `version: 1
title: Orders were down
state: closed
began: 2026-03-01T10:00:00Z
lessons:
  - { path: "infra/**", pattern: "force_destroy = true", message: The bucket held orders. }
  - { path: "src/pay/**", message: Ask the payments team. }
  - { path: "db/**", rule: destructive/tf-protection-off, message: It held invoices. }
  - { rule: destructive/team-no-sleep, message: It never woke. }
`;
const PROTECTED = `resource "aws_db_instance" "x" {
  deletion_protection = true
  username            = "x"
}
`;

describe('a lesson of an incident', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('.linekeeper/incidents/2026-03-01-orders.yml', INCIDENT);
    await commitWithNote(test, {
      message: 'start',
      files: { 'infra/a.tf': 'one\n', 'db/main.tf': PROTECTED },
      as: ADA,
      at: '2026-03-02T08:00:00Z',
    });
  });
  afterEach(() => test.dispose());

  const checked = async (
    files: Readonly<Record<string, string>>,
    by = true,
  ): Promise<{ readonly lessons: unknown; readonly notices: string; readonly verdict: unknown }> => {
    await test.git('checkout', '--quiet', '-B', 'topic', 'main');
    await commitWithNote(test, {
      message: 'change',
      files,
      as: CARL,
      at: '2026-03-03T08:00:00Z',
      ...(by ? { by: CLAUDE } : {}),
    });
    const { out, err } = await callVerb(
      check,
      ['--base', 'main', '--head', 'topic', '--actor', 'carl', '--json'],
      test.root,
    );
    assert.deepEqual(err, []);
    const { lessons, notices, verdict } = JSON.parse(out) as {
      readonly lessons: unknown;
      readonly notices: readonly string[];
      readonly verdict: unknown;
    };
    return { lessons, notices: notices.join('\n'), verdict };
  };

  itInFull("check shows it at AI's matching lines by the base's incidents, and requires nothing", async () => {
    const hit = await checked({ 'infra/a.tf': 'one\nforce_destroy   = true\n' });
    assert.deepEqual(hit.lessons, [
      { incident: 'INC-2026-03-01-orders', path: 'infra/a.tf', line: 2, message: 'The bucket held orders.' },
    ]);
    assert.match(hit.notices, /infra\/a\.tf"?:2: such a change caused INC-2026-03-01-orders: The bucket held orders\./);
    assert.equal(hit.verdict, 'pass');
    assert.deepEqual((await checked({ 'infra/a.tf': 'one\ntwo\n' })).lessons, []);
    assert.deepEqual(
      (await checked({ 'infra/a.tf': 'one\nforce_destroy = true\n' }, false)).lessons,
      [],
      'a person may know',
    );
    assert.deepEqual(
      (
        await checked({
          '.linekeeper/incidents/2026-03-04-x.yml': INCIDENT.replace('src/pay/**', '**'),
          'docs/a.md': 'x\n',
        })
      ).lessons,
      [],
      'what the change itself brings does not count',
    );
  });

  itInFull("check shows it by a danger rule only where AI's own lines met the rule", async () => {
    const LEARNT = {
      incident: 'INC-2026-03-01-orders',
      path: 'db/main.tf',
      line: 2,
      message: 'It held invoices.',
    };
    const open = PROTECTED.replace('true', 'false');
    assert.deepEqual((await checked({ 'db/main.tf': open })).lessons, [LEARNT]);
    assert.deepEqual((await checked({ 'db/main.tf': PROTECTED.replace('"x"\n', '"y"\n') })).lessons, []);
    assert.deepEqual((await checked({ 'other/main.tf': open })).lessons, [], 'another path');
    await test.git('checkout', '--quiet', '-B', 'topic', 'main');
    const at = '2026-03-03T08:00:00Z';
    await commitWithNote(test, { message: 'by a person', files: { 'db/main.tf': open }, as: CARL, at });
    await commitWithNote(test, {
      message: 'by AI',
      files: { 'db/main.tf': open.replace('"x"\n', '"y"\n') },
      as: CARL,
      at,
      by: CLAUDE,
    });
    const { out } = await callVerb(
      check,
      ['--base', 'main', '--head', 'topic', '--actor', 'carl', '--json'],
      test.root,
    );
    const { lessons, findings } = JSON.parse(out) as {
      readonly lessons: unknown;
      readonly findings: readonly { readonly rule: string }[];
    };
    assert.ok(findings.some(({ rule }) => rule === 'destructive/tf-protection-off'));
    assert.deepEqual(lessons, [], 'a person did it, in a file that AI changed elsewhere');
  });

  it("the agent's hook tells it by a danger rule only for what this edit did", async () => {
    const edit = async (session: string, old: string, now: string, file = 'db/main.tf'): Promise<string> => {
      const payload = {
        session_id: session,
        cwd: test.root,
        transcript_path: '/nowhere.jsonl',
        tool_name: 'Edit',
        tool_use_id: `t-${session}-${old}`,
        tool_input: { file_path: test.at(file), old_string: old, new_string: now },
      };
      await hookWith(test, 'claude-code', { hook_event_name: 'PreToolUse', ...payload });
      test.write(file, test.read(file).replace(old, now));
      const { code, out } = await hookWith(test, 'claude-code', {
        hook_event_name: 'PostToolUse',
        ...payload,
        tool_response: { filePath: test.at(file) },
      });
      assert.equal(code, 0);
      return out;
    };
    assert.equal(await edit('s-1', 'username            = "x"', 'username            = "y"'), '');
    assert.match(
      await edit('s-1', 'deletion_protection = true', 'deletion_protection = false'),
      /caused INC-2026-03-01-orders: It held invoices\./,
    );
    test.write('run.sh', 'true\n');
    assert.match(await edit('s-1', 'true', 'sleep 9', 'run.sh'), /caused INC-2026-03-01-orders: It never woke\./);
    assert.equal(
      await edit('s-2', 'username            = "y"', 'username            = "z"'),
      '',
      'the danger was there before this edit',
    );
  });

  it('incident list says when it names an unknown rule', async () => {
    test.write('.linekeeper/incidents/2026-03-02-x.yml', INCIDENT.replace('tf-protection-off', 'tf-protection-of'));
    const { code, err } = await callVerb(incident, ['list'], test.root);
    assert.equal(code, 1);
    assert.deepEqual(err, [
      'linekeeper: a lesson of INC-2026-03-02-x names the rule "destructive/tf-protection-of", which is not there, so it warns of nothing. Did you mean "destructive/tf-protection-off"?',
    ]);
    test.write(
      '.linekeeper/incidents/2026-03-02-x.yml',
      INCIDENT.replace('destructive/tf-protection-off', 'destructive/zzzzzzzzzzzz'),
    );
    assert.match(
      (await callVerb(incident, ['list'], test.root)).err.join(),
      / docs\/rules\/README\.md lists the rules\.$/,
    );
  });

  it("the agent's hook tells it after a matching edit once a session, and records the edit", async () => {
    const edit = (
      session: string,
      file: string,
      text: string,
    ): Promise<{ readonly code: number; readonly out: string }> => {
      test.write(file, text);
      return hookWith(test, 'claude-code', {
        hook_event_name: 'PostToolUse',
        session_id: session,
        cwd: test.root,
        transcript_path: '/nowhere.jsonl',
        tool_name: 'Write',
        tool_use_id: `t-${session}-${String(text.length)}`,
        tool_input: { file_path: test.at(file), content: text },
        tool_response: { type: 'create', filePath: test.at(file), content: text },
      });
    };
    const first = await edit('s-1', 'infra/b.tf', 'force_destroy = true\n');
    assert.equal(first.code, 0);
    assert.match(first.out, /caused INC-2026-03-01-orders: The bucket held orders\./);
    assert.equal((await edit('s-1', 'infra/b.tf', 'force_destroy = true\n# more\n')).out, '');
    assert.match((await edit('s-2', 'infra/b.tf', 'force_destroy = true\n# yet more\n')).out, /The bucket held orders/);
    assert.match((await edit('s-1', 'src/pay/a.ts', 'x\n')).out, /Ask the payments team/);
    assert.equal((await edit('s-1', 'docs/b.md', 'x\n')).out, '');
  });
});
