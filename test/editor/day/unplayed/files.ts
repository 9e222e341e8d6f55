/** Edits that go through files: moves, conflicts, earlier versions, settings and other extensions' commands. */
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import { ready } from '../ready';
import type { Scene } from '../scene';

const CONFLICT = (theirs: string): string =>
  `top\n<<<<<<< HEAD\nours is here\n=======\n${theirs}\n>>>>>>> branch\nbottom\n`;

/** Commands of an extension that nobody has heard of, for which a person has keys. */
async function withExtension(stage: Stage, document: string): Promise<void> {
  await stage.editor.inside.run((api, path) => {
    const memory = globalThis as { hasOwnCommands?: boolean };
    if (memory.hasOwnCommands) return;
    memory.hasOwnCommands = true;
    api.commands.registerCommand('linekeeper-test.insertId', async () => {
      const editor = api.window.activeTextEditor;
      await editor?.edit((builder) => {
        builder.insert(editor.selection.active, '3b241101-e2bb-4255-8caf-4136c566a962');
      });
    });
    api.commands.registerCommand('linekeeper-test.licence', async () => {
      const edit = new api.WorkspaceEdit();
      const front = api.window.activeTextEditor?.document.uri;
      for (const uri of [front, api.Uri.file(path)])
        if (uri) edit.insert(uri, new api.Position(0, 0), '// Copyright of us all\n');
      await api.workspace.applyEdit(edit);
      await api.workspace.saveAll();
    });
  }, stage.editor.workspace.at(document));
}

export const FILES: readonly Scene[] = [
  {
    title: 'A file cut and pasted into another folder in the Explorer: imports of two others, one not open',
    files: {
      'cut/user.ts': "import { quota } from './quota';\nexport const twice = quota * 2;\n",
      'cut/closed.ts': "import { quota } from './quota';\nexport const half = quota / 2;\n",
      'cut/quota.ts': 'export const quota = 1;\n',
      'cut/deep/there.txt': 'there\n',
    },
    creates: ['cut/deep/quota.ts'],
    settings: { 'typescript.updateImportsOnFileMove.enabled': 'always', 'explorer.confirmDragAndDrop': false },
    perform: async (stage) => {
      await ready(stage);
      await stage.editor.widgets.explorerSelect('quota.ts');
      await stage.execute('filesExplorer.cut');
      await stage.editor.inside.run(async (api, path) => {
        await api.commands.executeCommand('revealInExplorer', api.Uri.file(path));
      }, stage.editor.workspace.at('cut/deep/there.txt'));
      await stage.execute('filesExplorer.paste');
      await until(() => stage.editor.workspace.has('cut/deep/quota.ts'), { what: 'the moved file' });
      await stage.show();
      await stage.waitText(/'\.\/deep\/quota'/);
      await stage.save();
      await stage.execute('workbench.action.files.saveAll');
      await until(() => stage.editor.workspace.read('cut/closed.ts').includes('./deep/quota'), {
        what: 'the closed one',
      });
    },
  },
  {
    title: 'A page renamed in the Explorer: the links of another page',
    files: { 'links/index.md': '# Pages\n\nSee [the page](./page.md).\n', 'links/page.md': '# Page\n' },
    creates: ['links/chapter.md'],
    settings: { 'markdown.updateLinksOnFileMove.enabled': 'always' },
    perform: async (stage) => {
      await stage.editor.widgets.explorerRename('page.md', 'chapter.md');
      await until(() => stage.editor.workspace.has('links/chapter.md'), { what: 'the renamed page' });
      await stage.show();
      await stage.waitText(/\(\.\/chapter\.md\)/);
    },
  },
  {
    title: 'A conflict: both sides accepted',
    files: { 'conflict/both.txt': CONFLICT('theirs is here') },
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.untilText(
        () => stage.execute('merge-conflict.accept.both'),
        /^top\nours is here\ntheirs is here\nbottom/,
      );
    },
  },
  {
    title: 'Conflicts: all incoming sides accepted',
    files: { 'conflict/all.txt': `${CONFLICT('first of theirs')}${CONFLICT('second of theirs')}` },
    perform: async (stage) => {
      await stage.untilText(
        () => stage.execute('merge-conflict.accept.all-incoming'),
        /^top\nfirst of theirs\nbottom\ntop\nsecond of theirs\nbottom/,
      );
    },
  },
  {
    title: 'A conflict: the current side accepted, and typed on',
    files: { 'conflict/current.txt': CONFLICT('theirs again') },
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.untilText(() => stage.execute('merge-conflict.accept.current'), /^top\nours is here\nbottom/);
      await stage.caret(2, 13);
      await stage.editor.type(' still');
    },
  },
  {
    title: 'A hunk taken back by Source Control, beside another change',
    files: { 'compared/hunks.txt': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n' },
    perform: async (stage) => {
      await stage.caret(1, 4);
      await stage.editor.type(' stays');
      await stage.waitText(/^one stays/);
      await stage.caret(7, 6);
      await stage.editor.type(' goes');
      await stage.waitText(/seven goes/);
      await stage.save();
      await stage.caret(7, 1);
      await stage.untilText(async () => {
        await stage.editor.run('git.revertSelectedRanges');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        if (await stage.editor.notices.dialog()) await stage.editor.press('Enter');
      }, /\nseven\n/);
    },
  },
  {
    title: "The folder's settings, changed by a command of the editor",
    files: { '.vscode/settings.json': '{\n    "editor.minimap.enabled": true\n}\n' },
    perform: async (stage) => {
      await stage.execute('editor.action.toggleMinimap');
      await until(() => stage.editor.workspace.read('.vscode/settings.json').includes('false'), {
        what: 'the setting',
      });
    },
  },
  {
    title: "The folder's settings, changed in the Settings editor",
    files: { 'settings/start.txt': 'start\n', '.vscode/settings.json': '{\n    "editor.tabSize": 4\n}\n' },
    perform: async (stage) => {
      await stage.editor.inside.run(async (api) => {
        await api.commands.executeCommand('workbench.action.openWorkspaceSettings', { query: 'editor.tabSize' });
      });
      const box = stage.editor.host.page.locator('.settings-editor .setting-item-number input:visible').first();
      await box.waitFor({ timeout: 20_000 });
      await box.fill('3');
      await box.press('Tab');
      await until(() => stage.editor.workspace.read('.vscode/settings.json').includes(': 3'), { what: 'the setting' });
      await stage.show('.vscode/settings.json');
    },
  },
  {
    title: "An extension's command under a key: an id at the caret",
    files: { 'extension/id.txt': 'id = \n' },
    perform: async (stage) => {
      await withExtension(stage, 'extension/beside.ts');
      await stage.caret(1, 6);
      await stage.execute('linekeeper-test.insertId');
      await stage.waitText(/id = 3b24/);
    },
  },
  {
    title: "An extension's command under a key: a line on top of two files",
    files: { 'extension/front.ts': 'export const front = 1;\n', 'extension/beside.ts': 'export const beside = 1;\n' },
    perform: async (stage) => {
      await withExtension(stage, 'extension/beside.ts');
      await stage.execute('linekeeper-test.licence');
      await stage.waitText(/^\/\/ Copyright/);
      await stage.execute('workbench.action.files.saveAll');
      await until(() => stage.editor.workspace.read('extension/beside.ts').startsWith('// Copyright'), {
        what: 'the other file',
      });
    },
  },
  {
    title: 'A file made by a command of the editor from its template',
    files: { 'template/start.txt': 'start\n' },
    creates: ['.vscode/tasks.json'],
    perform: async (stage) => {
      await stage.editor.run('workbench.action.tasks.configureTaskRunner');
      await stage.editor.quick.wait(/task/i).catch(() => undefined);
      await stage.editor.quick.pick(/Create tasks\.json/);
      await stage.editor.quick.pick(/Others/);
      await until(() => stage.editor.workspace.has('.vscode/tasks.json'), { what: 'the tasks' });
      await stage.show('.vscode/tasks.json');
    },
  },
];
