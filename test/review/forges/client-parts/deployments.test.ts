/** What forges tell of deployments. */
import assert from 'node:assert/strict';
import { type ForgeApi, type ForgeDeployment } from '../../../../src/review/forges/client-parts';
import { wholeApi } from '../../../support/forge/whole-api';
import { GitHubServer } from '../../../support/forge/github-server';
import { GitLabServer } from '../../../support/forge/gitlab-server';
import { itInFull } from '../../../support/full';

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];
const at = (hour: number): string => `2026-03-01T0${String(hour)}:00:00Z`;
const patience = { between: 1, answer: 5_000 };
const all = { wanted: () => true, known: () => false };
const told = ({ id, environment, commit, state, at: time, by }: ForgeDeployment): string =>
  `${id} ${environment} ${commit.slice(0, 1)} ${state} ${new Date(time).toISOString().slice(11, 13)} ${by}`;

describe('deployments at GitHub', function () {
  this.timeout(20_000);
  let server: GitHubServer;
  let forge: Required<ForgeApi>;
  beforeEach(async () => {
    server = await new GitHubServer().start();
    forge = await wholeApi(server.env(), patience);
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });

  it('one has ended when its status says so, and succeeded at its first success, even if inactive now', async () => {
    server.deployments = [
      { id: 4, sha: SECOND, environment: 'canary', statuses: [['in_progress', at(6)]] },
      { id: 3, sha: SECOND, environment: 'production', by: null, statuses: [['failure', at(5)]] },
      {
        id: 2,
        sha: SECOND,
        environment: 'production',
        by: { login: 'shipper', type: 'Bot' },
        statuses: [
          ['success', at(4)],
          ['success', at(3)],
        ],
      },
      {
        id: 1,
        sha: FIRST,
        environment: 'production',
        statuses: [
          ['inactive', at(3)],
          ['success', at(2)],
          ['error', at(1)],
        ],
      },
    ];
    const { ended, more } = await forge.deployments(all);
    assert.deepEqual(ended.map(told), [
      'github:3 production b failed 05 ',
      'github:2 production b deployed 03 shipper[bot]',
      'github:1 production a deployed 02 ada',
    ]);
    assert.equal(more, false);
  });

  itInFull('pages are read until all on one are known; other environments are left out', async () => {
    server.deployments = Array.from({ length: 250 }, (_, index) => ({
      id: 1000 - index,
      sha: FIRST,
      environment: index % 2 === 0 ? 'production' : 'preview',
      statuses: [['success', at(1)]],
    }));
    const wanted = (environment: string): boolean => environment === 'production';
    assert.equal((await forge.deployments({ wanted, known: () => false })).ended.length, 125);
    const before = server.asked.length;
    const next = await forge.deployments({ wanted, known: (id) => id !== 'github:1000' });
    assert.deepEqual(
      next.ended.map(({ id }) => id),
      ['github:1000'],
    );
    const asked = server.asked.slice(before);
    assert.equal(asked.filter((one) => one.endsWith('/deployments')).length, 2);
    assert.equal(asked.filter((one) => one.endsWith('/statuses')).length, 1);
    server.deployments = [...server.deployments, ...server.deployments.map((one) => ({ ...one, id: one.id - 500 }))];
    const some = await forge.deployments({ wanted, known: () => false });
    assert.deepEqual([some.ended.length, some.more], [150, true]);
  });

  it('a refused request is an error', async () => {
    server.fail(403, /deployments/);
    await assert.rejects(forge.deployments(all), { name: 'ForgeError' });
  });
});

describe('deployments at GitLab', function () {
  this.timeout(20_000);
  let server: GitLabServer;
  let forge: Required<ForgeApi>;
  beforeEach(async () => {
    server = await new GitLabServer().start();
    forge = await wholeApi(server.env(), patience);
  });
  afterEach(async () => {
    await server.stop();
    assert.deepEqual(server.wrong, []);
  });

  const deployment = (id: number, over: object): object => ({
    id,
    iid: id,
    sha: FIRST,
    ref: 'main',
    status: 'success',
    created_at: at(1),
    updated_at: at(3),
    environment: { id: 9, name: 'production', external_url: null },
    user: { id: 1, username: 'ada' },
    deployable: { id: 3, finished_at: at(2), status: 'success' },
    ...over,
  });

  it('one has ended when its status says so, at the end of its job or its last change', async () => {
    server.deployments = [
      deployment(5, { status: 'running' }),
      deployment(4, { status: 'constructor' }),
      deployment(3, { status: 'failed', user: null }),
      deployment(2, { deployable: null }),
      deployment(1, { sha: SECOND }),
    ];
    assert.deepEqual((await forge.deployments(all)).ended.map(told), [
      'gitlab:3 production a failed 02 ',
      'gitlab:2 production a deployed 03 ada',
      'gitlab:1 production b deployed 02 ada',
    ]);
  });

  it('one with a malformed commit is refused, and one with a malformed time left out', async () => {
    server.deployments = [deployment(1, { sha: '--upload-pack=x' })];
    await assert.rejects(forge.deployments(all), /answered in a form that is not known \(0\.sha\)/);
    server.deployments = [deployment(1, { updated_at: 'yesterday', deployable: null })];
    assert.deepEqual((await forge.deployments(all)).ended, []);
  });
});
