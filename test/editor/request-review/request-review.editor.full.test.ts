/**
 * *Request Review* where the person is signed in: with the editor's own GitHub support, at a server of one's own
 * on this machine whose requests and answers are held against GitHub's description.
 */
import assert from 'node:assert/strict';
import { GitHubServer, type OpenedPull } from '../../support/forge/github-server';
import { agentWrites } from '../agent';
import { forgeFolder } from '../forge-folder';
import { ADA, until, type QuickInputState } from '../host';
import { useEditor } from '../use-editor';

const POLICY = `version: 1
people:
  senior: [sue, "@acme/platform"]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      ai:
        junior: { from: senior, approvals: 1 }
`;
const TOKEN = 'ghp_secretsecretsecretsecret';
const COMMAND = 'Linekeeper: Request Review';
const ASKED = /Nothing is sent before you choose/;

describe('Request Review, signed in (stock build)', function () {
  this.timeout(120_000);
  let forge: GitHubServer;
  const shared = useEditor('stock', async (editor) => {
    const opened = await editor.openRepository(async (workspace) => {
      forge = await new GitHubServer().start();
      forge.opener = { login: 'ada' };
      forge.teams = { '@acme/platform': ['sue'] };
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/main.tf', 'size = 100\nengine = "postgres"\n');
      workspace.commit('Begin');
      forgeFolder(editor, workspace, 'git@127.0.0.1:acme/shop.git');
      workspace.git('switch', '--quiet', '--create', 'smaller-db');
    });
    await editor.settings({ 'github-enterprise.uri': forge.address });
    await agentWrites(opened, 'prod/main.tf', 'size = 5\nengine = "postgres"\n');
    opened.commit('Use a smaller database');
  });

  const shown = (): Promise<string> =>
    shared().editor.inside.run(
      (vscode) =>
        vscode.workspace.textDocuments
          .find(({ uri }) => uri.path === '/Pull Request.md' && uri.scheme === 'linekeeper')
          ?.getText() ?? '',
    );
  const isSignedIn = (): Promise<boolean> =>
    shared().editor.inside.run(
      async (vscode) => (await vscode.authentication.getAccounts('github-enterprise')).length === 1,
    );
  let isOffered = false;
  /** What somebody gets who is not signed in: the page; and an entry in the editor's menu of accounts. */
  async function openSignedOut(): Promise<URL> {
    const { editor } = shared();
    await editor.command(COMMAND);
    await editor.quick.wait('Request Review');
    await editor.quick.pick('Do all of this');
    const url = new URL(await editor.browserUrl('/acme/shop/compare', 60_000));
    editor.external.clear();
    await editor.notices.clear();
    isOffered = true;
    return url;
  }
  /** By the editor's own menu, as people do, where an earlier test has not. */
  async function signIn(): Promise<void> {
    if (await isSignedIn()) return;
    const { editor } = shared();
    if (!isOffered) await openSignedOut();
    const { page } = editor.host;
    await until(
      async () => {
        await page
          .locator('.global-activity [aria-label^="Accounts"], .activitybar [aria-label^="Accounts"]')
          .first()
          .click();
        const entry = page.locator('.monaco-menu .action-label', { hasText: /to use Linekeeper/ }).first();
        await editor.screenshot('request-review-sign-in');
        await entry.click({ timeout: 3000 });
        return true;
      },
      { every: 1000, what: 'the entry of the menu' },
    );
    await editor.notices.press(/Would you like to try a different way\? \(personal access token\)/, 'Yes');
    await editor.notices.waitDialog(/Personal Access Token/);
    await editor.notices.answerDialog('Continue to GitHub');
    await editor.browserUrl('/settings/tokens/new');
    await editor.quick.wait(/Personal Access Token/);
    await editor.quick.answer(TOKEN);
    await until(isSignedIn, { what: 'the account' });
    editor.external.clear();
    forge.asked.length = 0;
  }
  /** To the question that is asked before anything is sent; what has to be pushed first is. */
  async function ask(): Promise<QuickInputState> {
    const { editor } = shared();
    await editor.command(COMMAND);
    await until(
      async () => {
        const state = await editor.quick.state();
        if (state && ASKED.test(`${state.placeholder} ${state.message}`)) return true;
        if (state?.items.some(({ label }) => label.includes('Do all of this')))
          await editor.quick.pick('Do all of this');
        return false;
      },
      { timeout: 60_000, what: 'the question' },
    );
    return editor.quick.wait(ASKED);
  }
  const writes = (): readonly string[] => forge.asked.filter((one) => !one.startsWith('GET'));

  after(async () => {
    await forge.stop();
  });
  afterEach(() => {
    assert.deepEqual(forge.wrong, []);
  });

  it("opens the forge's page when nobody is signed in, and offers to sign in", async () => {
    const { pathname } = await openSignedOut();
    assert.equal(pathname, '/acme/shop/compare/main...smaller-db');
    assert.deepEqual(forge.asked, []);
  });

  it("the editor's own accounts menu signs in", async () => {
    await signIn();
    assert.deepEqual(writes(), []);
  });

  it('a row asks the forge who is in a team, and goes', async () => {
    const { editor } = shared();
    const { workspace, workbench } = editor;
    await signIn();
    forge.scopes = 'read:user, repo, user:email, workflow, read:org';
    editor.identity({ name: 'Tom', email: 'tom@example.com' }); // whom the policy does not name
    await agentWrites(workspace, 'prod/main.tf', 'size = 6\nengine = "postgres"\n');
    const rows = async (): Promise<string> =>
      ((await workbench.tree('AI Changes')) ?? []).map(({ text }) => text).join('\n');
    await editor.run('linekeeper.showChanges');
    await until(async () => (await rows()).includes('Are you in @acme/platform?'), { what: 'the row' });
    await workbench.clickTree('AI Changes', 'Are you in @acme/platform?');
    await editor.notices.waitDialog(/'Linekeeper' wants to sign in/); // the right to read teams is one more
    await editor.notices.answerDialog('Allow');
    await editor.notices.press(/Would you like to try a different way\? \(personal access token\)/, 'Yes');
    await editor.notices.waitDialog(/Personal Access Token/);
    await editor.notices.answerDialog('Continue to GitHub');
    await editor.browserUrl('/settings/tokens/new');
    editor.external.clear();
    await editor.quick.wait(/Personal Access Token/);
    forge.asked.length = 0; // so far it was the editor's own
    await editor.quick.answer(TOKEN);
    await editor.notices.wait(/^Members of @acme\/platform are now known for 30 days\./, 60_000);
    await until(async () => !(await rows()).includes('Are you in'), { what: 'the row to go' });
    await editor.notices.clear();
    editor.identity(ADA);
    workspace.git('checkout', '--quiet', '--', 'prod/main.tf');
    assert.deepEqual(writes(), []);
  });

  it('shows the text, and sends nothing before that is chosen', async () => {
    const { editor } = shared();
    await signIn();
    forge.asked.length = 0;
    const choice = await ask();
    assert.deepEqual(
      choice.items.map(({ label }) => label.trim()),
      ['Create as Draft', 'Create', 'Open in Browser'],
    );
    assert.match(choice.items[0]?.description ?? '', /^at 127\.0\.0\.1:\d+ as ada · asks @sue, @acme\/platform$/);
    const text = await shown();
    assert.match(
      text,
      /^# Use a smaller database\n\n- Branch: smaller-db into main\n- Reviewers: @sue \(0 open requests\), @acme\/platform/,
    );
    assert.match(text, /\n---\n\n<!-- linekeeper: begin -->\n\*\*Needs .*senior/);
    await editor.notices.clear();
    await editor.host.page.mouse.move(800, 700); // a tip beside the mouse hides the rows
    await editor.screenshot('request-review-choice');
    await editor.press('Escape');
    assert.deepEqual(writes(), []);
  });

  it('creates a draft with reviewers and labels', async () => {
    const { editor } = shared();
    await signIn();
    forge.pulls = [];
    await ask();
    await editor.quick.pick('Create as Draft');
    await editor.notices.wait(
      /^Created draft #7 at 127\.0\.0\.1:\d+\. Review requested from @sue, @acme\/platform\. Labels: /,
      60_000,
    );
    await editor.screenshot('request-review-created');
    const [made, ...others] = forge.pulls;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [made?.title, made?.draft, made?.head, made?.base, made?.reviewers, made?.teams],
      ['Use a smaller database', true, 'smaller-db', 'main', ['sue'], ['platform']],
    );
    assert.ok((await shown()).endsWith(made?.body ?? '?'), 'what was shown is what was sent');
    await editor.notices.press(/Created draft #7/, 'Open #7');
    await editor.browserUrl('/acme/shop/pull/7');
    editor.external.clear();
  });

  it('updates an existing pull request, and keeps what people wrote', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await signIn();
    const text = '<!-- linekeeper: begin -->\nof before\n<!-- linekeeper: end -->';
    const made: OpenedPull = {
      number: 7,
      title: 'Use a smaller database',
      body: `Please be quick.\n\n${text}\n\nThanks!\n`,
      draft: true,
      head: 'smaller-db',
      base: 'main',
      reviewers: ['sue'],
      teams: ['platform'],
    };
    forge.pulls = [made];
    await agentWrites(workspace, 'prod/main.tf', 'size = 4\nengine = "postgres"\nstorage = 10\n');
    workspace.commit('Use less storage');
    const choice = await ask();
    assert.deepEqual(
      choice.items.map(({ label }) => label.trim()),
      ['Update #7', 'Open in Browser'],
    );
    await editor.host.page.mouse.move(800, 700);
    await editor.screenshot('request-review-update');
    await editor.press('Enter');
    await editor.notices.wait(/^Updated #7 at/, 60_000);
    assert.equal(forge.pulls.length, 1);
    assert.match(
      made.body,
      /^Please be quick\.\n\n<!-- linekeeper: begin -->\n[^]*\+2 -1[^]*<!-- linekeeper: end -->\n\nThanks!\n$/,
    );
    await editor.notices.clear();
  });

  it('says why the forge refused, and offers its page', async () => {
    const { editor } = shared();
    await signIn();
    forge.troubles.length = 0;
    forge.pulls = [];
    forge.branches = [];
    await ask();
    await editor.quick.pick('Create');
    await editor.notices.wait(/does not have the branch smaller-db yet\. Push it/, 60_000);
    await editor.screenshot('request-review-refused');
    await editor.notices.press(/does not have the branch/, 'Open in Browser');
    await editor.browserUrl('/acme/shop/compare/main...smaller-db');
    editor.external.clear();
    forge.fail(401, /./, Infinity);
    await editor.command(COMMAND);
    const told = await editor.notices.wait(/Your sign-in at .* has expired/, 60_000);
    assert.deepEqual(told.buttons, ['Sign In Again', 'Open in Browser']);
    forge.troubles.length = 0;
    await editor.notices.clear();
  });

  it('says that the forge could not be reached', async () => {
    const { editor } = shared();
    await signIn();
    await forge.stop();
    await editor.command(COMMAND);
    await editor.notices.wait(/could not be reached.*Nothing was sent/, 60_000);
    await editor.notices.clear();
  });

  it('writes the token nowhere', () => {
    const { editor } = shared();
    for (const [file, text] of Object.entries(editor.logs())) assert.doesNotMatch(text, /secretsecret/, file);
    for (const url of editor.external.all) assert.doesNotMatch(url, /secretsecret/);
    assert.deepEqual(
      [...forge.tokens].filter((token) => !['', `token ${TOKEN}`, `Bearer ${TOKEN}`].includes(token)),
      [],
    );
  });
});
