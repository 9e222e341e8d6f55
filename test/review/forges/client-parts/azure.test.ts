import assert from 'node:assert/strict';
import { connectForge, forgeNamed, parseRemote, readEvent } from '../../../../src/review/forges';
import type { ForgeApi } from '../../../../src/review/forges/client-parts';
import { AzureServer } from '../../../support/forge/azure-server';

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];
const MARKER = '<!-- linekeeper -->';
const at = (hour: number): string => `2025-01-01T0${String(hour)}:00:00Z`;

describe('client of Azure DevOps', function () {
  this.timeout(20_000);
  let server: AzureServer;
  let forge: ForgeApi;
  beforeEach(async () => {
    server = await new AzureServer().start();
    forge = await connectForge(server.env(), { between: 1, retries: 0, answer: 5_000 });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });
  const told = async (): Promise<readonly string[]> =>
    (await forge.change(7)).approvals.map(({ by, state, commit }) => `${by} ${state} ${commit.slice(0, 1)}`);

  it('takes each vote as an approval of the commit that was the latest then', async () => {
    server.votes = [
      { by: 'ada@example.com', vote: 10, at: at(2) },
      { by: 'bob@example.com', vote: 5, at: at(4) },
      { by: 'zoe@example.com', vote: 0, at: at(4) },
      { by: 'pat@example.com', vote: -5, at: at(4) },
      { by: 'sam@example.com', vote: -10, at: at(4) },
    ];
    assert.deepEqual(await told(), [
      'ada@example.com approved a',
      'bob@example.com approved b',
      'pat@example.com changes_requested 0',
      'sam@example.com changes_requested 0',
    ]);
  });

  it('gives a vote no commit when the system did not record its time', async () => {
    server.votes = [
      { by: 'ada@example.com', vote: 10 },
      { by: 'bob@example.com', vote: 10, at: at(2) },
      { by: 'zoe@example.com', vote: 10, at: '2024-12-31T00:00:00Z' },
    ];
    server.otherVotes = [
      ['carl@example.com', 10, at(4), 'system'],
      ['ada@example.com', 10, at(4), 'text'],
      ['bob@example.com', 0, at(4), 'system'],
    ];
    assert.deepEqual(await told(), [
      'ada@example.com approved 0',
      'bob@example.com approved 0',
      'zoe@example.com approved 0',
    ]);
    assert.match((await forge.change(7)).notices.join(), /does not say when "ada@example.com" voted/);
  });

  it('leaves out group votes, and takes build services for bots', async () => {
    server.votes = [
      { by: '[Web Shop]\\Seniors', vote: 10, at: at(4), isContainer: true },
      { by: 'Build\\7', vote: 10, at: at(4) },
    ];
    assert.deepEqual(await told(), ['Build\\7[bot] approved b']);
  });

  it("reads author, commits, branches, draft state and labels; a fork's commits are at the merge ref", async () => {
    Object.assign(server, { base: 'release/2', draft: true });
    server.labels = ['bug'];
    const { opener, head, base, defaultBranch, fork, draft, headRef, labels } = await forge.change(7);
    assert.deepEqual(
      { opener, head, base, defaultBranch, fork, draft, headRef, labels },
      {
        opener: 'carl@example.com',
        head: SECOND,
        base: 'release/2',
        defaultBranch: 'main',
        fork: false,
        draft: true,
        headRef: 'refs/heads/topic',
        labels: ['bug'],
      },
    );
    server.fork = true;
    assert.equal((await forge.change(7)).headRef, 'refs/pull/7/merge');
  });

  it("a fork's address: has no user when Azure writes one, and is left out when an answer has none", async () => {
    server.fork = true;
    assert.equal((await forge.change(7)).forkAddress, undefined);
    server.forkAddress = 'https://acme@dev.azure.com/acme/carl/_git/shop';
    assert.equal((await forge.change(7)).forkAddress, 'https://dev.azure.com/acme/carl/_git/shop');
    server.fork = false;
    assert.equal((await forge.change(7)).forkAddress, undefined);
  });

  it('reads all members of a team, and says that a group inside it is not resolved', async () => {
    const people = Array.from({ length: 130 }, (_, index) => `p${String(index)}@example.com`);
    server.teams = { '@Web Shop/Seniors': [...people, '[Web Shop]\\Others'] };
    const { teams, notices } = await forge.teams(['@Web Shop/Seniors', '@Web Shop/None']);
    assert.deepEqual(teams, { '@Web Shop/Seniors': people });
    assert.match(notices.join('\n'), /has groups in it[^]*None is not known here/);
  });

  it("updates its one comment, which is closed, and leaves another's comment with our marker alone", async () => {
    server.threads = [{ id: 90, author: 'carl@example.com', text: `${MARKER}\nmine` }];
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'written');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\none`), 'unchanged');
    assert.equal(await forge.comment(7, MARKER, `${MARKER}\ntwo`), 'written');
    assert.deepEqual(
      server.threads.map(({ text, status }) => [text, status]),
      [
        [`${MARKER}\nmine`, undefined],
        [`${MARKER}\ntwo`, 'closed'],
      ],
    );
  });

  it('sets and removes labels', async () => {
    server.labels = ['bug'];
    assert.equal(await forge.label?.(7, { add: ['risk: critical'], remove: ['bug', 'gone'] }), 'written');
    assert.deepEqual(server.labels, ['risk: critical']);
  });

  it('sets the status of the commit and of its iteration', async () => {
    const state = { context: 'linekeeper', passed: true, text: 'yes', change: 7 };
    await forge.status(FIRST, state);
    assert.deepEqual(
      server.statuses.map(({ iterationId, commit, state: said }) => [iterationId, commit, said]),
      [
        [1, undefined, 'succeeded'],
        [undefined, FIRST, 'succeeded'],
      ],
    );
    server.writes = false;
    assert.equal(await forge.status(FIRST, state), 'not-allowed');
  });

  it('reports a refused token when the answer is the sign-in page', async () => {
    server.signedOut = true;
    await assert.rejects(forge.change(7), /does not accept the token/);
  });

  it('refuses a repository of another forge, and a job without a token or a repository id', async () => {
    await assert.rejects(
      connectForge({ ...server.env(), BUILD_REPOSITORY_PROVIDER: 'GitHub' }),
      /"GitHub".*--approvals/,
    );
    await assert.rejects(connectForge({ ...server.env(), SYSTEM_ACCESSTOKEN: '' }), /SYSTEM_ACCESSTOKEN/);
    await assert.rejects(connectForge({ ...server.env(), BUILD_REPOSITORY_ID: '' }), /BUILD_REPOSITORY_ID/);
  });

  it('reads the pull request or branch that started a job', async () => {
    const env = {
      ...server.env(),
      BUILD_REASON: 'PullRequest',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: SECOND,
      BUILD_SOURCEVERSION: FIRST,
      BUILD_SOURCEBRANCH: 'refs/pull/7/merge',
    };
    assert.deepEqual(await readEvent(env), {
      kind: 'change',
      number: 7,
      head: SECOND,
      statusOf: SECOND,
      queued: false,
    });
    assert.deepEqual(await readEvent({ ...env, BUILD_REASON: 'IndividualCI', BUILD_SOURCEBRANCH: 'refs/heads/main' }), {
      kind: 'push',
      branch: 'main',
      before: null,
      after: FIRST,
    });
    await assert.rejects(readEvent({ ...env, BUILD_REASON: 'Manual' }), /build validation/);
    await assert.rejects(readEvent({ ...env, BUILD_REPOSITORY_PROVIDER: 'GitHub' }), /"GitHub"/);
    await assert.rejects(readEvent({ ...env, SYSTEM_PULLREQUEST_PULLREQUESTID: '7; id' }), { name: 'CiError' });
  });

  it("finds the project in a remote's address, and the pull request in a merge commit's message", async () => {
    const { jobs } = forgeNamed('azure');
    const places = await Promise.all(
      [
        'git@ssh.dev.azure.com:v3/acme/Web%20Shop/shop',
        'https://acme@dev.azure.com/acme/Web%20Shop/_git/shop',
        'https://dev.azure.com/acme/_git/shop',
        'https://tfs.example.com/tfs/Main/Web%20Shop/_git/shop',
      ].map(async (address) => jobs?.environmentFor?.(parseRemote(address), {}, () => Promise.resolve(''))),
    );
    assert.deepEqual(
      places.map((env) => [env?.['SYSTEM_COLLECTIONURI'], env?.['SYSTEM_TEAMPROJECT'], env?.['BUILD_REPOSITORY_ID']]),
      [
        ['https://dev.azure.com/acme', 'Web Shop', 'shop'],
        ['https://dev.azure.com/acme', 'Web Shop', 'shop'],
        ['https://dev.azure.com/acme', 'shop', 'shop'],
        ['https://tfs.example.com/tfs/Main', 'Web Shop', 'shop'],
      ],
    );
    assert.deepEqual(jobs?.numbersIn('Merged PR 12: Encrypt (#3)\n\nMerged PR 9: x'), [12]);
  });
});
