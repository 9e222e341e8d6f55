import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forgeNamed, readEvent, type ForgeJobs } from '../../../../src/review/forges';
import { numbersIn } from '../../../../src/review/ci/repair-pushed-notes';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

describe('readEvent', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-event-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const github = (name: string, event: unknown): ReturnType<typeof readEvent> => {
    const file = path.join(folder, 'event.json');
    writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
    return readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file });
  };

  for (const name of ['pull_request', 'pull_request_review', 'pull_request_target']) {
    it(`reads number and commit of the pull request from ${name}`, async () => {
      assert.deepEqual(
        await github(name, { pull_request: { number: 7, title: '$(id)', head: { sha: A, ref: '--upload-pack=x' } } }),
        { kind: 'change', number: 7, head: A, statusOf: A, queued: false },
      );
    });
  }

  it('finds the pull request that a merge queue names', async () => {
    assert.deepEqual(
      await github('merge_group', {
        merge_group: { head_sha: A, head_ref: `refs/heads/gh-readonly-queue/main/pr-12-${B}`, base_sha: B },
      }),
      { kind: 'change', number: 12, head: null, statusOf: A, queued: true, queuedOn: B },
    );
    await assert.rejects(
      github('merge_group', { merge_group: { head_sha: A, head_ref: `refs/heads/pr-12-${B}`, base_sha: B } }),
      /merge queue/,
    );
  });

  it('reads a push to a branch, and refuses a push of a tag or a deleted branch', async () => {
    assert.deepEqual(await github('push', { ref: 'refs/heads/main', before: B, after: A }), {
      kind: 'push',
      branch: 'main',
      before: B,
      after: A,
    });
    await assert.rejects(github('push', { ref: 'refs/tags/v1', before: B, after: A }), /none to a branch/);
    await assert.rejects(
      github('push', { ref: 'refs/heads/x', before: B, after: '0'.repeat(40), deleted: true }),
      /none to a branch/,
    );
  });

  for (const [what, name, event] of [
    ['no JSON', 'pull_request', '{'],
    ['no number', 'pull_request', { pull_request: { number: '7', head: { sha: A } } }],
    ['no commit', 'pull_request', { pull_request: { number: 7, head: { sha: 'HEAD' } } }],
    ['another event', 'schedule', {}],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(github(name, event), { name: 'CiError' });
    });
  }

  const gitlab = (over: Readonly<Record<string, string>>): ReturnType<typeof readEvent> =>
    readEvent({
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: A,
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_IID: '7',
      ...over,
    });

  it("reads GitLab's merge request, also with merged results and in a merge train", async () => {
    assert.deepEqual(await gitlab({}), { kind: 'change', number: 7, head: A, statusOf: A, queued: false });
    assert.deepEqual(await gitlab({ CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: B }), {
      kind: 'change',
      number: 7,
      head: B,
      statusOf: B,
      queued: false,
    });
    assert.deepEqual(
      await gitlab({ CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: B, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' }),
      {
        kind: 'change',
        number: 7,
        head: B,
        statusOf: B,
        queued: true,
      },
    );
    // Without the variable that names it, a commit that GitLab made is nobody's: the forge's latest counts.
    for (const type of ['merge_train', 'merged_result'])
      assert.deepEqual(await gitlab({ CI_MERGE_REQUEST_EVENT_TYPE: type, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '' }), {
        kind: 'change',
        number: 7,
        head: null,
        statusOf: null,
        queued: type === 'merge_train',
      });
    assert.deepEqual(
      await gitlab({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: '0'.repeat(40) }),
      { kind: 'push', branch: 'main', before: null, after: A },
    );
    await assert.rejects(gitlab({ CI_MERGE_REQUEST_IID: '7; id' }), { name: 'CiError' });
    await assert.rejects(readEvent({}), /not a CI job that Linekeeper knows/);
  });

  it('numbersIn finds the pull requests in the merge commits of GitHub and GitLab', () => {
    const of = (id: string): ForgeJobs => {
      const { jobs } = forgeNamed(id);
      assert.ok(jobs);
      return jobs;
    };
    assert.deepEqual(
      numbersIn(
        ['Encrypt (#7)\n\nCloses (#8)', 'Merge pull request #9 from a/b', 'Fix #10', 'Again (#7)'],
        of('github'),
      ),
      [7, 9],
    );
    assert.deepEqual(numbersIn(['Merge branch x into main\n\nSee merge request acme/shop!12'], of('gitlab')), [12]);
  });

  for (const name of ['pull_request', 'pull_request_review', 'pull_request_review_approved'])
    it(`reads the pull request from ${name} at Gitea and Forgejo`, async () => {
      const file = path.join(folder, 'event.json');
      writeFileSync(file, JSON.stringify({ number: 7, pull_request: { number: 7, head: { sha: A } } }));
      for (const ours of ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'])
        assert.deepEqual(await readEvent({ [ours]: 'true', GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file }), {
          kind: 'change',
          number: 7,
          head: A,
          statusOf: A,
          queued: false,
        });
      await assert.rejects(
        readEvent({ GITEA_ACTIONS: 'true', GITHUB_EVENT_NAME: 'schedule', GITHUB_EVENT_PATH: file }),
        /no pull request to decide on/,
      );
    });

  it("numbersIn finds the pull request in Gitea's merge and squash commits", () => {
    const numbers = (message: string): readonly number[] | undefined => forgeNamed('gitea').jobs?.numbersIn(message);
    assert.deepEqual(numbers("Merge pull request 'Fix #3' (#7) from topic into main"), [7]);
    assert.deepEqual(numbers('Fix it (#8)\n\nReviewed-on: https://git.acme.com/acme/shop/pulls/8\n'), [8]);
    assert.deepEqual(numbers('Fix #9'), []);
  });
});
