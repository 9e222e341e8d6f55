import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { agentWrites } from '../../agent';
import { expectAuthors } from '../../authors';
import { until } from '../../host';
import { FIRST_LINE, Stage } from '../../kinds';
import { useEditor } from '../../use-editor';

describe('unsaved text and the file on disk (stock build)', function () {
  this.timeout(180_000);
  const shared = useEditor('stock');
  let files = 0;

  /** A committed file, open in front. */
  async function begin(content = FIRST_LINE, settings: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
    const { editor, model } = shared();
    await editor.workbench.tidy();
    await editor.settings(settings);
    const stage = new Stage(editor, model, 'stock', `buffer-${String(++files)}.txt`);
    await stage.begin(content);
    return stage;
  }

  /** What is written before the editor knows that its save is done, it takes for what it saved, and does not read. */
  async function savedByItself({ editor, file }: Stage, end: string): Promise<void> {
    await until(
      async () => editor.workspace.read(file).endsWith(end) && (await editor.text.activeTab())?.dirty === false,
      { what: 'the file to be saved by itself' },
    );
  }

  it("a person's and an agent's lines keep their authors, whichever version wins", async () => {
    const stage = await begin();
    const { editor } = stage;
    await stage.caret(2, 1);
    await editor.type('typed by hand;');
    await stage.waitText(/hand;$/);
    await stage.agent(`${FIRST_LINE}by an agent;\n`);
    await expectAuthors(editor.workspace, stage.file, ['. first line;', 'A by an agent;']);
    await editor.press('Control+S');
    await editor.notices.press('Failed to save', 'Overwrite');
    await until(() => editor.workspace.read(stage.file).includes('typed by hand;'), {
      what: 'the file to be overwritten',
    });
    await expectAuthors(editor.workspace, stage.file, ['. first line;', 'H typed by hand;']);
  });

  it("a file's lines: are removed by the person when they delete the file with the Explorer's key", async () => {
    const { editor, file } = await begin();
    await editor.widgets.explorerSelect(file);
    await editor.press('Delete');
    await editor.notices.waitDialog(/delete/);
    await editor.press('Enter');
    await until(() => !editor.workspace.has(file), { what: 'the file to be deleted' });
    await expectAuthors(editor.workspace, file, ['-H']);
  });

  it('autosave records as much as a save', async () => {
    const stage = await begin(FIRST_LINE, { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 200 });
    const { editor } = stage;
    await stage.caret(2, 1);
    await editor.type('typed slowly enough to be saved in between;', 30);
    await savedByItself(stage, 'in between;');
    await stage.agent(`${editor.workspace.read(stage.file)}\nby an agent;\n`);
    // The editor sometimes overlooks what is written so soon after it saved, and sees the next change of the time.
    await stage.untilText(() => {
      const now = new Date();
      utimesSync(editor.workspace.at(stage.file), now, now);
      return Promise.resolve();
    }, /agent;\n$/);
    await stage.caret(4, 1);
    await editor.type('and on;', 30);
    await savedByItself(stage, 'and on;');
    await expectAuthors(editor.workspace, stage.file, [
      '. first line;',
      'H typed slowly enough to be saved in between;',
      'A by an agent;',
      'H and on;',
    ]);
  });

  it('unsaved text is back after a window reload, with its author', async () => {
    const stage = await begin();
    const { editor } = stage;
    await stage.caret(2, 1);
    await editor.type('not saved yet;');
    await stage.waitText(/yet;$/);
    await until(async () => (await editor.text.activeTab())?.dirty === true, { what: 'the tab to be dirty' });
    await editor.inside.run(async (vscode) =>
      vscode.workspace
        .getConfiguration()
        .update('files.hotExit', 'onExitAndWindowClose', vscode.ConfigurationTarget.Global),
    );
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // the editor's own backup waits that long, and so does the record
    await editor.reload();
    await stage.show();
    await stage.waitText(/not saved yet;$/);
    await stage.caret(2, 15);
    await editor.press('Enter');
    await editor.type('typed later;');
    await stage.waitText(/later;$/);
    await stage.save();
    await expectAuthors(editor.workspace, stage.file, ['. first line;', 'H not saved yet;', 'H typed later;']);
  });

  it("agents' edits made while no window was open are shown in the next window", async () => {
    const stage = await begin();
    const { editor } = stage;
    const { root } = editor.workspace;
    const worked = editor.workspace;
    await editor.openFolder();
    await agentWrites(worked, stage.file, `${FIRST_LINE}by an agent;\n`);
    await editor.openFolder(root);
    await stage.show();
    await until(async () => (await editor.gutter()).some(({ line, icon }) => line === 2 && icon.includes('ai-')), {
      what: 'the mark',
    });
    await stage.caret(3, 1);
    await editor.type('typed by hand;');
    await stage.save();
    await expectAuthors(editor.workspace, stage.file, ['. first line;', 'A by an agent;', 'H typed by hand;']);
  });

  it('a file that is saved without being shown is read from disk', async () => {
    const { editor } = await begin();
    const { workspace, workbench } = editor;
    const file = workspace.at('behind.txt');
    workspace.write('behind.txt', 'as it was;\n');
    workspace.commit('Add behind.txt');
    await agentWrites(workspace, 'behind.txt', 'as it was;\nby an agent;\n');
    await workbench.waitStatus(/^1 AI line$/);
    await editor.inside.run(async (vscode, name) => {
      const document = await vscode.workspace.openTextDocument(name);
      const edit = new vscode.WorkspaceEdit();
      edit.delete(document.uri, new vscode.Range(1, 0, 2, 0));
      await vscode.workspace.applyEdit(edit);
    }, file);
    await until(async () => !(await workbench.statusBar()).some((item) => item.text.includes('AI line')), {
      what: 'what is not saved to be seen',
    });
    await editor.inside.run(async (vscode, name) => (await vscode.workspace.openTextDocument(name)).save(), file);
    assert.equal(workspace.read('behind.txt'), 'as it was;\n');
    await agentWrites(workspace, 'behind.txt', 'as it was;\nby an agent again;\n');
    await workbench.waitStatus(/^1 AI line$/);
    workspace.git('checkout', '--quiet', '--', 'behind.txt');
  });

  it("text that git discarded does not change the author of another program's later edit", async () => {
    const { editor } = await begin();
    const { workspace } = editor;
    const file = `thrown-away-${String(files)}.txt`; // another try has another
    workspace.write(file, 'const rate = cost;\nlast;\n');
    workspace.commit(`Add ${file}`);
    await agentWrites(workspace, file, 'const rate = sum;\nlast;\n');
    workspace.git('checkout', '--quiet', '--', file);
    await editor.inside.run(async (vscode, name) => {
      const document = await vscode.workspace.openTextDocument(name);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 13, 0, 17), 'price');
      await vscode.workspace.applyEdit(edit);
      await document.save();
    }, workspace.at(file));
    await expectAuthors(workspace, file, ['? const rate = price;', '. last;', '-?']);
    workspace.git('checkout', '--quiet', '--', file);
  });
});
