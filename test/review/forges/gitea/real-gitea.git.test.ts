/** The gate against a real Gitea: only where LINEKEEPER_GITEA names its binary (test/support/forge/real-gitea.ts). */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ci } from '../../../../src/cli/verbs/ci';
import { connectForge } from '../../../../src/review/forges';
import type { ForgeApi } from '../../../../src/review/forges/client-parts';
import { settleAll } from '../../../../src/provenance/commits';
import { fetchNotes, pushNotes } from '../../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { GITEA_BINARY, GiteaWitness, RealGitea } from '../../../support/forge/real-gitea';
import { CARL, TestRepository } from '../../../support/repository';
import { callVerb, type VerbOutcome } from '../../../support/verbs';
import { editByAssistant } from '../../../support/forge/ci-job';

const POLICY = `version: 1
people: { senior: ["@acme/seniors"], mid: [], junior: [carl@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }
  - name: standard
    paths: ["**"]
`;

interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly labels: readonly { readonly name: string }[];
}

(GITEA_BINARY === '' ? describe.skip : describe)('the gate at a real Gitea', function () {
  this.timeout(300_000);
  const gitea = new RealGitea();
  const witness = new GiteaWitness(gitea);
  let work: TestRepository;
  let pull: Pull;
  let [token, teamToken] = ['', ''];
  const at = (place: string): string => `/repos/acme/shop${place}`;

  before(async () => {
    await gitea.start();
    await witness.start();
    for (const login of ['ada', 'bob', 'carl', 'robot']) await gitea.addPerson(login);
    await gitea.ask('POST', '/orgs', { username: 'acme' });
    await gitea.ask('POST', '/orgs/acme/repos', { name: 'shop', default_branch: 'main' });
    const team = (await gitea.ask('POST', '/orgs/acme/teams', {
      name: 'Seniors',
      permission: 'write',
      units: ['repo.code', 'repo.pulls', 'repo.issues'],
    })) as { id: number };
    await gitea.ask('PUT', `/teams/${String(team.id)}/members/ada`);
    await gitea.ask('PUT', `/teams/${String(team.id)}/repos/acme/shop`);
    for (const login of ['bob', 'carl', 'robot'])
      await gitea.ask('PUT', at(`/collaborators/${login}`), { permission: 'write' });
    token = await gitea.tokenOf('robot', 'write:repository', 'write:issue', 'read:user');
    teamToken = await gitea.tokenOf('ada', 'read:organization');
    work = await TestRepository.create();
    work.write('.linekeeper.yml', POLICY);
    work.write('infra/main.tf', 'resource "db" "main" {\n  name = "orders"\n}\n');
    await work.commit('Start');
    await work.git('remote', 'add', 'origin', gitea.remoteOf('acme/shop', 'carl'));
    await work.git('push', '--quiet', 'origin', 'main');
    await work.git('switch', '--quiet', '--create', 'topic');
    await push('resource "db" "main" {\n  name = "orders"\n  encrypted = true\n}\n');
    pull = (await gitea.ask('POST', at('/pulls'), { base: 'main', head: 'topic', title: 'Encrypt' }, 'carl')) as Pull;
    await work.git(
      'clone',
      '--quiet',
      '--depth=1',
      '--branch=topic',
      gitea.remoteOf('acme/shop', 'robot'),
      work.outside('job'),
    );
  });
  after(async () => {
    await work.dispose();
    await witness.stop();
    await gitea.stop();
  });
  afterEach(() => assert.deepEqual(witness.wrong, []));

  async function push(content: string): Promise<void> {
    await editByAssistant(work, 'infra/main.tf', content);
    await work.commit('Encrypt the database', { as: CARL });
    await settleAll(work.repository(), Date.now);
    await work.git('push', '--quiet', 'origin', 'topic');
    await pushNotes(work.repository(), 'origin');
  }

  const job = async (event: string, payload: object, over = {}): Promise<VerbOutcome> => {
    writeFileSync(work.outside('event.json'), JSON.stringify(payload));
    return callVerb(ci, [], work.outside('job'), {
      env: {
        ...work.env,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITEA_ACTIONS: 'true',
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: work.outside('event.json'),
        GITHUB_SERVER_URL: witness.origin,
        GITHUB_API_URL: `${witness.origin}/api/v1`,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_TOKEN: token,
        LINEKEEPER_TEAM_TOKEN: teamToken,
        ...over,
      },
    });
  };
  const decide = async (over = {}): Promise<VerbOutcome> => {
    pull = (await gitea.ask('GET', at(`/pulls/${String(pull.number)}`))) as Pull;
    return job('pull_request', { number: pull.number, pull_request: pull }, over);
  };
  const review = async (as: string, event: string): Promise<number> => {
    const made = await gitea.ask(
      'POST',
      at(`/pulls/${String(pull.number)}/reviews`),
      { event, body: 'x', commit_id: pull.head.sha },
      as,
    );
    return (made as { id: number }).id;
  };

  it('linekeeper ci at a real Gitea asks for a senior, with one comment, a label and a status', async () => {
    const { code, out } = await decide();
    assert.equal(code, 1, out);
    assert.equal((await decide()).code, 1);
    const comments = (await gitea.ask('GET', at(`/issues/${String(pull.number)}/comments`))) as { body: string }[];
    assert.equal(comments.length, 1);
    assert.match(comments[0]?.body ?? '', /linekeeper: review/);
    pull = (await gitea.ask('GET', at(`/pulls/${String(pull.number)}`))) as Pull;
    assert.deepEqual(pull.labels.map(({ name }) => name).sort(), ['ai-assisted', 'risk: critical']);
    const statuses = (await gitea.ask('GET', at(`/statuses/${pull.head.sha}`))) as {
      context: string;
      status: string;
    }[];
    assert.deepEqual(
      [...new Set(statuses.map(({ context, status }) => `${context} ${status}`))],
      ['linekeeper failure'],
    );
  });

  it("linekeeper ci at a real Gitea counts a senior's approval, not a dismissed or re-requested one or a junior's", async () => {
    await review('bob', 'APPROVED');
    assert.equal((await decide()).code, 1, 'bob is no senior');
    const first = await review('ada', 'APPROVED');
    const yes = await decide();
    assert.equal(yes.code, 0, yes.out);
    await gitea.ask('POST', at(`/pulls/${String(pull.number)}/reviews/${String(first)}/dismissals`), { message: 'no' });
    const dismissed = await decide();
    assert.equal(dismissed.code, 1, dismissed.out);
    assert.match(dismissed.out, /dismissed/);
    await review('ada', 'APPROVED');
    assert.equal((await decide()).code, 0);
    await gitea.ask('POST', at(`/pulls/${String(pull.number)}/requested_reviewers`), { reviewers: ['ada'] }, 'carl');
    assert.equal((await decide()).code, 1, 'asked for again');
    await review('ada', 'APPROVED');
    assert.equal((await decide()).code, 0);
    await review('ada', 'REQUEST_CHANGES');
    assert.equal((await decide()).code, 1, 'changes requested');
    await review('ada', 'APPROVED');
  });

  it('linekeeper ci at a real Gitea cannot resolve a team without a token for it', async () => {
    const { code, out } = await decide({ LINEKEEPER_TEAM_TOKEN: '' });
    assert.equal(code, 1);
    assert.match(out, /team @acme\/seniors is not known here.*LINEKEEPER_TEAM_TOKEN/);
  });

  const connected = (): Promise<ForgeApi> =>
    connectForge({
      GITEA_ACTIONS: 'true',
      GITHUB_API_URL: `${witness.origin}/api/v1`,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_TOKEN: token,
    });

  it('statuses of a commit at a real Gitea: are its checks, the latest of each name', async () => {
    const { sha } = pull.head;
    const sent: readonly (readonly [string, string])[] = [
      ['plan', 'failure'],
      ['plan', 'success'],
      ['CI / unit (pull_request)', 'pending'],
      ['scan', 'warning'],
      ['lint', 'error'],
    ];
    for (const [context, state] of sent) await gitea.ask('POST', at(`/statuses/${sha}`), { context, state }, 'bob');
    const { linekeeper, ...others } = (await (await connected()).checks?.(sha)) ?? {};
    assert.ok(linekeeper);
    assert.deepEqual(others, {
      plan: 'success',
      'CI / unit (pull_request)': 'pending',
      scan: 'failure',
      lint: 'failure',
    });
  });

  it('a review at a real Gitea that waited: was given between its beginning and its submission', async () => {
    const reviews = at(`/pulls/${String(pull.number)}/reviews`);
    const waiting = (await gitea.ask('POST', reviews, { body: 'x', event: 'PENDING' }, 'bob')) as { id: number };
    await sleep(2_100);
    await gitea.ask('POST', `${reviews}/${String(waiting.id)}`, { event: 'APPROVED', body: 'x' }, 'bob');
    const given = (await (await connected()).change(pull.number)).approvals.findLast(({ by }) => by === 'bob');
    assert.equal(given?.state, 'approved');
    assert.ok((given.at ?? 0) - (given.earliest ?? Infinity) >= 2_000, JSON.stringify(given));
  });

  it('linekeeper ci at a real Gitea asks again when lines changed, not when the base was merged', async () => {
    await work.git('switch', '--quiet', 'main');
    work.write('other.txt', 'x\n');
    await work.commit('Other');
    await work.git('push', '--quiet', 'origin', 'main');
    await work.git('switch', '--quiet', 'topic');
    await work.git('merge', '--quiet', '--no-edit', 'main');
    await work.git('push', '--quiet', 'origin', 'topic');
    await sleep(2_000); // the server looks at a push behind it
    const merged = await decide();
    assert.equal(merged.code, 0, merged.out);
    await push('resource "db" "main" {\n  name = "orders"\n  encrypted = false\n}\n');
    await sleep(2_000);
    assert.equal((await decide()).code, 1);
    await review('ada', 'APPROVED');
    assert.equal((await decide()).code, 0);
  });

  it('linekeeper ci at a real Gitea writes the note of a squash merge', async () => {
    await gitea.ask('POST', at(`/pulls/${String(pull.number)}/merge`), { Do: 'squash' });
    await sleep(1_000);
    const before = await work.git('rev-parse', 'main');
    await work.git('fetch', '--quiet', 'origin', 'main');
    const after = await work.git('rev-parse', 'FETCH_HEAD');
    const { code, out } = await job('push', { ref: 'refs/heads/main', before: before.trim(), after: after.trim() });
    assert.equal(code, 0, out);
    assert.match(out, /Notes written for 1 of 1 commits/);
    assert.ok((await fetchNotes(work.repository(), 'origin')).notes > 0);
    assert.match(readFileSync(work.outside('event.json'), 'utf8'), /refs\/heads\/main/);
  });

  it('linekeeper ci at a real Gitea refuses LINEKEEPER_FORGE=github', async () => {
    const { code, out } = await job(
      'pull_request',
      { number: pull.number, pull_request: pull },
      { LINEKEEPER_FORGE: 'github' },
    );
    assert.equal(code, 2, out);
    assert.match(out, /GITEA_ACTIONS is set/);
  });
});
