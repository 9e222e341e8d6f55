/** While an incident is open on the base, a job asks for one more sign-off, until the base says that it is over. */
import assert from 'node:assert/strict';
import { POLICY, PullRequest } from '../../support/forge/ci-job';

const FILE = '.linekeeper/incidents/2025-01-01-orders.yml';
const ID = 'INC-2025-01-01-orders';
const OPEN = `version: 1
title: Orders <img src=x> were down
began: 2025-01-01T10:00:00Z
state: open
paths: ["infra/**"]
`;
const SENIORS = POLICY.replace('"@acme/seniors"', 'grace@example.com').replace(
  'aliases: {',
  'aliases: { grace: [grace@example.com],',
);
const QUIET = ['--no-comment', '--no-labels', '--no-status'];

describe('linekeeper ci during an open incident', function () {
  this.timeout(90_000);
  let request: PullRequest;
  beforeEach(async () => {
    request = await PullRequest.open(SENIORS);
  });
  afterEach(async () => {
    await request.dispose();
    assert.deepEqual(request.server.wrong, []);
  });

  const onMain = async (content: string): Promise<void> => {
    const { work } = request;
    await work.git('switch', '--quiet', 'main');
    work.write(FILE, content);
    await work.commit('incident');
    await work.git('push', '--quiet', 'origin', 'main');
    await work.git('switch', '--quiet', 'topic');
  };
  const approvedBy = (...logins: readonly string[]): void => {
    const { server } = request;
    server.reviews = logins.map((login) => ({
      by: { login, type: 'User' },
      state: 'APPROVED',
      commit: server.head,
      at: '2025-01-02T00:00:00Z',
    }));
  };

  it('needs a second senior, and names the incident', async () => {
    await onMain(OPEN);
    await request.clone();
    approvedBy('ada');
    const one = await request.pullRequestJob();
    assert.equal(one.code, 1, one.out + one.err.join('\n'));
    assert.equal(one.outputs['verdict'], 'fail');
    for (const text of [one.summary, request.server.comments[0]?.body ?? '']) {
      assert.match(text, /Not ready: another senior's sign-off is missing/);
      assert.ok(text.includes(ID) && text.includes(FILE), text);
      assert.doesNotMatch(text.replace(/`[^`]*`/g, ''), /<img/, 'only as code');
    }
    assert.equal(request.server.statuses.at(-1)?.state, 'failure');
    approvedBy('ada', 'grace');
    const two = await request.pullRequestJob(QUIET, 'pull_request_review');
    assert.deepEqual([two.code, two.outputs['verdict']], [0, 'pass'], two.summary);
  });

  it('is lifted when the base closes the incident, not when the branch does', async () => {
    await onMain(OPEN);
    request.work.write(FILE, OPEN.replace('state: open', 'state: closed'));
    await request.push('It is over');
    await request.clone();
    approvedBy('ada');
    assert.equal((await request.pullRequestJob(QUIET)).code, 1);
    await onMain(OPEN.replace('state: open', 'state: closed'));
    const { code, summary } = await request.pullRequestJob(QUIET);
    assert.doesNotMatch(summary, /is open on/);
    assert.equal(code, 0, summary);
  });
});
