import assert from 'node:assert/strict';
import { z } from 'zod';
import { FORMAT_IDS, FORMATS, type CheckResult } from '../../../../src/review/gate';
import type { RequirementResult } from '../../../../src/policy';
import { finding } from '../../../support/policies';

const HOSTILE = 'infra/a\r\n::error::hacked <img src=x> @all [x](http://evil.example),:%\u202e\u2028`|b.tf';
const NONE = { ai: 0, human: 0, unknown: 0 };

const RESULT: CheckResult = {
  verdict: 'fail',
  base: 'b'.repeat(40),
  head: 'e'.repeat(40),
  mergeBase: 'd'.repeat(40),
  onto: null,
  level: 'junior',
  policy: { source: 'main:.linekeeper.yml', digest: 'sha256:0' },
  authors: [],
  tiers: [
    {
      name: 'critical',
      files: [HOSTILE, 'infra/b.tf'],
      added: { ...NONE, ai: 3 },
      removed: NONE,
      required: [
        {
          kind: 'ai',
          from: 'senior',
          approvals: 1,
          codeOwner: false,
          why: '3 lines by AI in critical.',
          satisfied: false,
          by: [],
          missing: "a senior's sign-off is missing",
        },
        {
          kind: 'any',
          from: 'mid',
          approvals: 1,
          codeOwner: false,
          why: 'Every change in critical needs one.',
          satisfied: true,
          by: ['bob'],
          missing: '',
        },
      ],
    },
  ],
  required: [
    {
      kind: 'assistant',
      from: null,
      approvals: 0,
      codeOwner: false,
      why: 'Only kiro is allowed.',
      satisfied: false,
      by: [],
      missing: 'amp is not allowed here',
    },
  ],
  findings: [
    { ...finding({ path: HOSTILE, line: 7, message: `drops ${HOSTILE}` }), tier: 'critical', commit: null },
    { ...finding({ severity: 'medium', side: 'old', line: 900 }), tier: null, commit: null },
  ],
  commits: [],
  signOffs: [
    {
      by: 'eve\n::stop-commands::x',
      tier: 'critical',
      commit: 'c',
      counts: false,
      why: 'is the author',
      unresolved: [],
    },
  ],
  signers: { critical: ['ada\n::error::x', '@acme/seniors'] },
  lessons: [],
  dependencies: [],
  switchedOff: [
    { ...finding({ rule: 'destructive/sql-rename', path: HOSTILE, line: 3 }), reason: `old\n::error::y ${HOSTILE}` },
  ],
  changes: {},
  emergency: null,
  notices: ['Something to know.\n::warning::and no more'],
};

/** What of SARIF 2.1.0 we write, with what the standard requires of it (§3.13, §3.14, §3.27, §3.29, §3.30). */
const Message = z.strictObject({ text: z.string().min(1) });
const Sarif = z.strictObject({
  version: z.literal('2.1.0'),
  $schema: z.url(),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string().regex(/^\d+\.\d+\.\d+/),
          rules: z.array(z.strictObject({ id: z.string(), shortDescription: Message })),
        }),
      }),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']), message: Message }),
          ),
        }),
      ),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      results: z.array(
        z.strictObject({
          ruleId: z.string().min(1),
          level: z.enum(['none', 'note', 'warning', 'error']),
          message: Message,
          locations: z
            .array(
              z.strictObject({
                physicalLocation: z.strictObject({
                  artifactLocation: z.strictObject({
                    uri: z.string().regex(/^(?:[\w.~/!*'()-]|%[0-9A-F]{2})+$/),
                    uriBaseId: z.literal('%SRCROOT%'),
                  }),
                  region: z.strictObject({ startLine: z.int().min(1) }),
                }),
              }),
            )
            .min(1),
          suppressions: z
            .array(z.strictObject({ kind: z.enum(['inSource', 'external']), justification: z.string() }))
            .optional(),
        }),
      ),
    }),
  ]),
});

describe('a sign-off that a stronger one covers', () => {
  const requirement = (kind: 'any' | 'ai', approvals: number): RequirementResult => ({
    kind,
    from: 'senior',
    approvals,
    codeOwner: false,
    why: `Because of ${kind}.`,
    satisfied: false,
    by: [],
    missing: `missing of ${kind}`,
  });
  const [tier] = RESULT.tiers;
  assert.ok(tier !== undefined);
  const result: CheckResult = {
    ...RESULT,
    required: [],
    tiers: [{ ...tier, required: [requirement('any', 1), requirement('ai', 2)] }],
  };

  for (const id of FORMAT_IDS.filter((one) => one !== 'json'))
    it(`is not listed in ${id}`, () => {
      const says = FORMATS[id].render(result);
      assert.match(says, /issing of ai/);
      assert.doesNotMatch(says, /issing of any/);
    });

  it('is not counted in the summary', () => {
    assert.match(FORMATS.text.render(result), /^Fail: 2 sign-offs missing\.$/m);
  });

  it('the summary: counts the sign-offs that nobody gave when somebody gave a part', () => {
    const part = { ...requirement('ai', 3), by: ['ada'] };
    const tiers = [{ ...tier, required: [part] }];
    assert.match(FORMATS.text.render({ ...result, tiers }), /^Fail: 2 sign-offs missing\.$/m);
  });
});

describe('formats of a verdict', () => {
  for (const id of FORMAT_IDS) {
    it(`${id} ends with a line break, and outside text starts no line of its own`, () => {
      assert.equal(FORMATS[id].id, id);
      const text = FORMATS[id].render(RESULT);
      assert.ok(text.endsWith('\n'));
      assert.doesNotMatch(text, /[\r\u2028\u202e]/);
      for (const line of text.split('\n'))
        assert.doesNotMatch(line, /^\s*::(?!(?:error|warning|notice) (?:file|title|line)=)/);
    });
  }

  it('github prints no ::error when the verdict is pass, whatever was found', () => {
    const passed = { ...RESULT, verdict: 'pass', required: [], tiers: [] } as const;
    const found = { ...passed, findings: RESULT.findings.map((one) => ({ ...one, severity: 'critical' as const })) };
    const text = FORMATS.github.render(found);
    assert.doesNotMatch(text, /^::error/m);
    assert.match(text, /^::warning file=/m);
  });

  it('github escapes its workflow commands', () => {
    const lines = FORMATS.github.render(RESULT).trimEnd().split('\n');
    assert.equal(lines.length, 8);
    for (const line of lines) assert.match(line, /^::(error|warning|notice) [^\r\n]*::./);
    const [first = ''] = lines;
    const [, properties = '', message = ''] = /^::error (.*?)::(.*)$/.exec(first) ?? [];
    const decoded = (text: string): string =>
      text
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',')
        .replaceAll('%0D', '\r')
        .replaceAll('%0A', '\n')
        .replaceAll('%25', '%');
    const file = /file=([^,]*)/.exec(properties)?.[1] ?? '';
    assert.equal(decoded(file), HOSTILE.replace(/[\u2028\u202e]/g, '?'));
    assert.match(properties, /,title=Linekeeper%3A critical$/);
    assert.equal(message, "A senior's sign-off is missing. 3 lines by AI in critical.");
    assert.ok(
      lines.some((line) => line.startsWith('::warning file=infra/main.tf,title=')),
      'a removed line has no number in the file as it is',
    );
    assert.match(lines.at(-1) ?? '', /^::error title=Linekeeper::Fail%?: 2 requirements not met\.$/);
  });

  it("sarif follows the standard's schema, and loses no text", () => {
    const log = Sarif.parse(JSON.parse(FORMATS.sarif.render(RESULT)));
    const [{ results, tool }] = log.runs;
    assert.deepEqual(
      results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ['review/ai', 'error'],
        ['review/assistant', 'error'],
        ['destructive/tf-destroy', 'error'],
        ['destructive/tf-destroy', 'warning'],
        ['destructive/sql-rename', 'error'],
      ],
    );
    assert.deepEqual(
      results.map(({ suppressions }) => suppressions?.length ?? 0),
      [0, 0, 0, 0, 1],
    );
    assert.equal(decodeURIComponent(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ?? ''), HOSTILE);
    assert.deepEqual(
      results.map(({ locations }) => locations[0]?.physicalLocation.region.startLine),
      [1, 1, 7, 1, 3],
    );
    assert.deepEqual(
      [...new Set(results.map(({ ruleId }) => ruleId))].sort(),
      tool.driver.rules.map(({ id }) => id),
    );
    const passed = Sarif.parse(
      JSON.parse(
        FORMATS.sarif.render({
          ...RESULT,
          verdict: 'pass',
          tiers: [],
          required: [],
          findings: [],
          switchedOff: [],
          notices: [],
        }),
      ),
    );
    assert.deepEqual(passed.runs[0].results, []);
    const unseen = 'a tag \u{e0041} that is not seen';
    assert.ok(
      JSON.stringify(JSON.parse(FORMATS.sarif.render({ ...RESULT, notices: [unseen] }))).includes(unseen),
      'nothing is lost of what is escaped',
    );
  });

  it('markdown shows names as code, and marks met and unmet requirements', () => {
    const text = FORMATS.markdown.render(RESULT);
    assert.match(text, /^## ❌ Fail: 2 requirements not met\.$/m);
    assert.match(text, /^- \[ \] \*\*A senior's sign-off is missing\.\*\* 3 lines by AI in critical\.$/m);
    assert.match(text, /^- \[x\] Every change in critical needs one\. Signed off by `bob`\.$/m);
    const outsideCode = text.replace(/`[^`\n]*`/g, '');
    assert.doesNotMatch(outsideCode, /<img|@all|\]\(http/);
    assert.equal(
      text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .every((line) => line.replace(/`[^`]*`/g, '').split('|').length === 6),
      true,
    );
  });
});
