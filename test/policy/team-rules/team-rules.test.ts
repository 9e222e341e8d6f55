import assert from 'node:assert/strict';
import { findByTeamRules, withoutSwitchedOff, type TeamRule } from '../../../src/policy';
import { parsePolicy } from '../../../src/policy/file/parse';
import { finding } from '../../support/policies';

const rule = (over: Partial<TeamRule> = {}): TeamRule => ({
  rule: 'destructive/team-raw',
  class: 'destructive',
  severity: 'high',
  paths: ['src/**', '!src/db/**'],
  pattern: 'execute_raw\\(',
  message: 'Raw SQL.',
  fix: 'Use the builder.',
  ...over,
});
const found = (
  rules: readonly TeamRule[],
  path: string,
  before: string | null,
  after: string | null,
): readonly unknown[] =>
  findByTeamRules({ rules, rulesOff: [] }, [{ path, from: null, before, after }]).map(({ rule: id, line, side }) => [
    id,
    line,
    side,
  ]);

/** Letters without a period: xorshift. */
function noise(length: number): string {
  let seed = 2463534242;
  return Array.from({ length }, () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return 'ab'.charAt(seed & 1);
  }).join('');
}

describe("a team's own rule with a pattern", () => {
  it('finds added lines in its files', () => {
    const text = 'a\nexecute_raw(1)\nb\n';
    assert.deepEqual(found([rule()], 'src/a.py', 'a\nb\n', text), [['destructive/team-raw', 2, 'new']]);
    assert.deepEqual(found([rule()], 'src/db/a.py', 'a\nb\n', text), []);
    assert.deepEqual(found([rule()], 'lib/a.py', null, text), []);
    assert.deepEqual(found([rule()], 'src/a.py', null, text), [['destructive/team-raw', 2, 'new']]);
    assert.deepEqual(found([rule()], 'src/a.py', text, null), []);
  });

  it('ignores lines that moved, changed indentation, or were there as often', () => {
    assert.deepEqual(found([rule()], 'src/a.py', 'execute_raw(1)\nb\n', 'b\n  execute_raw(1)\n'), []);
    assert.deepEqual(
      found([rule()], 'src/a.py', 'x\nexecute_raw(1)\n', 'execute_raw(1)\nx\nexecute_raw(1)\n').length,
      1,
    );
    assert.deepEqual(found([rule()], 'src/a.py', 'x = execute_raw(1)\n', 'x = execute_raw(2)\n'), [
      ['destructive/team-raw', 1, 'new'],
    ]);
  });

  it('its finding says how to fix it', () => {
    const [one] = findByTeamRules({ rules: [rule()], rulesOff: [] }, [
      { path: 'src/a.py', from: null, before: null, after: 'execute_raw(1)' },
    ]);
    assert.equal(one?.message, 'Raw SQL. Use the builder.');
  });

  it('reports a line that takes too long to search', () => {
    const slow = rule({ pattern: '(?:a|b)*a(?:a|b){150}c' });
    const all = findByTeamRules(
      { rules: [slow], rulesOff: [] },
      [{ path: 'src/a.py', from: null, before: null, after: `c${noise(8000)}\n` }],
      { steps: 50_000 },
    );
    assert.deepEqual(
      all.map(({ line }) => line),
      [1],
    );
    assert.match(all[0]?.message ?? '', /takes too long to look through, so it counts as found/);
  });
});

describe('a built-in rule in rules-off', () => {
  it('lists its findings apart, with the reason', () => {
    const findings = [
      finding({ rule: 'destructive/sql-rename', path: 'db/1.sql' }),
      finding({ rule: 'destructive/sql-rename', path: 'src/1.sql' }),
      finding({ path: 'db/1.sql' }),
    ];
    const { findings: left, off } = withoutSwitchedOff(
      { rules: [], rulesOff: [{ rule: 'destructive/sql-rename', reason: 'at night', paths: ['db/**'] }] },
      findings,
    );
    assert.deepEqual(
      left.map(({ rule: id, path }) => [id, path]),
      [
        ['destructive/sql-rename', 'src/1.sql'],
        ['destructive/tf-destroy', 'db/1.sql'],
      ],
    );
    assert.deepEqual(
      off.map(({ path, reason }) => [path, reason]),
      [['db/1.sql', 'at night']],
    );
  });
});

describe('rules and rules-off in a policy file', () => {
  const TIERS = 'version: 1\ntiers: [{name: critical, paths: ["infra/**"]}]\n';
  const told = (text: string): readonly string[] => {
    const parsed = parsePolicy(TIERS + text);
    return parsed.ok
      ? []
      : parsed.problems.map(
          ({ line, column, message, suggestion }) =>
            `${String(line)}:${String(column)} ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
        );
  };

  it('have defaults', () => {
    const parsed = parsePolicy(
      `${TIERS}rules: [{id: raw, class: secrets, pattern: "raw", message: Raw.}]\nrules-off: [{rule: destructive/sql-rename, reason: "  at night "}]\n`,
    );
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.policy.rules, [
      {
        rule: 'secrets/team-raw',
        class: 'secrets',
        severity: 'medium',
        paths: ['**'],
        pattern: 'raw',
        message: 'Raw.',
        fix: null,
      },
    ]);
    assert.deepEqual(parsed.policy.rulesOff, [{ rule: 'destructive/sql-rename', reason: 'at night', paths: null }]);
  });

  it('report a mistake with its place and a suggestion', () => {
    assert.deepEqual(told('rules-off: [{rule: destructive/sql-renam, reason: x}]'), [
      '3:20 rules-off[0].rule: expected the id of a built-in rule, found destructive/sql-renam (did you mean "destructive/sql-rename"?)',
    ]);
    assert.match(told('rules-off: [{rule: destructive/sql-rename}]')[0] ?? '', /reason is missing/);
    assert.match(
      told('rules: [{id: raw, class: secrets, pattern: "a(?=b)", message: x}]')[0] ?? '',
      /^3:44 the pattern can't be used: lookahead/,
    );
    assert.match(
      told('rules: [{id: raw, class: secrets, pattern: "a*", message: x}]')[0] ?? '',
      /every added line would be a finding/,
    );
    assert.match(
      told('rules: [{id: Raw, class: secrets, pattern: "a", message: x}]')[0] ?? '',
      /rules\[0\]\.id: expected an id of small letters.*\(write raw\)/,
    );
    assert.match(
      told(
        'rules: [{id: a, class: secrets, pattern: "a", message: x}, {id: a, class: secrets, pattern: "b", message: x}]',
      )[0] ?? '',
      /there is a rule a of this class already/,
    );
    assert.match(
      told('environments: [{name: prod, when: {}}]')[0] ?? '',
      /^3:29 nothing shows that a command acts on prod.*kube-context/,
    );
    assert.match(
      told('environments: [{name: prod, when: {kube-contxt: [a]}}]')[0] ?? '',
      /unknown key "?kube-contxt.*did you mean "?kube-context/,
    );
    assert.match(
      told('environments: [{name: p, when: {aws-profile: [a]}}, {name: p, when: {aws-profile: [b]}}]')[0] ?? '',
      /there is an environment named p already/,
    );
    assert.match(told('rules: [{id: a, class: secret, pattern: "a", message: x}]')[0] ?? '', /did you mean "?secrets/);
  });
});
