import assert from 'node:assert/strict';
import { type ForgeApi } from '../../../../src/review/forges/client-parts';
import { wholeApi } from '../../../support/forge/whole-api';
import { GitLabServer } from '../../../support/forge/gitlab-server';

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];
const at = (hour: number): string => `2025-01-01T0${String(hour)}:00:00.000Z`;

describe('client of GitLab', function () {
  this.timeout(20_000);
  let server: GitLabServer;
  let forge: Required<ForgeApi>;
  beforeEach(async () => {
    server = await new GitLabServer().start();
    server.versions = [
      { head: SECOND, at: at(3) },
      { head: FIRST, at: at(1) },
    ];
    server.head = SECOND;
    forge = await wholeApi(server.env(), { between: 1, answer: 5_000 });
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });

  const told = async (): Promise<string[]> =>
    (await forge.change(7)).approvals.map(({ by, state, commit }) => `${by} ${state} ${commit.slice(0, 1)}`);

  it('finds the approved commit by the time of the approval', async () => {
    server.approvedBy = [
      { login: 'ada', at: at(2) },
      { login: 'grace', at: at(4) },
    ];
    assert.deepEqual(await told(), ['ada approved a', 'grace approved b']);
    const { opener, head, base, fork } = await forge.change(7);
    assert.deepEqual({ opener, head, base, fork }, { opener: 'carl', head: SECOND, base: 'main', fork: false });
    const { defaultBranch, ...target } = await forge.target(7);
    assert.deepEqual([target, defaultBranch], [{ head: SECOND, base: 'main' }, (await forge.change(7)).defaultBranch]);
  });

  it("a fork's address: is asked for when the branch is in another project, and left out when the token may not see it", async () => {
    const forkOf = async () => {
      const { fork, forkAddress } = await forge.change(7);
      return { fork, forkAddress };
    };
    assert.deepEqual(await forkOf(), { fork: false, forkAddress: undefined });
    server.sourceProject = 9;
    assert.deepEqual(await forkOf(), { fork: true, forkAddress: 'https://gitlab.example/9.git' });
    server.unseenProject = 9;
    assert.deepEqual(await forkOf(), { fork: true, forkAddress: undefined });
  });

  it("takes that time from the system's note on older servers, and gives no commit without one", async () => {
    server.page = 2;
    const note = (
      id: number,
      login: string,
      body: string,
      hour: number,
      system = true,
    ): GitLabServer['notes'][number] => ({ id, body, system, author: server.account(login), created_at: at(hour) });
    server.approvedBy = [{ login: 'ada' }, { login: 'grace' }];
    server.notes = [
      note(1, 'ada', 'approved this merge request', 2),
      note(2, 'ada', 'unapproved this merge request', 3),
      note(3, 'ada', 'approved this merge request', 4),
      note(4, 'grace', 'approved this merge request', 4, false),
    ];
    const { approvals, notices } = await forge.change(7);
    assert.deepEqual(
      approvals.map(({ by, commit }) => `${by} ${commit.slice(0, 1)}`),
      ['ada b', 'grace 0'],
    );
    assert.match(notices.join(), /does not say when "grace" approved/);
  });

  it('marks approvals of re-requested reviewers and bots, and requested changes', async () => {
    server.approvedBy = [
      { login: 'ada', at: at(4) },
      { login: 'project_9_bot_x', at: at(4) },
    ];
    server.reviewers = [
      { login: 'ada', state: 'unreviewed' },
      { login: 'grace', state: 'requested_changes' },
    ];
    assert.deepEqual(await told(), [
      'ada re-requested b',
      'project_9_bot_x[bot] approved b',
      'grace changes_requested 0',
    ]);
    server.reviewers = [{ login: 'ada', state: 'approved' }];
    assert.equal((await told())[0], 'ada approved b');
  });

  it('resolves a group by its direct members', async () => {
    server.groups = { 'acme/seniors': ['ada'] };
    const { teams, notices } = await forge.teams(['@acme/seniors', '@acme/gone']);
    assert.deepEqual(teams, { '@acme/seniors': ['ada'] });
    assert.equal(notices.length, 1);
  });

  it('updates its one comment, sets and removes labels, and sets the status', async () => {
    server.notes = [
      {
        id: 1,
        body: '<!-- x -->\nfrom somebody else',
        system: false,
        author: server.account('carl'),
        created_at: at(1),
      },
    ];
    assert.deepEqual(
      [
        await forge.comment(7, '<!-- x -->', '<!-- x -->\none'),
        await forge.comment(7, '<!-- x -->', '<!-- x -->\ntwo'),
      ],
      ['written', 'written'],
    );
    assert.deepEqual(
      server.notes.map(({ body }) => body),
      ['<!-- x -->\nfrom somebody else', '<!-- x -->\ntwo'],
    );
    await forge.label(7, { add: ['ai-assisted', 'risk: critical'], remove: ['mine'] });
    assert.deepEqual(server.labels, ['ai-assisted', 'risk: critical']);
    await forge.status(SECOND, { context: 'linekeeper', passed: true, text: 'Ready.', change: 7 });
    assert.deepEqual(server.statuses, [{ name: 'linekeeper', state: 'success', description: 'Ready.' }]);
  });

  it('names the token that is missing', async () => {
    await assert.rejects(wholeApi({ ...server.env(), LINEKEEPER_GITLAB_TOKEN: '' }), /LINEKEEPER_GITLAB_TOKEN/);
  });
});
