import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePeopleFile, parsePolicy, type PolicyProblem } from '../../../src/policy/file/parse';
import type { Policy } from '../../../src/policy';

const TIERS = 'tiers: [{name: critical, paths: ["infra/**"]}]\n';

function good(text: string): Policy {
  const parsed = parsePolicy(text);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.policy;
}

function bad(text: string | Uint8Array): readonly PolicyProblem[] {
  const parsed = parsePolicy(text);
  assert.ok(!parsed.ok, 'this must not be a policy');
  assert.ok(parsed.problems.length > 0);
  return parsed.problems;
}

/** `line:column message (suggestion)` of each problem. */
const told = (text: string | Uint8Array): readonly string[] =>
  bad(text).map(
    (one) =>
      `${String(one.line)}:${String(one.column)} ${one.message}${one.suggestion === null ? '' : ` (${one.suggestion})`}`,
  );

const EVERYTHING = `version: 1
since: 4f2c9e1                     # adoption
assistants:
  preferred: kiro
  allowed: [kiro, claude-code, github-copilot]
people:
  senior: [ada@example.com, "@acme/platform-seniors"]
  mid:    ["@acme/engineers"]
  junior: []
aliases: { ada: [ada@example.com, ada@home.example] }
unlisted: junior
unknown: ai
generated: ["dist/**", "**/*.lock"]
bots: ["renovate[bot]"]
prompts: none
trailers: { assisted-by: true, lines: true, risk: true, session: false }
tiers:
  - name: critical
    paths: ["infra/prod/**", "**/migrations/**", ".github/workflows/**", "!**/*.md"]
    detect: [destructive, permissions, secrets]
    agents: deny-destructive
    review:
      any: { from: mid, approvals: 1 }
      ai:
        junior: { from: senior, approvals: 1 }
        mid:    { from: senior, approvals: 1 }
        senior: { from: senior, approvals: 1, code-owner: true }
    rollout: { stages: [canary, production], soak: 24h }
  - name: standard
    paths: ["**"]
    review:
      ai: { at-least: { lines: 20 }, junior: { from: senior, approvals: 1 }, mid: { from: senior, approvals: 1 } }
`;

describe('parsePolicy', () => {
  it('requires and freeze: are read with their defaults when left out', () => {
    const { tiers, freeze } = good(
      'version: 1\ntiers: [{name: critical, paths: ["infra/**"], review: {requires: {checks: [plan], tested: ai-lines}}}]\nfreeze: [{from: 2026-12-19, to: 2027-01-04}]\n',
    );
    assert.deepEqual(tiers[0]?.requires, { checks: ['plan'], plan: false, aiLines: null, tested: true });
    assert.deepEqual(freeze, [
      { from: '2026-12-19', to: '2027-01-04', tiers: [], only: 'any', except: [], reason: null },
    ]);
    assert.equal(good(`version: 1\n${TIERS}`).freeze, undefined);
  });

  it('freeze: is a mistake if it names a day or a tier that does not exist', () => {
    const [day, tier] = told(`version: 1\n${TIERS}freeze: [{from: 2026-02-30, to: 2027-01-04, tiers: [critcal]}]\n`);
    assert.match(day ?? '', /no day of the calendar/);
    assert.match(tier ?? '', /no tier critcal .*"critical"/);
  });

  it('reads every key of the policy', () => {
    const policy = good(EVERYTHING);
    const one = { from: 'senior', approvals: 1, codeOwner: false };
    assert.equal(policy.since, '4f2c9e1');
    assert.deepEqual(policy.assistants, { preferred: 'kiro', allowed: ['kiro', 'claude-code', 'github-copilot'] });
    assert.deepEqual(policy.people, {
      junior: [],
      mid: ['@acme/engineers'],
      senior: ['ada@example.com', '@acme/platform-seniors'],
    });
    assert.deepEqual({ ...policy.aliases }, { ada: ['ada@example.com', 'ada@home.example'] });
    assert.deepEqual(policy.trailers, { assistedBy: true, lines: true, risk: true, session: false });
    assert.deepEqual(policy.tiers, [
      {
        name: 'critical',
        paths: ['infra/prod/**', '**/migrations/**', '.github/workflows/**', '!**/*.md'],
        detect: ['destructive', 'permissions', 'secrets'],
        agents: 'deny-destructive',
        any: { from: 'mid', approvals: 1, codeOwner: false },
        ai: { atLeastLines: 1, byLevel: { junior: one, mid: one, senior: { ...one, codeOwner: true } } },
        rollout: { stages: ['canary', 'production'], soak: '24h' },
        blast: null,
      },
      {
        name: 'standard',
        paths: ['**'],
        detect: [],
        agents: 'allow',
        any: null,
        ai: { atLeastLines: 20, byLevel: { junior: one, mid: one } },
        rollout: null,
        blast: null,
      },
    ]);
  });

  it('needs only version and tiers; the defaults are strict', () => {
    const policy = good(`version: 1\n${TIERS}`);
    assert.deepEqual(
      {
        unlisted: policy.unlisted,
        unknown: policy.unknown,
        prompts: policy.prompts,
        allowed: policy.assistants.allowed,
        trailers: policy.trailers,
        generated: policy.generated,
      },
      {
        unlisted: 'junior',
        unknown: 'ai',
        prompts: 'none',
        allowed: null,
        trailers: { assistedBy: true, lines: true, risk: true, session: false },
        generated: [],
      },
    );
    const [tier] = good(
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: mid}, ai: {junior: {from: senior}}}}]',
    ).tiers;
    assert.deepEqual(tier?.any, { from: 'mid', approvals: 1, codeOwner: false });
    assert.deepEqual(tier.ai, {
      atLeastLines: 1,
      byLevel: { junior: { from: 'senior', approvals: 1, codeOwner: false } },
    });
  });

  it('gives a policy that JSON keeps', () => {
    const policy = good(EVERYTHING);
    assert.deepEqual(JSON.parse(JSON.stringify(policy)), { ...policy, aliases: { ...policy.aliases } });
  });

  it('keeps commit ids and logins that look like numbers', () => {
    const policy = good(
      `version: 1\nsince: 1234567\npeople: {senior: [0123, 12e4567, 0x1f]}\naliases: {0007: [bond@example.com]}\n${TIERS}`,
    );
    assert.equal(policy.since, '1234567');
    assert.deepEqual(policy.people['senior'], ['0123', '12e4567', '0x1f']);
    assert.deepEqual(Object.keys(policy.aliases), ['0007']);
  });

  it('reads which files list people', () => {
    assert.deepEqual(good(`version: 1\npeople: {from: people.yml}\n${TIERS}`).peopleFiles, { all: ['people.yml'] });
    const policy = good(`version: 1\npeople: {senior: {from: /etc/seniors}, mid: [bob]}\n${TIERS}`);
    assert.deepEqual(policy.peopleFiles, { senior: ['/etc/seniors'] });
    assert.deepEqual(policy.people['mid'], ['bob']);
  });

  it('gives the line of each pattern', () => {
    const parsed = parsePolicy(
      'version: 1\ntiers:\n  - name: a\n    paths:\n      - one\n      - two\n  - {name: b, paths: [three]}\n',
    );
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.patternLines, [[5, 6], [7]]);
  });

  it('reads CRLF, a byte order mark and trailing tabs', () => {
    assert.deepEqual(good(`\uFEFF${EVERYTHING.replaceAll('\n', '\r\n')}`), good(EVERYTHING));
  });
});

describe('parsePolicy, for a mistake', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['an unknown key', `version: 1\n${TIERS}unlistd: mid\n`, /^3:1 unknown key unlistd \(did you mean "unlisted"\?\)$/],
    [
      'a key that only a newer version knows',
      `version: 1\n${TIERS}quarantine: true\n`,
      /^3:1 unknown key quarantine \(known here: .*, tiers; a key of a newer version needs a newer Linekeeper\)$/,
    ],
    [
      'an unknown key deep inside',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: mid, aprovals: 2}}}]',
      /^2:57 unknown key aprovals in tiers\[0\]\.review\.any \(did you mean "approvals"\?\)$/,
    ],
    [
      'an underscore for a hyphen',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: mid, code_owner: true}}}]',
      /did you mean "code-owner"\?/,
    ],
    [
      'a level that is none',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: seniors}}}]',
      /^2:52 .*from: expected junior, mid or senior, found seniors \(did you mean "senior"\?\)$/,
    ],
    [
      'a level among the people that is none',
      `version: 1\npeople:\n  seniors: [ada]\n${TIERS}`,
      /^3:3 unknown key seniors in people \(did you mean "senior"\?\)$/,
    ],
    [
      'people in a text',
      `version: 1\npeople: {senior: ada}\n${TIERS}`,
      /^2:18 people\.senior: expected a list of people.*found ada/,
    ],
    [
      'a person with a space',
      `version: 1\npeople: {senior: [Ada Lovelace]}\n${TIERS}`,
      /^2:19 people\.senior\[0\]: expected a commit e-mail/,
    ],
    [
      'another version',
      `version: 2\n${TIERS}`,
      /^1:10 version: expected 1; a higher version needs a newer Linekeeper.*found 2/,
    ],
    ['a version in quotes', `version: "1"\n${TIERS}`, /^1:10 version: expected 1/],
    ['no version', TIERS, /version is missing/],
    ['no tiers', 'version: 1\n', /tiers is missing/],
    [
      'tiers without any',
      'version: 1\ntiers:\n',
      /^2:7 tiers: expected a list, found nothing \(list at least one below it\)$/,
    ],
    [
      'a pattern without quotes, which YAML takes for an alias',
      'version: 1\ntiers: [{name: a, paths: [*.tf]}]\n',
      /^2:27 tiers\[0\]\.paths\[0\]: expected a gitignore-like pattern .*, found nothing \(write it in quotes if it begins with \*\)$/,
    ],
    ['an empty list of tiers', 'version: 1\ntiers: []\n', /^2:8 .*at least one tier/],
    [
      'a key twice',
      `version: 1\n${TIERS}version: 1\n`,
      /^3:1 the key version is here a second time \(it is on line 1 already/,
    ],
    [
      'a tier twice',
      'version: 1\ntiers: [{name: a, paths: [x]}, {name: a, paths: [y]}]\n',
      /^2:39 there is a tier named a already/,
    ],
    [
      'a tier with a capital',
      'version: 1\ntiers: [{name: Critical, paths: [x]}]\n',
      /^2:16 .*small letters.*\(write critical\)$/,
    ],
    [
      'a tier with too long a name',
      `version: 1\ntiers: [{name: ${'a'.repeat(33)}, paths: [x]}]\n`,
      /1 to 32 small letters/,
    ],
    ['a tier that no file is in', 'version: 1\ntiers: [{name: a}]\n', /neither paths nor detect/],
    ['patterns that only take out', 'version: 1\ntiers: [{name: a, paths: ["!x"]}]\n', /every pattern begins with !/],
    [
      'a pattern with backslashes',
      'version: 1\ntiers: [{name: a, paths: ["infra\\\\prod"]}]\n',
      /^2:27 .*backslash.*\(write \/ between folders: "infra\/prod"\)$/,
    ],
    [
      'no approvals',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: mid, approvals: 0}}}]',
      /^2:68 .*approvals: expected at least 1, found 0/,
    ],
    [
      'half an approval',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: mid, approvals: 1.5}}}]',
      /approvals: expected a whole number/,
    ],
    [
      'infinitely many approvals',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {from: mid, approvals: .inf}}}]',
      /approvals: expected a whole number/,
    ],
    [
      'nobody to approve',
      'version: 1\ntiers: [{name: a, paths: [x], review: {any: {approvals: 1}}}]',
      /from is missing in tiers\[0\]\.review\.any/,
    ],
    [
      'a review of AI that asks nobody',
      'version: 1\ntiers: [{name: a, paths: [x], review: {ai: {at-least: {lines: 3}}}}]',
      /no level is listed/,
    ],
    [
      'a class of findings that is none',
      'version: 1\ntiers: [{name: a, detect: [destructiv]}]',
      /did you mean "destructive"\?/,
    ],
    [
      'an agents rule that is none',
      'version: 1\ntiers: [{name: a, paths: [x], agents: deny-all}]',
      /expected allow, ask, deny-destructive or deny, found deny-all/,
    ],
    [
      'a person at two levels',
      `version: 1\npeople: {senior: [ada@example.com], junior: [Ada@Example.com]}\n${TIERS}`,
      /Ada@Example\.com is listed as senior and as junior/,
    ],
    [
      'an address of two people',
      `version: 1\naliases: {ada: [a@b.c], bob: [A@b.c]}\n${TIERS}`,
      /A@b\.c belongs to ada and bob/,
    ],
    [
      'a preferred assistant that is not allowed',
      `version: 1\nassistants: {preferred: kiro, allowed: [cursor]}\n${TIERS}`,
      /kiro is preferred but not allowed/,
    ],
    [
      'a people file outside by ../',
      `version: 1\npeople: {from: ../people.yml}\n${TIERS}`,
      /relative to the repository's root/,
    ],
    [
      'an adoption commit that is a branch',
      `version: 1\nsince: main\n${TIERS}`,
      /^2:8 since: expected the id of a commit/,
    ],
    [
      'a duration without a unit',
      'version: 1\ntiers: [{name: a, paths: [x], rollout: {stages: [one], soak: 24}}]',
      /a duration such as/,
    ],
    ['nothing', '', /^1:1 the policy is empty/],
    ['a list', '- a\n', /^1:1 the policy: expected keys with values, found a list of 1/],
    ['a bracket that stays open', 'version: 1\ntiers: [\n', /^\d+:\d+ not valid YAML/],
    ['a tab that indents', 'version: 1\ntiers:\n\t- name: a\n', /^3:1 not valid YAML: .*\(indent with spaces\)$/],
    [
      'a team without quotation marks',
      `version: 1\npeople: {senior: [@acme/x]}\n${TIERS}`,
      /^2:19 not valid YAML: .*quotation marks/,
    ],
    ['two documents', `version: 1\n${TIERS}---\na: 1\n`, /^3:1 there is more than one document/],
    ['a tag', `version: !!js/function 1\n${TIERS}`, /^1:10 not valid YAML: .*take the tag/],
  ];
  for (const [what, text, expected] of cases) {
    it(`says where it is and how to mend it: ${what}`, () => {
      const lines = told(text);
      assert.ok(
        lines.some((line) => expected.test(line)),
        lines.join('\n'),
      );
    });
  }

  it('reports all five mistakes of a file', () => {
    assert.equal(bad('version: 3\ntiers: [{name: A, pths: [x], agents: nope}]\nfoo: 1\n').length, 5);
  });

  it('repeats no control characters', () => {
    for (const line of told(`version: 1\n${TIERS}"\\e[31mred\\u202e\\n": 1\n`))
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
  });
});

describe('parsePolicy, for a hostile file', () => {
  const seconds = (text: string): number => {
    const started = process.cpuUsage();
    bad(text);
    return process.cpuUsage(started).user / 1e6;
  };

  it('refuses an alias bomb and an alias of itself in less than three seconds', () => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x]\n';
    for (let level = 1; level < 12; level++)
      text += `a${String(level)}: &a${String(level)} [${Array.from({ length: 8 }, () => `*a${String(level - 1)}`).join(', ')}]\n`;
    assert.ok(seconds(text) < 3);
    assert.match(told(text).join(), /too much is written here/);
    assert.match(told('a: &a [*a]\n').join(), /refers to itself/);
  });

  it('reads deep nesting and long text in less than five seconds', () => {
    for (const text of [
      '['.repeat(9999),
      '{'.repeat(9999),
      '- '.repeat(9999),
      'x'.repeat(1_000_000),
      '"'.repeat(9999),
      '&a '.repeat(9999),
    ])
      assert.ok(seconds(text) < 5, text.slice(0, 10));
  });

  it('refuses bytes that are not UTF-8, and NUL', () => {
    assert.match(told(new Uint8Array([0xff, 0xfe, 0x00])).join(), /not UTF-8/);
    assert.match(told('version: 1\0').join(), /NUL/);
  });

  it('refuses __proto__, and reads constructor as a name', () => {
    assert.match(told(`version: 1\n${TIERS}__proto__: {unlisted: senior}\n`).join(), /unknown key __proto__/);
    assert.equal(({} as Record<string, unknown>)['unlisted'], undefined);
    const policy = good(`version: 1\naliases: {constructor: [a@b.c]}\n${TIERS}`);
    assert.deepEqual(Object.keys(policy.aliases), ['constructor']);
  });

  it('never throws, for random bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array(), fc.json()),
        (source) => void parsePolicy(source),
      ),
    );
  });
});

describe('parsePeopleFile', () => {
  it('reads one level: a person on each line, or a list', () => {
    const expected = { senior: ['ada@example.com', '@acme/seniors', 'bob'], mid: [], junior: [] };
    for (const text of [
      '# our seniors\nada@example.com\n\n@acme/seniors  # the team\nbob\r\n',
      '- ada@example.com\n- "@acme/seniors"\n- bob\n',
      '["ada@example.com", "@acme/seniors", "bob"]',
    ])
      assert.deepEqual(parsePeopleFile(text, 'senior'), expected, text);
  });

  it('reads all levels from a map of lists', () => {
    assert.deepEqual(parsePeopleFile('senior: [ada]\nmid: [bob]\n', 'all'), {
      senior: ['ada'],
      mid: ['bob'],
      junior: [],
    });
  });

  it('refuses anything else', () => {
    for (const text of ['senor: [ada]', '- ada', 'senior: ada', '[', ''])
      assert.ok(Array.isArray(parsePeopleFile(text, 'all')), text);
    assert.ok(Array.isArray(parsePeopleFile('Ada Lovelace\n', 'senior')));
  });
});
