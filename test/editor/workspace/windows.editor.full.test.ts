import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { builtCli, CLI } from '../../support/product';
import { agentWrites } from '../agent';
import { expectAuthors } from '../authors';
import { until, Workspace, type Editor } from '../host';
import { Stage } from '../kinds';
import { useEditor } from '../use-editor';

const TREE = 'AI Changes';

describe('a window with several folders (stock build)', function () {
  this.timeout(180_000);
  let root = '';
  const shared = useEditor('stock', async (editor) => {
    const { env } = editor.host.folder;
    root = path.join(editor.home, 'several');
    const [app, lib, dep] = ['app', 'lib', 'dep-origin'].map((name) => Workspace.create(path.join(root, name), env));
    assert.ok(app && lib && dep);
    lib.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', dep.root, 'dep');
    lib.commit('Add a submodule');
    app.git('worktree', 'add', '--quiet', path.join(root, 'second'));
    await builtCli();
    for (const folder of ['app', 'lib', 'lib/dep'])
      execFileSync(process.execPath, [CLI, 'install', '--git'], {
        cwd: path.join(root, folder),
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
    mkdirSync(path.join(root, 'plain'));
    new Workspace(path.join(root, 'plain'), env).write('a.txt', 'one\n');
    await editor.openFolders(
      root,
      ['app', 'lib', 'second', 'plain'].map((name) => path.join(root, name)),
    );
  });
  const at = (folder: string): Workspace => new Workspace(path.join(root, folder), shared().editor.host.folder.env);

  async function type(file: string, text: string): Promise<void> {
    const { editor, model } = shared();
    const stage = new Stage(editor, model, 'stock', file);
    await stage.show();
    await stage.caret(2, 1);
    await editor.type(text);
    await stage.save();
  }

  it('records each file in its own repository, and none outside', async () => {
    for (const folder of ['app', 'lib', 'lib/dep', 'second']) await type(`${folder}/README.md`, `typed in ${folder};`);
    await type('plain/a.txt', 'typed in plain;');
    for (const folder of ['app', 'lib', 'lib/dep', 'second'])
      await expectAuthors(at(folder), 'README.md', ['. # Workspace', `H typed in ${folder};`]);
    assert.deepEqual(readdirSync(path.join(root, 'plain')), ['a.txt']);
    assert.ok(existsSync(path.join(root, 'lib', '.git', 'modules', 'dep', 'linekeeper')));
    assert.ok(existsSync(path.join(root, 'app', '.git', 'worktrees', 'second', 'linekeeper')));
  });

  it('marks and status bar follow the repository of the active file', async () => {
    const { editor } = shared();
    const write = (folder: string, lines: number): Promise<void> =>
      agentWrites(at(folder), 'by-agent.txt', 'by an agent;\n'.repeat(lines));
    await write('app', 1);
    await write('lib/dep', 3);
    await write('second', 4);
    for (const [folder, lines] of [
      ['app', 1],
      ['lib/dep', 3],
      ['second', 4],
    ] as const) {
      await new Stage(editor, shared().model, 'stock', `${folder}/by-agent.txt`).show();
      await editor.workbench.waitStatus(new RegExp(`^${String(lines)} AI lines?$`));
      await until(async () => (await editor.gutter()).length === lines, { what: `the marks in ${folder}` });
    }
    await new Stage(editor, shared().model, 'stock', 'plain/a.txt').show();
    await until(async () => (await editor.workbench.statusBar()).every(({ text }) => !/AI line/.test(text)), {
      what: 'nothing in the status bar for a file in no repository',
    });
    assert.deepEqual(await editor.gutter(), []);
  });

  it('the view lists repositories apart, and says whose next trailers are shown', async () => {
    const { editor } = shared();
    await editor.run('linekeeper.showChanges');
    await until(async () => (await editor.workbench.tree(TREE))?.length, { what: 'rows' });
    await editor.inside.run(async (api) => {
      // All rows are closed, so that all are drawn.
      for (const command of ['linekeeper.changes.focus', 'list.focusFirst', 'list.collapseAll'])
        await api.commands.executeCommand(command);
    });
    const rows = await until(
      async () => {
        const all = await editor.workbench.tree(TREE);
        return all && ['app', 'dep', 'second'].every((name) => all.some((row) => row.text.startsWith(name))) && all;
      },
      { what: 'a row for each repository' },
    );
    assert.ok(!rows.some((row) => row.text.startsWith('plain')));
    const spoken = (name: string): string => rows.find((row) => row.text.startsWith(name))?.aria ?? '';
    for (const [name, counts] of [
      ['app', '+1 −0 of +2 −0'],
      ['dep', '+3 −0 of +4 −0'],
      ['second', '+4 −0 of +5 −0'],
    ] as const)
      assert.ok(spoken(name).startsWith(name) && spoken(name).includes(counts), spoken(name));
    assert.equal(await editor.workbench.paneText(TREE), '');
    await editor.screenshot('several-folders');
  });
});

describe('a window without a folder (stock build)', function () {
  this.timeout(180_000);
  const shared = useEditor('stock', async (editor) => {
    const root = path.join(editor.home, 'by-itself');
    Workspace.create(path.join(root, 'app'), editor.host.folder.env);
    await editor.openFolders(root, []);
  });

  it('the view shows the repository of an opened file', async () => {
    const { editor, model } = shared();
    const app = new Workspace(editor.workspace.at('app'), editor.host.folder.env);
    await agentWrites(app, 'by-agent.txt', 'by an agent;\n'.repeat(3));
    await new Stage(editor, model, 'stock', 'app/by-agent.txt').show();
    await editor.workbench.clickStatus(/^3 AI lines$/);
    await until(async () => (await editor.workbench.tree(TREE))?.some(({ text }) => text.startsWith('Claude Code')), {
      what: 'the session in the view',
    });
    await editor.screenshot('no-folder');
  });
});

describe('two windows on one repository (stock build)', function () {
  this.timeout(180_000);
  const shared = useEditor('stock');
  let second: Editor | undefined;
  /** The editor's own git may be at the index. */
  const commit = (message: string): Promise<string> =>
    until(() => shared().editor.workspace.commit(message), { what: 'the index to be free' });
  after(() => second?.host.page.close());

  it('lose no record of either', async function () {
    const { editor: first, model } = shared();
    if (first.host.kind === 'desktop') this.skip();
    first.workspace.write('a.txt', 'one;\n');
    await commit('Add a file');
    second = await first.secondWindow();
    const [here, there] = [first, second].map((editor) => new Stage(editor, model, 'stock', 'a.txt'));
    assert.ok(here && there);
    await here.show();
    await there.show();
    await here.caret(2, 1);
    await first.type('typed here;');
    await first.press('Enter');
    await here.save();
    await there.waitText(/typed here;\n$/);
    await there.caret(3, 1);
    await second.type('typed there;');
    await second.press('Enter');
    await there.save();
    await here.waitText(/typed there;\n$/);
    await here.agent(`${first.workspace.read('a.txt')}by an agent;\n`);
    await here.waitText(/agent;\n$/);
    await there.waitText(/agent;\n$/);
    await there.caret(1, 1);
    await second.type('again ');
    await there.save();
    await here.waitText(/^again one;/);
    await expectAuthors(first.workspace, 'a.txt', [
      'H again one;',
      'H typed here;',
      'H typed there;',
      'A by an agent;',
      '-H',
    ]);
    for (const editor of [first, second]) {
      await editor.workbench.waitStatus(/^1 AI line$/);
      await until(async () => (await editor.gutter()).map(({ line }) => line).join() === '4', {
        what: "the mark beside the agent's line",
      });
    }
  });

  it('a file changed in both keeps the authors of the version that is kept', async () => {
    const { editor: first, model } = shared();
    assert.ok(second);
    const [here, there] = [first, second].map((editor) => new Stage(editor, model, 'stock', 'a.txt'));
    assert.ok(here && there);
    await commit('Keep it');
    await here.show();
    await here.caret(5, 1);
    await first.type('unsaved here;');
    await there.show();
    await there.caret(5, 1);
    await second.type('saved there;');
    await there.save();
    await until(async () => (await first.text.activeTab())?.dirty === true, {
      what: 'the first window to have changes',
    });
    await first.press('Control+S');
    await first.notices.press('Failed to save', 'Overwrite');
    await there.waitText(/unsaved here;$/);
    await expectAuthors(first.workspace, 'a.txt', [
      '. again one;',
      '. typed here;',
      '. typed there;',
      '. by an agent;',
      'H unsaved here;',
    ]);
  });
});
