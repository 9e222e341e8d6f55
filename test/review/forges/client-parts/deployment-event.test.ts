import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tellDeployment } from '../../../../src/review/ci';
import { readDeploymentEvent } from '../../../../src/review/forges';

const A = 'a'.repeat(40);
const EXAMPLE = path.resolve(import.meta.dirname, '../../../fixtures/events/github-deployment.json');

describe('readDeploymentEvent', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-event-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const github = (name: string, event: unknown, more = {}): ReturnType<typeof readDeploymentEvent> => {
    const file = path.join(folder, 'event.json');
    writeFileSync(file, JSON.stringify(event));
    return readDeploymentEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, ...more });
  };

  it("reads environment, commit, actor and default branch from GitHub's deployment event", async () => {
    assert.deepEqual(await readDeploymentEvent({ GITHUB_EVENT_NAME: 'deployment', GITHUB_EVENT_PATH: EXAMPLE }), {
      environment: 'production',
      commit: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
      actor: 'Codertocat',
      defaultBranch: 'master',
    });
  });

  it('takes the commit that the job runs on from any other GitHub event', async () => {
    const other = { repository: { default_branch: 'main' }, deployment: { sha: 'b'.repeat(40), environment: 'x' } };
    assert.deepEqual(await github('push', other, { GITHUB_SHA: A, GITHUB_ACTOR: 'ada' }), {
      environment: null,
      commit: A,
      actor: 'ada',
      defaultBranch: 'main',
    });
    assert.deepEqual((await github('schedule', {}, { GITHUB_SHA: A })).defaultBranch, null);
    await assert.rejects(github('push', {}, { GITHUB_SHA: 'HEAD' }), /GITHUB_SHA is no id of a commit/);
  });

  it("reads GitLab's variables", async () => {
    const env = { GITLAB_CI: 'true', CI_COMMIT_SHA: A, CI_ENVIRONMENT_NAME: 'Production', CI_DEFAULT_BRANCH: 'main' };
    assert.deepEqual(await readDeploymentEvent({ ...env, GITLAB_USER_LOGIN: 'ada' }), {
      environment: 'Production',
      commit: A,
      actor: 'ada',
      defaultBranch: 'main',
    });
    assert.equal((await readDeploymentEvent({ ...env, CI_ENVIRONMENT_NAME: ' ' })).environment, null);
    await assert.rejects(readDeploymentEvent({ ...env, CI_COMMIT_SHA: '--all' }), /CI_COMMIT_SHA is no id/);
  });

  it('refuses a malformed deployment event, and an environment without a CI job', async () => {
    const event = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as { deployment: object };
    for (const deployment of [null, { ...event.deployment, sha: 'main' }, { ...event.deployment, environment: '' }])
      await assert.rejects(github('deployment', { ...event, deployment }), /not what GitHub sends for deployment/);
    await assert.rejects(readDeploymentEvent({}), /not a CI job that Linekeeper knows \(GitHub Actions, GitLab CI/);
  });

  it('tellDeployment writes outputs and summary that the text cannot break out of', () => {
    const env = { GITHUB_OUTPUT: path.join(folder, 'output'), GITHUB_STEP_SUMMARY: path.join(folder, 'summary') };
    tellDeployment(env, { verdict: 'fail', until: '2026-01-01T00:00:00Z\nverdict=pass', text: 'a\n````\n# Pass\n' });
    assert.equal(readFileSync(env.GITHUB_OUTPUT, 'utf8'), 'verdict=fail\nuntil=2026-01-01T00:00:00Z\n');
    assert.equal(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8').match(/^````/gm)?.length, 2);
  });
});
