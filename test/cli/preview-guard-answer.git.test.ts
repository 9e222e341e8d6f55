import assert from 'node:assert/strict';
import { may } from '../../src/cli/verbs/may';
import { policy } from '../../src/cli/verbs/policy';
import { TestRepository } from '../support/repository';
import { callVerb, type VerbOutcome } from '../support/verbs';

const POLICY = `version: 1
tiers:
  - { name: all, paths: ["**"], detect: [destructive], agents: deny-destructive }
`;

/** Ten kinds of mistakes, each in a policy that is read as nothing. */
const BROKEN = {
  'an unknown key': POLICY.replace('agents', 'agnets'),
  'an unknown value': POLICY.replace('deny-destructive', 'forbid'),
  'an unknown level': `${POLICY}people: { seniors: [ada@example.com] }\n`,
  'people of a wrong kind': `${POLICY}people: [ada@example.com]\n`,
  'a newer version': POLICY.replace('version: 1', 'version: 2'),
  'a tab': POLICY.replace('  - {', '\t- {'),
  'an unclosed list': POLICY.replace('["**"]', '["**"'),
  'a bad escape': POLICY.replace('"**"', String.raw`"\q"`),
  'marks of a conflict': `<<<<<<< HEAD\n${POLICY}=======\n`,
  'no content': '',
};

describe('linekeeper may', () => {
  let repo: TestRepository;
  before(async () => {
    repo = await TestRepository.create();
    repo.write('.linekeeper.yml', POLICY);
  });
  after(() => repo.dispose());
  const run = (...words: string[]): Promise<VerbOutcome> => callVerb(may, words, repo.root);

  it('a refused command: ends with 1 and names rule, loss, another way and who lets it through', async () => {
    const { code, out } = await run('terraform destroy');
    assert.equal(code, 1);
    assert.match(out, /^"terraform destroy": no agent may do this\.\n/);
    for (const part of [/rule +destructive\/tf-destroy/, /effect +destroys everything/, /instead +\S/, /request-run/])
      assert.match(out, part);
  });

  it('a harmless command: ends with 0', async () => {
    assert.equal((await run('ls -la')).code, 0);
  });

  it('a command that only an observing policy refuses: ends with 0 and says what the policy would answer', async () => {
    repo.write('.linekeeper.yml', `${POLICY.replace('deny-destructive', 'deny')}mode: observe\n`);
    const { code, out } = await run('echo x > secrets/a');
    repo.write('.linekeeper.yml', POLICY);
    assert.equal(code, 0, out);
    assert.match(out, /: agents may do this\.\n {2}why +.*Under "mode: enforce" it would be refused\. .*secrets\/a/);
  });

  it('a tool with its input: is answered as the hook answers it', async () => {
    repo.write('input.json', '{"pullNumber": 1, "event": "APPROVE"}');
    const { code, out } = await run(
      '--tool',
      'mcp__github__pull_request_review_write',
      '--input',
      'input.json',
      '--json',
    );
    const { verdict, rule, through } = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([code, verdict, rule, through], [1, 'deny', 'person/approve', null]);
  });

  it('a tool that shows a file with keys: is asked about, and an example or a search for names is free', async () => {
    repo.write('.env.example', 'A=\n');
    for (const [tool, input, verdict] of [
      ['Read', { file_path: repo.at('.env.production') }, 'ask'],
      ['Read', { file_path: '/home/ada/.ssh/id_ed25519' }, 'ask'],
      ['Grep', { pattern: 'KEY', path: '.env', output_mode: 'content' }, 'ask'],
      ['Read', { file_path: repo.at('.env.example') }, 'allow'],
      ['Read', { file_path: '/home/ada/.ssh/id_ed25519.pub' }, 'allow'],
      ['Grep', { pattern: 'KEY', path: '.env' }, 'allow'],
      ['Glob', { pattern: '**/.env*', path: '.env' }, 'allow'],
    ] as const) {
      repo.write('shown.json', JSON.stringify(input));
      const { out } = await run('--tool', tool, '--input', 'shown.json', '--json');
      assert.equal((JSON.parse(out) as { verdict: string }).verdict, verdict, JSON.stringify([tool, input]));
    }
  });

  it("files by which somebody gets in or something runs by itself: are asked about, and the project's are free", async () => {
    const { home } = repo;
    for (const [tool, input, verdict] of [
      ['Write', { file_path: `${home}/.ssh/authorized_keys`, content: 'x' }, 'ask'],
      ['Edit', { file_path: `${home}/.bashrc`, old_string: 'a', new_string: 'b' }, 'ask'],
      ['Write', { file_path: '/etc/cron.d/job', content: 'x' }, 'ask'],
      ['Bash', { command: `cp k ${home}/.zshrc` }, 'ask'],
      ['Bash', { command: `ssh-keyscan github.com >> ${home}/.ssh/known_hosts` }, 'allow'],
      ['Bash', { command: `cp ${home}/.zshrc dotfiles` }, 'allow'],
      ['Write', { file_path: repo.at('dotfiles/.bashrc'), content: 'x' }, 'allow'],
    ] as const) {
      repo.write('written.json', JSON.stringify(input));
      const { out } = await callVerb(may, ['--tool', tool, '--input', 'written.json', '--json'], repo.root, { home });
      assert.equal((JSON.parse(out) as { verdict: string }).verdict, verdict, JSON.stringify([tool, input]));
    }
  });

  it('a history: lists what is held, and counts the rest', async () => {
    repo.write('history.txt', 'ls\n: 1700000000:0;terraform destroy\n#1700000000\ncat .env\n');
    const { code, out } = await run('--file', 'history.txt');
    assert.equal(code, 1);
    assert.match(out, /3 commands: 1 free, 1 asked, 1 refused\.\n$/);
  });

  it('an input that is no JSON, and two words without quotes: are errors', async () => {
    repo.write('bad.json', 'nope');
    const noJson = await run('--tool', 'x', '--input', 'bad.json');
    assert.deepEqual([noJson.code, /is no JSON/.test(noJson.err.join())], [2, true]);
    const twoWords = await run('terraform', 'destroy');
    assert.deepEqual([twoWords.code, /into quotes/.test(twoWords.err.join())], [2, true]);
  });

  it('policy explain COMMAND: answers the same', async () => {
    const { code, out } = await callVerb(policy, ['explain', 'terraform destroy'], repo.root);
    assert.equal(code, 0);
    assert.match(out, /no agent may do this[^]*destructive\/tf-destroy[^]*linekeeper may/);
  });

  for (const [kind, text] of Object.entries(BROKEN))
    it(`a policy with a mistake: asks at least what is asked without a policy when it has ${kind}`, async () => {
      const broken = await TestRepository.create();
      try {
        broken.write('.linekeeper.yml', text);
        broken.write('infra/prod/main.tf', 'a\n');
        const { out } = await callVerb(may, ['terraform destroy'], broken.root);
        assert.match(out, /a person must agree first\.\n|no agent may do this\.\n/);
        assert.match(
          out,
          /why .* The policy has a mistake \(\.linekeeper\.yml:\d+:\d+\): "linekeeper doctor" says which\./,
        );
        assert.match(out, /policy +\.linekeeper\.yml has a mistake/);
      } finally {
        await broken.dispose();
      }
    });

  it('a policy with a mistake: still refuses what its readable tiers refuse', async () => {
    const broken = await TestRepository.create();
    try {
      broken.write('infra/prod/main.tf', 'a\n');
      for (const text of [`${POLICY}freze: []\n`, POLICY.replace('agents', 'paths-of: [x], agents')]) {
        broken.write('.linekeeper.yml', text);
        const { out } = await callVerb(may, ['terraform destroy'], broken.root);
        assert.match(out, /no agent may do this\.\n[^]*The policy has a mistake \(\.linekeeper\.yml/);
      }
    } finally {
      await broken.dispose();
    }
  });
});
