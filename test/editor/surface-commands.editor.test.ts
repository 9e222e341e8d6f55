/** Commands, dialogs and pages as people meet them. What they say and do is tried in test/editor/commands. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { agentWrites } from './agent';
import { forgeFolder } from './forge-folder';
import { until } from './host';
import { useSurfaces } from './surfaces';

describe('surface: commands (stock build)', function () {
  this.timeout(120_000);
  let bare = '';
  const shared = useSurfaces((editor) => {
    bare = forgeFolder(editor, editor.workspace, 'git@github.com:acme/costs.git');
    editor.workspace.git('switch', '--quiet', '--create', 'smaller-db');
  });

  it('the palette: lists ours, without those that only keys run', async () => {
    const { editor } = shared();
    await until(() => editor.quick.hasCommand('Linekeeper: Preview Trailers of Next Commit'), {
      what: 'a command of ours',
    });
    assert.equal(await editor.quick.hasCommand('Linekeeper: Accept Inline Suggestion'), false);
  });

  it('a page: is shown as a document, and follows', async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'prod/size.tf', 'size = 5\n');
    await editor.command('Linekeeper: Preview Trailers of Next Commit');
    await editor.text.waitLine('AI-Lines: +1 -1 of +1 -1');
    await agentWrites(editor.workspace, 'prod/size.tf', 'size = 5\nnew = 1\n');
    await editor.text.waitLine('AI-Lines: +2 -1 of +2 -1');
  });

  it('Set Up: its dialog installs hooks, and a commit in the editor gets trailers', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Set Up…');
    await editor.quick.wait('Set Up Linekeeper');
    await editor.press('Enter');
    await editor.notices.wait('Git hooks installed.');
    await editor.notices.clear();
    await editor.scm.commit('Use a smaller database');
    assert.match(editor.workspace.git('log', '-1', '--format=%B'), /^Assisted-by: claude-code:claude-opus-4-8$/m);
  });

  it("Request Review: pushes with the editor's own git, and opens the page", async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Request Review');
    await editor.quick.wait('Request Review');
    await editor.quick.pick('Do all of this');
    const url = new URL(await editor.browserUrl('github.com/acme/costs/compare', 60_000));
    assert.equal(url.pathname, '/acme/costs/compare/main...smaller-db');
    const pushed = execFileSync('git', ['branch', '--list', 'smaller-db'], { cwd: bare, encoding: 'utf8' });
    assert.match(pushed, /smaller-db/);
    await editor.notices.clear();
  });

  it('Undo Set Up: asks with a list when something is set up', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Undo Set Up');
    await editor.quick.wait('Undo what Linekeeper set up?');
    await editor.press('Escape');
  });

  it('Open Report: shows the page in a tab', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Open Report');
    const page = editor.host.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByRole('heading', { name: /^AI in / }).waitFor({ timeout: 60_000 });
    await editor.workbench.tidy();
  });

  it('network: is used by no test when the suite is over', () => {
    assert.deepEqual(shared().editor.host.outside, []);
  });
});
