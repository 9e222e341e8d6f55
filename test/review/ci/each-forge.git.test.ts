/** The same pull request, decided in the jobs of each forge: first no, then yes when a senior has approved it. */
import assert from 'node:assert/strict';
import { ci } from '../../../src/cli/verbs/ci';
import { itInFull } from '../../support/full';
import { CARL } from '../../support/repository';
import { AzureServer } from '../../support/forge/azure-server';
import { BitbucketDcServer } from '../../support/forge/bitbucket-dc-server';
import { BitbucketServer, uuidOf } from '../../support/forge/bitbucket-server';
import type { DescribedServer } from '../../support/forge/described-server';
import { GiteaServer } from '../../support/forge/gitea-server';
import { callVerb, type VerbOutcome } from '../../support/verbs';
import { POLICY, PullRequest } from '../../support/forge/ci-job';
import { writeFileSync } from 'node:fs';

interface ForgeCase {
  readonly server: DescribedServer & { head: string };
  /** The job's variables. */
  readonly env: (request: PullRequest) => Readonly<Record<string, string>>;
  readonly approve: (head: string) => void;
  readonly shown: () => { readonly comments: readonly string[]; readonly states: readonly unknown[] };
}

const CASES: Readonly<Record<string, () => ForgeCase>> = {
  gitea() {
    const server = new GiteaServer();
    return {
      server,
      env({ work }) {
        const file = work.outside('event.json');
        writeFileSync(file, JSON.stringify({ pull_request: { number: 7, head: { sha: server.head } } }));
        return { ...server.env(), GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: file };
      },
      approve(head) {
        server.reviews = [{ id: 1, by: 'ada', state: 'APPROVED', commit: head }];
      },
      shown: () => ({
        comments: server.comments.map(({ body }) => body),
        states: server.statuses.map(({ state }) => state),
      }),
    };
  },
  azure() {
    const server = new AzureServer();
    return {
      server,
      env: () => ({
        ...server.env(),
        BUILD_REASON: 'PullRequest',
        SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
        SYSTEM_PULLREQUEST_SOURCECOMMITID: server.head,
      }),
      approve(head) {
        server.iterations = [{ id: 1, commit: head, at: '2025-01-01T01:00:00Z' }];
        server.votes = [{ by: 'ada@example.com', vote: 10, at: '2025-01-01T02:00:00Z' }];
      },
      shown: () => ({
        comments: server.threads.map(({ text }) => text),
        states: server.statuses.filter(({ commit }) => commit !== undefined).map(({ state }) => state),
      }),
    };
  },
  'bitbucket-dc'() {
    const server = new BitbucketDcServer();
    return {
      server,
      // As Jenkins sets them: it does not say which commit is the latest one of the pull request.
      env: () => ({ ...server.env(), CHANGE_ID: '7', GIT_COMMIT: 'f'.repeat(40) }),
      approve(head) {
        server.reviewers = [{ by: 'ada', status: 'APPROVED', at: head }];
      },
      shown: () => ({
        comments: server.comments.map(({ text }) => text),
        states: server.statuses.map(({ state }) => state),
      }),
    };
  },
  'bitbucket-cloud'() {
    const server = new BitbucketServer();
    return {
      server,
      env: () => ({ ...server.env(), BITBUCKET_PR_ID: '7', BITBUCKET_COMMIT: server.head }),
      approve(head) {
        server.activity = [
          { approved: 'ada', at: '2025-01-01T02:00:00Z' },
          { pushed: head, at: '2025-01-01T01:00:00Z' },
        ];
        server.participants = [{ by: 'ada', approved: true }];
      },
      shown: () => ({
        comments: server.comments.map(({ text }) => text),
        states: server.statuses.map(({ state }) => state),
      }),
    };
  },
};

for (const [name, made] of Object.entries(CASES))
  describe(`linekeeper ci in a job of ${name}`, function () {
    this.timeout(120_000);
    let request: PullRequest;
    let forge: ForgeCase;
    beforeEach(async () => {
      forge = made();
      await forge.server.start();
      request = await PullRequest.open(
        POLICY.replace(
          'ada: [ada@example.com], carl: [carl@example.com]',
          name === 'bitbucket-cloud'
            ? `${uuidOf('ada')}: [ada@example.com], ${uuidOf('carl')}: [carl@example.com]`
            : 'ada: [ada@example.com], carl: [carl@example.com]',
        ),
      );
      const { head } = request.server;
      forge.server.head = head;
      if (forge.server instanceof BitbucketServer)
        forge.server.commits = [{ hash: head, raw: `Carl <${CARL.email}>`, user: 'carl' }];
      await request.clone();
    });
    afterEach(async () => {
      await request.dispose();
      await forge.server.stop();
      assert.deepEqual(forge.server.wrong, []);
    });

    const run = (...words: readonly string[]): Promise<VerbOutcome> =>
      callVerb(ci, words, request.job, { env: { ...request.work.env, CI: 'true', ...forge.env(request) } });

    it('fails, then passes once a senior has approved, with one comment and the status updated', async () => {
      const no = await run();
      assert.equal(no.code, 1, no.out);
      forge.approve(forge.server.head);
      const yes = await run();
      assert.equal(yes.code, 0, yes.out);
      const { comments, states } = forge.shown();
      assert.equal(comments.length, 1);
      assert.match(comments[0] ?? '', /Ready: all required sign-offs/);
      assert.equal(new Set(states).size, 2);
      assert.doesNotMatch(no.out + yes.out, /could not be written|may not write/);
    });

    it('a status of success: becomes a failure when a later run cannot decide', async () => {
      forge.approve(forge.server.head);
      assert.equal((await run()).code, 0);
      const { code, err } = await run('--floor', request.work.outside('gone.yml'));
      assert.equal(code, 2);
      assert.match(err.join('\n'), /--floor .*gone\.yml.* can't be read/);
      const { states } = forge.shown();
      assert.equal(new Set(states).size, 2, JSON.stringify(states));
    });

    itInFull('fails for an approval of an unknown commit, and exits 2 when the forge does not answer', async () => {
      forge.approve('c'.repeat(40));
      assert.equal((await run()).code, 1);
      forge.server.fail(500, /./);
      const { code, out } = await run();
      assert.equal(code, 2, out);
    });
  });
