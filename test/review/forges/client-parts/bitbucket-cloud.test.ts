import assert from 'node:assert/strict';
import { connectForge, forgeNamed, readEvent } from '../../../../src/review/forges';
import type { ForgeApi } from '../../../../src/review/forges/client-parts';
import { BitbucketServer, uuidOf } from '../../../support/forge/bitbucket-server';

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];
const MARKER = '<!-- linekeeper -->';
const at = (hour: number): string => `2025-01-01T0${String(hour)}:00:00Z`;

describe('client of Bitbucket Cloud', function () {
  this.timeout(20_000);
  let server: BitbucketServer;
  let forge: ForgeApi;
  beforeEach(async () => {
    server = await new BitbucketServer().start();
    forge = await connectForge(server.env(), { between: 1, retries: 0, answer: 5_000 });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });
  const told = async (): Promise<readonly string[]> =>
    (await forge.change(7)).approvals.map(({ by, state, commit }) => `${by} ${state} ${commit.slice(0, 1)}`);

  it('takes each approval for the commit that was the latest then, and names people by account id', async () => {
    server.activity.unshift({ approved: 'bob', at: at(4) }, { approved: 'ada', at: at(2) }, { said: 'fine' });
    server.participants = [
      { by: 'ada', approved: true },
      { by: 'bob', approved: true },
      { by: 'zoe' },
      { by: 'pat', state: 'changes_requested' },
      { by: 'robot', approved: true },
      { by: 'gone', approved: true },
    ];
    assert.deepEqual(await told(), [
      `${uuidOf('ada')} approved a`,
      `${uuidOf('bob')} approved b`,
      `${uuidOf('pat')} changes_requested 0`,
      `${uuidOf('robot')}[bot] approved 0`,
    ]);
    const notices = (await forge.change(7)).notices.join('\n');
    assert.match(notices, /[0-9a-f-]{36} is "ADA of Acme"/);
    assert.match(notices, /does not say which commit [0-9a-f-]{36}\[bot\]/);
    assert.match(notices, /does not exist any more/);
  });

  it('reads the activity to its last page, and sends the token to no other address', async () => {
    server.page = 1;
    server.elsewhere = 'http://127.0.0.1:9/2.0/elsewhere';
    server.activity.push({ approved: 'ada', at: at(2) });
    server.participants = [{ by: 'ada', approved: true }];
    assert.deepEqual(await told(), [`${uuidOf('ada')} approved a`]);
  });

  it('gives an approval no commit when that commit has left the pull request', async () => {
    server.commits = server.commits.slice(0, 1);
    server.activity.push({ approved: 'ada', at: at(2) });
    server.participants = [{ by: 'ada', approved: true }];
    assert.deepEqual(await told(), [`${uuidOf('ada')} approved 0`]);
  });

  it('reads author, commits and branches, and refuses a fork and a deleted author', async () => {
    Object.assign(server, { base: 'release/2', draft: true });
    const { opener, head, base, defaultBranch, draft, headRef, addresses } = await forge.change(7);
    assert.deepEqual(
      { opener, head, base, defaultBranch, draft, headRef, addresses },
      {
        opener: uuidOf('carl'),
        head: SECOND,
        base: 'release/2',
        defaultBranch: 'main',
        draft: true,
        headRef: 'refs/heads/topic',
        addresses: { [uuidOf('carl')]: ['carl@example.com'] },
      },
    );
    server.fork = true;
    await assert.rejects(forge.change(7), /comes from a fork.*push its branch and its notes here/);
    Object.assign(server, { fork: false, opener: null });
    await assert.rejects(forge.change(7), /does not exist any more/);
  });

  it('says that a group cannot be resolved', async () => {
    const { teams, notices } = await forge.teams(['@acme/seniors']);
    assert.deepEqual(teams, {});
    assert.match(notices.join(), /@acme\/seniors is not known here.*Name its people/);
  });

  it("updates its one comment, and leaves a deleted one and another's comment with our marker alone", async () => {
    server.comments = [
      { id: 90, author: 'carl', text: `${MARKER}\nmine` },
      { id: 91, author: 'robot', text: `${MARKER}\nold`, deleted: true },
    ];
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'unchanged');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\ntwo`), 'written');
    assert.deepEqual(
      server.comments.map(({ text }) => text),
      [`${MARKER}\nmine`, `${MARKER}\nold`, `${MARKER}\ntwo`],
    );
    assert.equal(forge.label, undefined);
  });

  it('sets the status of a commit, with a shortened key for a long branch name', async () => {
    const state = { passed: false, text: 'no', change: 7 };
    assert.equal(await forge.status(FIRST, { ...state, context: 'linekeeper' }), 'written');
    await forge.status(FIRST, { ...state, context: `linekeeper (${'x'.repeat(60)})` });
    assert.deepEqual(
      server.statuses.map(({ key, state: said, commit }) => [String(key).length <= 40, said, commit]),
      [
        [true, 'FAILED', FIRST],
        [true, 'FAILED', FIRST],
      ],
    );
    assert.notEqual(server.statuses[0]?.['key'], server.statuses[1]?.['key']);
    server.writes = false;
    assert.equal(await forge.status(FIRST, { ...state, context: 'linekeeper' }), 'not-allowed');
  });

  it('refuses to connect without a token', async () => {
    await assert.rejects(
      connectForge({ ...server.env(), LINEKEEPER_BITBUCKET_TOKEN: '' }),
      /LINEKEEPER_BITBUCKET_TOKEN/,
    );
  });

  it('reads the pull request or branch that started a job', async () => {
    const env = { ...server.env(), BITBUCKET_COMMIT: SECOND };
    assert.deepEqual(await readEvent({ ...env, BITBUCKET_PR_ID: '7', BITBUCKET_BRANCH: 'topic' }), {
      kind: 'change',
      number: 7,
      head: SECOND,
      statusOf: SECOND,
      queued: false,
    });
    assert.deepEqual(await readEvent({ ...env, BITBUCKET_BRANCH: 'main' }), {
      kind: 'push',
      branch: 'main',
      before: null,
      after: SECOND,
    });
    await assert.rejects(readEvent(env), /no pull request/);
    await assert.rejects(readEvent({ ...env, BITBUCKET_PR_ID: '7; id' }), { name: 'CiError' });
    assert.deepEqual(
      forgeNamed('bitbucket-cloud').jobs?.numbersIn('Merged in topic (pull request #12)\n\nEncrypt (pull request #3)'),
      [12],
    );
  });
});
