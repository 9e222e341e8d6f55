import assert from 'node:assert/strict';
import { adviceOf, parsePolicy } from '../../src/policy/file/parse';

/** Most policies here say nothing of agents: what is said of that has a test of its own. */
const adviceBut: typeof adviceOf = (...facts) =>
  adviceOf(...facts).filter(({ message }) => !message.startsWith(UNRESTRICTED));
const UNRESTRICTED = 'agents may run destructive commands such as "terraform destroy", because';

const PATHS = ['infra/prod/main.tf', 'src/a.ts', 'README.md'];

function advice(text: string, paths: readonly string[] | null = PATHS, now?: number, adviceFrom = adviceBut): string[] {
  const parsed = parsePolicy(text);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return adviceFrom(parsed.policy, parsed.placeOf, {
    assistants: ['kiro', 'claude-code'],
    ...(paths ? { paths } : {}),
    ...(now === undefined ? {} : { now }),
  }).map(
    ({ line, column, message, suggestion }) =>
      `${String(line)}:${String(column)} ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
  );
}

const policy = (more: string, people = 'people: { senior: [ada@example.com] }'): string =>
  `version: 1\n${people}\ntiers:\n${more}`;
const TIER = '  - name: critical\n    paths: ["infra/**"]\n    review:\n      ai: { junior: { from: senior } }\n';

describe('advice on a policy', () => {
  it('a freeze: is named when it is over, or ends before it begins', () => {
    const freezes = (from: string, to: string): string => `${policy(TIER)}freeze:\n  - {from: ${from}, to: ${to}}\n`;
    const told = (text: string): string => advice(text, null, Date.parse('2027-01-01T12:00:00Z')).join('\n');
    assert.match(told(freezes('2026-12-01', '2026-12-31')), /^9:\d+ this freeze is over since the end of 2026-12-31/);
    assert.match(told(freezes('2027-03-02', '2027-03-01')), /^9:\d+ this freeze ends before it begins/);
    assert.equal(told(freezes('2026-12-01', '2027-01-01')), '', 'the last day is part of it');
  });

  it('is empty for a policy that works', () => {
    assert.deepEqual(advice(policy(TIER)), []);
  });

  it('says where nobody, or too few people, can sign', () => {
    assert.deepEqual(advice(policy(TIER, 'people: { mid: [bob] }')), [
      '7:29 nobody is listed as senior, so nobody can give this sign-off (list people under people.senior)',
    ]);
    assert.deepEqual(advice(policy(TIER.replace('from: senior', 'from: senior, approvals: 2'))), [
      '7:29 2 sign-offs are required and only 1 person is listed as senior (list people under people.senior)',
    ]);
    assert.deepEqual(advice(policy(TIER, 'people: { senior: ["@acme/seniors"] }')), [], 'a team may have them');
    assert.deepEqual(advice(policy(TIER, 'people: { from: people.yml }')), [], 'a file may have them');
  });

  it('owners: each way in which none can sign is named with its line when a tier asks for one', () => {
    const text = policy(TIER.replace('from: senior', 'from: senior, code-owner: true'));
    const told = (codeowners: string, teams = {}): string[] => {
      const parsed = parsePolicy(text);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      return adviceBut(parsed.policy, parsed.placeOf, { paths: PATHS, assistants: [], codeowners, teams }).map(
        ({ line, message }) => `${String(line)} ${message}`,
      );
    };
    assert.deepEqual(told('* ada@example.com\n'), []);
    assert.deepEqual(told(''), ['7 there is no CODEOWNERS file, so nobody can give the sign-off of an owner']);
    assert.deepEqual(told('# owners\n* ada@example.com\n/infra/\n'), [
      '7 line 3 of CODEOWNERS names no owner for infra/prod/main.tf, so nobody can give this sign-off',
    ]);
    assert.deepEqual(told('/src/ ada@example.com\n'), [
      '7 no line of CODEOWNERS names an owner of infra/prod/main.tf, so nobody can give this sign-off',
    ]);
    assert.deepEqual(told('* @bob\n'), [
      '7 no owner of infra/prod/main.tf (@bob) is listed as senior, so nobody can give this sign-off',
    ]);
    assert.deepEqual(told('* @acme/ops\n'), [], 'a team that nobody looked up may have one');
    assert.equal(told('* @acme/ops\n', { '@acme/ops': [] }).length, 1, 'nobody is in it');
  });

  it('a team: counts by its people when the forge was asked who is in it', () => {
    const parsed = parsePolicy(policy(TIER, 'people: { senior: ["@acme/seniors"] }'));
    assert.ok(parsed.ok);
    const told = (members: readonly string[]): number =>
      adviceBut(parsed.policy, parsed.placeOf, { assistants: ['kiro'], teams: { '@acme/seniors': members } }).length;
    assert.deepEqual([told([]), told(['ada'])], [1, 0]);
  });

  it('says whose own changes nobody could sign', () => {
    const own = TIER.replace('junior: { from: senior }', 'senior: { from: senior }');
    assert.deepEqual(advice(policy(own)), [
      "7:29 only one person is listed as senior, and nobody can sign that person's own changes (list people under people.senior, or require less under review.ai.senior)",
    ]);
    const any = TIER.replace('ai: { junior: { from: senior } }', 'any: { from: mid, approvals: 2 }');
    assert.deepEqual(advice(policy(any, 'people: { senior: [ada], mid: [bob] }')), [
      '7:20 a change by one of the 2 people listed as mid or above needs all 2 of them, and nobody signs their own (list people under people.mid)',
    ]);
    assert.deepEqual(advice(policy(own, 'people: { senior: [ada, eve] }')), [], 'each signs for the other');
  });

  it('a list of people that is too short: is named once for all that it keeps from being signed, once it is enforced', () => {
    const tier = TIER.replace(
      'ai: {',
      'any: { from: senior }\n      ai: { senior: { from: senior }, mid: { from: senior },',
    );
    const people = 'people: { senior: [ada@example.com] }';
    assert.deepEqual(advice(policy(tier, people)), [
      "7:20 only one person is listed as senior, and nobody can sign that person's own changes: line 8 too (list people under people.senior)",
    ]);
    assert.deepEqual(advice(policy(tier, `mode: observe\n${people}`)), []);
    assert.equal(advice(policy(tier, 'mode: observe\npeople: {}')).length, 1, 'that nobody can sign is named at once');
  });

  it('says which patterns match no file, and which tier is never reached', () => {
    assert.deepEqual(
      advice(policy(TIER.replace('"infra/**"', '"infra/**", "infra/prd/**"'))),
      ['5:25 the pattern infra/prd/** matches no tracked file (correct it, or leave it for files to come)'].map((one) =>
        one.replace('infra/prd/**', '"infra/prd/**"'),
      ),
    );
    assert.deepEqual(advice(policy(TIER.replace('"infra/**"', '"infra/**", "!**"'))), [
      '5:12 no file is ever in critical: its patterns with ! take out all that the others name (the last pattern that matches a file counts: take ! patterns out, or put others behind them)',
    ]);
    assert.deepEqual(
      advice(policy(`${TIER.replace('"infra/**"', '"**"')}  - name: late\n    detect: [secrets]\n    agents: ask\n`)),
      [
        '8:11 no file is ever in late: critical above it has them all (put it higher, or take the files out of the other with !)',
      ],
      'also by what is found',
    );
    assert.deepEqual(
      advice(policy(`${TIER.replace('"infra/**"', '"**"')}  - name: standard\n    paths: ["src/**"]\n`)),
      [
        '8:11 no file is ever in standard: critical above it has them all (put it higher, or take the files out of the other with !)',
      ],
    );
    assert.deepEqual(
      advice(policy(TIER.replace('infra', 'nowhere')), null),
      [],
      'without files nothing is known of them',
    );
  });

  it('says which tier detects dangers but requires nothing', () => {
    const silent = '  - name: critical\n    paths: ["infra/**"]\n    detect: [destructive]\n';
    assert.deepEqual(advice(policy(`${silent}    agents: allow\n`)), [
      '6:13 critical looks for dangers and requires nothing, so its findings pass (require a review under review: any, ai or both)',
    ]);
    assert.deepEqual(advice(policy(`${silent}    agents: deny\n`)), [], 'agents are held back');
    assert.deepEqual(advice(policy(`${TIER}    detect: [secrets]\n`)), []);
  });

  it('rights of agents: are named as missing when agents may destroy and no tier says that it is meant', () => {
    const said = (tiers: string): string[] =>
      advice(policy(tiers), PATHS, undefined, adviceOf).filter((line) => line.includes(UNRESTRICTED));
    const looking = `${TIER}    detect: [destructive]\n`;
    assert.deepEqual(said(looking), [
      `8:13 ${UNRESTRICTED} critical does not restrict agents (add agents: deny-destructive, or agents: allow if that is meant)`,
    ]);
    assert.deepEqual(said(`${looking}    agents: allow\n`), [], 'the policy says so');
    assert.deepEqual(said(`${looking}    agents: ask\n`), []);
    const second = looking.replace('critical', 'standard').replace('infra', 'src');
    assert.deepEqual(said(`${looking}${second}    agents: deny\n`), [], 'the strictest tier decides');
    const nowhere = [`4:5 ${UNRESTRICTED} no tier has detect: [destructive] (add it to a tier that restricts agents)`];
    for (const more of ['', '    detect: [secrets]\n', '    agents: deny\n'])
      assert.deepEqual(said(`${TIER}${more}`), nowhere, more);
    assert.deepEqual(said(`${TIER}    agents: allow\n`), [], 'the policy says so');
  });

  it('a tier that detects: is named when a finding lifts a file to it from one that asks people for more', () => {
    const lower = (any: string): string => `  - name: db\n    paths: ["src/**"]\n    review: { any: ${any} }\n`;
    const people = 'people: { senior: [ada@example.com, sue@example.com, bob@example.com], mid: [tom@example.com] }';
    const said = (critical: string, any: string): string[] => advice(policy(`${critical}${lower(any)}`, people));
    const lifted =
      '8:13 a finding lifts a file of db to critical, which requires less than db if a person wrote it (give critical at least the "any" of db)';
    assert.deepEqual(said(`${TIER}    detect: [secrets]\n`, '{ from: senior, approvals: 2 }'), [lifted]);
    const asking = (any: string): string => TIER.replace('    review:\n', `    review:\n      any: ${any}\n`);
    const detecting = (any: string): string => `${asking(any)}    detect: [secrets]\n`;
    const [moved] = said(detecting('{ from: mid, approvals: 2 }'), '{ from: senior, approvals: 2 }');
    assert.match(moved ?? '', /requires less than db/);
    assert.deepEqual(said(detecting('{ from: senior, approvals: 2 }'), '{ from: mid, approvals: 2 }'), []);
    assert.deepEqual(said(TIER, '{ from: senior, approvals: 2 }'), [], 'it lifts nothing');
  });

  it('says which assistants do not exist, with a suggestion', () => {
    assert.deepEqual(advice(`assistants: { allowed: [kiro, cluade-code] }\n${policy(TIER)}`), [
      '1:31 no assistant is known by the id cluade-code (did you mean "claude-code"?)',
    ]);
  });
});
