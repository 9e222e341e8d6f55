import assert from 'node:assert/strict';
import { forgeNamed, requestsAt } from '../../../../src/review/forges';
import { ForgeError, type RequestApi } from '../../../../src/review/forges/client-parts';
import { GitHubServer, type OpenedPull } from '../../../support/forge/github-server';
import { GitLabServer } from '../../../support/forge/gitlab-server';

const TOKEN = 'gho_secretsecretsecret';
const BRANCHES = { base: 'main', head: 'topic' };
const NEW = {
  ...BRANCHES,
  title: 'Save money',
  body: 'ours',
  draft: false,
  labels: ['ai-assisted'],
  reviewers: ['sue'],
};

const opened = (number: number, over: Partial<OpenedPull> = {}): OpenedPull => ({
  ...{ ...BRANCHES, number, title: 'Save money', body: 'ours', draft: false, reviewers: ['sue'], teams: [] },
  ...over,
});

const failure = async (work: Promise<unknown>): Promise<ForgeError> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ForgeError, String(error));
  assert.doesNotMatch(`${error.message}${error.stack ?? ''}${error.refusal?.words ?? ''}`, /secret/);
  return error;
};

describe('a pull request at GitHub', function () {
  this.timeout(20_000);
  let server: GitHubServer;
  let forge: RequestApi;
  const at = (answer = 5_000): Promise<RequestApi> =>
    requestsAt({
      kind: 'github',
      address: `${server.address}/api/v3`,
      token: TOKEN,
      repository: 'acme/shop',
      patience: { between: 1, retries: 0, answer },
    });
  beforeEach(async () => {
    server = await new GitHubServer().start();
    forge = await at();
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
    assert.deepEqual(
      [...server.tokens].filter((token) => token !== `Bearer ${TOKEN}`),
      [],
    );
  });

  it('gets a review that requests changes, for the commit that was read', async () => {
    server.pulls = [opened(7)];
    server.reader = { login: 'sue' };
    await forge.requestChanges?.({ number: 7 }, { commit: 'b'.repeat(40), body: 'Keep the flag.' });
    assert.deepEqual(server.sentReviews, [
      { event: 'REQUEST_CHANGES', commit: 'b'.repeat(40), body: 'Keep the flag.' },
    ]);
  });

  it("reports GitHub's refusal when somebody requests changes of their own pull request", async () => {
    server.pulls = [opened(7)];
    const work = forge.requestChanges?.({ number: 7 }, { commit: 'b'.repeat(40), body: 'Keep the flag.' });
    const { refusal } = await failure(work ?? assert.fail('not offered'));
    assert.deepEqual([refusal?.status, server.sentReviews], [422, []]);
    assert.match(refusal?.words ?? '', /your own pull request/);
  });

  it('is created as a draft or ready, with labels and reviewers', async () => {
    assert.equal(await forge.account(), 'carl');
    assert.equal(await forge.find(BRANCHES), undefined);
    server.teams = { '@acme/platform': ['sue'] };
    const sent = await forge.create({ ...NEW, draft: true, reviewers: ['sue', 'acme/platform'] });
    assert.deepEqual(sent, { number: 7, refused: { labels: [], reviewers: [] } });
    assert.deepEqual(server.pulls, [
      {
        number: 7,
        title: 'Save money',
        body: 'ours',
        draft: true,
        head: 'topic',
        base: 'main',
        reviewers: ['sue'],
        teams: ['platform'],
      },
    ]);
    assert.deepEqual(server.labels, ['ai-assisted']);
    assert.deepEqual(
      [...(await forge.openRequests())],
      [
        ['sue', 1],
        ['acme/platform', 1],
      ],
    );
  });

  it('is found by its two branches and updated, and others are left alone', async () => {
    server.pulls = [opened(7, { head: 'other' }), opened(8), opened(9, { base: 'release' })];
    const open = await forge.find(BRANCHES);
    assert.deepEqual(open, { number: 8, body: 'ours' });
    assert.ok(open);
    assert.deepEqual(await forge.update(open, { body: 'newer', labels: [], reviewers: ['ada'] }), {
      number: 8,
      refused: { labels: [], reviewers: [] },
    });
    assert.deepEqual(
      server.pulls.map(({ body, reviewers }) => `${body} ${reviewers.join()}`),
      ['ours sue', 'newer sue,ada', 'ours sue'],
    );
  });

  it('is created when the forge refuses some reviewers and labels, and names them', async () => {
    server.collaborators = ['sue'];
    server.fail(403, /labels/);
    assert.deepEqual(await forge.create({ ...NEW, reviewers: ['sue', 'nobody', 'acme/none'] }), {
      number: 7,
      refused: { labels: ['ai-assisted'], reviewers: ['nobody', 'acme/none'] },
    });
    assert.deepEqual(server.pulls[0]?.reviewers, ['sue']);
  });

  it("is not created twice: GitHub's refusal is reported", async () => {
    server.pulls = [opened(7)];
    const { reason, refusal } = await failure(forge.create(NEW));
    assert.equal(reason, 'answer');
    assert.deepEqual(refusal, { status: 422, words: 'A pull request already exists for acme:topic.' });
    assert.equal(server.pulls.length, 1);
  });

  it("the forge's reason is reported for an unpushed branch, a missing right and an expired sign-in", async () => {
    server.branches = [];
    assert.deepEqual((await failure(forge.create(NEW))).refusal, { status: 422, words: 'head invalid' });
    server.fail(
      403,
      /POST .*pulls/,
      1,
      {},
      {
        message: `Resource protected\u0007 by\n organization SAML enforcement for ${TOKEN}${'!'.repeat(300)}`,
      },
    );
    const { reason, refusal } = await failure(forge.create(NEW));
    assert.equal(reason, 'not-allowed');
    assert.match(refusal?.words ?? '', /^Resource protected by organization SAML enforcement for …!+$/);
    assert.equal(refusal?.words.length, 200);
    server.fail(401, /./);
    assert.equal((await failure(forge.account())).refusal?.status, 401);
  });

  it('is refused from a fork', async () => {
    server.isFork = true;
    assert.equal((await failure(forge.find(BRANCHES))).reason, 'fork');
  });

  it('a redirect is not followed, and an http address is refused', async () => {
    server.fail(301, /GET .*pulls/, Infinity, { location: 'http://127.0.0.1:9/elsewhere' });
    assert.equal((await failure(forge.find(BRANCHES))).reason, 'moved');
    await assert.rejects(
      requestsAt({ kind: 'github', address: 'http://git.example.com/api/v3', token: TOKEN, repository: 'a/b' }),
      /no https address/,
    );
  });

  it('a server that does not answer, or is gone, is reported as unreachable', async () => {
    server.hang(/pulls/);
    assert.equal((await failure((await at(300)).find(BRANCHES))).reason, 'unreachable');
    await server.stop();
    assert.equal((await failure(forge.account())).reason, 'unreachable');
  });

  it('the API address is known for github.com, ghe.com and GitHub Enterprise Server', () => {
    assert.deepEqual(
      ['github.com', 'acme.ghe.com', 'github.acme.example'].map((host) =>
        forgeNamed('github').apiAddress?.({ host, origin: `https://${host}` }),
      ),
      ['https://api.github.com', 'https://api.acme.ghe.com', 'https://github.acme.example/api/v3'],
    );
  });
});

describe('a merge request at GitLab', function () {
  this.timeout(20_000);
  let server: GitLabServer;
  let forge: RequestApi;
  beforeEach(async () => {
    server = await new GitLabServer().start();
    server.tokenIn = 'authorization';
    forge = await requestsAt({
      kind: 'gitlab',
      address: server.env()['CI_API_V4_URL'] ?? '',
      token: 'glpat-secret',
      repository: '5',
      patience: { between: 1, retries: 0 },
    });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });

  it('is created, found and updated, and keeps reviewers asked before', async () => {
    server.mostReviewers = 2;
    assert.equal(await forge.find(BRANCHES), undefined);
    assert.deepEqual(await forge.create({ ...NEW, draft: true, reviewers: ['ada'] }), {
      number: 7,
      refused: { labels: [], reviewers: [] },
    });
    assert.equal(server.merges[0]?.title, 'Draft: Save money');
    const open = await forge.find(BRANCHES);
    assert.ok(open);
    assert.deepEqual(
      (await forge.update(open, { body: 'newer', labels: ['risk: critical'], reviewers: ['grace'] })).refused,
      { labels: [], reviewers: [] },
    );
    assert.deepEqual(
      server.merges.map(({ description, labels, reviewers }) => ({ description, labels, reviewers })),
      [{ description: 'newer', labels: ['ai-assisted', 'risk: critical'], reviewers: [2, 3] }],
    );
    assert.deepEqual(
      [...(await forge.openRequests())],
      [
        ['ada', 1],
        ['grace', 1],
      ],
    );
  });

  it("names the reviewers that the server's edition did not take", async () => {
    assert.deepEqual((await forge.create({ ...NEW, reviewers: ['ada', 'grace', 'nobody', 'acme/platform'] })).refused, {
      labels: [],
      reviewers: ['grace', 'nobody', 'acme/platform'],
    });
  });

  it('is refused from a fork', async () => {
    server.isFork = true;
    assert.equal((await failure(forge.find(BRANCHES))).reason, 'fork');
  });
});
