import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { record } from '../../../src/cli/verbs/record';
import { reviewVerb } from '../../../src/cli/verbs/review';
import { CARL, TestRepository } from '../../support/repository';
import { GiteaServer } from '../../support/forge/gitea-server';
import { itInFull } from '../../support/full';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const POLICY = `version: 1
people: { senior: [ada], junior: [carl@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior } } }
`;

/** A program of a forge's name that writes down how it was called, and answers as it is told. */
const PROGRAM = `#!${process.execPath}
const fs = require('fs'), path = require('path');
const folder = path.dirname(__filename), words = process.argv.slice(2);
const input = words.includes('--body-file') ? fs.readFileSync(0, 'utf8') : '';
fs.appendFileSync(path.join(folder, 'calls'), JSON.stringify({ words, input }) + '\\n');
const plan = JSON.parse(fs.readFileSync(path.join(folder, 'plan.json'), 'utf8'));
for (const { when, code, out, err } of plan) if (words.join(' ').includes(when)) { process.stdout.write(out ?? ''); process.stderr.write(err ?? ''); process.exit(code ?? 0); }
process.exit(9);
`;

interface Call {
  readonly words: readonly string[];
  readonly input: string;
}

describe('linekeeper review --create', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  let bin: string;
  beforeEach(async () => {
    repository = await TestRepository.create();
    bin = repository.outside('bin');
    mkdirSync(bin);
  });
  afterEach(() => repository.dispose());

  /** An assistant's change in a critical file, pushed to a remote at a forge. */
  async function story(address = 'https://github.com/acme/shop.git', policy = POLICY): Promise<void> {
    repository.write('.linekeeper.yml', policy);
    repository.write('infra/main.tf', 'a\n');
    repository.write('.github/pull_request_template.md', '## Why\n\n<!-- linekeeper -->\n\n## Checks\n');
    await repository.commit('Start');
    await repository.git('init', '--quiet', '--bare', repository.outside('forge.git'));
    await repository.git('remote', 'add', 'origin', address);
    await repository.git('config', 'remote.origin.pushurl', repository.outside('forge.git'));
    await repository.git('push', '--quiet', '-u', 'origin', 'main');
    await repository.git('switch', '--quiet', '--no-track', '-c', 'topic');
    const report = (event: string): Promise<VerbOutcome> =>
      callVerb(record, ['generic'], repository.root, {
        env: repository.env,
        stdin: () =>
          Promise.resolve(
            JSON.stringify({
              version: 1,
              event,
              id: '1',
              author: 'ai',
              tool: 'kiro',
              model: 'm',
              session: 's',
              cwd: repository.root,
              files: ['infra/main.tf'],
            }),
          ),
      });
    await report('before');
    repository.write('infra/main.tf', 'a\nb\nc\n');
    await report('after');
    await repository.commit('Add b', { as: CARL });
    await repository.git('push', '--quiet', '-u', 'origin', 'topic');
  }

  function program(name: string, plan: readonly object[]): void {
    writeFileSync(path.join(bin, name), PROGRAM);
    chmodSync(path.join(bin, name), 0o755);
    writeFileSync(path.join(bin, 'plan.json'), JSON.stringify(plan));
  }

  const all = (): readonly Call[] =>
    existsSync(path.join(bin, 'calls'))
      ? readFileSync(path.join(bin, 'calls'), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Call)
      : [];
  const asksWhoIsBusy = ({ words }: Call): boolean => words.includes('reviewRequests') || words.includes('--per-page');
  /** Calls about this pull request. */
  const calls = (): readonly Call[] => all().filter((call) => !asksWhoIsBusy(call));

  const create = (
    words: readonly string[] = ['--yes'],
    confirm: (() => Promise<boolean>) | null = null,
  ): Promise<VerbOutcome> =>
    callVerb(
      reviewVerb({
        isTerminal: () => confirm !== null,
        open: () => Promise.resolve(false),
        ...(confirm && { confirm }),
      }),
      ['--create', ...words],
      repository.root,
      { env: { ...repository.env, PATH: `${bin}:${repository.env['PATH'] ?? ''}` } },
    );

  it('shows the pull request, then opens it as a draft with reviewers, labels and the template', async () => {
    await story();
    program('gh', [
      { when: 'pr list', out: '[]' },
      { when: 'pr create', out: 'https://github.com/acme/shop/pull/7\n' },
    ]);
    writeFileSync(path.join(repository.root, 'lcov.info'), 'SF:infra/main.tf\nDA:2,0\nDA:3,1\nend_of_record\n');
    const { code, out, err } = await create(['--yes', '--draft']);
    assert.deepEqual([code, err], [0, []]);
    assert.match(
      out,
      /^Create a draft of topic into main\n\nTitle {5}Add b\nReviewers ada \(0 open requests\)\nLabels {4}ai-assisted, risk: critical\n/,
    );
    assert.match(out, /Created: https:\/\/github\.com\/acme\/shop\/pull\/7\n$/);
    const made = calls()[1];
    assert.deepEqual(made?.words, [
      'pr',
      'create',
      '--base',
      'main',
      '--head',
      'topic',
      '--title',
      'Add b',
      '--body-file',
      '-',
      '--draft',
      '--label',
      'ai-assisted',
      '--label',
      'risk: critical',
      '--reviewer',
      'ada',
    ]);
    assert.match(
      made.input,
      /^## Why\n\n<!-- linekeeper: begin -->\n\*\*Needs a senior's sign-off\.\*\*[^]*<!-- linekeeper: end -->\n\n## Checks\n$/,
    );
    assert.match(
      made.input,
      /### AI lines that no test runs\n\*\*1 of 2\*\* AI lines that can be run are run by no test \(`lcov\.info`\)\.\n- \[`infra\/main\.tf:2`\]\(https:\/\/github\.com\/acme\/shop\/blob\/[0-9a-f]{40}\/infra\/main\.tf#L2\)/,
    );
  });

  itInFull('suggests the people with the fewest open requests, asked for in one call', async () => {
    await story('https://github.com/acme/shop.git', POLICY.replace('[ada]', '[ada, grace, zoe]'));
    const waiting = [
      {
        reviewRequests: [
          { __typename: 'User', login: 'Ada' },
          { __typename: 'Team', name: 'S', slug: 'acme/seniors' },
        ],
      },
      {
        reviewRequests: [
          { __typename: 'User', login: 'ada' },
          { __typename: 'User', login: 'zoe' },
        ],
      },
    ];
    program('gh', [
      { when: 'reviewRequests', out: JSON.stringify(waiting) },
      { when: 'pr list', out: '[]' },
      { when: 'pr create', out: 'https://github.com/acme/shop/pull/7\n' },
    ]);
    const { out } = await create();
    assert.match(out, /\nReviewers grace \(0 open requests\), zoe \(1 open request\)\n/);
    assert.deepEqual(calls().at(-1)?.words.slice(-4), ['--reviewer', 'grace', '--reviewer', 'zoe']);
    assert.equal(all().filter(asksWhoIsBusy).length, 1);
  });

  itInFull('updates an existing pull request, and keeps what people wrote', async () => {
    await story();
    const body = 'Mine.\n\n<!-- linekeeper: begin -->\nold\n<!-- linekeeper: end -->\n\nAlso mine.';
    program('gh', [
      { when: 'pr list', out: JSON.stringify([{ number: 7, url: 'https://github.com/acme/shop/pull/7', body }]) },
      { when: 'pr edit' },
    ]);
    const { code, out } = await create();
    assert.equal(code, 0);
    assert.match(out, /Updated: https:\/\/github\.com\/acme\/shop\/pull\/7\n$/);
    assert.deepEqual(
      calls().map(({ words }) => words.slice(0, 3)),
      [
        ['pr', 'list', '--state'],
        ['pr', 'edit', '7'],
      ],
    );
    assert.match(
      calls()[1]?.input ?? '',
      /^Mine\.\n\n<!-- linekeeper: begin -->\n\*\*Needs[^]*<!-- linekeeper: end -->\n\nAlso mine\.$/,
    );
  });

  itInFull('sends nothing before the person agrees', async () => {
    await story();
    program('gh', [{ when: 'pr list', out: '[]' }]);
    assert.equal((await create([])).code, 1);
    assert.equal((await create([], () => Promise.resolve(false))).code, 1);
    assert.deepEqual(
      calls().map(({ words }) => words[1]),
      ['list', 'list'],
    );
  });

  itInFull('goes on without labels that the forge refuses, and says so', async () => {
    await story();
    program('gh', [
      { when: 'pr list', out: '[]' },
      { when: '--label', code: 1, err: "could not add label: 'ai-assisted' not found\n" },
      { when: 'pr create', out: 'https://github.com/acme/shop/pull/7\n' },
    ]);
    const { code, err } = await create();
    assert.equal(code, 0);
    assert.match(err.join(), /did not take the labels: .*not found/);
    assert.deepEqual(calls().at(-1)?.words.slice(-2), ['--reviewer', 'ada']);
  });

  itInFull('opens a merge request at GitLab with glab', async () => {
    await story('https://gitlab.com/acme/shop.git');
    program('glab', [
      { when: 'mr list', out: '[]' },
      { when: 'mr create', out: 'https://gitlab.com/acme/shop/-/merge_requests/7\n' },
    ]);
    const { code, out } = await create();
    assert.equal(code, 0);
    assert.match(out, /Created: https:\/\/gitlab\.com\/acme\/shop\/-\/merge_requests\/7/);
    assert.deepEqual(
      calls()[1]?.words.filter((word) => !word.includes('\n')),
      [
        'mr',
        'create',
        '--yes',
        '--target-branch',
        'main',
        '--source-branch',
        'topic',
        '--title',
        'Add b',
        '--description',
        '--label',
        'ai-assisted,risk: critical',
        '--reviewer',
        '+ada',
      ],
    );
  });

  for (const [what, plan, says] of [
    ['is not installed', null, /"gh" is not installed.*linekeeper review/],
    [
      'is not signed in',
      [{ when: 'pr list', code: 4, err: 'To get started with GitHub CLI, please run:  gh auth login\n' }],
      /"gh auth login"/,
    ],
    ['answers with something else', [{ when: 'pr list', out: '{}' }], /an answer that Linekeeper does not understand/],
  ] as const) {
    itInFull(`exits 2 where gh ${what}`, async () => {
      await story();
      if (plan) program('gh', plan);
      else repository.write('../bin/nothing', '');
      const { code, err } = await callVerb(
        reviewVerb({ isTerminal: () => false, open: () => Promise.resolve(false) }),
        ['--create', '--yes'],
        repository.root,
        { env: { ...repository.env, PATH: plan ? `${bin}:${repository.env['PATH'] ?? ''}` : bin } },
      );
      assert.equal(code, 2);
      assert.match(err.join(), says);
    });
  }

  it('asks for a token at a forge without its own command', async () => {
    await story('https://bitbucket.org/acme/shop.git');
    const { code, err } = await create();
    assert.equal(code, 2);
    assert.match(err.join(), /without a token.*LINEKEEPER_BITBUCKET_TOKEN/);
  });

  it("opens and updates through the forge's API with a token in the environment", async () => {
    const server = await new GiteaServer().start();
    try {
      await story(`${server.origin}/acme/shop.git`);
      const ask = (words: readonly string[]): Promise<VerbOutcome> =>
        callVerb(
          reviewVerb({ isTerminal: () => false, open: () => Promise.resolve(false) }),
          ['--create', '--yes', '--json', ...words],
          repository.root,
          { env: { ...repository.env, GITEA_TOKEN: 'secretsecretsecret' } },
        );
      const first = await ask(['--forge', 'gitea']);
      assert.deepEqual([first.code, first.err], [0, []]);
      const url = `${server.origin}/acme/shop/pulls/7`;
      assert.deepEqual(JSON.parse(first.out), { url, created: true, notices: [] });
      assert.match(server.pulls[0]?.body ?? '', /## Why[^]*infra\/main\.tf[^]*## Checks/);
      assert.deepEqual([server.pulls[0]?.reviewers, [...server.labels.values()].length > 0], [['ada'], true]);
      // The forge is remembered for the host.
      const second = await ask([]);
      assert.deepEqual([second.code, JSON.parse(second.out)], [0, { url, created: false, notices: [] }]);
      assert.deepEqual([server.pulls.length, server.wrong], [1, []]);
    } finally {
      await server.stop();
    }
  });
});
