import assert from 'node:assert/strict';
import { dangerWarnings, isSeenAtOnce, type Signer } from '../../../src/editor/problems/danger-warnings';
import type { Hunk, Seen } from '../../../src/editor/state/line-hunks';
import type { Translate } from '../../../src/editor/translate';
import type { Finding } from '../../../src/policy';

const t: Translate = (message, ...words) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(words[Number(index)]));
const seen = (start: number, end: number, author: Seen['author']): Seen => ({
  start,
  end,
  author,
  assistant: author === 'ai' ? 'claude-code' : null,
  edited: false,
  model: null,
  session: null,
  evidence: null,
  reason: null,
  time: null,
});
const finding = (line: number, more: Partial<Finding> = {}): Finding => ({
  rule: 'destructive/tf-protection-off',
  class: 'destructive',
  severity: 'high',
  path: 'a.tf',
  line,
  side: 'new',
  message: 'Deletion protection is off for db.',
  ...more,
});
const SENIOR: Signer = { what: "a senior's sign-off", tier: 'critical', rank: 0 };

describe('dangerWarnings', () => {
  const told = (
    findings: readonly Finding[],
    hunks: readonly Hunk[],
    signer: Signer | null = null,
    lineTotal = 100,
  ): string[] =>
    dangerWarnings(t, findings, { hunks, lineTotal, signer: () => signer }).map(
      ({ start, loudness, message }) => `${String(start)} ${loudness}: ${message}`,
    );
  const byAi: Hunk[] = [{ line: 4, was: 4, added: [seen(4, 5, 'ai')], removed: [seen(4, 4, 'ai')] }];
  const byPerson: Hunk[] = [{ line: 4, was: 4, added: [seen(4, 5, 'human')], removed: [seen(4, 4, 'human')] }];

  it('name the danger, its consequence, and the sign-off it needs', () => {
    assert.deepEqual(told([finding(4)], byAi, SENIOR), [
      "4 warning: Deletion protection is off for db: data may be lost. Needs a senior's sign-off.",
    ]);
    assert.deepEqual(told([finding(4, { severity: 'critical' })], byAi), [
      '4 warning: Deletion protection is off for db: data may be lost for good.',
    ]);
  });

  it('danger warnings: name no access when only the gate of CI opens', () => {
    const gate = {
      rule: 'permissions/ci-gate',
      class: 'permissions',
      message: 'A check passes even when it fails.',
    } as const;
    assert.deepEqual(told([finding(4, gate)], byAi), [
      '4 warning: A check passes even when it fails: a mistake may pass unseen.',
    ]);
    assert.deepEqual(told([finding(4, { ...gate, rule: 'permissions/ci-token' })], byAi), [
      '4 warning: A check passes even when it fails: it opens access.',
    ]);
  });

  it('danger warnings: only high and critical ones when the setting is as delivered', () => {
    const all = (['critical', 'high', 'medium', 'low'] as const).map((severity, index) => finding(index, { severity }));
    const shown = (from: string): string =>
      all
        .filter((one) => isSeenAtOnce(one, 'ai', from))
        .map(({ severity }) => severity)
        .join(' ');
    assert.deepEqual(['high', 'critical', 'medium', 'low', 'off', 'loud'].map(shown), [
      'critical high',
      'critical',
      'critical high medium',
      'critical high medium low',
      '',
      'critical high',
    ]);
  });

  it('a weakened check: a line of its own from medium on, which says that AI did it, only where AI did', () => {
    const weakened = finding(4, {
      rule: 'checks/test-skipped',
      class: 'checks',
      severity: 'medium',
      message: 'The test "adds" is skipped.',
    });
    const shown = (hunks: readonly Hunk[], from: string, more: Partial<Finding> = {}): string[] =>
      dangerWarnings(t, [{ ...weakened, ...more }], { hunks, lineTotal: 9, signer: () => null, from }).map(
        ({ message }) => message,
      );
    const mark = 'AI changed its own checks. The test "adds" is skipped: a mistake may pass unseen.';
    assert.deepEqual(shown(byAi, 'high'), [mark]);
    assert.deepEqual(shown(byAi, 'critical'), []);
    assert.deepEqual(shown(byAi, 'off'), []);
    assert.deepEqual(shown(byAi, 'high', { severity: 'low' }), [], 'a suppression of a linter is no line');
    assert.deepEqual(shown(byPerson, 'high', { severity: 'high' }), [mark.replace('AI changed its own checks. ', '')]);
    assert.deepEqual(
      shown([{ line: 4, was: 4, added: [seen(4, 5, 'unknown')], removed: [] }], 'high'),
      [],
      'nobody knows who did it',
    );
    assert.deepEqual(shown(byAi, 'high', { class: 'destructive' }), [], 'it is about checks only');
  });

  it('are a hint, an information or a warning by the rank of the tier', () => {
    const low = finding(4, { severity: 'low', class: 'permissions', message: 'X.' });
    assert.match(told([low], byAi)[0] ?? '', /^4 hint: /);
    assert.match(told([low], byAi, { ...SENIOR, rank: 1 })[0] ?? '', /^4 information: /);
    assert.match(told([low], byAi, SENIOR)[0] ?? '', /^4 warning: /);
  });

  it("cover a person's lines only for high and critical findings", () => {
    assert.equal(told([finding(4, { severity: 'medium' }), finding(5, { severity: 'low' })], byPerson).length, 0);
    assert.equal(told([finding(4), finding(5, { severity: 'critical' })], byPerson).length, 2);
    assert.equal(told([finding(4, { severity: 'medium' })], byAi).length, 1);
    assert.equal(
      told([finding(4, { severity: 'low' })], [{ line: 4, was: 4, added: [seen(4, 4, 'unknown')], removed: [] }])
        .length,
      1,
    );
  });

  it("take the author from the nearest change when a finding names a block's header", () => {
    const hunks: Hunk[] = [
      { line: 1, was: 1, added: [seen(1, 1, 'human')], removed: [] },
      { line: 12, was: 11, added: [seen(12, 12, 'ai')], removed: [] },
    ];
    assert.equal(told([finding(10, { severity: 'low' })], hunks).length, 1);
    assert.equal(told([finding(3, { severity: 'low' })], hunks).length, 0);
  });

  it('stand at the place of a removed line', () => {
    const removal: Hunk = { line: 8, was: 20, added: [], removed: [seen(20, 29, 'ai')] };
    assert.match(told([finding(25, { side: 'old' })], [removal])[0] ?? '', /^8 /);
    const replaced: Hunk = { line: 8, was: 20, added: [seen(8, 10, 'ai')], removed: [seen(20, 29, 'ai')] };
    assert.match(told([finding(21, { side: 'old' })], [replaced])[0] ?? '', /^9 /);
    assert.match(told([finding(29, { side: 'old' })], [replaced])[0] ?? '', /^10 /);
    assert.match(told([finding(29, { side: 'old' })], [removal], null, 5)[0] ?? '', /^5 /, 'never behind the end');
  });

  it('become one when a rule finds several removals at the same line', () => {
    const gone: Hunk = { line: 8, was: 20, added: [], removed: [seen(20, 40, 'ai')] };
    assert.deepEqual(
      told(
        [
          finding(20, { side: 'old', message: 'A.' }),
          finding(25, { side: 'old', message: 'B.' }),
          finding(30, { side: 'old', message: 'C.' }),
        ],
        [gone],
      ),
      ['8 warning: A: data may be lost. (and 2 more here)'],
    );
  });

  it('name the lines of unknown author, which can then be declared', () => {
    const [warning] = dangerWarnings(t, [finding(5)], {
      hunks: [{ line: 4, was: 4, added: [seen(4, 6, 'unknown')], removed: [] }],
      lineTotal: 9,
      signer: () => null,
    });
    assert.deepEqual(warning?.unknown, { start: 4, end: 6 });
  });
});
