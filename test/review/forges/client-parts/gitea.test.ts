import assert from 'node:assert/strict';
import { connectForge } from '../../../../src/review/forges';
import { ForgeError, type ForgeApi } from '../../../../src/review/forges/client-parts';
import { GiteaServer } from '../../../support/forge/gitea-server';

const HEAD = 'a'.repeat(40);
const MARKER = '<!-- linekeeper -->';

describe('client of Gitea', function () {
  this.timeout(20_000);
  let server: GiteaServer;
  let forge: ForgeApi;
  beforeEach(async () => {
    server = await new GiteaServer().start();
    forge = await connectForge(server.env(), { between: 1, retries: 0, answer: 5_000 });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });
  const told = async (): Promise<readonly string[]> =>
    (await forge.change(7)).approvals.map(
      ({ by, state, commit, outsider }) =>
        `${by} ${state} ${commit.slice(0, 2)}${outsider === true ? ' outsider' : ''}`,
    );

  it('counts an approval of a person who is still a requested reviewer', async () => {
    server.reviews = [{ id: 1, by: 'ada', state: 'APPROVED' }];
    assert.deepEqual(await told(), ['ada approved aa']);
  });

  it('tells dismissed, re-requested and rejecting reviews and outsiders apart', async () => {
    server.reviews = [
      { id: 9, by: null, state: 'REQUEST_REVIEW' },
      { id: 1, by: 'ada', state: 'APPROVED', dismissed: true, official: false },
      { id: 2, by: 'bob', state: 'APPROVED' },
      { id: 5, by: 'bob', state: 'REQUEST_REVIEW' },
      { id: 3, by: 'zoe', state: 'REQUEST_CHANGES', commit: 'c'.repeat(40) },
      { id: 4, by: 'pat', state: 'APPROVED', official: false },
      { id: 6, by: 'carl', state: 'COMMENT' },
      { id: 7, by: 'Ghost', state: 'APPROVED' },
      { id: 8, by: 'gitea-actions', state: 'APPROVED' },
    ];
    assert.deepEqual(await told(), [
      'ada dismissed aa',
      'bob re-requested aa',
      'zoe changes_requested cc',
      'pat approved aa outsider',
      'gitea-actions[bot] approved aa',
    ]);
    assert.match((await forge.change(7)).notices.join(), /does not exist any more/);
  });

  it('takes a member whose older verdict was replaced for a member', async () => {
    server.reviews = [
      { id: 1, by: 'ada', state: 'REQUEST_CHANGES', official: false },
      { id: 2, by: 'ada', state: 'APPROVED' },
    ];
    assert.deepEqual(await told(), ['ada changes_requested aa', 'ada approved aa']);
  });

  it('time of a review: from its beginning to its submission when it waited, but not to its dismissal', async () => {
    const updated = '2025-01-01T09:00:00Z';
    server.reviews = [
      { id: 1, by: 'ada', state: 'APPROVED', dismissed: true, updated },
      { id: 2, by: 'ada', state: 'APPROVED', updated },
      { id: 3, by: 'bob', state: 'APPROVED' },
    ];
    const begun = (second: number): number => Date.parse(`2025-01-01T00:00:0${String(second)}Z`);
    assert.deepEqual(
      (await forge.change(7)).approvals.map(({ at, earliest }) => [earliest, at]),
      [
        [undefined, begun(1)],
        [begun(2), Date.parse(updated)],
        [undefined, begun(3)],
      ],
    );
  });

  it('reads reviews to the last page, though the server does not name it', async () => {
    server.page = 2;
    server.reviews = [
      ...Array.from({ length: 6 }, (_, index) => ({ id: index + 1, by: 'bob', state: 'COMMENT' as const })),
      { id: 7, by: 'ada', state: 'APPROVED' },
      { id: 8, by: 'ada', state: 'REQUEST_CHANGES' },
    ];
    assert.deepEqual(await told(), ['ada approved aa', 'ada changes_requested aa']);
  });

  it('reads author, branches, fork, draft state and the e-mail addresses of accounts', async () => {
    Object.assign(server, { fork: true, draft: true, base: 'release/2' });
    server.commits = [
      { email: 'carl@example.com', login: 'carl' },
      { email: 'x@example.com', login: null },
    ];
    const { opener, base, defaultBranch, fork, forkAddress, draft, headRef, addresses } = await forge.change(7);
    assert.deepEqual(
      { opener, base, defaultBranch, fork, forkAddress, draft, headRef, addresses },
      {
        opener: 'carl',
        base: 'release/2',
        defaultBranch: 'main',
        fork: true,
        forkAddress: 'https://gitea.example/carl/shop.git',
        draft: true,
        headRef: 'refs/pull/7/head',
        addresses: { carl: ['carl@example.com'] },
      },
    );
    server.opener = 'Ghost';
    await assert.rejects(forge.change(7), /does not exist any more/);
  });

  it('finds a team by its whole name, and names the token it needs when refused', async () => {
    server.teams = { 'acme/seniors-eu': ['zoe'], 'acme/Seniors': ['ada', 'bob'] };
    assert.deepEqual(await forge.teams(['@acme/seniors', '@acme/sen', '@acme/a/b']), {
      teams: { '@acme/seniors': ['ada', 'bob'] },
      notices: (await forge.teams(['@acme/sen', '@acme/a/b'])).notices,
    });
    server.fail(403, /members/);
    const { teams, notices } = await forge.teams(['@acme/seniors']);
    assert.deepEqual(teams, {});
    assert.match(notices.join(), /LINEKEEPER_TEAM_TOKEN/);
  });

  it("updates its one comment, and leaves another's comment with our marker alone", async () => {
    server.comments = [{ id: 90, login: 'carl', body: `${MARKER}\nmine` }];
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'unchanged');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\ntwo`), 'written');
    assert.deepEqual(
      server.comments.map(({ body }) => body),
      [`${MARKER}\nmine`, `${MARKER}\ntwo`],
    );
  });

  it('creates missing labels, and sets and removes them', async () => {
    server.labels = new Map([[1, 'bug']]);
    assert.equal(await forge.label?.(7, { add: ['risk: critical', 'bug'], remove: [] }), 'written');
    assert.deepEqual([...server.set].map((id) => server.labels.get(id)).sort(), ['bug', 'risk: critical']);
    server.asked.length = 0;
    assert.equal(await forge.label?.(7, { add: [], remove: ['bug', 'other'] }), 'written');
    assert.ok(!server.asked.some((request) => request.startsWith('POST')), 'nothing is sent for no label');
    assert.deepEqual(
      [...server.set].map((id) => server.labels.get(id)),
      ['risk: critical'],
    );
  });

  it('sets the status of a commit, and reports when it may not write', async () => {
    const state = { context: 'linekeeper (release/2)', passed: false, text: 'no', change: 7 };
    assert.equal(await forge.status(HEAD, state), 'written');
    assert.deepEqual(server.statuses, [
      { sha: HEAD, state: 'failure', context: 'linekeeper (release/2)', description: 'no' },
    ]);
    server.writes = false;
    assert.equal(await forge.status(HEAD, state), 'not-allowed');
    assert.equal(await forge.comment(7, MARKER, 'x'), 'not-allowed');
  });

  it('checks of a commit: the latest of each name when some ran again', async () => {
    server.page = 2;
    const said = (context: string, state: string, sha = HEAD): object => ({ sha, context, state, description: '' });
    Object.assign(server, {
      statuses: [
        said('plan', 'failure'),
        said('plan', 'success'),
        said('CI / unit (pull_request)', 'success'),
        said('CI / unit (pull_request)', 'pending'),
        said('scan', 'warning'),
        said('lint', 'error'),
        said('docs', 'skipped'),
        said('plan', 'failure', 'b'.repeat(40)),
      ],
    });
    assert.deepEqual(await forge.checks?.(HEAD), {
      plan: 'success',
      'CI / unit (pull_request)': 'pending',
      scan: 'failure',
      lint: 'failure',
      docs: 'success',
    });
  });

  it('checks of a commit: unknown when the token may not read them, an error when the server fails', async () => {
    server.fail(403, new RegExp(HEAD));
    assert.equal(await forge.checks?.(HEAD), undefined);
    server.fail(500, new RegExp('b'.repeat(40)));
    await assert.rejects(async () => forge.checks?.('b'.repeat(40)), ForgeError);
  });

  it('refuses to connect without a token or a server', async () => {
    await assert.rejects(connectForge({ ...server.env(), GITHUB_TOKEN: '' }), /GITHUB_TOKEN/);
    await assert.rejects(
      connectForge({ ...server.env(), GITHUB_API_URL: '', GITHUB_SERVER_URL: '' }),
      (error) => error instanceof ForgeError && /GITHUB_SERVER_URL/.test(error.message),
    );
    await assert.rejects(connectForge({ ...server.env(), GITHUB_API_URL: 'http://git.acme.com/api/v1' }), /https/);
  });
});
