/** Teams' own rules speak the rows of the built-in ones: settings, commands, statements. */
import assert from 'node:assert/strict';
import { findIn } from '../../../src/policy/findings';
import type { Policy } from '../../../src/policy';
import { parsePolicy } from '../../../src/policy/file/parse';
import { judge } from '../../support/guard';

const TIERS = `version: 1
tiers:
  - { name: critical, paths: ["infra/**"], agents: ask, detect: [destructive] }
  - { name: open, paths: ["**"] }
`;

/** The policy of a rule with these rows. */
function policyOf(rows: string): Policy {
  const parsed = parsePolicy(
    `${TIERS}rules:\n  - { id: billing, class: destructive, severity: critical, message: The ledger goes., fix: Ask billing., ${rows} }\n`,
  );
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.policy;
}

const mistakes = (rule: string): readonly string[] => {
  const parsed = parsePolicy(`${TIERS}rules: [${rule}]\n`);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
};

/** The places that the rule finds in one change. */
async function found(
  rows: string,
  path: string,
  before: string | null,
  after: string | null,
): Promise<readonly string[]> {
  const { findings } = await findIn(
    {
      changes: [{ path, from: null, before, after }],
      left: [],
      unread: [],
      beyondLines: new Set(),
      runsGate: new Set(),
    },
    policyOf(rows),
  );
  return findings
    .filter(({ rule }) => rule === 'destructive/team-billing')
    .map(({ line, side, message }) => {
      assert.equal(message, 'The ledger goes. Ask billing.');
      return `${side} ${String(line)}`;
    });
}

describe("rows of a team's own rule", () => {
  it("a setting is found when its value becomes the row's, not when it stays", async () => {
    const rows = 'settings: [{ key: backups, under: billing, after: no }]';
    const on = 'billing:\n  backups: true\n';
    const off = 'billing:\n  backups: false\n';
    assert.deepEqual(await found(rows, 'app.yaml', on, off), ['new 2']);
    assert.deepEqual(await found(rows, 'app.yaml', off, `${off}  size: 1\n`), []);
    assert.deepEqual(await found(rows, 'app.yaml', off, on), []);
    assert.deepEqual(await found(rows, 'app.yaml', 'shop:\n  backups: true\n', 'shop:\n  backups: false\n'), []);
    assert.deepEqual(
      await found(rows, 'app.json', '{"billing": {"backups": true}}', '{"billing": {"backups": false}}'),
      ['new 1'],
    );
    assert.deepEqual(await found(rows, 'app.ts', on, off), [], 'no file of data');
    assert.deepEqual(await found(rows, 'app.yaml', on, 'billing: [\n'), [], 'half typed');
  });

  it('a setting is found when it falls, is removed, or becomes one of several texts', async () => {
    assert.deepEqual(await found('settings: [{ key: days, change: falls }]', 'a.yml', 'days: 30\n', 'days: 7\n'), [
      'new 1',
    ]);
    assert.deepEqual(await found('settings: [{ key: days, change: falls }]', 'a.yml', 'days: 7\n', 'days: 30\n'), []);
    assert.deepEqual(
      await found('settings: [{ key: "guard*", after: absent }]', 'a.yml', 'guardian: x\nb: 1\n', 'b: 1\n'),
      ['old 1'],
    );
    const engine = 'settings: [{ key: engine, after: { is: ["mem*", none] } }]';
    assert.deepEqual(await found(engine, 'a.yml', 'engine: disk\n', 'engine: memory\n'), ['new 1']);
    assert.deepEqual(await found(engine, 'a.yml', 'engine: disk\n', 'engine: ssd\n'), []);
  });

  it('settings of several YAML documents are compared by kind and name', async () => {
    const one = (name: string, backups: boolean): string =>
      `kind: Ledger\nmetadata:\n  name: ${name}\nbackups: ${String(backups)}\n`;
    const rows = 'settings: [{ key: backups, before: yes, after: no }]';
    const before = `${one('a', true)}---\n${one('b', false)}`;
    assert.deepEqual(await found(rows, 'l.yaml', before, `${one('b', false)}---\n${one('a', true)}`), []);
    assert.deepEqual(await found(rows, 'l.yaml', before, `${one('b', false)}---\n${one('a', false)}`), ['new 9']);
  });

  it('a new SQL statement is found in any spelling, but not one that was there', async () => {
    const rows = 'statements: [{ verb: [drop table, truncate], of: ["ledger_*"], without: temporary }]';
    const drop = 'drop table\n  if exists "ledger_2024";\n';
    assert.deepEqual(await found(rows, 'db/1.sql', null, `select 1;\n${drop}`), ['new 2']);
    assert.deepEqual(await found(rows, 'db/1.sql', drop, `select 1;\n${drop}`), []);
    assert.deepEqual(await found(rows, 'db/1.sql', drop, `${drop}${drop}`), ['new 3']);
    assert.deepEqual(await found(rows, 'db/1.sql', null, 'DROP TABLE orders;\n'), []);
    assert.deepEqual(await found(rows, 'db/1.sql', null, 'DROP TEMPORARY TABLE ledger_x;\n'), []);
    assert.deepEqual(await found(rows, 'db/1.sql', null, '-- drop table ledger_x;\n'), []);
    assert.deepEqual(await found(rows, 'db/1.txt', null, drop), []);
  });

  it('a command is asked about when it does what a row names, also behind sudo', () => {
    const rules = policyOf('commands: [{ program: billctl, verb: [store drop, "ledger *"], without: --preview }]');
    const answer = judge({ command: 'cd x && sudo billctl -v store drop main' }, { rules });
    assert.equal(answer.verdict, 'ask');
    assert.match(JSON.stringify(answer), /The ledger goes\..*destructive\/team-billing/);
    assert.match(JSON.stringify(answer), /Ask billing\./);
    const verdict = (command: string): string => judge({ command }, { rules }).verdict;
    assert.equal(verdict('bash -c "billctl ledger rm"'), 'ask');
    assert.equal(verdict('billctl store list'), 'allow');
    assert.equal(verdict('billctl store drop --preview=full'), 'allow');
    assert.equal(verdict('billctl store drop --help'), 'allow');
    assert.equal(verdict('echo billctl store drop'), 'allow');
  });

  it('a rule without rows, and an unknown word in a row, are mistakes of the policy', () => {
    assert.deepEqual(mistakes('{ id: x, class: secrets, message: X. }'), ['nothing says what this rule finds']);
    const [value] = mistakes('{ id: x, class: secrets, message: X., settings: [{ key: a, after: nope }] }');
    assert.match(value ?? '', /expected \{is: \[TEXT, …\]\} or one of yes, no/);
    const [key] = mistakes('{ id: x, class: secrets, message: X., commands: [{ program: a, verbs: b }] }');
    assert.match(key ?? '', /verbs/);
    assert.match(mistakes('{ id: x, class: secrets, message: X., commands: [] }')[0] ?? '', /at least one row/);
  });
});
