import assert from 'node:assert/strict';
import { forgeNamed, parseRemote, pullRequestsAt } from '../../../../src/review/forges';
import type { PullRequests } from '../../../../src/review/forges/client-parts';
import { AzureServer } from '../../../support/forge/azure-server';
import { BitbucketDcServer } from '../../../support/forge/bitbucket-dc-server';
import { BitbucketServer, uuidOf } from '../../../support/forge/bitbucket-server';
import { GiteaServer } from '../../../support/forge/gitea-server';

const LABELS = ['ai-assisted', 'risk: critical'];

interface Told {
  readonly server: GiteaServer | AzureServer | BitbucketServer | BitbucketDcServer;
  readonly id: string;
  /** Where the remote is, below the server's address. */
  readonly path: string;
  readonly token: Readonly<Record<string, string>>;
  readonly ada: string;
  /** What it calls a branch. */
  readonly ref: (name: string) => string;
  /** Who is asked for a review. */
  readonly asked: readonly string[];
  readonly refused: { readonly labels: readonly string[]; readonly reviewers: readonly string[] };
}

const same = (name: string): string => name;
const full = (name: string): string => `refs/heads/${name}`;
const FORGES: readonly (() => Told)[] = [
  () => ({
    server: new GiteaServer(),
    id: 'gitea',
    path: 'acme/shop.git',
    token: { GITEA_TOKEN: 'secretsecretsecret' },
    ada: 'ada',
    ref: same,
    asked: ['ada'],
    refused: { labels: [], reviewers: ['stranger'] },
  }),
  () => ({
    server: new AzureServer(),
    id: 'azure',
    path: 'acme/shop/_git/shop',
    token: { LINEKEEPER_AZURE_TOKEN: 'secretsecretsecret' },
    ada: 'ada@example.com',
    ref: full,
    asked: [],
    refused: { labels: [], reviewers: ['ada@example.com', 'stranger'] },
  }),
  () => ({
    server: new BitbucketServer(),
    id: 'bitbucket-cloud',
    path: 'acme/shop.git',
    token: { LINEKEEPER_BITBUCKET_TOKEN: 'secretsecretsecret' },
    ada: uuidOf('ada'),
    ref: same,
    asked: [uuidOf('ada')],
    refused: { labels: LABELS, reviewers: ['stranger'] },
  }),
  () => ({
    server: new BitbucketDcServer(),
    id: 'bitbucket-dc',
    path: 'git/scm/SHOP/web.git',
    token: { LINEKEEPER_BITBUCKET_TOKEN: 'secretsecretsecret' },
    ada: 'ada',
    ref: full,
    asked: [],
    refused: { labels: LABELS, reviewers: ['ada', 'stranger'] },
  }),
];

for (const told of FORGES) {
  const { server, id, path, token, ada, ref, asked, refused } = told();
  describe(`a pull request at ${forgeNamed(id).name}, with a token in the environment`, function () {
    this.timeout(60_000);
    let requests: PullRequests;
    const environment = async (): Promise<Readonly<Record<string, string | undefined>>> => {
      const url = id === 'bitbucket-cloud' ? { LINEKEEPER_BITBUCKET_URL: `${server.origin}/2.0` } : {};
      const remote = parseRemote(`${server.origin}/${path}`, 'origin');
      const none = (): Promise<string> => Promise.resolve('');
      return (await forgeNamed(id).jobs?.environmentFor?.(remote, { ...token, ...url }, none)) ?? {};
    };
    before(async () => {
      await server.start();
      const made = await pullRequestsAt(id, await environment());
      assert.ok(made);
      requests = made;
    });
    after(() => server.stop());
    afterEach(() => {
      assert.deepEqual(server.wrong, []);
    });

    it('is created, found and updated with labels and reviewers as far as the forge has them', async () => {
      const branches = { base: 'main', head: 'feature/x' };
      assert.equal(await requests.find(branches), undefined);
      const sent = await requests.create({
        ...branches,
        title: 'Add x',
        body: 'Ours',
        draft: false,
        labels: LABELS,
        reviewers: [ada, 'stranger'],
      });
      assert.deepEqual([sent.number, sent.refused], [7, refused]);
      const [opened] = server.pulls;
      assert.deepEqual(
        [opened?.title, opened?.body, opened?.base, opened?.head, opened?.reviewers],
        ['Add x', 'Ours', ref('main'), ref('feature/x'), asked],
      );
      assert.deepEqual(await requests.find(branches), { number: 7, body: 'Ours' });
      assert.equal(await requests.find({ ...branches, base: 'release' }), undefined);
      await requests.update({ number: 7, body: 'Ours' }, { body: 'Theirs and ours', labels: [], reviewers: [] });
      assert.deepEqual([server.pulls[0]?.body, server.pulls[0]?.reviewers], ['Theirs and ours', asked]);
      assert.ok((await requests.openRequests()) instanceof Map);
    });

    it('is refused without a token', async () => {
      const without = Object.fromEntries(
        Object.entries(await environment()).filter(([, value]) => value !== 'secretsecretsecret'),
      );
      await assert.rejects(pullRequestsAt(id, without), { name: 'ForgeError', reason: 'no-token' });
    });
  });
}

describe('a pull request at Azure DevOps', function () {
  this.timeout(60_000);
  it('is refused when its text is longer than 4000 characters', async () => {
    const server = await new AzureServer().start();
    try {
      const requests = await pullRequestsAt('azure', server.env());
      const request = {
        base: 'main',
        head: 'x',
        title: 'x',
        body: 'x'.repeat(4001),
        draft: false,
        labels: [],
        reviewers: [],
      };
      await assert.rejects(async () => requests?.create(request), /4001 characters.*takes 4000/);
      assert.deepEqual([server.pulls, server.wrong], [[], []]);
    } finally {
      await server.stop();
    }
  });
});
