import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { pushSignOffs } from '../../../src/review/gate/sign-offs';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { SshKeys } from '../../support/ssh-keys';
import { POLICY, PullRequest } from '../../support/forge/ci-job';

const approval = (
  by: string,
  commit: string,
  over: { state?: string; at?: string; type?: string; association?: string } = {},
): PullRequest['server']['reviews'][number] => ({
  by: { login: by, type: over.type ?? 'User' },
  state: over.state ?? 'APPROVED',
  commit,
  at: over.at ?? '2025-01-01T00:00:00Z',
  ...(over.association === undefined ? {} : { association: over.association }),
});

/** Of the verdict only: writing to a forge takes a second each, so as not to be refused. */
const QUIET = ['--no-comment', '--no-labels', '--no-status'];

describe('linekeeper ci', function () {
  this.timeout(90_000);
  let request: PullRequest;
  beforeEach(async () => {
    request = await PullRequest.open();
  });
  afterEach(async () => {
    await request.dispose();
    assert.deepEqual(request.server.wrong, []);
  });

  it("a coverage report: read for tiers that require a test of AI's lines, and refused when nobody can read it", async () => {
    await request.clone();
    writeFileSync(request.inJob('lcov.info'), 'SF:infra/main.tf\nDA:3,1\nend_of_record\n');
    const read = await request.pullRequestJob([...QUIET, '--coverage', 'lcov.info']);
    assert.equal(read.code, 1, read.out + read.err.join('\n'));
    const missing = await request.pullRequestJob([...QUIET, '--coverage', 'none.info']);
    assert.equal(missing.code, 2, missing.out);
    assert.match(missing.err.join('\n'), /coverage report .*none\.info.* can't be read/);
  });

  itInFull('fails in a clone of one commit with the reason shown, and passes once a senior approved', async () => {
    await request.clone();
    const first = await request.pullRequestJob(['--sarif', 'report.sarif', '--code-quality', 'quality.json']);
    assert.equal(first.code, 1, first.out + first.err.join('\n'));
    assert.deepEqual(first.outputs, { 'ai-lines': '1', risk: 'critical', verdict: 'fail' });
    assert.match(first.summary, /^## ❌ Not ready: a senior's sign-off is missing\./);
    assert.match(first.summary, /\| `critical` \| `infra\/main\.tf` \| \+1 \| {2}\| {2}\|/);
    assert.match(first.summary, /You can ask: `ada@example\.com`/);
    assert.match(
      first.out,
      /^::warning file=infra\/main\.tf,line=3,endLine=3,title=Linekeeper%3A critical::A senior's sign-off is missing\./m,
    );
    assert.equal(
      (JSON.parse(readFileSync(request.inJob('quality.json'), 'utf8')) as { severity: string }[])[0]?.severity,
      'blocker',
    );
    assert.equal(
      (JSON.parse(readFileSync(request.inJob('report.sarif'), 'utf8')) as { version: string }).version,
      '2.1.0',
    );
    const { server } = request;
    assert.deepEqual(server.labels.sort(), ['ai-assisted', 'risk: critical']);
    assert.deepEqual(
      server.comments.map(({ body }) => body.split('\n').slice(0, 2)),
      [['<!-- linekeeper: review -->', "## ❌ Not ready: a senior's sign-off is missing."]],
    );
    assert.deepEqual(
      server.statuses.map(({ sha, state }) => [sha, state]),
      [[server.head, 'failure']],
    );

    server.reviews = [approval('ada', server.head)];
    const second = await request.pullRequestJob([], 'pull_request_review');
    assert.equal(second.code, 0, second.out);
    assert.equal(second.outputs['verdict'], 'pass');
    assert.equal(server.comments.length, 1);
    assert.match(server.comments[0]?.body ?? '', /Ready: all required sign-offs/);
    assert.equal(server.statuses.at(-1)?.state, 'success');
    assert.doesNotMatch(first.out + second.out + first.summary, /secret/);
  });

  itInFull('prints no ::error when it passes, whatever was found', async () => {
    await request.clone();
    request.work.write('infra/drop.sql', 'DROP TABLE orders;\n');
    await request.push('Drop it');
    request.server.reviews = [approval('ada', request.server.head)];
    const { code, out } = await request.pullRequestJob(QUIET);
    assert.equal(code, 0, out);
    assert.match(out, /^::warning file=infra\/drop\.sql,line=1,title=destructive\//m);
    assert.doesNotMatch(out, /^::error/m);
  });

  itInFull('removes its own outdated labels, and no others', async () => {
    request.work.write('infra/main.tf', 'resource "db" "main" {\n  name = "orders"\n}\n');
    await request.push('Take it back');
    request.server.labels = ['ai-assisted', 'risk: critical', 'risk: of rain'];
    await request.clone();
    const { code } = await request.pullRequestJob();
    assert.equal(code, 0);
    assert.deepEqual(request.server.labels, ['risk: of rain']);
  });

  itInFull('counts an approval of an earlier head until a line of the tier changes', async () => {
    const { server } = request;
    server.reviews = [approval('ada', server.head)];
    request.work.write('README.md', 'words\n');
    await request.push('Words');
    await request.clone();
    assert.equal((await request.pullRequestJob(QUIET)).code, 0);
    await request.byAssistant('infra/main.tf', 'resource "db" "main" {\n  name = "orders"\n  encrypted = false\n}\n');
    await request.push('Another thing');
    const after = await request.pullRequestJob(QUIET);
    assert.equal(after.code, 1);
    assert.match(after.summary, /`ada` for `critical`: infra\/main\.tf has changed since/);
  });

  it('an approval: counts for the address that the policy lists when the forge links it to the account', async () => {
    await request.dispose();
    request = await PullRequest.open(POLICY.replace(/^aliases: .*\n/m, ''));
    const { server } = request;
    server.reviews = [approval('Grace', server.head), approval('ada', server.head)];
    await request.clone();
    const unlinked = await request.pullRequestJob(QUIET);
    assert.equal(unlinked.code, 1, unlinked.out);
    server.history = [
      { email: 'grace@example.com', login: 'Grace' },
      { email: '1+ada@users.noreply.github.com', login: 'ada' },
      { email: 'Ada@example.com', login: 'ada' },
    ];
    const linked = await request.pullRequestJob(QUIET);
    assert.equal(linked.code, 0, linked.out + linked.summary);
    server.history = [{ email: 'ada@example.com', login: 'mallory' }];
    assert.equal((await request.pullRequestJob(QUIET)).code, 1);
    server.fail(403, /GET \/repos\/acme\/shop\/commits$/);
    assert.equal((await request.pullRequestJob(QUIET)).code, 1);
  });

  it('addresses of an approver: are not asked for when the policy knows the account', async () => {
    const { server } = request;
    server.reviews = [approval('ada', server.head)];
    await request.clone();
    assert.equal((await request.pullRequestJob(QUIET)).code, 0);
    assert.deepEqual(
      server.asked.filter((one) => one.endsWith('/shop/commits')),
      [],
    );
  });

  itInFull('does not count an approval from before a force push with other lines', async () => {
    const { server } = request;
    server.reviews = [approval('ada', server.head)];
    await request.work.git('reset', '--quiet', '--hard', 'main');
    await request.byAssistant('infra/main.tf', 'resource "db" "main" {\n  name = "gone"\n}\n');
    await request.push('Encrypt the database');
    await request.clone();
    const outcome = await request.pullRequestJob(QUIET);
    assert.equal(outcome.code, 1);
    assert.match(outcome.summary, /`ada` for `critical`: infra\/main\.tf has changed since/);
  });

  itInFull('counts a signed sign-off after a force push onto a base that changed the same file elsewhere', async () => {
    const { work, server } = request;
    const keys = new SshKeys(work.home);
    const long = (first: string, last: string): string =>
      `${first}\n${Array.from({ length: 20 }, (_, n) => `# ${String(n)}\n`).join('')}${last}\n`;
    const onMain = async (content: string): Promise<void> => {
      await work.git('switch', '--quiet', '--discard-changes', 'main');
      work.write('infra/main.tf', content);
      work.write('.linekeeper/allowed_signers', keys.allowed(['ada']));
      await work.commit('On main');
      await work.git('push', '--quiet', 'origin', 'main');
      await work.git('switch', '--quiet', '--force-create', 'topic');
    };
    await onMain(long('a = 1', 'z = 1'));
    await request.byAssistant('infra/main.tf', long('a = 2', 'z = 1'));
    const signed = await request.push('Two');
    const sign = await atTerminal(work, ['sign', 'origin/main..topic', '--key', keys.of('ada')], { answers: 'yes\n' });
    assert.equal(sign.code, 0, sign.stdout + sign.stderr);
    await pushSignOffs(work.repository(), 'origin');
    await onMain(long('a = 1', 'z = 3'));
    await request.byAssistant('infra/main.tf', long('a = 2', 'z = 3'));
    await request.push('Two, again');
    await request.clone();
    const { code, summary } = await request.pullRequestJob(QUIET);
    assert.equal(code, 0, summary);
    assert.match(summary, /Signed off by `ada@example\.com`/);
    assert.notEqual(server.head, signed);
  });

  for (const [what, reviews, why] of [
    ['a bot', (head: string) => [approval('helper', head, { type: 'Bot' })], /a bot can't sign off/],
    ['the opener', (head: string) => [approval('carl', head)], /whoever opened the pull request/],
    [
      'somebody whose approval was dismissed',
      (head: string) => [approval('ada', head, { state: 'DISMISSED' })],
      /it was dismissed/,
    ],
    [
      'somebody who asked for changes since',
      (head: string) => [
        approval('ada', head),
        approval('ada', head, { state: 'CHANGES_REQUESTED', at: '2025-01-02T00:00:00Z' }),
      ],
      /changes were requested since/,
    ],
  ] as const) {
    itInFull(`does not count an approval by ${what}`, async () => {
      request.server.reviews = reviews(request.server.head);
      await request.clone();
      const outcome = await request.pullRequestJob(QUIET);
      assert.equal(outcome.code, 1);
      assert.match(outcome.summary.replaceAll('`', ''), why);
    });
  }

  itInFull('does not count an approval by a person who is asked for review again', async () => {
    request.server.reviews = [approval('ada', request.server.head)];
    request.server.requested = [{ login: 'ada' }];
    await request.clone();
    const outcome = await request.pullRequestJob(QUIET);
    assert.equal(outcome.code, 1);
    assert.match(outcome.summary, /a new review was requested since/);
  });

  itInFull('counts a senior by team, and nobody while the team cannot be resolved', async () => {
    request.server.reviews = [approval('grace', request.server.head)];
    await request.clone();
    const unknown = await request.pullRequestJob(QUIET);
    assert.equal(unknown.code, 1);
    assert.match(unknown.summary.replaceAll('`', ''), /Who is in the team @acme\/seniors is not known here/);
    request.server.teams = { '@acme/seniors': ['grace'] };
    assert.equal((await request.pullRequestJob(QUIET)).code, 0);
  });

  itInFull("tells people apart by the forge's accounts, and not when it knows none", async () => {
    const strict = await PullRequest.open(
      POLICY.replace('[ada@example.com, "@acme/seniors"]', '[ada]').replace(/^aliases.*$/m, ''),
    );
    try {
      strict.server.reviews = [approval('ada', strict.server.head)];
      await strict.clone();
      assert.equal((await strict.pullRequestJob(QUIET)).code, 0);
      strict.server.commits = [{ email: 'carl@example.com', login: null }];
      const unclear = await strict.pullRequestJob(QUIET);
      assert.equal(unclear.code, 1);
      assert.match(unclear.summary, /it can't be known whether this is/);
      strict.server.commits = [{ email: 'carl@example.com', login: 'ada' }];
      assert.match((await strict.pullRequestJob(QUIET)).summary, /somebody with a hand in these commits/);
    } finally {
      await strict.dispose();
    }
  });

  itInFull('exits 2 without a verdict when the forge fails', async () => {
    request.server.fail(500, /reviews/);
    await request.clone();
    const outcome = await request.pullRequestJob(QUIET);
    assert.equal(outcome.code, 2);
    assert.deepEqual(outcome.outputs, { 'ai-lines': '', risk: '', verdict: 'undecided' });
    assert.match(outcome.summary, /^## ❌ Linekeeper could not decide\n\n.*failed/);
  });

  it('the status of a branch: turns from success to failure when the reviews cannot be read any more', async () => {
    const { server, work } = request;
    await work.git('push', '--quiet', 'origin', 'main:lax');
    Object.assign(server, { base: 'lax', reviews: [approval('ada', server.head)] });
    await request.clone();
    const words = ['--no-comment', '--no-labels'];
    assert.equal((await request.pullRequestJob(words)).code, 0);
    server.fail(404, /reviews/);
    assert.equal((await request.pullRequestJob([...words, '--no-status'])).code, 2);
    const outcome = await request.pullRequestJob(words);
    assert.equal(outcome.code, 2);
    assert.equal(outcome.out.match(/could not decide/g)?.length, 1, outcome.out);
    assert.deepEqual(
      server.statuses.map(({ context, state, sha }) => [context, state, sha]),
      [
        ['linekeeper (lax)', 'success', server.head],
        ['linekeeper (lax)', 'failure', server.head],
      ],
    );
    server.fail(404, /./);
    assert.equal((await request.pullRequestJob(words)).code, 2);
  });

  itInFull("writes to the summary when a fork's token may not comment, with the same verdict", async () => {
    Object.assign(request.server, { writes: false, fork: true, reviews: [approval('ada', request.server.head)] });
    await request.clone();
    const outcome = await request.pullRequestJob();
    assert.equal(outcome.code, 0);
    assert.match(outcome.summary, /may not write comment, labels, status, as is usual for a fork/);
  });

  itInFull('writes no comment for a draft, and still decides', async () => {
    request.server.draft = true;
    await request.clone();
    assert.equal((await request.pullRequestJob()).code, 1);
    assert.deepEqual(request.server.comments, []);
  });

  describe('in a merge queue', () => {
    const QUEUE = `refs/heads/gh-readonly-queue/main/pr-7-${'b'.repeat(40)}`;
    let base: string;
    beforeEach(async () => {
      base = await request.work.git('rev-parse', 'main');
    });

    /** The commit that the queue makes of the pull request, as GitHub's merge method makes it. */
    async function queue(method: 'merge' | 'squash'): Promise<string> {
      await request.work.git('checkout', '--quiet', '--detach', base);
      await request.work.git('merge', '--quiet', method === 'merge' ? '--no-ff' : '--squash', 'topic');
      if (method === 'squash') await request.work.git('commit', '--quiet', '--message', 'Encrypt the database (#7)');
      const made = await request.work.git('rev-parse', 'HEAD');
      await request.work.git('push', '--quiet', '--force', 'origin', `HEAD:${QUEUE}`);
      await request.work.git('checkout', '--quiet', 'topic');
      return made;
    }
    const decide = (queued: string): ReturnType<PullRequest['pullRequestJob']> =>
      request.pullRequestJob([], 'merge_group', {
        merge_group: { head_sha: queued, head_ref: QUEUE, base_sha: base },
      });
    const inQueue = (): Promise<void> => request.clone('--depth=1', `--branch=${QUEUE.slice('refs/heads/'.length)}`);

    for (const method of ['merge', 'squash'] as const)
      itInFull(`decides on the queued pull request, queued by ${method}`, async () => {
        const queued = await queue(method);
        await inQueue();
        assert.equal((await decide(queued)).code, 1);
        request.server.reviews = [approval('ada', request.server.head)];
        assert.equal((await decide(queued)).code, 0);
        assert.deepEqual(
          request.server.statuses.map(({ sha }) => sha),
          [queued, queued],
        );
        assert.deepEqual(request.server.comments, []);
      });

    it('decides on the queued commits, not on what was pushed and approved later', async () => {
      const queued = await queue('merge');
      const squashed = await queue('squash');
      await request.work.git('reset', '--quiet', '--hard', base);
      request.work.write('notes.txt', 'harmless\n');
      await request.push('Something harmless');
      request.server.reviews = [approval('ada', request.server.head)];
      await inQueue();
      const merged = await decide(queued);
      assert.equal(merged.code, 1);
      assert.match(merged.out, /Newer commits were pushed since this job was started/);
      const refused = await decide(squashed);
      assert.equal(refused.code, 2);
      assert.match(refused.out, /Pull request 7 has other changes by now .* Add it to the queue again/);
    });

    itInFull("exits 2 when the queue's commit cannot be fetched", async () => {
      await request.clone();
      const refused = await decide('c'.repeat(40));
      assert.equal(refused.code, 2);
      assert.match(refused.out, /The merge queue's commit cccccccccccc is not here/);
    });
  });

  itInFull('takes policy, CODEOWNERS and .mailmap from the base, not from the branch', async () => {
    request.work.write('.linekeeper.yml', 'version: 1\npeople: { senior: [mallory] }\n');
    request.work.write('CODEOWNERS', '* @mallory\n');
    request.work.write('.mailmap', 'Ada <ada@example.com> <carl@example.com>\n');
    await request.push('A softer policy');
    request.server.reviews = [approval('mallory', request.server.head)];
    await request.clone();
    const outcome = await request.pullRequestJob(QUIET);
    assert.equal(outcome.code, 1);
    assert.match(outcome.summary, /decide what is asked of everybody/);
  });

  itInFull('ignores a status of its own name that another app wrote', async () => {
    request.server.statuses.push({
      sha: request.server.head,
      state: 'success',
      context: 'linekeeper',
      description: 'forged',
    });
    await request.clone();
    assert.equal((await request.pullRequestJob()).code, 1);
    assert.equal(
      request.server.asked.some((one) => /check-runs|GET .*statuses/.test(one)),
      false,
    );
    assert.equal(request.server.statuses.at(-1)?.state, 'failure');
  });

  itInFull(
    "writes the status under the branch's own name when a commit is in pull requests to two branches",
    async () => {
      const { work, server } = request;
      await work.git('switch', '--quiet', '--create', 'lax', 'main');
      work.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: standard, paths: ["**"] }]\n');
      await work.commit('Ask for nothing here');
      await work.git('push', '--quiet', 'origin', 'lax');
      server.base = 'lax';
      await request.clone();
      assert.equal((await request.pullRequestJob(['--no-comment', '--no-labels'])).code, 0);
      assert.deepEqual(
        server.statuses.map(({ context, state }) => [context, state]),
        [['linekeeper (lax)', 'success']],
      );
      server.base = 'main';
      assert.equal((await request.pullRequestJob(['--no-comment', '--no-labels'])).code, 1);
      assert.deepEqual(server.statuses.at(-1)?.context, 'linekeeper');
    },
  );

  itInFull('a branch cannot be merged by the status for another branch', async () => {
    const { work, server } = request;
    /** As GitHub's branch protection looks at it: the latest of this name on the head, whatever its case. */
    const allows = (required: string): boolean =>
      server.statuses
        .filter(({ sha, context }) => sha === server.head && context.toLowerCase() === required.toLowerCase())
        .at(-1)?.state === 'success';
    for (const branch of ['release/1', 'Release/1', 'release/1-lax']) {
      await work.git('switch', '--quiet', '--create', branch.replace('R', 'r-'), 'main');
      if (branch !== 'release/1') {
        work.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: standard, paths: ["**"] }]\n');
        await work.commit('Ask for nothing here');
      }
      await work.git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
    }
    await request.clone();
    const decided = async (base: string): Promise<number> => {
      server.base = base;
      return (await request.pullRequestJob(['--no-comment', '--no-labels'])).code;
    };
    assert.deepEqual([await decided('release/1-lax'), await decided('Release/1')], [0, 0]);
    assert.deepEqual([allows('linekeeper'), allows('linekeeper (release/1)')], [false, false]);
    assert.deepEqual([await decided('release/1'), allows('linekeeper (release/1)')], [1, false]);
    const { summary } = await request.pullRequestJob(QUIET);
    assert.match(summary, /The status of this branch is `linekeeper \(release\/1\)`\./);
    server.reviews = [approval('ada', server.head)];
    assert.deepEqual(
      [await decided('release/1'), allows('linekeeper (release/1)'), allows('linekeeper')],
      [0, true, false],
    );
  });

  describe('when anybody may sign off', () => {
    const ANY = POLICY.replace(
      'review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }',
      'review: { any: { from: junior } }',
    );
    let open: PullRequest;
    beforeEach(async () => {
      open = await PullRequest.open(`${ANY}bots: [acme-deployer]\n`);
      open.server.commits = [{ email: 'carl@example.com', login: 'carl' }];
      open.server.fork = true;
      await open.clone();
    });
    afterEach(() => open.dispose());

    for (const [what, by, over, why] of [
      [
        'an account from nowhere, as anybody can make one',
        'sock-puppet',
        { association: 'NONE' },
        /no part in this repository/,
      ],
      [
        'an account that only once gave something',
        'sock-puppet',
        { association: 'CONTRIBUTOR' },
        /no part in this repository/,
      ],
      ['a bot of the fork', 'fork-helper', { type: 'Bot', association: 'NONE' }, /a bot can't sign off/],
      ["a bot of the fork with a person's name", 'ada', { type: 'Bot' }, /a bot can't sign off/],
      ["an account that is no person's", 'carl-org', { type: 'Organization' }, /a bot can't sign off/],
      ["a user's account that the policy lists as a bot", 'acme-deployer', {}, /a bot can't sign off/],
    ] as const) {
      itInFull(`does not count ${what}`, async () => {
        open.server.reviews = [approval(by, open.server.head, over)];
        const outcome = await open.pullRequestJob(QUIET);
        assert.equal(outcome.code, 1, outcome.out);
        assert.match(outcome.summary, why);
      });
    }

    itInFull('counts a collaborator, or a person that the policy lists', async () => {
      open.server.reviews = [approval('zoe', open.server.head, { association: 'COLLABORATOR' })];
      assert.equal((await open.pullRequestJob(QUIET)).code, 0);
      open.server.reviews = [approval('ada', open.server.head, { association: 'NONE' })];
      assert.equal((await open.pullRequestJob(QUIET)).code, 0);
    });
  });

  it('writes and pushes the note of a squash after the merge', async () => {
    const { work } = request;
    await work.git('switch', '--quiet', 'main');
    const before = await work.git('rev-parse', 'HEAD');
    await work.git('merge', '--quiet', '--squash', 'topic');
    await work.git('commit', '--quiet', '--no-verify', '-m', 'Encrypt the database (#7)');
    await work.git('push', '--quiet', 'origin', 'main');
    await work.git('push', '--quiet', 'origin', ':topic');
    const after = await work.git('rev-parse', 'HEAD');
    await request.clone('--depth=1', '--branch=main');
    const outcome = await request.run([], 'push', { ref: 'refs/heads/main', before, after });
    assert.equal(outcome.code, 0, outcome.out);
    assert.match(outcome.out, /Notes written for 1 of 1 commits, and 1 sent to origin\./);
    assert.match(await work.git('-C', request.bare, 'notes', '--ref=ai', 'show', after), /infra\/main\.tf/);
  });

  itInFull('writes the notes of a rebase merge, which names no pull request, after the branch is gone', async () => {
    const { work } = request;
    await request.byAssistant('infra/main.tf', 'resource "db" "main" {\n  name = "orders"\n  encrypted = false\n}\n');
    await request.push('Another thing');
    await work.git('switch', '--quiet', 'main');
    work.write('README.md', 'words\n');
    await work.commit('Words');
    await work.git('push', '--quiet', 'origin', 'main');
    const before = await work.git('rev-parse', 'HEAD');
    const forge = ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@github.com', '-c', 'core.hooksPath=/dev/null'];
    await work.git(...forge, 'cherry-pick', 'topic~', 'topic');
    const after = await work.git('rev-parse', 'HEAD');
    await work.git('push', '--quiet', 'origin', 'main', ':topic');
    await request.clone('--depth=1', '--branch=main');
    const outcome = await request.run([], 'push', { ref: 'refs/heads/main', before, after });
    assert.equal(outcome.code, 0, outcome.out);
    assert.match(outcome.out, /Notes written for 2 of 2 commits, and 2 sent to origin\./);
    for (const commit of [after, `${after}~`])
      assert.match(await work.git('-C', request.bare, 'notes', '--ref=ai', 'show', commit), /infra\/main\.tf/);
  });
});
