import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide, type DecisionInput } from '../../../src/policy/decision';
import {
  BUILT_IN_POLICY,
  FINDING_CLASSES,
  LEVELS,
  missingOf,
  type ChangedFile,
  type CountedApproval,
  type Decision,
  type Level,
  type Policy,
  type RequirementResult,
  type Tier,
} from '../../../src/policy';
import { approval, changed, finding, lines, policy, requirement, tier } from '../../support/policies';

const AI_REVIEW = { atLeastLines: 1, byLevel: { junior: requirement(), mid: requirement() } };

function ask(over: Partial<DecisionInput>): Decision {
  return decide({
    policy: policy({ tiers: [tier({ ai: AI_REVIEW })] }),
    files: [],
    level: 'junior',
    approvals: {},
    ...over,
  });
}

function only(decision: Decision): RequirementResult {
  const all = [...decision.required, ...decision.tiers.flatMap((one) => one.required)];
  assert.equal(all.length, 1, JSON.stringify(all));
  const [result] = all;
  assert.ok(result);
  return result;
}

const AI_FILE = changed('infra/main.tf', { ranges: [lines(1, 3, 'ai')] });

describe('decide', () => {
  it('passes a change that touches no tier', () => {
    const decision = ask({ files: [changed('src/a.ts', { ranges: [lines(1, 9, 'ai')] })] });
    assert.deepEqual({ verdict: decision.verdict, tiers: decision.tiers }, { verdict: 'pass', tiers: [] });
  });

  it("asks for a senior's sign-off when AI changed lines, and passes with one", () => {
    const before = ask({ files: [AI_FILE] });
    assert.equal(before.verdict, 'fail');
    assert.deepEqual(
      { ...only(before) },
      {
        kind: 'ai',
        from: 'senior',
        approvals: 1,
        codeOwner: false,
        why: "3 lines changed by AI in critical: this needs a senior's sign-off.",
        reason: '3 lines changed by AI in critical.',
        satisfied: false,
        by: [],
        missing: "a senior's sign-off is missing",
      },
    );
    const after = ask({ files: [AI_FILE], approvals: { critical: [approval('ada')] } });
    assert.equal(after.verdict, 'pass');
    assert.deepEqual([only(after).satisfied, only(after).by, only(after).missing], [true, ['ada'], '']);
  });

  it("signed: true counts a signed sign-off alone, and says whose approval at the forge doesn't", () => {
    const of = policy({ tiers: [tier({ any: requirement({ signed: true }) })] });
    const after = (...approvals: readonly CountedApproval[]): RequirementResult =>
      only(ask({ policy: of, files: [AI_FILE], approvals: { critical: approvals } }));
    assert.match(
      after(approval('ada')).missing,
      /^a senior's sign-off is missing; ada approved on the Git host, but only a signed sign-off counts here/,
    );
    assert.match(after().missing, /; only a signed sign-off counts here \("linekeeper sign"/);
    assert.equal(after({ ...approval('ada'), signed: true }).satisfied, true);
  });

  it('counts removed lines, and a binary file as one line', () => {
    assert.match(
      only(ask({ files: [changed('infra/a', { removedRanges: [lines(4, 5, 'ai')] })] })).why,
      /^2 lines changed by AI/,
    );
    assert.match(only(ask({ files: [changed('infra/logo.png', { change: 'ai' })] })).why, /^1 line changed by AI/);
    assert.equal(ask({ files: [changed('infra/logo.png', { change: 'human' })] }).verdict, 'pass');
  });

  it("asks from the tier's at-least lines on, counted over all its files", () => {
    const of = policy({ tiers: [tier({ ai: { ...AI_REVIEW, atLeastLines: 5 } })] });
    const files = [
      changed('infra/a', { ranges: [lines(1, 2, 'ai')] }),
      changed('infra/b', { ranges: [lines(1, 1, 'ai')], removedRanges: [lines(1, 1, 'unknown')] }),
    ];
    assert.equal(ask({ policy: of, files }).verdict, 'pass');
    assert.match(
      only(ask({ policy: of, files: [...files, changed('infra/c', { removedRanges: [lines(7, 7, 'unknown')] })] })).why,
      /^3 lines changed by AI and 2 of unknown author \(counted as AI\) in critical/,
    );
    assert.equal(
      ask({ policy: of, files: [...files, changed('src/c', { ranges: [lines(1, 9, 'ai')] })] }).verdict,
      'pass',
    );
  });

  it("counts unknown lines as AI's or a person's, as the policy says", () => {
    const files = [changed('infra/a', { ranges: [lines(1, 2, 'unknown')] })];
    assert.match(only(ask({ files })).why, /^2 lines of unknown author \(counted as AI\) in critical/);
    assert.equal(
      ask({ files, policy: policy({ unknown: 'human', tiers: [tier({ ai: AI_REVIEW })] }) }).verdict,
      'pass',
    );
  });

  it("asks when a finding is on AI's lines, however few they are", () => {
    const of = policy({ tiers: [tier({ detect: ['destructive'], ai: { ...AI_REVIEW, atLeastLines: 100 } })] });
    const file = (line: number, side: 'new' | 'old' = 'new'): ChangedFile =>
      changed('src/x.sql', {
        ranges: [lines(1, 1, 'ai'), lines(5, 6, 'human')],
        removedRanges: [lines(9, 9, 'unknown'), lines(10, 10, 'human')],
        findings: [finding({ line, side })],
      });
    assert.equal(ask({ policy: of, files: [file(1)] }).verdict, 'fail');
    assert.equal(ask({ policy: of, files: [file(5)] }).verdict, 'pass');
    assert.equal(ask({ policy: of, files: [file(9, 'old')] }).verdict, 'fail');
    assert.equal(ask({ policy: of, files: [file(10, 'old')] }).verdict, 'pass');
    assert.equal(
      ask({ policy: of, files: [file(77)] }).verdict,
      'fail',
      'at a line that did not change it is about the whole change',
    );
    assert.equal(ask({ policy: { ...of, unknown: 'human' }, files: [file(9, 'old')] }).verdict, 'pass');
  });

  it('leaves generated files out of the counts, but not out of the findings', () => {
    const of = policy({ generated: ['infra/gen/**'], tiers: [tier({ detect: ['destructive'], ai: AI_REVIEW })] });
    const ranges = [lines(1, 50, 'ai')];
    const quiet = ask({ policy: of, files: [changed('infra/gen/a', { ranges })] });
    assert.equal(quiet.verdict, 'pass');
    assert.deepEqual(
      quiet.tiers.map((one) => [one.files, one.added.ai]),
      [[['infra/gen/a'], 0]],
    );
    assert.equal(
      ask({ policy: of, files: [changed('infra/gen/a', { ranges, findings: [finding()] })] }).verdict,
      'fail',
    );
  });

  it('asks nothing of an author whose level is not listed', () => {
    assert.equal(ask({ files: [AI_FILE], level: 'senior' }).verdict, 'pass');
  });

  it('asks `any` of every author, and one approval may meet both requirements', () => {
    const of = policy({ tiers: [tier({ any: requirement({ from: 'mid' }), ai: AI_REVIEW })] });
    const human = ask({ policy: of, files: [changed('infra/a', { ranges: [lines(1, 1, 'human')] })], level: 'senior' });
    assert.match(only(human).why, /^Every change in critical needs a mid-level or senior sign-off\.$/);
    const kinds = (approvals: readonly CountedApproval[]): readonly (readonly [string, boolean])[] =>
      ask({ policy: of, files: [AI_FILE], approvals: { critical: approvals } }).tiers.flatMap((one) =>
        one.required.map((two) => [two.kind, two.satisfied] as const),
      );
    assert.deepEqual(kinds([]), [
      ['any', false],
      ['ai', false],
    ]);
    assert.deepEqual(kinds([approval('bob', { level: 'mid' })]), [
      ['any', true],
      ['ai', false],
    ]);
    assert.deepEqual(kinds([approval('ada')]), [
      ['any', true],
      ['ai', true],
    ]);
  });

  it('asks for as many different people as the policy says', () => {
    const of = policy({ tiers: [tier({ any: requirement({ approvals: 2 }) })] });
    const files = [AI_FILE];
    assert.equal(only(ask({ policy: of, files })).missing, "2 seniors' sign-offs are missing");
    assert.equal(
      only(ask({ policy: of, files, approvals: { critical: [approval('ada'), approval('ada')] } })).missing,
      "another senior's sign-off is missing (ada signed off)",
    );
    assert.equal(
      ask({ policy: of, files, approvals: { critical: [approval('ada'), approval('grace')] } }).verdict,
      'pass',
    );
  });

  it('asks for an owner of each file when the policy says code-owner', () => {
    const of = policy({ tiers: [tier({ any: requirement({ codeOwner: true }) })] });
    const files = [
      changed('infra/a', { ranges: [lines(1, 1, 'human')] }),
      changed('infra/b', { ranges: [lines(1, 1, 'human')] }),
    ];
    const missing = (...approvals: CountedApproval[]): string =>
      only(ask({ policy: of, files, approvals: { critical: approvals } })).missing;
    assert.match(
      missing(approval('ada', { owns: ['infra/a'] })),
      /^the sign-off of an owner \(CODEOWNERS\) who is a senior is missing for infra\/b$/,
    );
    assert.match(
      missing(approval('ada', { owns: ['infra/a'] }), approval('bob', { level: 'mid', owns: ['infra/b'] })),
      /missing for infra\/b/,
    );
    assert.equal(missing(approval('ada', { owns: ['infra/a'] }), approval('grace', { owns: ['infra/b'] })), '');
    assert.equal(missing(approval('ada', { owns: ['infra/a', 'infra/b'] })), '');
  });

  it('counts an approval only in its own tier', () => {
    assert.equal(ask({ files: [AI_FILE], approvals: { standard: [approval('ada')] } }).verdict, 'fail');
  });

  it('asks for each tier separately', () => {
    const of = policy({
      tiers: [tier({ ai: AI_REVIEW }), tier({ name: 'rest', paths: ['**'], any: requirement({ from: 'junior' }) })],
    });
    const decision = ask({
      policy: of,
      files: [AI_FILE, changed('b.ts', { ranges: [lines(1, 1, 'human')] })],
      approvals: { critical: [approval('ada')] },
    });
    assert.deepEqual(
      decision.tiers.map((one) => [one.name, one.files, one.required.map((two) => two.satisfied)]),
      [
        ['critical', ['infra/main.tf'], [true]],
        ['rest', ['b.ts'], [false]],
      ],
    );
  });

  it('an assistant that is not allowed: the sentence says what to use and which file has the list', () => {
    const told = (assistants: Policy['assistants'], name = 'claude-code'): string =>
      only(ask({ policy: policy({ assistants }), files: [changed('src/a', { ranges: [lines(1, 1, 'ai', name)] })] }))
        .missing;
    assert.equal(
      told({ preferred: null, allowed: ['gemini'], from: '/etc/linekeeper/settings.json' }),
      'the assistant claude-code is not among the allowed assistants: use one of them, or ask for it to be added to the list in /etc/linekeeper/settings.json',
    );
    assert.equal(
      told({ preferred: 'gemini', allowed: ['gemini'] }),
      'the assistant claude-code is not among the allowed assistants: use gemini, or ask for it to be added to the list in the policy (assistants.allowed)',
    );
    assert.match(
      told({ preferred: null, allowed: [] }, 'unknown-assistant'),
      /^an assistant that could not be identified is not among the allowed assistants: write it without one, or /,
    );
  });

  it('fails with an assistant that the policy does not allow, in any file', () => {
    const of = policy({ assistants: { preferred: 'kiro', allowed: ['kiro'] } });
    const by = (path: string, assistant: string): ChangedFile =>
      changed(path, { ranges: [lines(1, 1, 'ai', assistant)] });
    assert.equal(ask({ policy: of, files: [by('src/a', 'kiro')] }).verdict, 'pass');
    const elsewhere = only(ask({ policy: of, files: [by('src/a', 'cursor')] }));
    assert.deepEqual([elsewhere.kind, elsewhere.satisfied], ['assistant', false]);
    assert.match(elsewhere.why, /^The assistant cursor changed src\/a\. The policy allows only kiro\.$/);
    assert.match(elsewhere.missing, /: use kiro, or ask/);
    assert.match(
      only(ask({ policy: of, files: [by('infra/a', 'unknown-assistant')], approvals: { critical: [approval('ada')] } }))
        .why,
      /could not be identified/,
    );
    assert.equal(
      ask({ policy: policy({ assistants: { preferred: null, allowed: [] } }), files: [by('src/a', 'kiro')] }).verdict,
      'fail',
    );
  });

  it('lists each finding with its tier', () => {
    const of = policy({ tiers: [tier({ detect: ['destructive'] })] });
    const files = [
      changed('src/a', { findings: [finding({ path: 'src/a' })] }),
      changed('src/b', { findings: [finding({ path: 'src/b', class: 'secrets', rule: 'secrets/key' })] }),
    ];
    assert.deepEqual(
      ask({ policy: of, files }).findings.map((one) => [one.path, one.tier]),
      [
        ['src/a', 'critical'],
        ['src/b', null],
      ],
    );
  });

  it("its sentences name what is missing, not the author's level", () => {
    for (const level of LEVELS) {
      const of = policy({
        assistants: { preferred: null, allowed: ['x'] },
        tiers: [
          tier({
            any: requirement({ from: level, approvals: 2, codeOwner: true }),
            ai: { atLeastLines: 1, byLevel: { junior: requirement({ from: level }) } },
          }),
        ],
      });
      const { tiers } = ask({ policy: of, files: [AI_FILE] });
      for (const { why, missing } of tiers.flatMap((one) => one.required)) {
        assert.doesNotMatch(`${why} ${missing}`, /\byou\b|is a junior/i);
        assert.match(why, /^[A-Z0-9].*\.$/);
        assert.notEqual(missing, '');
      }
    }
  });

  it('shows control characters in file names as escapes', () => {
    const of = policy({ tiers: [tier({ any: requirement({ codeOwner: true }) })] });
    const { missing } = only(
      ask({
        policy: of,
        files: [changed('infra/x\n\u001b[31m\u202e', { ranges: [lines(1, 1, 'human')] })],
        approvals: { critical: [approval('ada')] },
      }),
    );
    assert.doesNotMatch(missing, /[\p{Cc}\p{Cf}]/u);
    assert.match(missing, /infra\/x\\n/);
  });

  it('the built-in policy asks for infrastructure, migrations, workflows and Dockerfile', () => {
    const of = (path: string): string =>
      ask({ policy: BUILT_IN_POLICY, files: [changed(path, { ranges: [lines(1, 1, 'ai')] })] }).verdict;
    assert.deepEqual(
      [
        'infra/prod/main.tf',
        'db/migrations/1.sql',
        '.github/workflows/ci.yml',
        'Dockerfile',
        'src/a.ts',
        'infra/README.md',
      ].map(of),
      ['fail', 'fail', 'fail', 'fail', 'pass', 'pass'],
    );
  });
});

/** Anything the decision may be asked. */
const level = fc.constantFrom(...LEVELS);
const anyRequirement = fc.record({ from: level, approvals: fc.integer({ min: 1, max: 3 }), codeOwner: fc.boolean() });
const anyTier = (name: string): fc.Arbitrary<Tier> =>
  fc.record({
    name: fc.constant(name),
    paths: fc.subarray(['infra/**', '**/*.sql', '!infra/x.sql', '**'], { minLength: 1 }),
    detect: fc.subarray([...FINDING_CLASSES]),
    blast: fc.option(fc.record({ files: fc.integer({ min: 1, max: 5 }) })),
    agents: fc.constant('allow' as const),
    any: fc.option(anyRequirement),
    ai: fc.option(
      fc.record({
        atLeastLines: fc.integer({ min: 1, max: 8 }),
        byLevel: fc.record(
          { junior: anyRequirement, mid: anyRequirement, senior: anyRequirement },
          { requiredKeys: [] },
        ),
      }),
    ),
    rollout: fc.constant(null),
  });
const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    first: anyTier('first'),
    second: anyTier('second'),
    unknown: fc.constantFrom('ai' as const, 'human' as const),
    generated: fc.subarray(['**/*.lock']),
    allowed: fc.option(fc.subarray(['kiro', 'cursor'])),
  })
  .map(({ first, second, unknown, generated, allowed }) =>
    policy({ tiers: [first, second], unknown, generated, assistants: { preferred: null, allowed } }),
  );
const range = fc.record({
  start: fc.integer({ min: 1, max: 9 }),
  length: fc.integer({ min: 0, max: 3 }),
  author: fc.constantFrom('ai' as const, 'human' as const, 'unknown' as const),
  assistant: fc.constantFrom('kiro', 'cursor'),
});
const ranges = fc
  .array(range, { maxLength: 3 })
  .map((all) =>
    all.map((one) => lines(one.start, one.start + one.length, one.author, one.author === 'ai' ? one.assistant : null)),
  );
const anyFile = fc
  .record({
    path: fc.constantFrom('infra/a.tf', 'infra/x.sql', 'src/a.ts', 'yarn.lock', 'CODEOWNERS'),
    ranges,
    removedRanges: ranges,
    findings: fc.array(
      fc
        .record({
          class: fc.constantFrom(...FINDING_CLASSES),
          line: fc.integer({ min: 1, max: 12 }),
          side: fc.constantFrom('old' as const, 'new' as const),
        })
        .map(finding),
      { maxLength: 2 },
    ),
  })
  .map(({ path, ...rest }) => changed(path, rest));
const anyApproval = fc.record({
  by: fc.constantFrom('ada', 'bob', 'grace', 'dan'),
  level,
  owns: fc.subarray(['infra/a.tf', 'infra/x.sql', 'src/a.ts', 'yarn.lock', 'CODEOWNERS']),
});
const approvals = fc.record({
  first: fc.array(anyApproval, { maxLength: 4 }),
  second: fc.array(anyApproval, { maxLength: 4 }),
});
const input: fc.Arbitrary<DecisionInput> = fc.record({
  policy: anyPolicy,
  files: fc.array(anyFile, { minLength: 1, maxLength: 4 }),
  level,
  approvals,
});

describe('decide, for random input', () => {
  it('passes exactly when every requirement is met, and says what is missing for each other', () => {
    fc.assert(
      fc.property(input, (of) => {
        const decision = decide(of);
        const all = [...decision.required, ...decision.tiers.flatMap((one) => one.required)];
        assert.equal(
          decision.verdict === 'pass',
          all.every((one) => one.satisfied),
        );
        for (const one of all) assert.equal(one.missing === '', one.satisfied);
        assert.equal(missingOf(all).length, all.filter((one) => !one.satisfied).length);
      }),
    );
  });

  it('gives the same verdict for any order of files and approvals', () => {
    fc.assert(
      fc.property(input, (of) => {
        const turned = {
          ...of,
          files: [...of.files].reverse(),
          approvals: {
            first: [...(of.approvals['first'] ?? [])].reverse(),
            second: [...(of.approvals['second'] ?? [])].reverse(),
          },
        };
        assert.equal(decide(turned).verdict, decide(of).verdict);
        assert.deepEqual(decide(of), decide(JSON.parse(JSON.stringify(of)) as DecisionInput));
      }),
    );
  });

  it('one more approval never turns pass into fail', () => {
    fc.assert(
      fc.property(input, anyApproval, (of, more) => {
        const after = {
          ...of,
          approvals: {
            first: [...(of.approvals['first'] ?? []), more],
            second: [...(of.approvals['second'] ?? []), more],
          },
        };
        if (decide(of).verdict === 'pass') assert.equal(decide(after).verdict, 'pass');
      }),
    );
  });

  it('more lines of AI or unknown author never turn fail into pass', () => {
    fc.assert(
      fc.property(input, fc.constantFrom('ai' as const, 'unknown' as const), fc.boolean(), (of, author, removed) => {
        const [first, ...rest] = of.files;
        assert.ok(first);
        const more = [lines(20, 22, author, author === 'ai' ? 'kiro' : null)];
        const grown = changed(first.path, {
          ranges: removed ? first.ranges : [...first.ranges, ...more],
          removedRanges: removed ? [...first.removedRanges, ...more] : first.removedRanges,
          findings: first.findings,
        });
        if (decide(of).verdict === 'fail') assert.equal(decide({ ...of, files: [grown, ...rest] }).verdict, 'fail');
      }),
    );
  });

  it("a person's lines that become AI's never turn fail into pass", () => {
    fc.assert(
      fc.property(input, (of) => {
        const asAi = (all: ChangedFile['ranges']): ChangedFile['ranges'] =>
          all.map((one) => lines(one.start, one.end, 'ai', 'kiro'));
        const files = of.files.map((file) =>
          changed(file.path, {
            ranges: asAi(file.ranges),
            removedRanges: asAi(file.removedRanges),
            findings: file.findings,
          }),
        );
        const allowed: Policy = { ...of.policy, assistants: { preferred: null, allowed: null } };
        if (decide({ ...of, policy: allowed }).verdict === 'fail')
          assert.equal(decide({ ...of, policy: allowed, files }).verdict, 'fail');
      }),
    );
  });

  it('asks for at least one approval, whatever number the policy has', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ max: 0 }), fc.constant(Number.NaN), fc.double({ max: 0.5 })),
        fc.constantFrom<Level>(...LEVELS),
        (count, from) => {
          const of = policy({ tiers: [tier({ any: requirement({ from, approvals: count }) })] });
          assert.equal(decide({ policy: of, files: [AI_FILE], level: 'senior', approvals: {} }).verdict, 'fail');
        },
      ),
    );
  });
});
