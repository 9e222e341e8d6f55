import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { agentWrites } from '../agent';
import { forgeFolder } from '../forge-folder';
import { until } from '../host';
import { useEditor } from '../use-editor';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      any: { from: mid, approvals: 1 }
      ai:
        junior: { from: senior, approvals: 1 }
`;

/** A push runs the hook that takes the notes along: many processes, on a machine that may be busy. */
const PUSH_MS = 60_000;

describe('commands in the palette (stock build)', function () {
  this.timeout(120_000);
  let bare = '';
  const shared = useEditor('stock', (editor) =>
    editor.openRepository(async (workspace) => {
      mkdirSync(path.join(editor.home, '.claude'), { recursive: true });
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/main.tf', 'size = 100\nengine = "postgres"\n');
      workspace.commit('Begin');
      bare = forgeFolder(editor, workspace, 'git@github.com:acme/costs.git');
      workspace.git('switch', '--quiet', '--create', 'smaller-db');
      await agentWrites(workspace, 'prod/main.tf', 'size = 5 # & "less"\nengine = "postgres"\nnew = 1\n');
    }),
  );

  it('Set Up installs what was chosen in one dialog, and commits get trailers and a note', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await editor.command('Linekeeper: Set Up…');
    const picker = await editor.quick.wait('Set Up Linekeeper');
    const labels = picker.items.map(({ label }) => label); // those that are visible
    assert.deepEqual(
      labels.filter((label) =>
        ['Policy', 'AI trailers in commits', 'Push and fetch notes', 'Claude Code'].includes(label),
      ),
      ['AI trailers in commits', 'Push and fetch notes', 'Claude Code'],
      'what is there already is not offered, and assistants that are here are',
    );
    assert.ok(!labels.includes('Kiro'), 'assistants that are not here are folded');
    assert.ok(labels.includes('Other assistants…'), labels.join(', '));
    await editor.screenshot('set-up-choice');
    await editor.press('Enter');
    await editor.notices.wait('Git hooks installed.');
    await editor.notices.clear();
    assert.ok(existsSync(workspace.at('.git/hooks/prepare-commit-msg')));
    await editor.scm.commit('Use a smaller database');
    assert.equal(
      workspace.git('log', '-1', '--format=%B').trim(),
      'Use a smaller database\n\nAssisted-by: claude-code:claude-opus-4-8\nAI-Lines: +2 -1 of +2 -1\nAI-Risk: critical',
    );
    await until(() => workspace.git('notes', '--ref', 'ai', 'list').includes(workspace.head()), { what: 'the note' });
  });

  it('Request Review on main: one dialog makes branch, commit and push, without saving files', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    // An earlier try may have got half the way.
    if (await editor.notices.dialog()) await editor.press('Escape');
    workspace.git('switch', '--quiet', '--force', 'main');
    for (const ref of ['refs/heads/bigger-db', 'refs/remotes/origin/bigger-db']) workspace.git('update-ref', '-d', ref);
    execFileSync('git', ['update-ref', '-d', 'refs/heads/bigger-db'], { cwd: bare });
    await agentWrites(workspace, 'prod/main.tf', 'size = 7\nengine = "postgres"\n');
    await editor.text.open('prod/main.tf');
    await editor.command('Linekeeper: Request Review');
    const dialog = await editor.quick.wait('Request Review');
    assert.equal(dialog.items[0]?.description, 'create branch → commit → push → open the pull request');
    await editor.screenshot('request-review-from-main');
    assert.equal(workspace.git('branch', '--show-current').trim(), 'main', 'nothing is done before it is chosen');
    await editor.quick.pick('Create branch');
    await editor.quick.wait('Name of the new branch');
    await editor.quick.answer('bigger-db');
    await editor.quick.wait('Request Review');
    await editor.quick.pick('Do all of this');
    const url = new URL(await editor.browserUrl('github.com/acme/costs/compare', PUSH_MS));
    assert.equal(url.pathname, '/acme/costs/compare/main...bigger-db');
    assert.equal(workspace.git('branch', '--show-current').trim(), 'bigger-db');
    assert.match(workspace.git('log', '-1', '--format=%B'), /^Change main\.tf\n\nAssisted-by: claude-code/);
    assert.match(execFileSync('git', ['branch', '--list', 'bigger-db'], { cwd: bare, encoding: 'utf8' }), /bigger-db/);
    editor.external.clear();
    await editor.run('linekeeper.showChanges');
    await until(
      async () =>
        ((await editor.workbench.tree('AI Changes')) ?? []).some(({ text }) =>
          /^This Branch ?Needs a senior$/.test(text),
        ),
      { what: 'what the branch owes' },
    );
    await editor.workbench.waitStatus('1 sign-off needed');
    await editor.screenshot('this-branch');
    workspace.git('switch', '--quiet', 'main');
    await editor.notices.clear();
    workspace.git('switch', '--quiet', 'smaller-db');
  });

  it('Show Author of Line: names author and commit when the line is committed', async () => {
    const { editor } = shared();
    await editor.text.open('prod/main.tf');
    await editor.text.goto(1, 1);
    await until(() => editor.quick.hasCommand('Linekeeper: Show Author of Line'), { what: 'the command' });
    await editor.command('Linekeeper: Show Author of Line');
    const picker = await editor.quick.wait('Line 1');
    assert.deepEqual(
      picker.items.map((item) => item.label.trim()),
      [
        'Claude Code',
        'claude-opus-4-8',
        '00e6e2c0-5d0a-4f0e-9c55-1f0000000001',
        'Use a smaller database',
        'Trace this line',
      ],
    );
    await editor.screenshot('show-provenance');
    await editor.quick.pick('Use a smaller database');
    await until(
      () =>
        editor.inside.run(
          (vscode) =>
            vscode.window.activeTextEditor?.document.uri.scheme === 'linekeeper' &&
            vscode.window.activeTextEditor.document.languageId === 'diff',
        ),
      { what: 'the commit' },
    );
    await editor.text.waitLine(/Use a smaller database/);
    await editor.workbench.tidy();
    assert.equal(await editor.notices.dialog(), undefined, 'nothing asks to be saved');
    await editor.text.open('README.md');
    await editor.run('linekeeper.showProvenance');
    const { items } = await editor.quick.wait('Line 1');
    assert.match(items[0]?.detail ?? '', /^1 line of [0-9a-f]{12}: no record says who wrote it\./, 'as show says it');
    await editor.press('Escape');
  });

  it('Show Author of Line: knows the commit when git has just made it', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const line = `fresh = ${String(Date.now())}`; // another one in each try
    await agentWrites(workspace, 'prod/main.tf', `${workspace.read('prod/main.tf')}${line}\n`);
    await editor.text.open('prod/main.tf');
    await editor.text.waitLine(line);
    await until(async () => (await editor.gutter()).some(({ icon }) => icon.includes('ai-')), { what: 'the mark' });
    await editor.text.goto(4, 1);
    workspace.git('commit', '--quiet', '--all', '--message', 'Add a fresh line');
    await editor.run('linekeeper.showProvenance');
    const { items } = await editor.quick.wait('Line 4');
    assert.deepEqual(
      items.map((item) => item.label.trim()).filter((label) => /^(Claude|Unknown|Add|critical)/.test(label)),
      ['Claude Code', 'Add a fresh line'],
    );
    await editor.press('Escape');
    workspace.git('reset', '--quiet', '--hard', 'HEAD~1');
  });

  it('Declare Author gives unknown lines an author', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.write('prod/main.tf', `${workspace.read('prod/main.tf')}outside = 1\n`);
    await editor.text.open('prod/main.tf');
    await editor.text.waitLine('outside = 1');
    await until(async () => (await editor.gutter()).some((mark) => mark.line === 4 && mark.icon.includes('unknown-')), {
      what: 'the unknown mark',
    });
    await editor.text.goto(4, 1);
    await editor.command('Linekeeper: Declare Author of Lines…');
    await editor.quick.wait('Who wrote line 4?');
    await editor.quick.pick('Human');
    await until(async () => (await editor.gutter()).length === 0, { what: 'the mark to go' });
    await editor.text.goto(4, 1);
    await editor.command('Linekeeper: Show Author of Line');
    const picker = await editor.quick.wait('Line 4');
    assert.deepEqual(picker.items.map((item) => item.label.trim()).slice(0, 1), ['Human']);
    await editor.press('Escape');
    workspace.git('checkout', '--', '.');
  });

  it('Open Policy opens the policy, or offers to create one', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Open Policy');
    await until(async () => (await editor.text.activeTab())?.name === '.linekeeper.yml', { what: 'the policy' });
    await editor.workbench.tidy();
  });

  it('Set Up writes the CI file only when chosen, and opens it', async () => {
    const { editor } = shared();
    editor.workspace.git('config', 'linekeeper.offline', 'true');
    await editor.command('Linekeeper: Set Up…');
    await editor.quick.wait('Set Up Linekeeper');
    await editor.host.page.keyboard.type('Check in GitHub');
    await editor.quick.pick('Check in GitHub Actions');
    await editor.screenshot('set-up-ci');
    await editor.press('Enter');
    await editor.quick.wait("Linekeeper's Action was not found.");
    await editor.host.page.keyboard.type('linekeeper@1.2.3');
    await editor.press('Enter');
    await editor.text.waitLine('Decides whether a change has the sign-offs');
    await editor.screenshot('set-up-ci-written');
    await editor.notices.wait(/linekeeper\.yml written\. Commit it, then require the status/);
    assert.match(editor.workspace.read('.github/workflows/linekeeper.yml'), /contents: read/);
    await editor.notices.clear();
    editor.workspace.remove('.github/workflows/linekeeper.yml');
    editor.workspace.git('config', '--unset', 'linekeeper.offline');
    await editor.workbench.tidy();
  });

  it('Undo Set Up removes the hooks', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Undo Set Up');
    await editor.quick.wait('Undo what Linekeeper set up?');
    await editor.screenshot('undo-set-up');
    await editor.quick.pick('Remove Everything');
    await editor.notices.wait('Removed: the Git hooks of this repository');
    assert.equal(existsSync(editor.workspace.at('.git/hooks/prepare-commit-msg')), false);
    await editor.notices.clear();
    await editor.command('Linekeeper: Undo Set Up');
    await editor.notices.wait('Nothing is set up here, so there is nothing to undo.');
    await editor.notices.clear();
  });

  it('network: is used by no test when the suite is over', () => {
    assert.deepEqual(shared().editor.host.outside, []);
  });
});
