/** A policy that extends another asks for as much as that does, or says where it may ask for less. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Policy } from '../../../src/policy';
import { filesExtended, parsePolicy, type ExtendedFile } from '../../../src/policy/file/parse';

const FILE = '.linekeeper/vendor/acme.yml';
const ACME = `version: 1
people: { senior: [ada@example.com] }
unlisted: junior
assistants: { allowed: [kiro, claude-code] }
tiers:
  - name: critical
    paths: ["infra/**", "!**/*.md"]
    detect: [destructive]
    agents: deny-destructive
    review:
      any: { from: mid, approvals: 2 }
      ai: { at-least: { lines: 10 }, junior: { from: senior }, mid: { from: senior } }
    rollout: { stages: [canary, production], soak: 24h }
  - name: standard
    paths: ["**"]
    review: { any: { from: junior } }
`;

const sha = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const file = (text: string): ExtendedFile => ({ bytes: Buffer.from(text), digest: sha(text) });
const locked = (text: string, pinned = text): ReadonlyMap<string, ExtendedFile> =>
  new Map([
    [FILE, file(text)],
    [`${FILE}.lock`, file(JSON.stringify({ digest: sha(pinned) }))],
  ]);
const extending = (rest: string): string => `version: 1\nextends: [${FILE}]\n${rest}`;

function merged(rest: string, acme = ACME): Policy {
  const parsed = parsePolicy(extending(rest), locked(acme));
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems));
  return parsed.policy;
}
function refused(rest: string, acme = ACME): string {
  const parsed = parsePolicy(extending(rest), locked(acme));
  assert.ok(!parsed.ok, 'it was let through');
  return parsed.problems
    .map(({ line, message, suggestion }) => `${String(line)}: ${message} (${suggestion ?? ''})`)
    .join('\n');
}

describe('a policy that extends another', () => {
  it('mode: is enforced when only the extending policy observes, unless that is allowed', () => {
    assert.match(
      refused('mode: observe\n'),
      /^3: this stops nothing \(mode: observe\), which .*acme\.yml.* does not allow/,
    );
    assert.equal(merged('mode: observe\n', `${ACME}may-loosen: [mode]\n`).mode, 'observe');
    assert.equal(merged('', `${ACME}mode: observe\n`).mode, 'observe');
    assert.equal(merged('mode: enforce\n', `${ACME}mode: observe\n`).mode, undefined);
  });

  it('requires and freezes: are those of both when either has some', () => {
    const acme = `${ACME.replace('    rollout:', '      requires: {checks: [plan], ai-lines: {at-most: 400}}\n    rollout:')}freeze:\n  - {from: 2026-12-19, to: 2027-01-04}\n`;
    const own = (requires: string): string => `tiers:\n  - name: critical\n    review: {requires: ${requires}}\n`;
    const { tiers, freeze } = merged(
      `${own('{checks: [test], plan: true, ai-lines: {at-most: 100}}')}freeze:\n  - {from: 2027-05-01, to: 2027-05-02}\n`,
      acme,
    );
    assert.deepEqual(tiers[0]?.requires, { checks: ['plan', 'test'], plan: true, aiLines: 100, tested: false });
    assert.deepEqual(
      freeze?.map(({ from }) => from),
      ['2026-12-19', '2027-05-01'],
    );
    assert.match(refused(own('{ai-lines: {at-most: 900}}'), acme), /more of AI's lines/);
  });

  it('equals the other policy when it adds nothing', () => {
    assert.deepEqual(
      merged(''),
      (() => {
        const one = parsePolicy(ACME);
        assert.ok(one.ok);
        return one.policy;
      })(),
    );
    assert.deepEqual(filesExtended(extending('')), [FILE, `${FILE}.lock`]);
  });

  it("may add a requirement to the other's tier without repeating its paths", () => {
    const policy = merged('tiers: [{ name: critical, review: { any: { from: senior, approvals: 5 } } }]\n');
    const [first] = policy.tiers.filter(({ name }) => name === 'critical');
    const one = parsePolicy(ACME);
    assert.ok(one.ok);
    assert.deepEqual(first?.paths, one.policy.tiers.find(({ name }) => name === 'critical')?.paths);
    assert.equal(first?.any?.approvals, 5);
    assert.match(refused('tiers: [{ name: nowhere }]\n'), /the tier nowhere has neither paths nor detect/);
  });

  it('may be stricter in every key', () => {
    const policy = merged(`unknown: ai
own: [Makefile]
assistants: { allowed: [kiro] }
tiers:
  - name: payments
    paths: ["pay/**"]
    agents: deny
    review: { any: { from: senior, approvals: 3 }, ai: { junior: { from: senior }, mid: { from: senior } } }
  - name: critical
    paths: ["db/**"]
    agents: deny
    review: { any: { from: senior, approvals: 2 }, ai: { at-least: { lines: 1 }, senior: { from: senior } } }
  - name: late
    paths: ["docs/**"]
`);
    assert.deepEqual(
      policy.tiers.map(({ name }) => name),
      ['payments', 'critical', 'standard', 'late'],
    );
    const critical = policy.tiers[1];
    assert.deepEqual(
      [critical?.paths, critical?.agents, critical?.any?.from, critical?.ai?.atLeastLines],
      [['infra/**', '!**/*.md', 'db/**'], 'deny', 'senior', 1],
    );
    assert.deepEqual(Object.keys(critical?.ai?.byLevel ?? {}).sort(), ['junior', 'mid', 'senior']);
    assert.deepEqual([policy.assistants.allowed, policy.own, critical?.rollout?.soak], [['kiro'], ['Makefile'], '24h']);
  });

  const LESS: readonly (readonly [what: string, rest: string, loosen: string, says: RegExp])[] = [
    [
      'fewer approvals',
      'tiers: [{ name: critical, review: { any: { from: mid, approvals: 1 } }, paths: ["x/**"] }]\n',
      'critical',
      /requires less for every change in critical \(/,
    ],
    [
      "a lower level for AI's lines",
      'tiers: [{ name: critical, paths: ["x/**"], review: { ai: { junior: { from: mid } } } }]\n',
      'critical',
      /requires less for AI's lines in critical \(/,
    ],
    [
      'a larger size',
      'tiers: [{ name: critical, paths: ["x/**"], review: { ai: { at-least: { lines: 500 }, junior: { from: senior } } } }]\n',
      'critical',
      /asks from a larger size on/,
    ],
    [
      'files taken out',
      'tiers: [{ name: critical, paths: ["x/**", "!infra/**"] }]\n',
      'critical',
      /takes files out of critical/,
    ],
    [
      'more for agents',
      'tiers: [{ name: critical, paths: ["x/**"], agents: allow }]\n',
      'critical',
      /lets agents do more in critical/,
    ],
    [
      'a shorter soak',
      'tiers: [{ name: critical, paths: ["x/**"], rollout: { stages: [canary, production], soak: 30m } }]\n',
      'critical',
      /goes out faster/,
    ],
    [
      'a laxer tier above',
      'tiers: [{ name: lax, paths: ["**"] }, { name: critical, paths: ["x/**"] }]\n',
      'critical',
      /takes files out of critical, because it stands above it/,
    ],
    [
      'a senior more',
      'people: { senior: [mallory@example.com] }\n',
      'people',
      /puts mallory@example\.com at a higher level/,
    ],
    [
      'people of another file',
      'people: { senior: { from: people.txt } }\n',
      'people',
      /takes people from another file/,
    ],
    ['another alias', 'aliases: { ada: [mallory@example.com] }\n', 'aliases', /names people who are not known there/],
    ['a higher level for strangers', 'unlisted: senior\n', 'unlisted', /counts who is not listed as senior/],
    ["unknown lines as people's", 'unknown: human\n', 'unknown', /counts lines of unknown author as people's/],
    ['generated files', 'generated: ["**"]\n', 'generated', /leaves more files out of the line counts/],
    ['bots', 'bots: [mallory]\n', 'bots', /takes more accounts for bots/],
    ['any assistant', 'assistants: { allowed: any }\n', 'assistants', /allows more assistants/],
    [
      'a rule switched off',
      'rules-off: [{ rule: destructive/tf-destroy, reason: x }]\n',
      'rules-off',
      /switches rules off/,
    ],
  ];
  for (const [what, rest, loosen, says] of LESS) {
    it(`may not loosen ${what}, unless the other says may-loosen`, () => {
      assert.match(refused(rest), says);
      assert.match(refused(rest), /^\d+: .*which \.linekeeper\/vendor\/acme\.yml.* does not allow .*may-loosen/);
      merged(rest, `${ACME}may-loosen: [${loosen}]\n`);
    });
  }

  it('is refused when the other file is missing, differs from its lock, is broken, or extends others', () => {
    const problem = (files: ReadonlyMap<string, ExtendedFile>): string => {
      const parsed = parsePolicy(extending(''), files);
      return parsed.ok ? 'let through' : (parsed.problems[0]?.message ?? '');
    };
    assert.match(problem(new Map()), /is not there as a plain file/);
    assert.match(problem(new Map([[FILE, file(ACME)]])), /has no lock/);
    assert.match(problem(locked(ACME.replace('approvals: 2', 'approvals: 1'), ACME)), /is not what its lock pins/);
    assert.match(problem(locked('version: 2\n')), /is broken at line 1/);
    assert.match(problem(locked(extending(''))), /extends other policies itself/);
  });

  it('of several policies takes the strictest', () => {
    const other = '.linekeeper/security.yml';
    const files = new Map([
      ...locked(`${ACME}may-loosen: [critical]\n`),
      [
        other,
        file(
          'version: 1\ntiers: [{ name: critical, paths: ["keys/**"], agents: deny, review: { any: { from: senior, approvals: 1 } } }]\n',
        ),
      ] as const,
    ]);
    const own = (rest: string): ReturnType<typeof parsePolicy> =>
      parsePolicy(`version: 1\nextends: [${FILE}, ${other}]\n${rest}`, files);
    const parsed = own('');
    assert.ok(parsed.ok, JSON.stringify(parsed));
    const critical = parsed.policy.tiers[0];
    assert.deepEqual(
      [critical?.agents, critical?.any, critical?.paths],
      ['deny', { from: 'senior', approvals: 2, codeOwner: false }, ['infra/**', '!**/*.md', 'keys/**']],
    );
    assert.equal(
      own('tiers: [{ name: critical, paths: ["x/**"], agents: allow }]\n').ok,
      false,
      'what one lets others loosen, the other holds',
    );
    assert.equal(parsed.origins['tiers.critical.agents'], other);
  });

  it('may name files below .linekeeper only', () => {
    for (const name of [
      '../acme.yml',
      '/etc/acme.yml',
      'acme.yml',
      '.linekeeper/../acme.yml',
      '.linekeeper/.hidden.yml',
    ])
      assert.equal(parsePolicy(`version: 1\nextends: [${JSON.stringify(name)}]\n`).ok, false, name);
  });

  it('needs tiers when it extends nothing', () => {
    assert.equal(parsePolicy('version: 1\nextends: []\n').ok, false);
  });
});
