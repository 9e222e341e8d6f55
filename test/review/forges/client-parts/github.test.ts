import assert from 'node:assert/strict';
import { ForgeError, type ForgeApi } from '../../../../src/review/forges/client-parts';
import { wholeApi } from '../../../support/forge/whole-api';
import { GitHubServer, type Review } from '../../../support/forge/github-server';

const HEAD = 'a'.repeat(40);
const review = (login: string, over: Partial<Review> = {}): Review => ({
  by: { login },
  state: 'APPROVED',
  commit: HEAD,
  at: '2025-01-01T00:00:00Z',
  ...over,
});
const MARKER = '<!-- linekeeper -->';

describe('client of GitHub', function () {
  this.timeout(20_000);
  let server: GitHubServer;
  let forge: Required<ForgeApi>;
  beforeEach(async () => {
    server = await new GitHubServer().start();
    forge = await wholeApi(server.env(), { between: 1, retries: 2, answer: 5_000 });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });

  const failure = async (work: Promise<unknown>): Promise<ForgeError> => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ForgeError, String(error));
    assert.doesNotMatch(`${error.message}${error.stack ?? ''}`, /secret/);
    return error;
  };

  it('reads each approval with its state, person and commit', async () => {
    server.reviews = [
      review('ada'),
      review('bob', { state: 'CHANGES_REQUESTED' }),
      review('grace', { state: 'DISMISSED' }),
      review('zoe', { state: 'COMMENTED' }),
      review('pat', { commit: null }),
    ];
    const { opener, head, base, approvals, fork, draft } = await forge.change(7);
    assert.deepEqual(
      { opener, head, base, fork, draft },
      { opener: 'carl', head: HEAD, base: 'main', fork: false, draft: false },
    );
    assert.deepEqual(
      approvals.map(({ by, state, commit }) => `${by} ${state} ${commit.slice(0, 2)}`),
      ['ada approved aa', 'bob changes_requested aa', 'grace dismissed aa', 'pat approved 00'],
    );
    assert.deepEqual([...server.tokens], ['Bearer ghs_secretsecretsecret']);
  });

  it('reads every page of reviews', async () => {
    server.page = 3;
    server.reviews = Array.from({ length: 10 }, (_, index) => review(`person-${String(index)}`));
    assert.equal((await forge.change(7)).approvals.length, 10);
    assert.equal(server.asked.filter((one) => one.endsWith('/reviews')).length, 4);
  });

  it('makes three requests for a pull request of 90 reviews', async () => {
    server.reviews = Array.from({ length: 90 }, (_, index) => review(`person-${String(index)}`));
    await forge.change(7);
    assert.equal(forge.requests(), 3);
  });

  it('knows a bot by its account type, and leaves out deleted accounts', async () => {
    server.reviews = [review('ada', { by: { login: 'ada-helper', type: 'Bot' } }), review('x', { by: null })];
    const { approvals, notices } = await forge.change(7);
    assert.deepEqual(
      approvals.map(({ by }) => by),
      ['ada-helper[bot]'],
    );
    assert.match(notices.join(), /does not exist any more/);
  });

  it('marks the approval of a person who is asked for review again', async () => {
    server.reviews = [review('Ada'), review('bob')];
    server.requested = [{ login: 'ada' }];
    assert.deepEqual(
      (await forge.change(7)).approvals.map(({ state }) => state),
      ['re-requested', 'approved'],
    );
  });

  it("reads which account each commit's e-mail address belongs to", async () => {
    server.commits = [
      { email: 'carl@example.com', login: 'carl' },
      { email: 'c@home.example', login: 'carl' },
      { email: 'nobody@example.com', login: null },
    ];
    assert.deepEqual((await forge.change(7)).addresses, { carl: ['carl@example.com', 'c@home.example'] });
  });

  it('retries after a failure, and gives up with the reason', async () => {
    server.fail(502, /reviews/, 2);
    server.reviews = [review('ada')];
    assert.equal((await forge.change(7)).approvals.length, 1);
    server.fail(500, /reviews/);
    const error = await failure(forge.change(7));
    assert.deepEqual(
      [error.reason, error.message],
      ['unreachable', `${forge.host} failed (500 for GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews).`],
    );
  });

  it('a failed server: is not tried again and again by each further request, until it answers', async () => {
    server.fail(500, /./);
    const sent = async (): Promise<number> => {
      const before = forge.requests();
      await failure(forge.change(7));
      return forge.requests() - before;
    };
    const [first, second] = [await sent(), await sent()];
    assert.ok(second < first, `${String(second)} requests after ${String(first)}`);
  });

  it('gives up on a server that does not answer', async () => {
    server.hang(/reviews/);
    const error = await failure((await wholeApi(server.env(), { between: 1, retries: 0, answer: 300 })).change(7));
    assert.match(error.message, /did not answer in time/);
  });

  for (const [status, headers, reason] of [
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }, 'rate-limit'],
    [429, { 'retry-after': '3600' }, 'rate-limit'],
    [401, {}, 'not-allowed'],
    [404, {}, 'not-found'],
  ] as const) {
    it(`reports ${String(status)} as ${reason}`, async () => {
      server.fail(status, /reviews/, Infinity, headers);
      assert.equal((await failure(forge.change(7))).reason, reason);
    });
  }

  it('follows no redirect', async () => {
    server.fail(302, /reviews/, 1, { location: 'https://elsewhere.example/' });
    assert.equal((await failure(forge.change(7))).reason, 'moved');
  });

  it("addresses of an account: come from its own commits alone when others' are listed too", async () => {
    server.history = [
      { email: 'ada@example.com', login: 'ada' },
      { email: 'ada@home.example.com', login: 'ada' },
      { email: 'eve@example.com', login: 'eve' },
      { email: 'nobody@example.com', login: null },
    ];
    assert.deepEqual(await forge.addressesOf('ada'), ['ada@example.com', 'ada@home.example.com']);
    assert.deepEqual(await forge.addressesOf('zoe'), []);
    server.fail(403, /\/commits$/);
    assert.deepEqual(await forge.addressesOf('ada'), []);
  });

  it('resolves teams, and says which it cannot', async () => {
    server.teams = { '@acme/seniors': ['ada', 'grace'] };
    const { teams, notices } = await forge.teams(['@acme/seniors', '@acme/gone']);
    assert.deepEqual(teams, { '@acme/seniors': ['ada', 'grace'] });
    assert.equal(notices.length, 1);
    assert.match(notices[0] ?? '', /^Who is in the team @acme\/gone is not known here: .*LINEKEEPER_TEAM_TOKEN/);
  });

  it('uses LINEKEEPER_TEAM_TOKEN for teams only', async () => {
    server.teams = { '@acme/seniors': ['ada'] };
    const own = await wholeApi({ ...server.env(), LINEKEEPER_TEAM_TOKEN: 'ghp_teamsonly' }, { between: 1 });
    await own.change(7);
    assert.deepEqual([...server.tokens], ['Bearer ghs_secretsecretsecret']);
    await own.teams(['@acme/seniors']);
    assert.deepEqual([...server.tokens], ['Bearer ghs_secretsecretsecret', 'Bearer ghp_teamsonly']);
    assert.equal(own.requests(), 4);
  });

  it("updates its one comment, and leaves another's comment with our marker alone", async () => {
    server.comments = [{ id: 1, login: 'mallory', body: `${MARKER}\nAll is well.` }];
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\nfirst`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\nsecond`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\nsecond`), 'unchanged');
    assert.deepEqual(
      server.comments.map(({ login, body }) => [login, body]),
      [
        ['mallory', `${MARKER}\nAll is well.`],
        ['github-actions[bot]', `${MARKER}\nsecond`],
      ],
    );
  });

  it('sets and removes labels, and sets the status of a commit', async () => {
    server.labels = ['risk: critical', 'mine'];
    assert.equal(await forge.label(7, { add: ['ai-assisted'], remove: ['risk: critical', 'gone'] }), 'written');
    assert.deepEqual(server.labels, ['mine', 'ai-assisted']);
    assert.equal(
      await forge.status(HEAD, { context: 'linekeeper', passed: false, text: 'x'.repeat(300), change: 7 }),
      'written',
    );
    assert.deepEqual(
      server.statuses.map(({ sha, state, context, description }) => [sha, state, context, description.length]),
      [[HEAD, 'failure', 'linekeeper', 140]],
    );
  });

  it("reports that a fork's token may not write", async () => {
    server.writes = false;
    assert.deepEqual(
      [
        await forge.comment(7, MARKER, 'x'),
        await forge.label(7, { add: ['a'], remove: [] }),
        await forge.status(HEAD, { context: 'c', passed: true, text: '', change: 7 }),
      ],
      ['not-allowed', 'not-allowed', 'not-allowed'],
    );
  });

  for (const address of ['http://api.example.com', 'https://ada:pw@api.example.com', 'nonsense']) {
    it(`sends no token to ${address}`, async () => {
      await assert.rejects(wholeApi({ ...server.env(), GITHUB_API_URL: address }), /no https address/);
    });
  }

  for (const [what, over] of [
    ['GITEA_ACTIONS is set', { GITEA_ACTIONS: 'true' }],
    ['FORGEJO_ACTIONS is set', { FORGEJO_ACTIONS: 'true' }],
    ['GITHUB_API_URL is no address of GitHub', { GITHUB_API_URL: 'https://git.acme.com/api/v1' }],
    ['GITHUB_API_URL is no address of GitHub', { GITHUB_API_URL: 'https://api.github.com.evil.example' }],
  ] as const)
    it(`refuses to connect when ${what}: ${Object.values(over).join()}`, () => {
      return assert.rejects(
        wholeApi({ LINEKEEPER_FORGE: 'github', ...server.env(), ...over }),
        new RegExp(`${what}, so this is not a GitHub job.*--approvals FILE`),
      );
    });

  it('refuses answers with fields that only Gitea has', async () => {
    server.extra = { dismissed: true };
    server.reviews = [review('ada')];
    const { reason, message } = await failure(forge.change(7));
    assert.deepEqual([reason, /is not GitHub but another Git host/.test(message)], ['unknown-forge', true]);
  });

  for (const address of ['https://api.github.com', 'https://api.acme.ghe.com', 'https://git.acme.com/api/v3'])
    it(`connects to ${address}`, async () => {
      assert.equal((await wholeApi({ ...server.env(), GITHUB_API_URL: address })).kind, 'github');
    });
});
