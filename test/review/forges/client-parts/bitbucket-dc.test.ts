import assert from 'node:assert/strict';
import { connectForge, forgeNamed, readEvent } from '../../../../src/review/forges';
import type { ForgeApi } from '../../../../src/review/forges/client-parts';
import { BitbucketDcServer } from '../../../support/forge/bitbucket-dc-server';

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];
const MARKER = '<!-- linekeeper -->';

describe('client of Bitbucket Data Center', function () {
  this.timeout(60_000);
  let server: BitbucketDcServer;
  let forge: ForgeApi;
  beforeEach(async () => {
    server = await new BitbucketDcServer().start();
    forge = await connectForge(server.env(), { between: 1, retries: 0, answer: 30_000 });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });

  it('takes each approval for the commit that the reviewer or participant saw', async () => {
    server.reviewers = [
      { by: 'ada', status: 'APPROVED', at: SECOND },
      { by: 'bob', status: 'APPROVED', at: FIRST },
      { by: 'zoe', status: 'UNAPPROVED', at: SECOND },
      { by: 'pat', status: 'NEEDS_WORK', at: SECOND },
      { by: 'robot', status: 'APPROVED', at: SECOND },
      { by: 'old', status: 'APPROVED', at: SECOND, active: false },
    ];
    server.participants = [
      { by: 'mia', status: 'APPROVED' },
      { by: 'ada', status: 'UNAPPROVED' },
    ];
    const { approvals, notices } = await forge.change(7);
    assert.deepEqual(
      approvals.map(({ by, state, commit }) => `${by} ${state} ${commit.slice(0, 1)}`),
      ['ada approved b', 'bob approved a', 'pat changes_requested 0', 'robot[bot] approved b', 'mia approved 0'],
    );
    assert.match(notices.join('\n'), /approval of old was left out.*\n.*does not say which commit mia approved/);
  });

  it('reads author, commits and branches, also of a fork', async () => {
    Object.assign(server, { base: 'release/2', fork: true, hasBranch: false });
    const { opener, head, base, defaultBranch, headRef, fork } = await forge.change(7);
    assert.deepEqual(
      { opener, head, base, defaultBranch, headRef, fork },
      {
        opener: 'carl',
        head: SECOND,
        base: 'release/2',
        defaultBranch: null,
        headRef: 'refs/pull-requests/7/from',
        fork: true,
      },
    );
    server.fork = false;
    assert.equal((await forge.change(7)).headRef, 'refs/heads/topic');
    server.opener = null;
    await assert.rejects(forge.change(7), /does not say who opened pull request 7/);
  });

  it("a fork's address: is the one for HTTP without a user, and is left out when there is none", async () => {
    server.fork = true;
    server.forkAddresses = [['ssh', 'ssh://git@git.acme.example:7999/~carl/web.git']];
    assert.equal((await forge.change(7)).forkAddress, undefined);
    server.forkAddresses.push(['http', 'https://carl@git.acme.example/scm/~carl/web.git']);
    assert.equal((await forge.change(7)).forkAddress, 'https://git.acme.example/scm/~carl/web.git');
    server.fork = false;
    assert.equal((await forge.change(7)).forkAddress, undefined);
  });

  it('says that a group cannot be resolved', async () => {
    const { teams, notices } = await forge.teams(['@seniors']);
    assert.deepEqual(teams, {});
    assert.match(notices.join(), /@seniors is not known here.*Name its people/);
  });

  it("finds its one comment over several pages, and leaves another's comment with our marker alone", async () => {
    server.page = 1;
    server.comments = [{ id: 90, author: 'carl', text: `${MARKER}\nmine`, version: 4 }];
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\ntwo`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\ntwo`), 'unchanged');
    assert.deepEqual(
      server.comments.map(({ text, version }) => [text, version]),
      [
        [`${MARKER}\nmine`, 4],
        [`${MARKER}\ntwo`, 1],
      ],
    );
    assert.equal(forge.label, undefined);
  });

  it('sets the status of a commit, with a link to the pull request', async () => {
    const state = { passed: true, text: 'yes', change: 7, context: 'linekeeper (release)' };
    assert.equal(await forge.status(FIRST, state), 'written');
    assert.deepEqual(
      server.statuses.map(({ key, state: said, commit, url }) => [key, said, commit, url]),
      [
        [
          'linekeeper (release)',
          'SUCCESSFUL',
          FIRST,
          `${server.origin}/git/projects/SHOP/repos/web/pull-requests/7/overview`,
        ],
      ],
    );
    server.writes = false;
    assert.equal(await forge.status(FIRST, state), 'not-allowed');
  });

  it('refuses to connect without a token, an https address or a repository', async () => {
    const without = (over: Record<string, string>): Promise<unknown> => connectForge({ ...server.env(), ...over });
    await assert.rejects(without({ LINEKEEPER_BITBUCKET_TOKEN: '' }), /LINEKEEPER_BITBUCKET_TOKEN/);
    await assert.rejects(without({ LINEKEEPER_BITBUCKET_URL: 'http://git.acme.com' }), /no https address/);
    await assert.rejects(without({ LINEKEEPER_BITBUCKET_REPOSITORY: 'web' }), /such as KEY\/NAME/);
  });

  it('reads what started a job from its own variables or from Jenkins', async () => {
    const change = { kind: 'change', number: 7, queued: false };
    assert.deepEqual(await readEvent({ ...server.env(), CHANGE_ID: '7', GIT_COMMIT: FIRST }), {
      ...change,
      head: null,
      statusOf: null,
    });
    const own = { ...server.env(), LINEKEEPER_BITBUCKET_COMMIT: SECOND };
    assert.deepEqual(await readEvent({ ...own, LINEKEEPER_BITBUCKET_PR_ID: '7' }), {
      ...change,
      head: SECOND,
      statusOf: SECOND,
    });
    assert.deepEqual(await readEvent({ ...own, LINEKEEPER_BITBUCKET_BRANCH: 'main' }), {
      kind: 'push',
      branch: 'main',
      before: null,
      after: SECOND,
    });
    await assert.rejects(readEvent(own), /LINEKEEPER_BITBUCKET_PR_ID/);
    await assert.rejects(readEvent({ ...own, CHANGE_ID: '7; id' }), { name: 'CiError' });
    assert.deepEqual(
      forgeNamed('bitbucket-dc').jobs?.numbersIn('Pull request #12: Add\n\nMerge in SHOP/web from topic to main'),
      [12],
    );
  });
});
