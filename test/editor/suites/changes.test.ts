import assert from 'node:assert/strict';
import { gitHooksState, installGitHooks, Repository, uninstallGitHooks } from '../../../src/git';
import { agentAsked, agentBegins, agentWrites, agentWritesUnseen } from '../agent';
import { until, type Editor } from '../host';
import { useEditor } from '../shared';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      any: { from: mid, approvals: 1 }
`;

const VIEW = 'AI Changes';

async function expectRows(editor: Editor, test: (rows: readonly string[]) => boolean, what: string): Promise<readonly string[]> {
  let rows: readonly string[] = [];
  await until(async () => test((rows = ((await editor.workbench.tree(VIEW)) ?? []).map(({ text }) => text))), { what }).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(rows)}`));
  return rows;
}

const expectText = (editor: Editor, match: RegExp): Promise<unknown> => {
  let last = '';
  return until(async () => match.test((last = await editor.workbench.paneText(VIEW))), { what: String(match) }).catch((error: unknown) => assert.fail(`${String(error)}: ${last}`));
};

describe('the AI Changes view (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock');

  before('a repository with a policy, opened anew', async () => {
    const { editor } = shared();
    editor.workspace.write('.linekeeper.yml', POLICY);
    editor.workspace.write('prod/main.tf', 'size = 100\n');
    editor.workspace.write('src/cost.txt', 'one\n');
    editor.workspace.commit('Begin');
    await editor.openFolder(editor.workspace.root);
    await editor.command('Linekeeper: Show AI Changes');
  });

  it('offers to set up where nothing is set up, and no more once hooks were installed on a command line', async () => {
    const { editor } = shared();
    await expectText(editor, /Set Up Linekeeper/);
    const repository = Repository.find(editor.workspace.root);
    assert.ok(repository);
    await installGitHooks(repository, { executable: process.execPath, cli: '/nowhere/cli.js', electron: false });
    await expectText(editor, /^AI changed nothing that is not committed yet\. What assistants write/);
    await uninstallGitHooks(repository);
    assert.equal(await gitHooksState(repository), 'absent');
    await expectText(editor, /Set Up Linekeeper/);
  });

  it('shows a session as soon as it begins to work, and what it did when it is done', async () => {
    const { editor } = shared();
    const action = await agentBegins(editor.workspace, 'prod/main.tf');
    await expectRows(editor, (rows) => rows.some((row) => /^Claude Code ?at work · claude-opus-4-8/.test(row)), 'the session at work');
    editor.workspace.write('prod/main.tf', 'size = 5\nname = "x"\n');
    await action.done();
    await expectRows(editor, (all) => all.some((row) => /^Claude Code ?claude-opus-4-8 · \+2 −1 · 1 file$/.test(row)), 'what the session did');
    await expectRows(editor, (all) => all.some((row) => /^critical ?\+2 −1 · ./.test(row)), 'the tier, and what it asks');
    await editor.screenshot('changes-session');
  });

  it('carries a number only where a sign-off is missing', async () => {
    const { editor } = shared();
    const badge = (): Promise<number> => editor.host.page.locator('.pane-header .monaco-count-badge, .pane-header .badge').count();
    await until(async () => (await badge()) > 0 || (await editor.host.page.locator('.activitybar .action-item.checked .badge:visible').count()) > 0, { what: 'the number' });
  });

  it('says what the next commit will carry, and follows what is staged', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await agentWrites(workspace, 'src/cost.txt', 'one\ntwo\nthree\n');
    await expectText(editor, /Next commit: Assisted-by: claude-code:claude-opus-4-8 · AI-Lines: \+4 -1 of \+4 -1/);
    workspace.git('add', 'src/cost.txt');
    await expectText(editor, /AI-Lines: \+2 -0 of \+2 -0/);
    workspace.git('add', 'prod/main.tf');
    await expectText(editor, /AI-Lines: \+4 -1 of \+4 -1/);
  });

  it('tells everything to those who listen', async () => {
    const { editor } = shared();
    const rows = (await editor.workbench.tree(VIEW)) ?? [];
    const spoken = rows.map(({ aria }) => aria).join('\n');
    assert.match(spoken, /Tier critical, AI added 2 lines and removed 1 line/);
    assert.match(spoken, /Claude Code, session 00e6e2c0…, added 4 lines and removed 1 line in 2 files/);
  });

  it('shows what a session was asked, where that is kept', async () => {
    const { editor } = shared();
    agentAsked(editor.workspace, 'Make <b>it</b> cheaper');
    await agentWrites(editor.workspace, 'src/more.txt', 'more\n');
    await expectRows(editor, (rows) => rows.some((row) => /^Claude Code.*3 files · asked: Make <b>it<\/b> cheaper$/.test(row)), 'what was asked');
    editor.workspace.remove('src/more.txt');
  });

  it('is empty again after a commit', async () => {
    const { editor } = shared();
    editor.workspace.commit('All of it');
    await expectText(editor, /AI changed nothing that is not committed yet/);
  });

  it('has what only an assistant\'s own transcript tells, without being asked', async () => {
    const { editor } = shared();
    agentWritesUnseen(editor.workspace, editor.home, 'src/cost.txt', 'two', 'two, unseen');
    await until(async () => ((await editor.workbench.tree(VIEW)) ?? []).some(({ text }) => /^Claude Code ?claude-opus-4-8 · \+1 −1 · 1 file$/.test(text)), { what: 'the session', timeout: 60_000 });
    editor.workspace.commit('What was not seen');
  });
});
