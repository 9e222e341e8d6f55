import { expectAuthors } from '../../authors';
import { until } from '../../host';
import { FIRST_LINE, type Play } from '../play';
import type { Stage } from '../stage';

/** One line by an assistant and one by a person after the committed one, saved. */
async function twoAuthors(stage: Stage): Promise<void> {
  await stage.agent(`${FIRST_LINE}by an agent;\n`);
  await stage.waitText(/by an agent;\n$/);
  await stage.caret(3, 1);
  await stage.editor.type('typed by hand;');
  await stage.waitText(/hand;$/);
  await stage.save();
  await stage.waitRecorded('H typed by hand;');
}

const CELL = { cell_type: 'code', execution_count: null, id: 'a1', metadata: {}, outputs: [], source: ['x'] };
const NOTEBOOK = `${JSON.stringify({ cells: [CELL], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;

export const FILES = {
  untitled: {
    perform: async (stage) => {
      stage.editor.workspace.git('rm', '--quiet', '--', stage.file);
      stage.editor.workspace.git('commit', '--quiet', '--message', 'Remove');
      await stage.execute('workbench.action.closeAllEditors');
      await stage.execute('workbench.action.files.newUntitledFile');
      await stage.editor.text.focus();
      await stage.editor.type('typed before it had a name;');
      await stage.waitText(/name;$/);
      await stage.editor.press('Control+S');
      await stage.editor.quick.answerPath(stage.editor.workspace.at(stage.file));
      await until(() => stage.editor.workspace.has(stage.file), { what: 'the file' });
    },
    lines: ['@ typed before it had a name;'],
  },
  moved: {
    content: 'first;\nsecond;\nthird;\nfourth;\n',
    perform: async (stage) => {
      await stage.agent('first;\nsecond;\nthird;\nfourth;\nby an agent;\n');
      await stage.waitText(/by an agent;\n$/);
      await stage.caret(6, 1);
      await stage.editor.type('typed by hand;');
      await stage.save();
      await stage.waitRecorded('H typed by hand;');
      const { file } = stage;
      await stage.editor.widgets.explorerRename(file, `renamed-${file}`);
      await until(() => stage.editor.workspace.has(`renamed-${file}`), { what: 'the renamed file' });
      await expectAuthors(stage.editor.workspace, `renamed-${file}`, [
        '. first;',
        '. second;',
        '. third;',
        '. fourth;',
        'A by an agent;',
        'H typed by hand;',
      ]);
      // Back again, for what is looked at when this is over.
      await stage.editor.widgets.explorerRename(`renamed-${file}`, file);
      await until(() => stage.editor.workspace.has(file), { what: 'the file' });
      await stage.show();
    },
    lines: ['. first;', '. second;', '. third;', '. fourth;', 'A by an agent;', 'H typed by hand;'],
  },
  deleted: {
    content: 'first line;\nsecond line;\n',
    perform: async (stage) => {
      const { editor, file } = stage;
      stage.commit('left.txt', FIRST_LINE);
      await editor.widgets.explorerSelect(file);
      await editor.press('Delete');
      await editor.notices.waitDialog(/delete/);
      await editor.press('Enter');
      await until(() => !editor.workspace.has(file), { what: 'the file to be deleted' });
      await stage.show('left.txt');
    },
    lines: ['-@', '-@'],
  },
  reload: {
    perform: async (stage) => {
      stage.editor.workspace.write(stage.file, `${FIRST_LINE}by a program;\n`);
      await stage.waitText(/by a program/);
    },
    lines: ['. first line;', '@ by a program;'],
  },
  discard: {
    perform: async (stage) => {
      await twoAuthors(stage);
      stage.editor.workspace.git('checkout', '--quiet', '--', stage.file);
      await stage.waitText(/^first line;\n$/);
      await stage.caret(2, 1);
      await stage.editor.type('x;');
    },
    lines: ['. first line;', 'H x;'],
  },
  checkout: {
    perform: async (stage) => {
      const { workspace } = stage.editor;
      workspace.git('switch', '--quiet', '--create', `other-${stage.file}`);
      workspace.write(stage.file, `${FIRST_LINE}of the other branch;\n`);
      workspace.commit('Other');
      await stage.waitText(/of the other branch/);
      workspace.git('switch', '--quiet', 'main');
      await stage.waitText(/^first line;\n$/);
      workspace.git('switch', '--quiet', `other-${stage.file}`);
      await stage.waitText(/of the other branch/);
      await stage.caret(3, 1);
      await stage.editor.type('x;');
    },
    lines: ['. first line;', '. of the other branch;', 'H x;'],
  },
  stash: {
    perform: async (stage) => {
      await twoAuthors(stage);
      stage.editor.workspace.git('stash', '--quiet');
      await stage.waitText(/^first line;\n$/);
      stage.editor.workspace.git('stash', 'pop', '--quiet');
      await stage.waitText(/hand;$/);
    },
    lines: ['. first line;', 'A by an agent;', 'H typed by hand;'],
  },
  revert: {
    content: 'first line;\nsecond line;\n',
    perform: async (stage) => {
      await stage.agent('first line;\nby an agent;\nsecond line;\n');
      await stage.waitText(/by an agent;/);
      await stage.caret(4, 1);
      await stage.editor.type('typed by hand;');
      await stage.waitText(/hand;$/);
      await stage.save();
      await stage.untilText(async () => {
        await stage.select([2, 1], [2, 3]);
        await stage.editor.command('Git: Revert Selected Ranges');
      }, /^first line;\nsecond line;\ntyped by hand;$/);
    },
    lines: ['. first line;', '. second line;', 'H typed by hand;'],
  },
  replaceAcross: {
    content: 'one apple;\ntwo;\none pear;\n',
    perform: async (stage) => {
      await stage.editor.widgets.replaceInFiles(stage.file, 'one', 'three');
      await stage.waitText(/^three apple;\ntwo;\nthree pear;\n$/);
    },
    lines: ['@ three apple;', '. two;', '@ three pear;', '-@', '-@'],
  },
  notebook: {
    type: 'ipynb',
    content: NOTEBOOK,
    perform: async (stage) => {
      await stage.editor.inside.run(async (api, file) => {
        await api.window.showNotebookDocument(await api.workspace.openNotebookDocument(api.Uri.file(file)));
      }, stage.editor.workspace.at(stage.file));
      await stage.editor.widgets.typeInCell(' = 1');
      await stage.waitText(/^x = 1$/);
    },
    lines: [
      ...NOTEBOOK.trimEnd()
        .split('\n')
        .map((line) => (line.includes('"x"') ? line.replace(/^( *)"x"/, '@ $1"x = 1"') : `. ${line}`)),
      '-@',
    ],
  },
} as const satisfies Readonly<Record<string, Play>>;
