import assert from 'node:assert/strict';
import path from 'node:path';
import { guard, type FindingsOf, type GuardAnswer, type GuardInput } from '../../../src/decision/guard';
import { finding, policy, tier } from '../../support/policies';

const ROOT = '/home/dev/proj';
const RULES = policy({
  tiers: [
    tier({ name: 'closed', paths: ['infra/prod/**'], agents: 'deny' }),
    tier({ name: 'asked', paths: ['migrations/**'], agents: 'ask' }),
    tier({ name: 'watched', paths: ['infra/**'], agents: 'deny-destructive', detect: ['destructive', 'permissions'] }),
    tier({ name: 'open', paths: ['**'] }),
  ],
});
const GUARDED = [
  { path: '/home/dev/.claude/settings.json', what: 'the hooks of Claude Code' },
  { path: `${ROOT}/.claude/settings.json`, what: 'the hooks of Claude Code' },
  { path: `${ROOT}/.git/hooks`, what: "git's hooks" },
  { path: `${ROOT}/.git/config`, what: "git's configuration" },
];
const TREE = [`${ROOT}/infra/prod/main.tf`, `${ROOT}/infra/dev/main.tf`, `${ROOT}/src/a.ts`];

interface Over {
  readonly links?: Readonly<Record<string, string>>;
  readonly findingsOf?: FindingsOf;
  readonly root?: string | null;
}

function judge(action: Partial<GuardInput['action']>, { links = {}, findingsOf = () => [], root = ROOT }: Over = {}): GuardAnswer {
  return guard({
    policy: RULES,
    source: '.linekeeper.yml',
    action: { files: [], command: undefined, cwd: ROOT, ...action },
    root,
    home: '/home/dev',
    guarded: GUARDED,
    findingsOf,
    files: { real: (file) => links[file] ?? file, below: (folder) => TREE.filter((file) => file.startsWith(folder + path.sep)) },
  });
}
const edit = (...files: string[]): string => judge({ files }).verdict;
const run = (command: string, cwd = ROOT): string => judge({ command, cwd }).verdict;

describe('what an agent may write', () => {
  it('follows from the tier of the file', () => {
    assert.equal(edit('infra/prod/main.tf'), 'deny');
    assert.equal(edit(`${ROOT}/infra/prod/new/x.tf`), 'deny');
    assert.equal(edit('migrations/1.sql'), 'ask');
    assert.equal(edit('infra/dev/main.tf'), 'allow');
    assert.equal(edit('src/a.ts'), 'allow');
    assert.equal(edit('src/a.ts', 'migrations/1.sql', 'infra/prod/main.tf'), 'deny');
    assert.equal(edit('/tmp/elsewhere', '../other/infra/prod/x'), 'allow');
  });

  it('is not got around by a link, a detour or letter case', () => {
    assert.equal(judge({ files: ['src/link'] }, { links: { [`${ROOT}/src/link`]: `${ROOT}/infra/prod/main.tf` } }).verdict, 'deny');
    assert.equal(edit('src/../infra/prod/main.tf'), 'deny');
    assert.equal(edit('INFRA/Prod/main.tf'), 'deny');
  });

  it('is said with the reason and what to do instead', () => {
    const answer = judge({ files: ['infra/prod/main.tf\u202e\n'] });
    assert.ok(answer.verdict === 'deny');
    assert.match(answer.reason, /^infra\/prod\/main\.tf\?\? is in the tier "closed" of \.linekeeper\.yml/);
    assert.match(answer.instead, /patch/);
  });
});

describe('what a tool that nobody knows is given', () => {
  const given = (paths: string[], folders = false, over: Over = {}): GuardAnswer => judge({ perhaps: { tool: 'mcp__x__do', paths, folders } }, over);

  it('is asked about where a write would be refused', () => {
    const answer = given(['hello', 'infra/prod/main.tf']);
    assert.equal(answer.verdict, 'ask');
    assert.match('reason' in answer ? answer.reason : '', /"mcp__x__do" only reads.*infra\/prod\/main\.tf.*"closed"/);
    assert.equal(given(['src/../infra/prod/x.tf']).verdict, 'ask');
    assert.equal(given(['INFRA/PROD/x.tf']).verdict, 'ask');
    assert.equal(given(['link'], false, { links: { [`${ROOT}/link`]: `${ROOT}/infra/prod/main.tf` } }).verdict, 'ask');
    assert.equal(given(['migrations/1.sql']).verdict, 'ask');
  });

  it('is refused where it is the leash', () => {
    assert.equal(given(['.linekeeper.yml']).verdict, 'deny');
    assert.equal(given(['/home/dev/.claude/settings.json']).verdict, 'deny');
    assert.equal(given(['.git/hooks/commit-msg']).verdict, 'deny');
  });

  it('passes elsewhere: the top of the repository, words, addresses, other files', () => {
    for (const one of [ROOT, '.', 'src/a.ts', 'prod', 'https://example.com/infra/prod/main.tf', 'terraform', '/tmp/infra/prod/x']) assert.equal(given([one]).verdict, 'allow', one);
  });

  it('takes folders with what is in them where the tool removes', () => {
    assert.equal(given(['infra']).verdict, 'allow');
    assert.equal(given(['infra'], true).verdict, 'ask');
    assert.equal(given(['src'], true).verdict, 'allow');
    assert.equal(given([ROOT], true).verdict, 'allow');
  });
});

describe('what an agent may run', () => {
  for (const command of [
    'echo x > infra/prod/main.tf',
    'echo x >>infra/prod/main.tf',
    'rm infra/prod/main.tf',
    'rm -rf infra',
    'cd infra && rm -f prod/main.tf',
    'sed -i s/a/b/ infra/prod/main.tf',
    "sed -i.bak -e 's/a/b/' infra/prod/main.tf",
    'cp x.tf infra/prod/',
    'mv infra/prod/main.tf /tmp',
    'tee infra/prod/x.tf < y',
    'dd if=/dev/zero of=infra/prod/main.tf',
    "bash -c 'echo x > infra/prod/main.tf'",
    'git rm infra/prod/main.tf',
    'git checkout -- infra/prod/main.tf',
    'find infra/prod -delete',
    'true; (true && "r"m infra/"prod"/main.tf)',
    'rm infra/prod/*.tf',
    `X=$(rm infra/prod/main.tf)`,
    `env rm ~/proj/infra/prod/main.tf`,
  ]) {
    it(`not, because of where it writes: ${command}`, () => assert.equal(run(command), 'deny'));
  }

  it('is asked about where the policy says so', () => {
    assert.equal(run('echo x > migrations/2.sql'), 'ask');
    assert.equal(run('echo x > ../proj/migrations/2.sql'), 'ask');
    assert.equal(run('echo x > 2.sql', `${ROOT}/migrations`), 'ask');
  });

  for (const command of [
    'cat infra/prod/main.tf',
    'grep -r x infra/prod',
    'cp infra/prod/main.tf /tmp/copy.tf',
    'git diff infra/prod/main.tf',
    'git commit -m "rm infra/prod/main.tf --no-verify"',
    "cat > notes.md <<'EOF'\nrm -rf infra/prod\nlinekeeper uninstall\ngit commit --no-verify\nEOF",
    'echo "linekeeper purge"',
    'npm test -- --no-verify',
    'linekeeper status',
    'linekeeper blame uninstall',
    'git config user.name x',
    'git config --get core.hooksPath',
    'git config core.hooksPath',
    'git commit -am "no"',
    'git commit -m -n',
    'git log -n 3',
    'git push -n origin main',
    'cat .claude/settings.json',
    'ls .git/hooks',
    `python3 -c "print(open('.claude/settings.json').name)"`.replace("open('.claude/settings.json').name", '1'),
  ]) {
    it(`what changes nothing there: ${command.split('\n')[0] ?? ''}`, () => assert.deepEqual(judge({ command }), { verdict: 'allow' }));
  }
});

describe('an agent\'s leash', () => {
  for (const command of [
    'linekeeper uninstall --assistant all',
    'linekeeper declare src/a.ts --human',
    'linekeeper ack x',
    'npx linekeeper sign',
    'node /opt/x/dist/cli.js purge',
    'bash -c "linekeeper uninstall"',
    'echo y | linekeeper purge',
    'git commit --no-verify -m x',
    'git commit -nm x',
    'git commit -anm x',
    'git commit -m x -n',
    'git commit --no-verif',
    'git -C /x commit --no-verify',
    'git push --no-verify',
    'git -c core.hooksPath=/dev/null commit -m x',
    'git config core.hooksPath /dev/null',
    'git config --global core.hookspath ""',
    'git config --unset core.hooksPath',
    'git config set core.hooksPath x',
    'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0= git commit -m x',
    'rm .git/hooks/commit-msg',
    'chmod -x .git/hooks/*',
    'rm -rf .git',
    'echo > .git/config',
    'echo {} > ~/.claude/settings.json',
    'rm -rf .claude',
    'cp /tmp/settings.json .claude/',
    'echo "version: 1" > .linekeeper.yml',
    'git checkout -- .linekeeper.yml',
    `python3 -c "open('.linekeeper.yml','w').write('')"`,
    "node <<'EOF'\nrequire('fs').writeFileSync('.claude/settings.json', '{}')\nEOF",
  ]) {
    it(`is not loosened by: ${command.split('\n')[0] ?? ''}`, () => {
      const answer = judge({ command });
      assert.equal(answer.verdict, 'deny');
      assert.ok('reason' in answer && /^\S.*\.$/s.test(answer.reason) && /^[A-Z].*\.$/s.test(answer.instead));
    });
  }

  it('is not loosened by an edit', () => {
    assert.equal(edit('.linekeeper.yml'), 'deny');
    assert.equal(edit('.claude/settings.json'), 'deny');
    assert.equal(edit('/home/dev/.claude/settings.json'), 'deny');
    assert.equal(edit('.git/hooks/commit-msg'), 'deny');
    assert.equal(edit('.claude/commands/x.md'), 'allow');
    assert.equal(judge({ files: ['/home/dev/.claude/settings.json'] }, { root: null }).verdict, 'deny', 'outside of any repository too');
  });
});

describe('what rules find', () => {
  const withFinding = (over: Parameters<typeof finding>[0]): string => judge({ command: 'terraform destroy' }, { findingsOf: () => [finding({ path: 'infra/dev/main.tf', ...over })] }).verdict;

  it('decides where the tier holds back what destroys', () => {
    assert.equal(withFinding({ severity: 'critical' }), 'deny');
    assert.equal(withFinding({ severity: 'high' }), 'deny');
    assert.equal(withFinding({ severity: 'medium' }), 'ask');
    assert.equal(withFinding({ severity: 'low' }), 'allow');
    assert.equal(withFinding({ class: 'permissions', severity: 'high' }), 'ask');
    assert.equal(withFinding({ class: 'secrets', severity: 'high' }), 'allow');
  });

  it('raises its file to the tier that watches for it, wherever it lies', () => {
    assert.equal(judge({ files: ['src/a.ts'] }, { findingsOf: () => [finding({ path: 'src/a.ts' })] }).verdict, 'deny');
  });
});
