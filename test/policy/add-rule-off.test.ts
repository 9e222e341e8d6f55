/** An entry of `rules-off`, written into a policy as people keep it. */
import assert from 'node:assert/strict';
import { offAt } from '../../src/policy/team-rules';
import { withRuleOff } from '../../src/policy/add-rule-off';
import { parsePolicy } from '../../src/policy/file/parse';

const ENTRY = { rule: 'destructive/sql-rename', reason: 'In a window: nobody "reads" then', path: 'db/a [1]*.sql' };
const BASE = 'version: 1\n# who may\npeople: { senior: [ada@example.com] }\ntiers: [{ name: all, paths: ["**"] }]\n';

function added(before: string, entry = ENTRY): string {
  const result = withRuleOff(before, entry);
  assert.ok(result);
  const parsed = parsePolicy(result.text);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const off = parsed.policy.rulesOff.find(({ reason }) => reason === entry.reason);
  assert.equal(off?.rule, entry.rule);
  assert.ok(offAt(off, entry.path));
  assert.ok(!offAt(off, 'db/a 1x.sql') && !offAt(off, `more/${entry.path}`));
  const lines = result.text.split(/\r?\n/).slice(result.start - 1, result.end);
  assert.equal(lines.length, 3);
  const own = before.split(/\r?\n/);
  for (const [index, line] of result.text.split(/\r?\n/).entries())
    assert.equal(own.includes(line), index + 1 < result.from || index + 1 > result.end, line);
  assert.match(lines[0] ?? '', /- rule: destructive\/sql-rename$/);
  for (const line of before.split(/\r?\n/))
    if (!line.startsWith('rules-off')) assert.ok(result.text.split(/\r?\n/).includes(line), line);
  return result.text;
}

describe('withRuleOff, an entry in rules-off', () => {
  it('starts the list at the end of a policy without one', () => {
    assert.equal(
      added(BASE),
      `${BASE}rules-off:\n  - rule: destructive/sql-rename\n    reason: "In a window: nobody \\"reads\\" then"\n    paths: ["/db/a \\\\[1\\\\]\\\\*.sql"]\n`,
    );
  });

  it('goes behind the existing entries, with their indentation', () => {
    for (const list of [
      'rules-off:\n  - rule: secrets/password\n    reason: tests\n    paths: ["test/**"]\n',
      'rules-off: # few\n- rule: secrets/password\n  reason: tests\n  # why\n',
      'rules-off: []\n',
      'rules-off:\n',
    ])
      for (const after of ['', 'unknown: ai\n', '\n# the rest\nunknown: ai\n'])
        if (list !== 'rules-off:\n' || after === '') added(BASE + list + after);
  });

  it('keeps CRLF', () => {
    assert.ok(!/[^\r]\n/.test(added(BASE.replaceAll('\n', '\r\n'))));
  });

  it('returns undefined when the list is on one line', () => {
    assert.equal(withRuleOff(`${BASE}rules-off: [{ rule: secrets/password, reason: tests }]\n`, ENTRY), undefined);
  });
});
