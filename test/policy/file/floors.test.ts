/** A floor: a company's policy under every repository's, which may ask for more and never for less. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BUILT_IN_POLICY, type Policy } from '../../../src/policy';
import { PRESETS, starterPolicy } from '../../../src/policy/starter';
import { parseFloors, parsePolicy, type Floor } from '../../../src/policy/file/parse';
import { policyJsonSchema } from '../../../src/policy/file/schema';

const FILE = '/etc/linekeeper/policy.yml';
const FLOOR = `version: 1
people: { senior: [ada@example.com], mid: [grace@example.com] }
assistants: { allowed: [kiro, claude-code] }
prompts: none
runs: digest
generated: ["dist/**"]
trailers: { assisted-by: true }
environments:
  - { name: production, when: { aws-profile: ["prod*"] }, agents: deny }
tools: { ask: ["stripe__*"], others: ask }
policy-signers: [.github/policy_signers]
own: [Makefile]
rules:
  - { id: raw, class: destructive, pattern: execute_raw, message: Raw SQL. }
tiers:
  - name: critical
    paths: ["infra/**"]
    detect: [destructive]
    agents: deny-destructive
    blast: { files: 20 }
    review:
      any: { from: mid, approvals: 2, code-owner: true, signed: true }
      ai: { at-least: { lines: 10 }, junior: { from: senior }, mid: { from: senior } }
    rollout: { stages: [canary, production], soak: 24h }
`;
const floor = (text: string): readonly Floor[] => [{ file: FILE, bytes: Buffer.from(text) }];

/** A repository's policy; `tiers` replaces its own tier. */
const policyOf = (rest: string, tiers = 'tiers:\n  - { name: standard, paths: ["**"] }\n'): string =>
  `version: 1\n${rest}${tiers}`;
const critical = (part: string): string =>
  policyOf('', `tiers:\n  - name: critical\n    ${part}\n    detect: [destructive]\n`);

function over(text: string, below = FLOOR): Policy {
  const parsed = parsePolicy(text, undefined, floor(below));
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** Each way of asking for less than the floor: the repository's policy, and the line that is named. */
const LESS: readonly (readonly [string, string, number])[] = [
  ['only observes', policyOf('mode: observe\n'), 2],
  ['raises who is not listed', policyOf('unlisted: mid\n'), 2],
  ["counts unknown lines as people's", policyOf('unknown: human\n'), 2],
  ['leaves more files out of the counts', policyOf('generated: ["src/**"]\n'), 2],
  ['takes a person for a bot', policyOf('bots: [ada]\n'), 2],
  ['raises a person', policyOf('people: { senior: [eve@example.com] }\n'), 2],
  ['raises a person of the floor', policyOf('people: { senior: [grace@example.com] }\n'), 2],
  ['takes people from a file', policyOf('people: { from: people.yml }\n'), 2],
  ['gives a person more addresses', policyOf('aliases: { ada: [ada@example.com, eve@example.com] }\n'), 2],
  ['allows another assistant', policyOf('assistants: { allowed: [kiro, cursor] }\n'), 2],
  ['allows any assistant', policyOf('assistants: { allowed: any }\n'), 2],
  ['keeps prompts', policyOf('prompts: redacted\n'), 2],
  ['keeps less of what agents ran', policyOf('runs: none\n'), 2],
  ['keeps what agents ran for a shorter time', policyOf('runs: { keep: digest, for: 30d }\n'), 2],
  ['counts lines without a recorder as less', policyOf('unknown: { no-recorder: ask }\n'), 2],
  ['keeps prompts for a time', policyOf('prompts: { keep: redacted, for: 90d }\n'), 2],
  ['writes no trailer', policyOf('trailers: { assisted-by: false }\n'), 2],
  ['switches a rule off', policyOf('rules-off:\n  - { rule: destructive/sql-rename, reason: none }\n'), 3],
  [
    'replaces a rule',
    policyOf('rules:\n  - { id: raw, class: destructive, pattern: nothing_at_all, message: Raw SQL. }\n'),
    3,
  ],
  [
    'lets agents do more in an environment',
    policyOf('environments:\n  - { name: production, when: { aws-profile: [p] }, agents: allow }\n'),
    3,
  ],
  ['lets other keys sign vendored policies', policyOf('policy-signers: [.github/ours]\n'), 2],
  ["takes files out of the gate's own", policyOf('own: ["!Makefile"]\n'), 2],
  ["takes every file out of the gate's own", policyOf('own: [ci/**, "!**"]\n'), 2],
  ['lets co-authors sign', policyOf('co-authors: { of-suggestions: may-sign }\n'), 2],
  ['lets agents merge', policyOf('agents: { may: [merge] }\n'), 2],
  ['lets agents call more tools', policyOf('tools: { allow: ["stripe__pay"] }\n'), 2],
  ['lets agents call other tools', policyOf('tools: { others: allow }\n'), 2],
  ['takes files out of a tier', critical('paths: ["infra/**", "!infra/net/**"]'), 4],
  ['lets agents do more in a tier', critical('agents: allow'), 4],
  [
    'asks for a lower level',
    critical('review: { any: { from: junior, approvals: 2, code-owner: true, signed: true } }'),
    4,
  ],
  ['asks for fewer sign-offs', critical('review: { any: { from: mid, code-owner: true, signed: true } }'), 4],
  ['asks for no owner', critical('review: { any: { from: mid, approvals: 2, signed: true } }'), 4],
  ['asks for no signature', critical('review: { any: { from: mid, approvals: 2, code-owner: true } }'), 4],
  ["asks less for AI's lines", critical('review: { ai: { junior: { from: mid } } }'), 4],
  [
    'asks from a larger change on',
    critical('review: { ai: { at-least: { lines: 99 }, junior: { from: senior } } }'),
    4,
  ],
  ['goes out faster', critical('rollout: { stages: [canary, production], soak: 1h }'), 4],
  ['goes out without a stage', critical('rollout: { stages: [production], soak: 24h }'), 4],
  ['goes out in another order', critical('rollout: { stages: [production, canary], soak: 24h }'), 4],
  ['lets more files depend on a change', critical('blast: { files: 500 }'), 4],
  [
    'puts a tier that asks for less above',
    policyOf('', 'tiers:\n  - { name: easy, paths: ["infra/**"] }\n  - { name: critical, detect: [destructive] }\n'),
    3,
  ],
];

describe('a policy over a floor', () => {
  for (const [way, text, line] of LESS)
    it(`a policy that ${way}: is an error that names line ${String(line)} when the floor asks for more`, () => {
      assert.ok(parsePolicy(text).ok, 'it is valid by itself');
      const parsed = parsePolicy(text, undefined, floor(FLOOR));
      assert.ok(!parsed.ok, 'it was let through');
      assert.equal(parsed.problems[0]?.line, line, JSON.stringify(parsed.problems));
      assert.ok(parsed.problems[0].message.includes(FILE) || way === 'replaces a rule', parsed.problems[0].message);
      assert.equal(parsed.floored?.policy.tiers.find(({ name }) => name === 'critical')?.any?.approvals, 2);
    });

  it('a policy that asks for more: is merged with the floor if it asks for less nowhere', () => {
    const policy = over(critical('review: { any: { from: senior, approvals: 3, code-owner: true, signed: true } }'));
    assert.deepEqual(policy.tiers[0]?.any, { from: 'senior', approvals: 3, codeOwner: true, signed: true });
    assert.deepEqual(policy.tiers[0].paths, ['infra/**']);
    assert.deepEqual(policy.assistants.allowed, ['kiro', 'claude-code']);
  });

  it('a pattern with !: is no mistake when the floor has it too, else the message says to add it there', () => {
    const own = critical('paths: ["infra/**", "!**/*.md"]');
    assert.deepEqual(over(own, FLOOR.replace('["infra/**"]', '["infra/**", "!**/*.md"]')).tiers[0]?.paths, [
      'infra/**',
      '!**/*.md',
    ]);
    const parsed = parsePolicy(own, undefined, floor(FLOOR));
    assert.ok(!parsed.ok);
    assert.match(parsed.problems[0]?.suggestion ?? '', /^take that pattern out here, or add it to critical there\. /);
  });

  it('a tool that a policy lets agents call: is an error also when the floor says nothing of tools', () => {
    const silent = FLOOR.replace(/^tools:.*\n/m, '');
    const parsed = parsePolicy(policyOf('tools: { allow: ["*"] }\n'), undefined, floor(silent));
    assert.ok(!parsed.ok);
    assert.match(parsed.problems[0]?.message ?? '', /lets agents call more tools/);
    assert.deepEqual(over(policyOf('tools: { deny: ["stripe__*"] }\n'), silent).tools.allow, []);
  });

  it('what the floor lets be loosened: is taken from the policy when the floor says so', () => {
    assert.equal(over(policyOf('unlisted: mid\n'), `${FLOOR}may-loosen: [unlisted]\n`).unlisted, 'mid');
  });

  it('where a part comes from: is said for each when there is a floor', () => {
    const parsed = parsePolicy(policyOf('since: 4f2c9e1\n'), undefined, floor(FLOOR));
    assert.ok(parsed.ok);
    assert.equal(parsed.origins['tiers.critical.any'], FILE);
    assert.equal(parsed.origins['tiers.standard.paths'], '.linekeeper.yml');
    assert.equal(parsed.origins['people'], FILE);
  });

  it('a tier of the floor: takes no files out of a lower one when that asks for something else', () => {
    const lower = '  - { name: deployed, paths: ["live/**"], review: { any: { from: senior, approvals: 3 } } }\n';
    const below = `${FLOOR}${lower}`;
    const taking = (part: string): ReturnType<typeof parsePolicy> =>
      parsePolicy(policyOf('', `tiers:\n  - name: critical\n    ${part}\n`), undefined, floor(below));
    for (const part of ['paths: ["live/**"]', 'detect: [destructive, secrets]']) {
      const parsed = taking(part);
      assert.ok(!parsed.ok, part);
      assert.deepEqual(
        parsed.problems.map(({ line }) => line),
        [4],
      );
      assert.match(parsed.problems[0]?.message ?? '', /moves files from deployed to critical, which requires less/);
      assert.deepEqual(parsed.floored?.policy.tiers[0]?.paths, ['infra/**']);
    }
    assert.ok(taking('paths: ["infra/**"]').ok);
    const strict = 'review: { any: { from: senior, approvals: 3, code-owner: true, signed: true } }';
    assert.ok(taking(`paths: ["live/**"]\n    ${strict}`).ok);
  });

  it('a policy in between: loosens nothing of the floor when it is extended', () => {
    const vendored =
      'version: 1\ngenerated: ["**"]\nmay-loosen: [unlisted, mode]\ntiers:\n  - { name: standard, paths: ["**"] }\n';
    const files = new Map([['.linekeeper/own.yml', { bytes: Buffer.from(vendored), digest: 'sha256:x' }]]);
    const extending = (rest: string): ReturnType<typeof parsePolicy> =>
      parsePolicy(`version: 1\nextends: [.linekeeper/own.yml]\n${rest}`, files, floor(FLOOR));
    const parsed = extending('');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.policy.generated, ['dist/**']);
    assert.ok(!extending('unlisted: mid\n').ok);
    assert.ok(!extending('mode: observe\n').ok);
  });

  it('a vendored policy: has nobody of its own choice sign its next version when a floor lies under it', () => {
    const vendored = policyOf('policy-signers: [.github/theirs]\n');
    const files = new Map([['.linekeeper/own.yml', { bytes: Buffer.from(vendored), digest: 'sha256:x' }]]);
    const signers = (below: string, rest = ''): Policy['policySigners'] => {
      const parsed = parsePolicy(`version: 1\nextends: [.linekeeper/own.yml]\n${rest}`, files, floor(below));
      assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems));
      return parsed.policy.policySigners;
    };
    const unsigned = FLOOR.replace(/^policy-signers.*\n/m, '');
    assert.equal(signers(unsigned), undefined);
    assert.deepEqual(signers(unsigned, 'policy-signers: [.github/ours]\n'), ['.github/ours']);
    assert.deepEqual(signers(FLOOR), ['.github/policy_signers']);
  });

  it('a floor: is the whole policy when the repository has none, or a broken one', () => {
    const alone = parseFloors(floor(FLOOR));
    assert.ok(alone !== undefined && 'policy' in alone);
    assert.deepEqual(
      alone.policy.tiers.map(({ name }) => name),
      ['critical'],
    );
    const broken = parsePolicy('version: 1\ntiers: [', undefined, floor(FLOOR));
    assert.ok(!broken.ok);
    assert.deepEqual(broken.floored?.policy.tiers, alone.policy.tiers);
  });

  it('a broken floor: is a problem that names its line', () => {
    for (const [text, says] of [
      ['version: 1\nnonsense: 1\n', /policy\.yml is broken at line 2/],
      ['version: 1\nextends: [.linekeeper/a.yml]\n', /so it can extend none/],
    ] as const) {
      const parsed = parsePolicy(policyOf(''), undefined, floor(text));
      assert.ok(!parsed.ok);
      assert.match(parsed.problems[0]?.message ?? '', says);
    }
  });

  it('the files with people of a floor: lie beside it when their names are relative', () => {
    const { peopleFiles } = over(policyOf(''), 'version: 1\npeople: { senior: { from: seniors.txt } }\n');
    assert.deepEqual(peopleFiles, { senior: [path.resolve(path.dirname(FILE), 'seniors.txt')] });
  });

  for (const [way, text, line] of LESS.filter(([name]) => name !== 'only observes'))
    it(`a policy that ${way}: stays valid and its line is named when the floor only observes`, () => {
      const parsed = parsePolicy(text, undefined, floor(`mode: observe\n${FLOOR}`));
      assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems));
      assert.equal(parsed.less?.[0]?.line, line, JSON.stringify(parsed.less));
      const asked = (policy: Policy | undefined): number | undefined =>
        policy?.tiers.find(({ name }) => name === 'critical')?.any?.approvals;
      const alone = parsePolicy(text);
      assert.deepEqual([asked(parsed.policy), asked(parsed.enforced)], [asked(alone.ok ? alone.policy : undefined), 2]);
    });

  it('a policy over two floors: is bound by the one that enforces when the other only observes', () => {
    const observing = 'version: 1\nmode: observe\ntiers:\n  - { name: seen, paths: ["seen/**"] }\n';
    const namesIn = (policy: Policy | undefined): readonly string[] => policy?.tiers.map(({ name }) => name) ?? [];
    const floors = [...floor(observing), ...floor(FLOOR)];
    for (const found of [parsePolicy(policyOf(''), undefined, floors), parseFloors(floors)]) {
      assert.ok(found !== undefined && 'policy' in found);
      assert.equal(namesIn(found.policy).includes('seen'), false);
      assert.ok(namesIn(found.policy).includes('critical'));
      assert.ok(namesIn(found.enforced).includes('seen'));
    }
    const broken = parsePolicy('version: 2\n', undefined, floors);
    assert.ok(!broken.ok);
    assert.deepEqual(namesIn(broken.floored?.policy), ['critical']);
    const asIt = parsePolicy('version: 2\n', undefined, floor(observing));
    assert.ok(!asIt.ok);
    assert.equal(asIt.floored, undefined);
  });

  it('a policy that names no mode: enforces when only the floor observes', () => {
    const observing = `mode: observe\n${FLOOR}`;
    assert.equal(over(policyOf(''), observing).mode, undefined);
    assert.equal(over(policyOf('mode: observe\n'), observing).mode, 'observe');
    const alone = parseFloors(floor(observing));
    assert.ok(alone !== undefined && 'policy' in alone);
    assert.equal(alone.policy.mode, 'observe');
    const two = parseFloors([...floor(observing), ...floor(FLOOR)]);
    assert.ok(two !== undefined && 'policy' in two);
    assert.equal(two.policy.mode, undefined);
  });

  for (const preset of PRESETS.filter((name) => name !== 'colleagues'))
    it(`the preset ${preset}: asks for less only by its mode when it is written over a floor`, () => {
      const facts = { paths: ['infra/a.tf', 'dist/a.js'], owners: ['eve'], mergers: [], authors: ['eve@example.com'] };
      for (const below of [FLOOR, `mode: observe\n${FLOOR}`, 'version: 1\nmode: observe\n']) {
        const lies = parseFloors(floor(below), { ...BUILT_IN_POLICY, tiers: [] });
        assert.ok(lies !== undefined && 'policy' in lies);
        const parsed = parsePolicy(starterPolicy(facts, preset, 'observe', lies), undefined, floor(below));
        assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems));
        const less = (parsed.less ?? []).map(({ message }) => message.slice(0, 35));
        assert.deepEqual(less, below === FLOOR ? [] : ['this stops nothing (mode: observe),']);
        assert.equal(parsed.policy.tiers.at(-1)?.name, 'standard');
      }
    });

  it('the starter: keeps agents, tools and what AI lines ask for when the floor only asks for any change', () => {
    const facts = { paths: ['infra/a.tf', 'dist/a.js'], owners: ['eve'], mergers: [], authors: [] };
    const started = (text: string): Policy => {
      const below = parseFloors(floor(text), { ...BUILT_IN_POLICY, tiers: [] });
      assert.ok(below !== undefined && 'policy' in below);
      return over(starterPolicy(facts, 'startup', 'observe', below), text);
    };
    const tier = 'tiers:\n  - { name: critical, paths: ["infra/**"], review: { any: { from: senior } } }\n';
    const alone = parsePolicy(starterPolicy(facts));
    assert.ok(alone.ok);
    const policy = started(`version: 1\nmay-loosen: [mode, generated]\n${tier}`);
    const [critical, starter] = [policy.tiers[0], alone.policy.tiers[0]];
    assert.deepEqual([critical?.agents, critical?.ai], [starter?.agents, starter?.ai]);
    assert.equal(critical?.any?.from, 'senior');
    assert.deepEqual(
      [policy.tools, policy.mode, policy.generated],
      [alone.policy.tools, 'observe', alone.policy.generated],
    );
    const levels = started(`version: 1\nlevels: [author, owner]\n${tier.replace('senior', 'owner')}`);
    assert.equal(levels.tiers[0]?.any?.from, 'owner');
    const below = parseFloors(floor('version: 1\nlevels: [author, owner]\n'), { ...BUILT_IN_POLICY, tiers: [] });
    assert.ok(below !== undefined && 'policy' in below);
    const ofFloor = starterPolicy(facts, 'startup', 'observe', below);
    assert.match(ofFloor, /^# It has the levels of your company's floor/m);
    assert.doesNotMatch(ofFloor, /^# Preset/m);
    assert.equal(started(`version: 1\n${tier}`).mode, undefined);
  });

  it('the page: lists as fixed exactly the keys that a floor without them holds when a repository sets them', () => {
    const looser: Readonly<Record<string, string>> = {
      version: '',
      serial: 'serial: 2',
      extends: '',
      'may-loosen': 'may-loosen: [mode]',
      mode: 'mode: observe',
      since: 'since: 4f2c9e1',
      levels: '',
      assistants: 'assistants: { allowed: [kiro] }',
      people: 'people: { senior: [eve@example.com] }',
      aliases: 'aliases: { eve: [eve@home.example] }',
      unlisted: 'unlisted: senior',
      unknown: 'unknown: human',
      own: 'own: ["!Makefile"]',
      generated: 'generated: ["lib/**"]',
      bots: 'bots: ["renovate[bot]"]',
      prompts: 'prompts: redacted',
      runs: 'runs: none',
      'policy-signers': 'policy-signers: [.github/policy_signers]',
      trailers: 'trailers: { risk: false }',
      'co-authors': 'co-authors: { of-suggestions: may-sign }',
      rules: 'rules:\n  - { id: raw, class: destructive, pattern: execute_raw, message: Raw SQL. }',
      'rules-off': 'rules-off:\n  - { rule: destructive/sql-drop, reason: old }',
      environments: 'environments:\n  - { name: production, when: { aws-profile: ["prod*"] }, agents: allow }',
      freeze: 'freeze:\n  - { from: 2026-12-19, to: 2027-01-04, reason: holidays }',
      agents: 'agents: { may: [merge] }',
      tools: 'tools: { allow: ["stripe__*"] }',
      tiers: '',
    };
    const { properties = {} } = policyJsonSchema() as { readonly properties?: Readonly<Record<string, unknown>> };
    assert.deepEqual(Object.keys(looser).sort(), Object.keys(properties).sort());
    const held = Object.keys(looser).filter((key) => {
      const text = policyOf(`${looser[key] ?? ''}\n`);
      const alone = parsePolicy(text);
      assert.ok(alone.ok, JSON.stringify(alone));
      return !parsePolicy(text, undefined, floor('version: 1\n')).ok;
    });
    const line =
      /^\| (.*?) \| the floor's value\. If the floor does not set the key/m.exec(
        readFileSync('docs/policy-floor.md', 'utf8'),
      )?.[1] ?? '';
    assert.deepEqual([...line.matchAll(/`([\w-]+)`/g)].map(([, key]) => key).sort(), held.sort());
  });

  it('a floor of 600 people: is merged in less than a second when the repository lists half of them', () => {
    const people = Array.from({ length: 600 }, (_, index) => `p${String(index)}@example.com`);
    const text = FLOOR.replace('grace@example.com', people.join(', '));
    const own = policyOf(`people: { junior: [${people.slice(0, 300).join(', ')}] }\n`);
    over(own, text); // whatever is loaded or compiled once
    const start = performance.now();
    const { policy } = { policy: over(own, text) };
    const took = performance.now() - start;
    assert.equal(policy.people['mid']?.length, 600);
    assert.ok(took < 1000, `${String(took)} ms`);
  });
});
