/** Who may sign off, where people try to be two, or somebody else; and changes that are refused with the way out. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { check } from '../../src/cli/verbs/check';
import type { CheckRequest, GivenApproval } from '../../src/gate';
import { BOB, CARL, TestRepository } from '../support/repository';
import { callVerb, type VerbOutcome } from '../support/verbs';
import { approved, Branch, GRACE, missing, numbered, POLICY } from './gate-support';

const WITHOUT_ALIASES = POLICY.replace(/^aliases.*\n/m, '').replace(
  '[ada@example.com, grace@example.com]',
  '[ada, grace@example.com]',
);
const TF = { 'infra/a.tf': numbered(3) };
const ADA = { name: 'Ada', email: 'ada@example.com' };

describe('linekeeper check: approver and author who may be one person', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());
  const why = async (approval: GivenApproval, actor = 'carl@example.com'): Promise<string> =>
    (await branch.check({ actor, approvals: [approval] })).signOffs[0]?.why ?? '';

  it('an author known by address and an approver by login count as perhaps the same', async () => {
    branch = await Branch.create({}, WITHOUT_ALIASES);
    const head = await branch.commit('ai: change', TF, ADA);
    assert.equal(
      await why(approved('ada', head, { email: null }), 'carl'),
      "it can't be known whether this is somebody with a hand in these commits (ada@example.com): add the addresses of ada to the policy of the base (aliases: { ada: [ADDRESS] })",
    );
    assert.match(
      await why(approved('ada', head, { email: null }), 'grace@example.com'),
      /whoever opened the pull request \(grace@example\.com\): add the addresses of ada/,
    );
  });

  it('an alias of the approver tells whether the author is the same', async () => {
    branch = await Branch.create({}, WITHOUT_ALIASES.replace('tiers:', 'aliases: { ada: [ada@example.com] }\ntiers:'));
    assert.equal(
      await why(approved('ada', await branch.commit('ai: change', TF, ADA), { email: null })),
      'it is by somebody with a hand in these commits',
    );
    await branch.repo.git('reset', '-q', '--hard', 'main');
    assert.equal(await why(approved('ada', await branch.commit('ai: change', TF, CARL), { email: null })), '');
  });

  it('an unknown author and an approver with an alias count as perhaps the same, a noreply login does not', async () => {
    branch = await Branch.create();
    const home = { name: 'A', email: 'a@home.example' };
    const head = await branch.commit('ai: change', TF, home);
    assert.match(
      await why(approved('ada', head, { email: null })),
      /^it can't be known whether this is somebody with a hand in these commits \(a@home\.example\), an address that nobody here is known by: add it to the policy of the base under the login that it belongs to \(aliases: \{ LOGIN: \[a@home\.example\] \}\)$/,
    );
    assert.equal(
      await why(approved('ada', head, { email: null }), home.email),
      '',
      'the opener is known not to be her',
    );
    const policyOf: CheckRequest['policyOf'] = (policy) => ({
      ...policy,
      aliases: { ...policy.aliases, carl: ['carl@example.com', home.email] },
    });
    assert.equal(
      (await branch.check({ approvals: [approved('ada', head, { email: null })], policyOf })).verdict,
      'pass',
    );
    await branch.repo.git('reset', '-q', '--hard', 'main');
    const noreply = { name: 'A', email: '1+stranger@users.noreply.github.com' };
    assert.equal(await why(approved('ada', await branch.commit('ai: change', TF, noreply), { email: null })), '');
  });

  it("the base's .mailmap joins author and approver", async () => {
    branch = await Branch.create({ '.mailmap': 'Ada <ada@example.com> <ada@home.example>\n' });
    const head = await branch.commit('ai: change', TF, ADA);
    assert.equal(
      await why(approved('ada@home.example', head, { email: null })),
      'it is by somebody with a hand in these commits',
    );
    await branch.repo.git('reset', '-q', '--hard', 'main');
    const other = await branch.commit('ai: change', TF, CARL);
    const result = await branch.check({ approvals: [approved('ada@home.example', other, { email: null })] });
    assert.equal(result.verdict, 'pass', 'she is a senior by her other address');
  });

  it("two approvals that may be one person's count once", async () => {
    const two = (policy: string): string =>
      policy.replace('junior: { from: senior }', 'junior: { from: senior, approvals: 2 }');
    branch = await Branch.create({ '.mailmap': 'Ada <ada@example.com> <ada@home.example>\n' }, two(POLICY));
    const head = await branch.commit('ai: change', TF, CARL);
    assert.deepEqual(
      missing(
        await branch.check({
          approvals: [
            approved('ada@example.com', head, { email: null }),
            approved('ada@home.example', head, { email: null }),
          ],
        }),
      ),
      ["another senior's sign-off is missing (ada@example.com signed off)"],
    );
    await branch.repo.dispose();
    branch = await Branch.create(
      {},
      two(WITHOUT_ALIASES).replace('tiers:', 'aliases: { carl: [carl@example.com] }\ntiers:'),
    );
    const again = await branch.commit('ai: change', TF, CARL);
    const result = await branch.check({
      approvals: [approved('ada', again, { email: null }), approved('grace@example.com', again, { email: null })],
    });
    assert.equal(result.verdict, 'fail');
    assert.match(
      result.signOffs.find(({ counts }) => !counts)?.why ?? '',
      /who signed off too: add the addresses of ada/,
    );
  });
});

describe("linekeeper check: the pull request's author (--actor)", () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());
  const run = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(check, ['--base', 'main', '--head', 'topic', ...words], branch.repo.root);
  const given = (by: string, commit: string): string => {
    const file = branch.repo.outside('approvals.json');
    writeFileSync(file, JSON.stringify([{ by, commit, state: 'approved' }]));
    return file;
  };

  it('is required when a sign-off decides', async () => {
    branch = await Branch.create();
    const head = await branch.commit('change', TF, GRACE);
    const refused = await run('--approvals', given('carl', head));
    assert.deepEqual([refused.code, refused.out], [2, '']);
    assert.match(refused.err.join(), /Give --actor LOGIN/);
    assert.equal((await run('--approvals', given('carl', head), '--actor', 'carl')).code, 1);
  });

  it("is required when the author's level decides", async () => {
    branch = await Branch.create({}, POLICY.replace('        mid: { from: senior }\n', ''));
    await branch.commit('ai: change', TF, BOB);
    const told = await run();
    assert.equal(told.code, 2, told.out);
    assert.match(told.err.join(), /whose level decides what is asked/);
    assert.equal((await run('--actor', 'bob')).code, 0);
    assert.equal((await run('--actor', 'carl')).code, 1);
  });

  it('at a terminal may be left out: the answer says what holds for anybody, and how to name one', async () => {
    branch = await Branch.create({}, POLICY.replace('        mid: { from: senior }\n', ''));
    const head = await branch.commit('ai: change', TF, BOB);
    const atTerminal = (words: readonly string[], env = {}): Promise<VerbOutcome> =>
      callVerb(check, ['main..topic', ...words], branch.repo.root, { isTerminal: true, env });
    const told = await atTerminal([]);
    assert.equal(told.code, 1, told.err.join());
    assert.match(told.out, /is unknown, so this is decided as for junior\. To decide for somebody, give --actor LOGIN/);
    assert.equal((await atTerminal(['--actor', 'bob'])).code, 0);
    const signed = await atTerminal(['--approvals', given('grace', head)]);
    assert.equal(signed.code, 1);
    assert.match(signed.out, /decided as for junior, and no sign-off counts/);
    assert.equal((await atTerminal(['--approvals', given('grace', head), '--actor', 'carl'])).code, 0);
    assert.equal((await atTerminal([], { CI: 'true' })).code, 2);
    assert.equal((await atTerminal(['--emergency', 'the shop is down'])).code, 2);
  });

  it('may be left out when it makes no difference', async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'docs/a.md': 'x\n' }, GRACE);
    assert.equal((await run()).code, 0);
  });

  for (const [what, as] of [
    ["an agent's", { name: 'Claude', email: 'noreply@anthropic.com' }],
    ["a bot's", { name: 'some', email: '1+some[bot]@users.noreply.github.com' }],
    ['no', { name: 'x', email: 'nobody' }],
  ] as const) {
    it(`stands in for a commit author with ${what} address`, async () => {
      branch = await Branch.create();
      const head = await branch.commit('ai: change', TF, as);
      const result = await branch.check({ actor: 'ada', approvals: [approved('ada', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs[0]?.why, result.authors],
        ['fail', 'it is by whoever opened the pull request', []],
      );
      assert.equal((await branch.check({ actor: 'bob', approvals: [approved('ada', head)] })).level, 'mid');
    });
  }
});

describe('linekeeper check: an approvals file', () => {
  it('is refused in another work tree of the repository, or in the repository around a submodule', async () => {
    const branch = await Branch.create();
    const head = await branch.commit('change', TF, CARL);
    const text = JSON.stringify([{ by: 'ada', commit: head, state: 'approved' }]);
    const other = branch.repo.outside('other-tree');
    await branch.repo.git('worktree', 'add', '-q', '--detach', other);
    writeFileSync(`${other}/approvals.json`, text);
    const run = (root: string, file: string): Promise<VerbOutcome> =>
      callVerb(check, ['--base', 'main', '--head', 'topic', '--actor', 'carl', '--approvals', file], root);
    const refused = await run(branch.repo.root, `${other}/approvals.json`);
    assert.equal(refused.code, 2);
    assert.match(refused.err.join(), /lies in a work tree of this repository/);
    const outer = await TestRepository.create();
    mkdirSync(outer.at('sub'));
    await outer.git('clone', '-q', branch.repo.root, outer.at('sub/inner'));
    writeFileSync(outer.at('approvals.json'), text);
    const around = await callVerb(
      check,
      ['--base', 'origin/main', '--head', 'origin/topic', '--actor', 'carl', '--approvals', outer.at('approvals.json')],
      outer.at('sub/inner'),
    );
    await outer.dispose();
    await branch.repo.dispose();
    assert.equal(around.code, 2);
    assert.match(around.err.join(), /lies in the repository around this one/);
  });
});

describe('linekeeper check explains', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());
  const ALLOWED = POLICY.replace('tiers:', 'assistants: { allowed: [kiro] }\ntiers:');

  it('unknown lines when only some assistants are allowed', async () => {
    branch = await Branch.create({}, ALLOWED);
    await branch.commit('change', { 'src/a.ts': 'x\n' }, CARL);
    assert.match(missing(await branch.check()).join('\n'), /it is not known who or which assistant changed src\/a\.ts/);
    await branch.repo.dispose();
    branch = await Branch.create({}, ALLOWED.replace('tiers:', 'unknown: human\ntiers:'));
    await branch.commit('change', { 'src/a.ts': 'x\n' }, CARL);
    const result = await branch.check();
    assert.ok(!missing(result).some((text) => text.includes('not known who')));
    assert.match(result.notices.join('\n'), /it can't be said that only allowed assistants made them/);
  });

  it('missing notes, and how to fetch them', async () => {
    branch = await Branch.create();
    await branch.commit('change', TF, CARL);
    assert.match(
      (await branch.check()).notices.join('\n'),
      /There are no notes here \(refs\/notes\/ai\).*"linekeeper notes fetch"/,
    );
    await branch.repo.git('notes', '--ref=refs/notes/ai', 'add', '-m', 'of another commit', 'main');
    assert.match((await branch.check()).notices.join('\n'), /1 commit of 1 has no note/);
  });

  it("that anybody can write a listed bot's name into a commit", async () => {
    branch = await Branch.create({}, POLICY.replace('tiers:', 'bots: ["renovate[bot]"]\ntiers:'));
    await branch.commit('chore: bump', TF, {
      name: 'renovate[bot]',
      email: '29139614+renovate[bot]@users.noreply.github.com',
    });
    assert.match(
      (await branch.check({ actor: 'renovate[bot]' })).notices.join('\n'),
      /Anybody can write a bot's name into a commit/,
    );
  });

  it('how to fetch an approved commit that a rebase left behind', async () => {
    branch = await Branch.create();
    await branch.commit('ai: change', TF, CARL);
    const gone = '0123456789012345678901234567890123456789';
    assert.match(
      (await branch.check({ approvals: [approved('ada', gone)] })).signOffs[0]?.why ?? '',
      new RegExp(`fetch it \\(git fetch origin ${gone}\\)`),
    );
  });

  it('that a range of two pull requests, as in a merge queue, is to be checked one by one', async () => {
    branch = await Branch.create();
    const first = await branch.commit('ai: change', TF, CARL);
    await branch.commit('ai: another', { 'infra/b.tf': numbered(3) }, BOB);
    const result = await branch.check({ approvals: [approved('ada', first)] });
    assert.equal(result.verdict, 'fail');
    assert.match(result.notices.join('\n'), /as a merge queue does, check each of them by itself/);
  });
});

describe('linekeeper check: a co-author trailer', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  for (const text of [
    'Ada\n  <ada@example.com>',
    'ada',
    '@ada',
    'Ada ada@example.com',
    '@grace, @ada',
    'Grace <grace@example.com>, Ada <ada@example.com>',
  ]) {
    it(`bars that person from signing off: ${JSON.stringify(text)}`, async () => {
      branch = await Branch.create();
      const head = await branch.commit(`ai: change\n\nCo-authored-by: ${text}`, TF, CARL);
      const result = await branch.check({ approvals: [approved('ada', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs.map(({ why }) => why)],
        ['fail', ['it is by somebody with a hand in these commits']],
      );
      assert.doesNotMatch(result.notices.join(), /co-author/);
    });
  }

  for (const text of ['Ada Lovelace', 'stranger', 'Ada Lovelace <>']) {
    it(`is reported when its person is unknown: ${JSON.stringify(text)}`, async () => {
      branch = await Branch.create();
      await branch.commit(`ai: change\n\nCo-authored-by: ${text}`, TF, CARL);
      const name = text.replace(' <>', '');
      assert.match(
        (await branch.check()).notices.join('\n'),
        new RegExp(`^"?${name}"? is a co-author that isn't known, such as in [0-9a-f]{12}, so it can't be told`, 'm'),
      );
    });
  }

  for (const [text, assistant] of [
    [
      'Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@users.noreply.github.com>',
      'github-copilot',
    ],
    ['Copilot <175728472+Copilot@users.noreply.github.com>', 'github-copilot'],
    ['opencode <opencode-agent[bot]@users.noreply.github.com>', 'opencode'],
    ['sourcery-ai[bot] <58596630+sourcery-ai[bot]@users.noreply.github.com>', 'unknown-assistant'],
    ['Codex <codex@openai.com>', 'codex'],
    ['@copilot', 'github-copilot'],
    ['Claude', 'claude-code'],
  ] as const) {
    it(`is read as an assistant: ${JSON.stringify(text)}`, async () => {
      branch = await Branch.create();
      await branch.commit(`human: typed\n\nCo-authored-by: ${text}`, TF, CARL);
      const result = await branch.check();
      assert.equal(result.verdict, 'fail');
      assert.deepEqual(result.commits[0]?.assistants, [assistant]);
      assert.doesNotMatch(result.notices.join(), /isn't known/);
    });
  }
});
