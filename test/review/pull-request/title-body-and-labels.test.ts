import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { code, mention, prose } from '../../../src/policy/escape-markdown';
import { changedFileOf } from '../../../src/policy/changed-file-from-attribution';
import { parsePolicy } from '../../../src/policy/file/parse';
import { decide, type DecisionInput } from '../../../src/policy/decision';
import { bodyOf, labelsOf, titleOf, type TextFacts } from '../../../src/review/pull-request/title-body-and-labels';
import { approval } from '../../support/policies';
import { decision, file, finding, range, required, tier } from '../../support/review-facts';

const renderer = new MarkdownIt({ html: true, linkify: true });

/** Names as an attacker would choose them. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '``',
        '```',
        '|',
        '\\',
        '\\`',
        '\n',
        '\r\n',
        '\u2028',
        '\0',
        '\u202e',
        '\u200b',
        '\ud800',
        '<img src=x onerror=alert(1)>',
        '</td>',
        '<!--',
        '&lt;',
        '[x](javascript:alert(1))',
        '![x](https://evil.example/p.png)',
        '](',
        '@everyone',
        '@acme/all',
        '#12',
        'fixes #12',
        'GH-12',
        'https://evil.example',
        'www.evil.example',
        'a@evil.example',
        '# heading',
        '- item',
        '1. one',
        '---',
        '***',
        '__x__',
        '~~x~~',
        '$x$',
        '/assign @evil',
        ' ',
        '  ',
        'a',
        'file.ts',
        ':tada:',
        '> quote',
        '|-|-|',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

/** Text of a rendered page outside code, and the kinds of its tokens. */
function read(markdown: string): {
  readonly outsideCode: string;
  readonly codes: readonly string[];
  readonly kinds: ReadonlySet<string>;
} {
  const tokens = renderer.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return {
    outsideCode: tokens
      .filter((token) => token.type === 'text')
      .map((token) => token.content)
      .join('\n'),
    codes: tokens.filter((token) => token.type === 'code_inline').map((token) => token.content),
    kinds: new Set(tokens.map((token) => token.type)),
  };
}

/** Whether a forge would do something with text: tell somebody, close or link something. */
const ACTS = /@\w|#\d|\bGH-\d|:\/\/|\bwww\./i;

const facts = (more: Partial<TextFacts> = {}): TextFacts => ({
  decision: decision(),
  files: [file('infra/prod/main.tf'), file('src/cost.ts')],
  reviewers: [],
  ...more,
});

describe('names in the Markdown of a pull request', () => {
  it('code shows them in a code span, with special characters escaped and long names cut', () => {
    assert.equal(code('src/a.ts'), '`src/a.ts`');
    assert.equal(code('a`b|c'), '`a\\x60b\\x7cc`');
    assert.equal(code('line\nbreak \u202e'), '`line\\x0abreak \\u{202e}`');
    assert.equal(code(' a '), '`\\x20a\\x20`');
    assert.equal(code(''), '(empty)');
    assert.equal([...code('x'.repeat(1_000))].length, 122);
  });

  it('code makes exactly one code span of any text', () => {
    fc.assert(
      fc.property(
        hostile.filter((name) => name !== ''),
        (name) => {
          const { codes, kinds } = read(code(name));
          assert.equal(codes.length, 1);
          assert.deepEqual([...kinds].sort(), ['code_inline', 'inline', 'paragraph_close', 'paragraph_open']);
        },
      ),
    );
  });

  it('prose keeps plain text, and puts mentions, links and identifiers into code', () => {
    for (const plain of [
      'AI changed 16 lines here (50%), and “nobody” knows why.',
      "It's done; see a/b.ts: fine!",
      'Ärger & Öl – 你好',
    ])
      assert.equal(prose(plain), plain);
    assert.equal(prose('ask @ada about #12 at https://x.example'), 'ask `@ada` about `#12` at `https://x.example`');
    assert.equal(prose('a_b, c_d; e_f: g_h.'), '`a_b`, `c_d`; `e_f`: `g_h`.');
    assert.equal(prose('removes `prevent_destroy` from a_b'), 'removes `prevent_destroy` from `a_b`');
  });

  it('prose makes only text and code of any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { outsideCode, kinds } = read(`x ${prose(text)}`);
        assert.deepEqual(
          [...kinds].filter(
            (kind) => !['text', 'code_inline', 'inline', 'paragraph_close', 'paragraph_open'].includes(kind),
          ),
          [],
        );
        assert.doesNotMatch(outsideCode, ACTS);
      }),
    );
  });

  it('mention addresses logins and teams, and no e-mail addresses', () => {
    assert.equal(mention('ada'), '@ada');
    assert.equal(mention('acme/platform-seniors'), '@acme/platform-seniors');
    assert.equal(mention('ada@example.com'), '`ada@example.com`');
    assert.equal(mention('ada) @everyone'), '`ada) @everyone`');
  });
});

describe('the title of a pull request', () => {
  for (const [subjects, branch, expected] of [
    [['Cap the monthly cost'], 'feature/x', 'Cap the monthly cost'],
    [['fixup! Cap the cost'], 'x', 'Cap the cost'],
    [['one', 'two'], 'feature/cost-cap_v2', 'Cost cap v2'],
    [['one', 'two'], 'patch-1', 'one'],
    [[''], 'feature/x', 'feature/x'],
    [['Use @types/node and `a`'], 'x', "Use `@types/node` and 'a'"],
    [['write to ada@example.com'], 'x', 'write to ada@example.com'],
    [['a\r\nb\u0007\u202e'], 'x', 'a b \\u{202e}'],
  ] as const) {
    it(`is ${expected} for the commits ${JSON.stringify(subjects)} on ${branch}`, () =>
      assert.equal(titleOf(subjects, branch), expected));
  }

  it('is one line of at most 170 characters without mentions, for random subjects', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 3 }), hostile, (subjects, branch) => {
        const title = titleOf(subjects, branch);
        assert.ok([...title].length <= 170);
        assert.doesNotMatch(title, /[\p{C}\p{Zl}\p{Zp}]/u);
        assert.doesNotMatch(title.replace(/`[^`]*`/g, ''), /(?<![\p{L}\p{N}_])@\w/u);
      }),
    );
  });
});

describe('the body of a pull request', () => {
  it('starts with the required sign-off, the suggested reviewers and the reason', () => {
    const body = bodyOf(facts({ reviewers: ['ada', 'acme/seniors'] }));
    assert.deepEqual(body.split('\n').slice(0, 3), [
      "**Needs a senior's sign-off.** Suggested reviewers: @ada, @acme/seniors.",
      '',
      '- 16 lines changed by AI in critical.',
    ]);
  });

  it('a requirement of several tiers: is named once, with the reason in each tier', () => {
    const parsed = parsePolicy(
      `version: 1
people: { senior: [sue@example.com], junior: [jo@example.com] }
tiers:
  - { name: critical, paths: ["prod/**"], review: { any: { from: senior, approvals: 1 }, requires: { checks: [plan] } } }
  - { name: standard, paths: ["src/**"], review: { ai: { junior: { from: senior, approvals: 1 } }, requires: { checks: [plan] } } }
  - { name: pages, paths: ["docs/**"], review: { any: { from: junior, approvals: 1 } } }
`,
    );
    assert.ok(parsed.ok);
    const paths = ['prod/a.tf', 'prod/b.tf', 'src/a.ts', 'src/b.ts', 'src/c.ts', 'docs/a.md', 'docs/b.md'];
    const files = paths.map((path) => file(path));
    const decided = (more: Partial<DecisionInput> = {}): string[] =>
      bodyOf(
        facts({
          files,
          decision: decide({
            policy: parsed.policy,
            level: 'junior',
            approvals: {},
            files: files.map((one) => changedFileOf(one)),
            ...more,
          }),
        }),
      )
        .split('\n')
        .slice(0, 7);
    assert.deepEqual(decided(), [
      "**Needs a senior's sign-off.**",
      '',
      '- Every change in critical.',
      '- 36 lines changed by AI in standard.',
      '- Changes in critical. Changes in standard. It is not known here whether the check plan is green: "linekeeper ci" in a job asks the Git host.',
      "- Every change in pages needs a colleague's sign-off.",
      '',
    ]);
    const sue = approval('sue');
    assert.deepEqual(decided({ approvals: { critical: [sue], standard: [sue] } }).slice(2, 3), [
      "- A senior's sign-off: Every change in critical. 36 lines changed by AI in standard. Signed off by `sue`.",
    ]);
  });

  it('names what depends on the change, with evidence and owners in code spans', () => {
    const edges = Array.from({ length: 10 }, (_, at) => ({
      kind: 'sql' as const,
      path: 'db/2.sql',
      dependent: `services/a${String(at)}.rb`,
      line: 3,
      evidence: 'FROM `invoices` @ada <img src=x>',
      owners: ['@acme/reports'],
    }));
    const body = bodyOf(facts({ blast: { files: 10, edges, cannotTell: [] } }));
    assert.match(
      body,
      /### 10 files depend on this\n- `services\/a0\.rb:3` uses `db\/2\.sql` \(sql\): .*, owned by `@acme\/reports`\n[^]*- and 2 more: `linekeeper check --json` lists them/,
    );
    assert.doesNotMatch(body.replace(/(`+)[^]*?\1/g, ''), /<img/);
    assert.doesNotMatch(bodyOf(facts({})), /depend/);
  });

  it('lists all requirements, the strictest first', () => {
    const needs = [
      required({
        kind: 'any',
        from: 'mid',
        approvals: 2,
        why: 'Every change in critical needs two.',
        reason: 'Every change in critical.',
        by: ['kim'],
        missing: 'one more is missing',
      }),
      required({ codeOwner: true }),
      required({ from: 'junior', satisfied: true, why: 'A look.', by: ['ada`'], missing: '' }),
    ];
    const standard = required({
      ...needs[0],
      why: 'Every change in standard needs two.',
      reason: 'Every change in standard.',
    });
    const change = [
      required({ kind: 'assistant', from: null, why: 'The policy does not allow cursor.', missing: 'use another' }),
    ];
    const body = bodyOf(
      facts({
        decision: decision({
          tiers: [tier('critical', ['a'], { required: needs }), tier('standard', ['b'], { required: [standard] })],
          required: change,
        }),
      }),
    );
    assert.deepEqual(body.split('\n').slice(0, 6), [
      "**Needs a senior's sign-off, with an owner of each file (CODEOWNERS) among them.**",
      '',
      '- 2 mid-level or senior sign-offs: Every change in critical. Every change in standard. One more is missing.',
      '- 16 lines changed by AI in critical.',
      '- A look. Signed off by `ada\\x60`.',
      '- The policy does not allow cursor.',
    ]);
  });

  it('leaves out a sign-off that a stronger one in the same tier covers', () => {
    const needs = [required({ kind: 'any', reason: 'Every change.' }), required({ approvals: 2, reason: 'By AI.' })];
    const body = bodyOf(facts({ decision: decision({ tiers: [tier('critical', ['a'], { required: needs })] }) }));
    assert.deepEqual(body.split('\n').slice(0, 4), ["**Needs 2 seniors' sign-offs.**", '', '- By AI.', '']);
  });

  it('says when no sign-off is required, and when all are present', () => {
    assert.match(bodyOf(facts({ decision: decision({ tiers: [] }) })), /^\*\*The policy requires no sign-off here/);
    const given = decision({
      tiers: [tier('critical', ['a'], { required: [required({ satisfied: true, by: ['ada'] })] })],
    });
    assert.match(bodyOf(facts({ decision: given })), /^\*\*All required sign-offs are present\.\*\*/);
  });

  it('counts lines by author, per tier and file, and names the assistants', () => {
    const files = [
      file('src/cost.ts', {
        ranges: [range(1, 15, 'ai'), range(16, 25, 'human'), range(26, 28, 'unknown')],
        removed: [range(3, 4, 'human')],
      }),
      file('infra/prod/main.tf', {
        ranges: [range(1, 12, 'ai', { assistant: 'cursor', model: null })],
        removed: [range(4, 7, 'ai')],
      }),
      file('logo.png', { ranges: [], change: { ...range(1, 1, 'ai'), edited: false }, binary: true }),
      file('by-hand.ts', { ranges: [range(1, 2, 'human')] }),
      file('new.ts', { from: 'old.ts', ranges: [range(1, 1, 'ai')] }),
    ];
    const body = bodyOf(facts({ files }));
    assert.ok(
      body.includes(
        '**AI: 32 of 49** changed lines (+28 -4), by claude-code (claude-opus-4-8), cursor. 3 unknown (+3).',
      ),
      body,
    );
    const unnamed = [file('a.ts', { ranges: [range(1, 1, 'ai', { assistant: 'unknown-assistant', model: null })] })];
    assert.match(bodyOf(facts({ files: unnamed })), /by an AI assistant that nothing names\./);
    const rows = body.split('\n').filter((line) => line.startsWith('|'));
    assert.deepEqual(rows, [
      '|Tier|File|AI|Human|Unknown|',
      '|-|-|-:|-:|-:|',
      '|`critical`|`infra/prod/main.tf`|+12 -4|||',
      '|`standard`|`src/cost.ts`|+15|+10 -2|+3|',
      '||`new.ts` was `old.ts`|+1|||',
      '||`logo.png`|the file|||',
    ]);
  });

  it('lists the findings, and has a check box for deletions', () => {
    const many = Array.from({ length: 9 }, (_, line) => finding({ line: line + 1, side: line === 0 ? 'old' : 'new' }));
    const body = bodyOf(facts({ decision: decision({ findings: many }) }));
    assert.ok(
      body.includes(
        '- **critical** `infra/prod/main.tf:1` (removed) The database would be destroyed and made again.\n- **critical** `infra/prod/main.tf:2` The',
      ),
    );
    assert.ok(body.includes('- and 3 more: `linekeeper check` lists them'));
    assert.ok(body.includes('- [ ] Removes nothing that is still needed'));
    assert.ok(!bodyOf(facts()).includes('Removes nothing'));
  });

  it('AI changed its own checks: is a section of its own if AI wrote or removed the line', () => {
    const skipped = finding({
      class: 'checks',
      rule: 'checks/x',
      path: 'a.test.ts',
      message: 'The test "a" is skipped.',
    });
    const by = (author: 'ai' | 'human'): string =>
      bodyOf(
        facts({
          decision: decision({ findings: [skipped, finding()] }),
          files: [file('a.test.ts', { ranges: [range(12, 12, author)] })],
        }),
      );
    assert.match(
      by('ai'),
      /### AI changed its own checks\n- \*\*critical\*\* `a\.test\.ts:12` The test .* is skipped\.\n\n/,
    );
    assert.match(by('ai'), /### What the rules noticed\n- \*\*critical\*\* `infra\/prod\/main\.tf:12` [^\n]*\n\n/);
    assert.doesNotMatch(by('human'), /AI changed its own checks/);
    assert.match(by('human'), /is skipped/);
  });

  it('keeps its headings and tables, for hostile names', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 9, maxLength: 9 }), (names) => {
        const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = ''] = names;
        const body = bodyOf({
          decision: decision({
            tiers: [
              tier(a, [b], {
                required: [
                  required({ why: c, by: [d], satisfied: true }),
                  required({ kind: 'assistant', from: null, why: d, by: [g], missing: e }),
                ],
              }),
            ],
            findings: [finding({ path: b, message: f })],
          }),
          files: [file(b, { ranges: [range(1, 3, 'ai', { assistant: g, model: h })] }), file(i, { from: a })],
          reviewers: ['ada', c],
        });
        const { outsideCode, kinds } = read(body);
        assert.doesNotMatch(outsideCode.replace(/@ada|@[\w.-]+(?:\/[\w.-]+)*(?=[,.])/g, ''), ACTS);
        for (const kind of kinds)
          assert.ok(!/html|link|image|fence|code_block|blockquote|hr|^em_|^s_/.test(kind), `${kind} in ${body}`);
        const rows = renderer.parse(body, {}).reduce<number[]>((found, { type }) => {
          if (type === 'tr_open') found.push(0);
          if (/^t[hd]_open$/.test(type)) found.push((found.pop() ?? 0) + 1);
          return found;
        }, []);
        assert.deepEqual(rows, [3, 3, 3]);
        assert.equal(body.split('\n').filter((line) => line.startsWith('### ')).length, 3);
        assert.doesNotMatch(body, /^\//m);
      }),
    );
  });
});

describe('labels of a pull request', () => {
  it('say ai-assisted and the risk, and are empty without AI', () => {
    assert.deepEqual(labelsOf(facts()), ['ai-assisted', 'risk: critical']);
    assert.deepEqual(
      labelsOf(facts({ files: [file('a', { ranges: [range(1, 1, 'human')] })], decision: decision({ tiers: [] }) })),
      [],
    );
  });

  it('the risk: is the first tier that requires something when tiers above it require nothing', () => {
    const tiers = [tier('critical', ['a'], { required: [] }), tier('standard', ['b'])];
    assert.deepEqual(labelsOf(facts({ decision: decision({ tiers }) })), ['ai-assisted', 'risk: standard']);
  });
});
