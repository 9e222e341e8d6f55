import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../../src/cli/verbs/check';
import { policy } from '../../../src/cli/verbs/policy';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const POLICY = `version: 1
generated: ["**/*.lock"]
tiers:
  - name: critical
    paths:
      - "infra/**"
      - "!**/*.md"
    agents: ask
    review:
      any: { from: mid }
      ai: { at-least: { lines: 5 }, junior: { from: senior, approvals: 2 } }
  - name: docs
    paths: ["**/*.md"]
`;

describe('linekeeper policy', () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await TestRepository.create();
    repo.write('sub/file.txt', 'x\n');
  });
  afterEach(() => repo.dispose());
  const run = (...words: string[]): Promise<VerbOutcome> => callVerb(policy, words, repo.root);

  describe('over a floor', () => {
    const FLOOR = 'version: 1\npeople: { senior: { from: seniors.txt } }\nunlisted: junior\n';
    const OWN = POLICY.replace(/^generated.*\n/m, '');
    let floor: string;
    const put = (text: string): void => {
      writeFileSync(floor, text);
    };
    beforeEach(async () => {
      const folder = repo.outside('company');
      mkdirSync(folder, { recursive: true });
      floor = path.join(folder, 'floor.yml');
      put(FLOOR);
      writeFileSync(path.join(folder, 'seniors.txt'), 'grace@example.com\n');
      repo.write('.linekeeper.yml', OWN);
      await repo.commit('A policy');
    });

    it('policy check: takes a floor without tiers, as check --floor does', async () => {
      const { code, out } = await run('check', floor);
      assert.deepEqual([code, out], [0, `${floor}: valid as a floor. It has no tiers.\n`]);
      assert.equal((await callVerb(check, ['main..main', '--floor', floor], repo.root)).code, 0);
      put(`${FLOOR}extends: [a.yml]\n`);
      assert.equal((await run('check', '--floor', floor)).code, 1);
      put(`${FLOOR}nonsense: 1\n`);
      assert.match((await run('check', floor)).out, /floor\.yml:4:1: .*nonsense/);
    });

    it('policy check --floor: names each line that asks for less than the floor', async () => {
      assert.match((await run('check', '--floor', floor)).out, /: valid\. Tiers, highest first: critical, docs/);
      repo.write('.linekeeper.yml', OWN.replace('version: 1', 'version: 1\nunlisted: mid'));
      const { code, out } = await run('check', '--floor', floor);
      assert.equal(code, 1);
      assert.match(out, /^\.linekeeper\.yml:2:\d+: this counts who is not listed as mid/m);
      put(`mode: observe\n${FLOOR}`);
      const observed = await run('check', '--floor', floor);
      assert.equal(observed.code, 0);
      assert.match(observed.out, /Once the floor enforces, these lines are mistakes:\n {2}\.linekeeper\.yml:2:/);
      assert.doesNotMatch(observed.out, /stops nothing/);
    });

    it('policy check --floor: names the mode of a policy that observes when the floor observes too, unless it may be loosened', async () => {
      repo.write('.linekeeper.yml', OWN.replace('version: 1', 'version: 1\nmode: observe'));
      put(`mode: observe\n${FLOOR}`);
      const told =
        /these lines are mistakes:\n {2}\.linekeeper\.yml:2:7: this stops nothing \(mode: observe\), which .*floor\.yml/;
      const { code, out } = await run('check', '--floor', floor);
      assert.equal(code, 0);
      assert.match(out, told);
      put(`mode: observe\nmay-loosen: [mode]\n${FLOOR}`);
      assert.doesNotMatch((await run('check', '--floor', floor)).out, told);
    });

    it("policy check --floor: says that agents are free here when only a job's floor restricts them", async () => {
      repo.write('.linekeeper.yml', OWN.replace('agents: ask', 'detect: [destructive]'));
      put(`${FLOOR}tiers: [{ name: critical, paths: ["infra/**"], agents: deny }]\nmay-loosen: [critical]\n`);
      const { out } = await run('check', '--floor', floor);
      assert.match(out, /agents may run destructive commands such as/);
    });

    it('policy show --floor: shows people, tiers and places of both', async () => {
      const { code, out } = await run('show', '--floor', floor);
      assert.equal(code, 0);
      assert.match(out, /^Senior {6}grace@example\.com$/m);
      assert.match(out, /^people {6}from .*floor\.yml$/m);
      assert.match(out, /from {8}\.linekeeper\.yml/);
    });

    it('policy show: names a person once when both list them, and no digest of a draft', async () => {
      put('version: 1\nmay-loosen: [people]\npeople: { senior: [ada@example.com] }\n');
      repo.write('draft.yml', OWN.replace('version: 1', 'version: 1\npeople: { senior: [ada@example.com] }'));
      repo.write('.linekeeper.yml', repo.read('draft.yml'));
      await repo.commit('People');
      assert.match((await run('show', '--floor', floor)).out, /^Senior {6}ada@example\.com$/m);
      assert.match((await run('show', '--file', 'draft.yml')).out, /^Policy {6}draft\.yml$/m);
    });

    it('policy init --floor: leaves out what the floor says, and enforces when the floor does', async () => {
      repo.remove('.linekeeper.yml');
      const { code, out } = await run('init', '--floor', floor, '--mode', 'observe');
      assert.equal(code, 0);
      assert.match(out, /It enforces, because your company's floor does, and no policy below it may observe\.$/m);
      const text = repo.read('.linekeeper.yml');
      assert.match(text, /^mode: enforce/m);
      assert.doesNotMatch(text, /^people:/m);
      assert.equal((await run('check', '--floor', floor)).code, 0);
    });

    it("policy init --floor: restricts agents at least as the floor does when it is not this machine's", async () => {
      for (const [below, written] of [
        ['ask', 'deny-destructive'],
        ['deny-destructive', 'deny-destructive'],
        ['deny', 'deny'],
      ] as const) {
        put(`${FLOOR}tiers: [{ name: critical, paths: ["infra/**"], agents: ${below} }]\n`);
        const { out } = await run('init', '--print', '--floor', floor);
        assert.match(out, new RegExp(`^    agents: ${written} `, 'm'));
      }
    });
  });

  describe('check', () => {
    itInFull('exits 0 for a valid file', async () => {
      repo.write('.linekeeper.yml', `${POLICY}people: { senior: [ada@example.com, bob@example.com] }\n`);
      assert.deepEqual(await run('check'), {
        code: 0,
        out: '.linekeeper.yml: valid. Tiers, highest first: critical, docs.\nnote: .linekeeper.yml:4:5: agents may run destructive commands such as "terraform destroy", because no tier has detect: [destructive] (add it to a tier that restricts agents)\n',
        err: [],
      });
      assert.deepEqual(JSON.parse((await run('check', '--json')).out), {
        file: '.linekeeper.yml',
        ok: true,
        problems: [],
        advice: [
          {
            line: 4,
            column: 5,
            message:
              'agents may run destructive commands such as "terraform destroy", because no tier has detect: [destructive]',
            suggestion: 'add it to a tier that restricts agents',
          },
        ],
        notices: [],
      });
    });

    it('people from files: are counted and compared as if the policy listed them', async () => {
      repo.write('seniors.txt', 'ada@example.com\nbob@example.com\n');
      repo.write('mids.txt', 'Ada@example.com\n');
      repo.write(
        '.linekeeper.yml',
        `version: 1
people: { senior: { from: seniors.txt }, mid: { from: mids.txt } }
tiers:
  - { name: all, paths: ["**"], review: { any: { from: senior, approvals: 9 } } }
`,
      );
      const { code, out } = await run('check');
      assert.equal(code, 0);
      assert.match(out, /9 sign-offs are required and only 2 people are listed as senior/);
      assert.match(out, /"?Ada@example\.com"? is listed as senior and as mid/);
    });

    it('exits 0 with advice', async () => {
      repo.write('.linekeeper.yml', POLICY);
      repo.write('infra/main.tf', 'x\n');
      await repo.git('add', '-A');
      const { code, out } = await run('check');
      assert.equal(code, 0);
      assert.match(
        out,
        /^note: \.linekeeper\.yml:11:53: nobody is listed as senior, so nobody can give this sign-off/m,
      );
      assert.match(out, /^note: .*"\*\*\/\*\.lock" matches no tracked file/m);
    });

    it('names scripts that CI calls to run the gate, until the policy owns them', async () => {
      repo.write('.linekeeper.yml', POLICY);
      repo.write('.github/workflows/ci.yml', 'jobs:\n  gate:\n    run: make gate && scripts/other.sh\n');
      repo.write('.gitlab-ci.yml', 'gate:\n  script:\n    - bash ./scripts/ci/gate.sh\n    - npx linekeeper check\n');
      repo.write('Makefile', 'gate:\n\tnpx linekeeper check --base origin/main --head HEAD\n');
      repo.write('scripts/ci/gate.sh', 'true\n');
      repo.write('scripts/other.sh', 'echo hello\n');
      await repo.git('add', '-A');
      const { code, out } = await run('check');
      assert.equal(code, 0);
      assert.match(
        out,
        /^CI calls Makefile and scripts\/ci\/gate\.sh where it runs Linekeeper.*own: \["Makefile", "scripts\/ci\/gate\.sh"\]$/m,
      );
      repo.write('.linekeeper.yml', `${repo.read('.linekeeper.yml')}own: [Makefile, "scripts/ci/**"]\n`);
      assert.doesNotMatch((await run('check')).out, /CI calls/);
    });

    itInFull('lists every mistake with place and suggestion', async () => {
      repo.write('.linekeeper.yml', POLICY.replace('agents: ask', 'agents: sk').replace('generated', 'genrated'));
      const { code, out } = await run('check');
      assert.deepEqual(
        [code, out],
        [
          1,
          '.linekeeper.yml:2:1: unknown key genrated (did you mean "generated"?)\n.linekeeper.yml:8:13: tiers[0].agents: expected allow, ask, deny-destructive or deny, found sk (did you mean "ask"?)\n',
        ],
      );
      const { problems } = JSON.parse((await run('check', '--json')).out) as { problems: unknown[] };
      assert.deepEqual(problems[0], {
        line: 2,
        column: 1,
        message: 'unknown key genrated',
        suggestion: 'did you mean "generated"?',
      });
    });

    it('takes any file, also outside the repository', async () => {
      writeFileSync(repo.outside('other.yml'), POLICY);
      assert.equal((await run('check', '../other.yml')).code, 0);
      assert.equal((await callVerb(policy, ['check', 'other.yml'], path.dirname(repo.root))).code, 0);
    });

    it('a draft that is named: gets notes as the policy does, about tiers without files and missing people files', async () => {
      repo.write('infra/main.tf', 'x\n');
      await repo.commit('Files');
      const tier = (name: string, paths: string): string => `  - name: ${name}\n    paths: ["${paths}"]\n`;
      writeFileSync(
        repo.outside('draft.yml'),
        `version: 1\npeople: { senior: { from: team/seniors.txt } }\ntiers:\n${tier('standard', '**')}${tier('critical', 'infra/**')}${tier('later', 'elsewhere/**')}`,
      );
      const { code, out } = await run('check', '../draft.yml');
      assert.equal(code, 0);
      assert.match(out, /note: \.\.\/draft\.yml:6:11: no file is ever in critical: standard above it has them all/);
      assert.match(out, /note: \.\.\/draft\.yml:2:27: people are taken from team\/seniors\.txt, which is not there/);
      assert.doesNotMatch(out, /in later|matches no tracked file/);
    });

    it('exits 2 when there is no policy file', async () => {
      assert.match((await run('check')).err.join(), /There is no policy at \.linekeeper\.yml/);
      assert.equal((await run('check', 'nothing.yml')).code, 2);
      assert.equal((await callVerb(policy, ['check'], path.dirname(repo.root))).code, 2);
    });

    it('checks the people files that the policy names', async () => {
      const from = (people: string): string => `${POLICY}people: ${people}\n`;
      repo.write('.linekeeper.yml', from('{ senior: { from: team/seniors.txt }, mid: ["@kim"] }'));
      assert.deepEqual(
        (await run('check')).out,
        ".linekeeper.yml:14:27: people are taken from team/seniors.txt, which is not there, so the check will know nobody's level (add the file, relative to the root of the repository, or take this out)\n",
      );
      repo.write('team/seniors.txt', '# ours\n@ada\n');
      assert.equal((await run('check')).code, 0);
      repo.write('people.yml', 'senior: ["@ada"]\nmidd: ["@kim"]\n');
      repo.write('.linekeeper.yml', from('{ from: people.yml }'));
      const { code, out } = await run('check');
      assert.deepEqual(
        [code, out],
        [
          1,
          '.linekeeper.yml:14:17: people are taken from people.yml, which has a mistake at line 2, column 1: unknown key midd (did you mean "mid"?)\n',
        ],
      );
      assert.deepEqual((JSON.parse((await run('check', '--json')).out) as { ok: boolean }).ok, false);
      symlinkSync('people.yml', repo.at('link.yml'));
      repo.write('.linekeeper.yml', from('{ from: link.yml }'));
      assert.match((await run('check')).out, /which is no plain file \(make it a plain file\)/);
    });

    it('does not check people files outside the repository', async () => {
      repo.write('.linekeeper.yml', `${POLICY}people: { from: /nowhere/at/all.yml }\n`);
      assert.equal((await run('check')).code, 0);
      writeFileSync(repo.outside('other.yml'), `${POLICY}people: { from: people.yml }\n`);
      assert.equal((await run('check', '../other.yml')).code, 0);
    });

    it('refuses a link, a folder, a binary or an endless file', async () => {
      writeFileSync(repo.outside('real.yml'), POLICY);
      symlinkSync(repo.outside('real.yml'), repo.at('.linekeeper.yml'));
      assert.match((await run('check')).out, /^\.linekeeper\.yml:1:1: the policy is a symbolic link/);
      assert.match((await run('check', 'sub')).out, /no plain file/);
      repo.write('binary.yml', Buffer.from([0, 255, 1]));
      assert.deepEqual([(await run('check', 'binary.yml')).code, (await run('check', '/dev/zero')).code], [1, 1]);
      repo.write('huge.yml', '#'.repeat(5 * 1024 * 1024));
      assert.match((await run('check', 'huge.yml')).out, /too large/);
    });
  });

  describe('explain', () => {
    it('says tier, pattern and line, required sign-offs, and what agents may do', async () => {
      repo.write('.linekeeper.yml', POLICY);
      const { code, out } = await run('explain', 'infra/main.tf');
      assert.equal(code, 0);
      assert.equal(
        out,
        `infra/main.tf belongs to critical: .linekeeper.yml, line 6, pattern "infra/**".
  any change  a mid-level or senior sign-off
  AI's lines, from 5 on or with a finding on them
    by level junior  2 seniors' sign-offs
  agents      ask a person before they change files here
  may sign    mid or above: nobody is listed yet
  may sign    seniors: nobody is listed yet
  read from   the file in your work tree; no base branch is known
`,
      );
    });

    it('says the same as JSON', async () => {
      repo.write('.linekeeper.yml', POLICY);
      const { digest, ...rest } = (
        JSON.parse((await run('explain', 'infra/main.tf', '--json')).out) as { policy: { digest: string } }
      ).policy as { digest: string; source: string };
      assert.match(digest, /^sha256:/);
      assert.deepEqual(rest, { source: '.linekeeper.yml' });
      const answer = JSON.parse((await run('explain', 'infra/main.tf', '--json')).out) as Record<string, unknown>;
      delete answer['policy'];
      assert.deepEqual(answer, {
        path: 'infra/main.tf',
        tier: 'critical',
        reason: { kind: 'path', pattern: 'infra/**', line: 6 },
        generated: false,
        agents: 'ask',
        review: {
          any: { from: 'mid', approvals: 1, codeOwner: false },
          ai: { atLeastLines: 5, junior: { from: 'senior', approvals: 2, codeOwner: false } },
        },
        rules: [],
        rulesOff: [],
        blast: [],
      });
    });

    it('knows files without tier, generated files, and files that decide on reviews', async () => {
      repo.write('.linekeeper.yml', POLICY);
      assert.match(
        (await run('explain', 'destructive/tf-destroy')).out,
        /notices .*destroy plan[^]*severity +critical[^]*what to do +Propose the plan/,
      );
      assert.match(
        (await run('explain', 'availability/probe-removed')).out,
        /notices .*[^]*severity/,
        'a rule of any class',
      );
      assert.match((await run('explain', 'nosuch/rule')).out, /No such file is here, and no rule has this name\./);
      const unknown = await run('explain', 'destructive/tf-destory');
      assert.equal(unknown.code, 2);
      assert.match(
        unknown.err.join(' '),
        /no rule "destructive\/tf-destory"\. Did you mean "destructive\/tf-destroy"\?/,
      );
      assert.match(
        (await run('explain', 'src/x.ts')).out,
        /belongs to no tier of \.linekeeper\.yml: nothing is required/,
      );
      assert.match((await run('explain', 'infra/x.lock')).out, /generated: left out of the line counts/);
      assert.match((await run('explain', '.linekeeper.yml')).out, /belongs to critical: it decides on reviews itself/);
      assert.match((await run('explain', 'infra/README.md')).out, /belongs to docs/);
    });

    it('says for a tool which pattern decides, why, and what to do', async () => {
      repo.write('.linekeeper.yml', `${POLICY}tools:\n  deny: ["postgres__*drop*"]\n  others: ask\n`);
      const denied = await run('explain', 'mcp__postgres__drop_view');
      assert.equal(denied.code, 0);
      assert.match(
        denied.out,
        /no agent may call it[^]*why .*tools, deny: "postgres__\*drop\*" in \.linekeeper\.yml[^]*what to do +Let a person .*change tools\.deny/,
      );
      const asked = JSON.parse((await run('explain', 'crm__update_contact', '--json')).out) as Record<string, unknown>;
      assert.deepEqual([asked['verdict'], asked['patterns']], ['ask', []]);
      assert.match((await run('explain', 'crm__get_contact')).out, /agents may call it/);
      repo.write('src/a__b', 'x\n');
      assert.match((await run('explain', 'src/a__b')).out, /belongs to no tier/);
    });

    it('takes a path relative to the current folder, and none outside', async () => {
      repo.write('.linekeeper.yml', POLICY);
      assert.match(
        (await callVerb(policy, ['explain', '../infra/a.tf'], repo.at('sub'))).out,
        /^infra\/a\.tf belongs to critical/,
      );
      assert.match(
        (await callVerb(policy, ['explain', 'infra/a.tf', '--repo', repo.root], '/')).out,
        /^infra\/a\.tf belongs to critical/,
      );
      assert.match((await run('explain', repo.at('infra/a.tf'))).out, /^infra\/a\.tf belongs to critical/);
      for (const outside of ['../x', '/etc/passwd', '.'])
        assert.equal((await run('explain', outside)).code, 2, outside);
      assert.doesNotMatch((await run('explain', 'infra/\u001b[31m\nx')).out.replaceAll('\n', ''), /\p{Cc}/u);
    });

    it('says when the built-in policy applies, and exits 2 for a broken file', async () => {
      const builtIn = await run('explain', 'infra/main.tf');
      assert.match(builtIn.out, /^infra\/main\.tf belongs to critical: built-in, pattern/);
      assert.match(builtIn.err.join(), /built-in policy only warns/);
      repo.write('.linekeeper.yml', 'version: 1\n');
      const broken = await run('explain', 'infra/main.tf');
      assert.equal(broken.code, 2);
      assert.match(broken.err.join(), /\.linekeeper\.yml:1:1: tiers is missing/);
    });
  });

  it('show prints the policy that decides', async () => {
    repo.write('.linekeeper.yml', POLICY);
    const { code, out } = await run('show');
    assert.equal(code, 0);
    assert.match(out, /^Policy {6}\.linekeeper\.yml \(sha256:/);
    assert.match(out, /^critical\n {2}paths {7}infra\/\*\* {2}!\*\*\/\*\.md$/m);
    const shown = JSON.parse((await run('show', '--json')).out) as { policy: { tiers: { name: string }[] } };
    assert.deepEqual(
      shown.policy.tiers.map((tier) => tier.name),
      ['critical', 'docs'],
    );
  });

  it('show, explain: name the version of the policy that answers', async () => {
    const version = async (...words: string[]): Promise<readonly (string | undefined)[]> =>
      Promise.all(
        [['show'], ['explain', 'infra/a.tf'], ['explain', 'crm__get_contact']].map(
          async (form) => /^ *read from +(.*)$/im.exec((await run(...form, ...words)).out)?.[1],
        ),
      );
    const thrice = (text: string | undefined): readonly (string | undefined)[] => [text, text, text];
    repo.write('.linekeeper.yml', POLICY);
    const tree = 'the file in your work tree; ';
    assert.deepEqual(await version(), thrice(`${tree}no base branch is known`));
    assert.deepEqual(await version('--file', '.linekeeper.yml'), thrice(undefined));
    await repo.git('add', 'sub');
    await repo.git('commit', '--quiet', '--message', 'No policy');
    await repo.git('remote', 'add', 'origin', repo.root);
    await repo.git('fetch', '--quiet', 'origin', 'main:refs/remotes/origin/trunk');
    for (const name of ['HEAD', 'main']) await repo.git('update-ref', '-d', `refs/remotes/origin/${name}`);
    assert.deepEqual(
      await version(),
      thrice(
        `${tree}no base branch is known. To find it: git remote set-branches origin "*" && git fetch origin && git remote set-head origin --auto`,
      ),
    );
    await repo.git('fetch', '--quiet', 'origin');
    assert.deepEqual(await version(), thrice(`${tree}origin/main has no policy`));
    await repo.git('remote', 'set-head', 'origin', '--auto');
    assert.deepEqual(await version(), thrice(`${tree}origin/main has no policy`));
    await repo.commit('A policy');
    await repo.git('fetch', '--quiet', 'origin');
    const commit = (await repo.git('rev-parse', 'HEAD')).trim().slice(0, 10);
    repo.write('.linekeeper.yml', POLICY.replace('infra/**', 'elsewhere/**'));
    assert.deepEqual(await version(), thrice(`the commit ${commit} of origin/main`));
  });

  it('show: names the mode, the rollout and what lines without a recorder count as', async () => {
    repo.write(
      '.linekeeper.yml',
      `${POLICY}    rollout: { stages: [canary, production], soak: 24h }\nunknown: { default: ai, no-recorder: human }\n`,
    );
    const { out } = await run('show');
    assert.match(out, /^Mode +enforce: /m);
    assert.match(
      out,
      /^Unknown +lines of unknown author count as AI's; of commits without a recorder, as a person's$/m,
    );
    assert.match(out, /^docs$[^]*^ {2}rollout +canary, production; at least 24h in each before the next$/m);
    repo.write('.linekeeper.yml', `mode: observe\n${POLICY}`);
    const observed = await run('show');
    assert.match(observed.out, /^Mode +observe: /m);
    assert.match(observed.out, /without a recorder, as AI's$/m);
    assert.doesNotMatch(observed.out, /rollout/);
  });

  it('schema prints the JSON Schema', async () => {
    const schema = JSON.parse((await run('schema')).out) as { required: string[] };
    assert.deepEqual(schema.required, ['version', 'tiers']);
  });

  it('an unknown word, or none, lists the commands', async () => {
    for (const words of [[], ['chek'], ['constructor'], ['show', 'me'], ['explain'], ['explain', 'a', 'b']])
      assert.equal((await run(...words)).code, 2, words.join(' '));
    assert.match(
      (await run('chek')).err.join(),
      /takes check, init, vendor, rehearse, show, people, schema or explain/,
    );
  });
});
