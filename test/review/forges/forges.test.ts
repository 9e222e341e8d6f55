import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { FORGE_IDS, forgeNamed, forgeOf, parseRemote, ReviewError, type PullRequest } from '../../../src/review/forges';

const request: PullRequest = {
  base: 'main',
  head: "feature/a&b#c+d'e",
  title: 'Cap & count: 50% "off"',
  body: 'One\n\n- two + `three`',
  labels: ['ai-assisted', 'risk: critical'],
  reviewers: ['ada', 'acme/seniors'],
};

const addressOn = (remote: string): URL => {
  const parsed = parseRemote(remote);
  return new URL(forgeOf(parsed).address(parsed, request));
};

describe('the registry of forges', () => {
  it('has every folder of src/review/forges under its own id', () => {
    const folders = readdirSync(new URL('../../../src/review/forges', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'client-parts')
      .map(({ name }) => name);
    assert.deepEqual(folders.sort(), [...FORGE_IDS].sort());
    for (const id of FORGE_IDS) assert.equal(forgeNamed(id).id, id);
  });

  for (const [remote, id] of Object.entries({
    'git@github.com:acme/shop.git': 'github',
    'https://github.example.com/acme/shop': 'github',
    'https://acme.ghe.com/acme/shop': 'github',
    'https://gitlab.com/a/b/c/shop.git': 'gitlab',
    'git@gitlab.example.com:a/shop.git': 'gitlab',
    'https://jo@bitbucket.org/acme/shop.git': 'bitbucket-cloud',
    'ssh://git@bitbucket.example.com:7999/SHOP/shop.git': 'bitbucket-dc',
    'https://git.example.com/scm/shop/shop.git': 'bitbucket-dc',
    'https://stash.example.com/scm/~jo/shop.git': 'bitbucket-dc',
    'https://acme@dev.azure.com/acme/Shop/_git/shop': 'azure',
    'git@ssh.dev.azure.com:v3/acme/Shop/shop': 'azure',
    'acme@vs-ssh.visualstudio.com:v3/acme/Shop/shop': 'azure',
    'https://acme.visualstudio.com/DefaultCollection/Shop/_git/shop': 'azure',
    'https://tfs.example.com/tfs/Main/Shop/_git/shop': 'azure',
    'https://codeberg.org/acme/shop.git': 'forgejo',
    'git@gitea.example.com:acme/shop.git': 'gitea',
    'https://forgejo.example.com/acme/shop': 'forgejo',
  })) {
    it(`recognises ${remote} as ${id}`, () => assert.equal(forgeOf(parseRemote(remote)).id, id));
  }

  it("asks for --forge when the host's name does not tell", () => {
    assert.throws(
      () => forgeOf(parseRemote('git@git.example.com:acme/shop.git')),
      (error) =>
        error instanceof ReviewError &&
        error.reason === 'unknown-forge' &&
        /git\.example\.com.*--forge github/.test(error.message),
    );
  });

  it("GitHub's page for a new pull request has branches, title, body and labels", () => {
    const url = addressOn('git@github.com:acme/shop.git');
    assert.equal(decodeURIComponent(url.pathname), "/acme/shop/compare/main...feature/a&b#c+d'e");
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      quick_pull: '1',
      title: request.title,
      body: request.body,
      labels: 'ai-assisted,risk: critical',
    });
  });

  it("GitLab's page has title and description, with labels and reviewers as quick actions", () => {
    const url = addressOn('git@gitlab.com:a/b/shop.git');
    assert.equal(url.pathname, '/a/b/shop/-/merge_requests/new');
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      'merge_request[source_branch]': request.head,
      'merge_request[target_branch]': 'main',
      'merge_request[title]': request.title,
      'merge_request[description]': `${request.body}\n\n/label ~"ai-assisted" ~"risk: critical"\n/assign_reviewer @ada`,
    });
  });

  it("Bitbucket Cloud's page has the branches", () => {
    const url = addressOn('https://bitbucket.org/acme/shop.git');
    assert.equal(url.pathname, '/acme/shop/pull-requests/new');
    assert.deepEqual(Object.fromEntries(url.searchParams), { source: request.head, dest: 'main', t: '1' });
  });

  it("Bitbucket Data Center's page keeps projects, users and context paths", () => {
    const pages = [
      'ssh://git@bitbucket.example.com:7999/SHOP/api.git',
      'https://bitbucket.example.com:8443/ctx/scm/SHOP/api.git',
      'https://stash.example.com/scm/~jo/api.git',
    ];
    assert.deepEqual(
      pages.map((page) => addressOn(page).origin + addressOn(page).pathname),
      [
        'https://bitbucket.example.com/projects/SHOP/repos/api/pull-requests',
        'https://bitbucket.example.com:8443/ctx/projects/SHOP/repos/api/pull-requests',
        'https://stash.example.com/users/jo/repos/api/pull-requests',
      ],
    );
    const { searchParams } = addressOn('https://stash.example.com/scm/x/api.git');
    assert.deepEqual(Object.fromEntries(searchParams), {
      create: '',
      sourceBranch: `refs/heads/${request.head}`,
      targetBranch: 'refs/heads/main',
    });
  });

  it('Azure DevOps has the same page for HTTPS and SSH remotes', () => {
    const pages = [
      'https://acme@dev.azure.com/acme/My%20Shop/_git/api',
      'git@ssh.dev.azure.com:v3/acme/My%20Shop/api',
      'acme@vs-ssh.visualstudio.com:v3/acme/My%20Shop/api',
    ];
    assert.deepEqual(
      pages.map((page) => addressOn(page).origin + addressOn(page).pathname),
      [
        'https://dev.azure.com/acme/My%20Shop/_git/api/pullrequestcreate',
        'https://dev.azure.com/acme/My%20Shop/_git/api/pullrequestcreate',
        'https://acme.visualstudio.com/My%20Shop/_git/api/pullrequestcreate',
      ],
    );
    assert.deepEqual(Object.fromEntries(addressOn('git@ssh.dev.azure.com:v3/a/b/c').searchParams), {
      sourceRef: request.head,
      targetRef: 'main',
    });
  });

  it("Gitea and Forgejo have GitHub's page, without labels", () => {
    const url = addressOn('https://codeberg.org/acme/shop');
    assert.equal(decodeURIComponent(url.pathname), "/acme/shop/compare/main...feature/a&b#c+d'e");
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      quick_pull: '1',
      title: request.title,
      body: request.body,
    });
  });

  it('each forge has the page of a pull request by number, and a list without one', () => {
    const pages = (remote: string): readonly string[] =>
      [7, null].map((number) =>
        forgeOf(parseRemote(remote)).reviewPage(parseRemote(remote), { number, head: 'fix/a&b' }),
      );
    assert.deepEqual(pages('git@github.com:acme/shop.git'), [
      'https://github.com/acme/shop/pull/7',
      'https://github.com/acme/shop/pulls?q=is%3Apr%20is%3Aopen%20head%3Afix%2Fa%26b',
    ]);
    assert.deepEqual(pages('git@gitlab.com:acme/shop.git'), [
      'https://gitlab.com/acme/shop/-/merge_requests/7',
      'https://gitlab.com/acme/shop/-/merge_requests?state=opened&source_branch=fix%2Fa%26b',
    ]);
    assert.deepEqual(pages('git@bitbucket.org:acme/shop.git'), [
      'https://bitbucket.org/acme/shop/pull-requests/7',
      'https://bitbucket.org/acme/shop/branch/fix/a%26b',
    ]);
    assert.deepEqual(pages('https://git.example.com/scm/shop/shop.git'), [
      'https://git.example.com/projects/shop/repos/shop/pull-requests/7/overview',
      'https://git.example.com/projects/shop/repos/shop/pull-requests?state=OPEN',
    ]);
    assert.deepEqual(pages('git@ssh.dev.azure.com:v3/acme/Shop/shop'), [
      'https://dev.azure.com/acme/Shop/_git/shop/pullrequest/7',
      'https://dev.azure.com/acme/Shop/_git/shop/pullrequests?_a=active',
    ]);
    assert.deepEqual(pages('https://codeberg.org/acme/shop.git'), [
      'https://codeberg.org/acme/shop/pulls/7',
      'https://codeberg.org/acme/shop/pulls?state=open',
    ]);
  });
});
