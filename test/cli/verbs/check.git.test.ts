import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { check } from '../../../src/cli/verbs/check';
import { addLineNotes, RUNS_REF } from '../../../src/provenance/commits';
import { textOfStatement, type RunStatement } from '../../../src/provenance/journal/permitted-and-refused-runs';
import { itInFull } from '../../support/full';
import { CARL, TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';
import { Branch, GRACE, numbered, POLICY } from '../../support/gate';

const IN_RANGE = ['--base', 'main', '--head', 'topic', '--actor', 'carl'];

describe('linekeeper check:', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  const run = (...words: string[]): Promise<VerbOutcome> => callVerb(check, [...IN_RANGE, ...words], branch.repo.root);
  const change = (files: Readonly<Record<string, string>> = { 'infra/a.tf': numbered(3) }): Promise<string> =>
    branch.commit('change', files, CARL);

  async function approvals(content: unknown, name = 'approvals.json'): Promise<string> {
    const file = branch.repo.outside(name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return Promise.resolve(file);
  }

  itInFull("exits 1 with what is missing, and 0 with a senior's approval of the head", async () => {
    branch = await Branch.create();
    const head = await change();
    const no = await run();
    assert.deepEqual([no.code, no.err], [1, []]);
    assert.match(no.out, /^Fail: 1 sign-off missing\.$/m);
    assert.match(no.out, /^ {2}missing {2}A senior's sign-off is missing\.$/m);
    assert.match(no.out, /3 lines of unknown author \(counted as AI\) in critical: this needs a senior's sign-off\./);
    assert.match(no.out, /Only signed sign-offs \("linekeeper sign"\) count here/);
    const yes = await run(
      '--approvals',
      await approvals([
        { by: 'ada', email: 'ada@example.com', commit: head, state: 'approved', at: '2025-05-01T10:00:00Z' },
      ]),
    );
    assert.equal(yes.code, 0, yes.out);
    assert.match(yes.out, /^Pass: all required sign-offs present\.$/m);
    assert.match(yes.out, /Signed off by ada\./);
  });

  itInFull('prints the same content as JSON', async () => {
    branch = await Branch.create();
    const head = await change({ 'infra/a.tf': numbered(3), 'src/b.ts': 'b\n' });
    const base = await branch.repo.git('rev-parse', 'main');
    const { code, out } = await run('--json');
    const result = JSON.parse(out) as Record<string, unknown>;
    assert.equal(code, 1);
    assert.deepEqual(
      {
        verdict: result['verdict'],
        base: result['base'],
        head: result['head'],
        level: result['level'],
        authors: result['authors'],
        findings: result['findings'],
        commits: result['commits'],
      },
      {
        verdict: 'fail',
        base,
        head,
        level: 'junior',
        authors: [{ email: 'carl@example.com', level: 'junior', known: true }],
        findings: [],
        commits: [{ commit: head, assistants: [], provenance: 'none' }],
      },
    );
    const { source, digest } = result['policy'] as Record<string, string>;
    assert.equal(source, 'main:.linekeeper.yml');
    assert.match(digest ?? '', /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(result['tiers'], [
      {
        name: 'critical',
        files: ['infra/a.tf'],
        added: { ai: 0, human: 0, unknown: 3 },
        removed: { ai: 0, human: 0, unknown: 0 },
        required: [
          {
            kind: 'ai',
            from: 'senior',
            approvals: 1,
            codeOwner: false,
            why: "3 lines of unknown author (counted as AI) in critical: this needs a senior's sign-off.",
            reason: '3 lines of unknown author (counted as AI) in critical.',
            satisfied: false,
            by: [],
            missing: "a senior's sign-off is missing",
          },
        ],
      },
      {
        name: 'standard',
        files: ['src/b.ts'],
        added: { ai: 0, human: 0, unknown: 1 },
        removed: { ai: 0, human: 0, unknown: 0 },
        required: [
          {
            kind: 'any',
            from: 'junior',
            approvals: 1,
            codeOwner: false,
            why: "Every change in standard needs a colleague's sign-off.",
            reason: 'Every change in standard.',
            satisfied: false,
            by: [],
            missing: "a colleague's sign-off is missing",
          },
        ],
      },
    ]);
    assert.equal((await run('--format', 'json')).out, out);
  });

  itInFull('takes A..B, A...B and A.. as range', async () => {
    branch = await Branch.create();
    await change();
    const named = await run('--json');
    for (const words of [['main..topic'], ['main...topic'], ['main..']])
      assert.deepEqual(await callVerb(check, [...words, '--json'], branch.repo.root), named);
  });

  itInFull('passes when nothing is required, with or without approvals', async () => {
    branch = await Branch.create();
    await change({ 'docs/x.md': 'x\n' });
    assert.deepEqual(
      [(await run()).code, (await callVerb(check, IN_RANGE, branch.repo.root, { env: { CI: 'true' } })).code],
      [0, 0],
    );
  });

  itInFull('puts a CI file that runs the gate into the highest tier', async () => {
    branch = await Branch.create({
      '.github/workflows/ci.yml': 'jobs:\n  a:\n    run: npx linekeeper check\n',
      '.github/workflows/other.yml': 'jobs: {}\n',
    });
    await change({ '.github/workflows/ci.yml': 'jobs: {}\n', '.github/workflows/other.yml': 'jobs: {a: 1}\n' });
    const { tiers } = JSON.parse((await run('--json')).out) as { tiers: { name: string; files: string[] }[] };
    assert.deepEqual(
      tiers.map(({ name, files }) => [name, files]),
      [['critical', ['.github/workflows/ci.yml']]],
    );
  });

  describe('exits 2 and says why,', () => {
    const cases: readonly (readonly [string, () => Promise<unknown>, readonly string[], RegExp])[] = [
      [
        'with a policy that is a symbolic link',
        async () => {
          branch = await Branch.create({ 'real.yml': POLICY }, null);
          await branch.repo.git('checkout', '--quiet', 'main');
          symlinkSync('real.yml', branch.repo.at('.linekeeper.yml'));
          await branch.repo.commit('human: link');
        },
        [],
        /is a symbolic link\. Make it a plain file/,
      ],
      [
        'with approvals that are not there',
        async () => {
          branch = await Branch.create();
        },
        ['--approvals', '/nowhere/approvals.json'],
        /there is no such file/,
      ],
      [
        'with a base that is no commit',
        async () => {
          branch = await Branch.create();
        },
        ['--base', 'nothing'],
        /nothing is not a commit in this clone/,
      ],
      [
        'with a base that looks like an option',
        async () => {
          branch = await Branch.create();
        },
        ['--base=--help'],
        /is not a commit in this clone/,
      ],
      [
        'with an empty option, as a variable that is not set gives it',
        async () => {
          branch = await Branch.create();
        },
        ['--actor='],
        /--actor is empty/,
      ],
      [
        'with two formats at once',
        async () => {
          branch = await Branch.create();
        },
        ['--json', '--format', 'text'],
        /--json and --format "text" exclude each other\. Leave one of them out\./,
      ],
      [
        'with an unknown format',
        async () => {
          branch = await Branch.create();
        },
        ['--format', 'xml'],
        /no format "xml"\. Choose one of text, json/,
      ],
      [
        'with a range twice',
        async () => {
          branch = await Branch.create();
        },
        ['main..topic'],
        /Leave one of them out/,
      ],
      [
        'about histories that have nothing in common',
        async () => {
          branch = await Branch.create();
          await branch.repo.git('checkout', '--quiet', '--orphan', 'alone');
          await change();
        },
        ['--head', 'alone'],
        /no history in common/,
      ],
    ];
    for (const [what, arrange, words, expected] of cases) {
      itInFull(what, async () => {
        await arrange();
        const { code, out, err } = await run(...words);
        assert.deepEqual([code, out], [2, '']);
        assert.match(err.join('\n'), expected);
      });
    }

    it('with a word that is no range', async () => {
      branch = await Branch.create();
      assert.match((await callVerb(check, ['main'], branch.repo.root)).err.join(), /^main is not a range of commits\./);
    });

    it('without a range', async () => {
      branch = await Branch.create();
      for (const words of [[], ['--base', 'main'], ['--head', 'topic']])
        assert.match((await callVerb(check, words, branch.repo.root)).err.join(), /A range of commits is missing/);
    });

    itInFull('in a shallow clone', async () => {
      branch = await Branch.create();
      await change();
      const clone = await TestRepository.create();
      await clone.git('fetch', '--quiet', '--depth', '1', `file://${branch.repo.root}`, 'main:base', 'topic:topic');
      const { code, err } = await callVerb(check, ['--base', 'base', '--head', 'topic'], clone.root);
      await clone.dispose();
      assert.equal(code, 2);
      assert.match(err.join(), /shallow clone.*fetch-depth: 0/);
    });
  });

  describe('--approvals', () => {
    const good = async (): Promise<unknown> => [
      {
        by: 'ada',
        email: 'ada@example.com',
        commit: await branch.head(),
        state: 'approved',
        at: '2025-05-01T10:00:00+02:00',
      },
    ];

    itInFull('refuses a file inside the checked-out tree', async () => {
      branch = await Branch.create();
      await change();
      const { repo } = branch;
      const content = JSON.stringify(await good());
      const outside = await approvals(content);
      assert.equal((await run('--approvals', outside)).code, 0);
      repo.write('approvals.json', content);
      symlinkSync(outside, repo.at('link-out.json'));
      symlinkSync(repo.at('approvals.json'), repo.outside('link-in.json'));
      mkdirSync(repo.outside('folder'));
      symlinkSync(repo.root, repo.outside('folder/tree'));
      for (const file of [
        'approvals.json',
        './approvals.json',
        repo.at('link-out.json'),
        repo.outside('link-in.json'),
        repo.outside('folder/tree/approvals.json'),
        repo.at('.git/approvals.json'),
      ]) {
        if (file.includes('.git/')) writeFileSync(file, content);
        const { code, err } = await run('--approvals', file);
        assert.equal(code, 2, file);
        assert.match(err.join(), /lies in the checked-out tree/, file);
      }
    });

    itInFull('accepts entries without address and time, and with unknown fields', async () => {
      branch = await Branch.create();
      const commit = await change();
      assert.equal(
        (
          await run(
            '--approvals',
            await approvals([{ by: 'ada', commit, state: 'approved', url: 'https://example.com' }]),
          )
        ).code,
        0,
      );
      assert.equal((await run('--approvals', await approvals([]))).code, 1);
    });

    it('rejects a file that does not match the schema, naming the entry', async () => {
      branch = await Branch.create();
      const commit = await change();
      const one = { by: 'ada', email: 'ada@example.com', commit, state: 'approved', at: '2025-05-01T10:00:00Z' };
      for (const [content, expected] of [
        ['', /no JSON/],
        ['{"by":', /no JSON/],
        [one, /the whole must be a list/],
        [[{ ...one, state: 'APPROVED' }], /entry 1, state must be approved, dismissed or changes_requested/],
        [[one, { ...one, by: '' }], /entry 2, by must be/],
        [[{ ...one, commit: 'main' }], /commit must be the whole id/],
        [[{ ...one, commit: commit.slice(0, 10) }], /commit must be the whole id/],
        [[{ ...one, at: 'yesterday' }], /at must be a time/],
        [[{ ...one, at: '2025-13-01T10:00:00Z' }], /at must be a time/],
        [[{ ...one, email: 'ada' }], /email must be an e-mail/],
        [[null], /entry 1 must be an object/],
        [
          [
            { ...one, at: null },
            { ...one, state: 'dismissed' },
          ],
          /more than once/,
        ],
      ] as const) {
        const { code, err } = await run('--approvals', await approvals(content));
        assert.equal(code, 2, JSON.stringify(content));
        assert.match(err.join(), expected);
      }
      mkdirSync(branch.repo.outside('a-folder'));
      assert.match((await run('--approvals', branch.repo.outside('a-folder'))).err.join(), /no plain file/);
    });
  });

  itInFull('reads people from files of the base, or from outside the tree', async () => {
    branch = await Branch.create(
      { 'people/seniors.txt': '# seniors\nada@example.com\n', CODEOWNERS: '* ada@example.com grace@example.com\n' },
      POLICY.replace('senior: [ada@example.com, grace@example.com]', 'senior: {from: people/seniors.txt}'),
    );
    const head = await change({ 'infra/a.tf': 'x\n', 'people/seniors.txt': 'carl@example.com\nbob@example.com\n' });
    const by = (who: string): Promise<string> =>
      approvals([
        { by: who, email: `${who}@example.com`, commit: head, state: 'approved', at: '2025-05-01T10:00:00Z' },
      ]);
    assert.deepEqual(
      [(await run('--approvals', await by('ada'))).code, (await run('--approvals', await by('bob'))).code],
      [0, 1],
    );
    const outside = branch.repo.outside('people.yml');
    writeFileSync(outside, 'senior: [grace@example.com]\n');
    await branch.repo.git('checkout', '--quiet', 'main');
    const from = (file: string): string =>
      POLICY.replace(/people:\n(?: {2}.*\n)+/, `people: {from: ${JSON.stringify(file)}}\n`);
    await branch.commit('human: people elsewhere', { '.linekeeper.yml': from(outside) }, GRACE);
    assert.deepEqual(
      [(await run('--approvals', await by('grace'))).code, (await run('--approvals', await by('ada'))).code],
      [0, 1],
    );
    await branch.commit('human: people in the tree', { '.linekeeper.yml': from(branch.repo.at('README.md')) }, GRACE);
    assert.match((await run()).err.join(), /lies in the checked-out tree/);
  });

  describe('an approval in the quarter of an hour in which an agent approved pull request 481', () => {
    let head: string;
    let approved: string;
    beforeEach(async () => {
      branch = await Branch.create();
      head = await change();
      approved = await approvals([
        { by: 'ada', email: 'ada@example.com', commit: head, state: 'approved', at: '2026-11-26T10:07:00Z' },
      ]);
      const run: RunStatement = {
        id: '0000000a',
        at: '2026-11-26T10:07Z',
        event: 'ran',
        assistant: 'claude-code',
        session: 's1',
        user: 'ada@example.com',
        under: null,
        command: {
          program: 'gh',
          verb: 'pr',
          targets: ['review', '481'],
          directory: '.',
          environment: null,
          rule: 'person/approve',
          tier: null,
          line: null,
        },
      };
      await addLineNotes(branch.repo.repository(), RUNS_REF, [{ commit: head, text: textOfStatement(run) }], 0);
    });

    const codeOf = async (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> =>
      (await callVerb(check, [...IN_RANGE, '--approvals', approved, ...words], branch.repo.root, { env })).code;
    const jobOf = (number: number, sha: string): Readonly<Record<string, string>> => {
      const file = branch.repo.outside('event.json');
      writeFileSync(file, JSON.stringify({ pull_request: { number, head: { sha } } }));
      return { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: file };
    };

    it('does not count when the number is 481 or not known, and counts in another pull request', async () => {
      assert.deepEqual(
        [await codeOf([]), await codeOf(['--number', '481']), await codeOf(['--number', '#7'])],
        [1, 1, 0],
      );
    });

    it('is compared with the number that the job names, if the job is about this head', async () => {
      const base = await branch.repo.git('rev-parse', 'main');
      assert.deepEqual(
        [
          await codeOf([], jobOf(481, head)),
          await codeOf([], jobOf(7, head)),
          await codeOf([], jobOf(7, base)),
          await codeOf([], { ...jobOf(7, head), GITHUB_EVENT_NAME: 'schedule' }),
        ],
        [1, 0, 1, 1],
      );
      const gitlab = { CI: 'true', GITLAB_CI: 'true', CI_PIPELINE_SOURCE: 'merge_request_event' };
      assert.equal(await codeOf([], { ...gitlab, CI_MERGE_REQUEST_IID: '7', CI_COMMIT_SHA: head }), 0);
    });

    it('is not decided when --number is no number', async () => {
      for (const number of ['0', 'x', '1e3', '-1', ''])
        assert.equal(await codeOf([`--number=${number}`]), 2, JSON.stringify(number));
    });
  });
});
