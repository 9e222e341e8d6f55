/** What the editor itself writes for a person: another encoding, composed letters, files of its templates, and a formatter's text. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import type { Scene } from '../scene';
import { sought } from './commands';

const IN_SELECTION = { isCaseSensitive: false, findInSelection: true };

const saved = (stage: Stage): Promise<unknown> =>
  until(async () => (await stage.editor.text.activeTab())?.dirty === false, { what: 'the save' });

async function savedAs(stage: Stage, encoding: RegExp): Promise<void> {
  await stage.editor.run('workbench.action.editor.changeEncoding');
  await stage.editor.quick.pick('Save with Encoding');
  await stage.editor.quick.pick(encoding);
  await sleep(500);
  await saved(stage);
  await stage.editor.text.focus();
}

/** A formatter of a person's own, for SQL. */
async function withFormatter(stage: Stage): Promise<void> {
  await stage.editor.inside.run((api) => {
    const memory = globalThis as { hasOwnFormatter?: boolean };
    if (memory.hasOwnFormatter) return;
    memory.hasOwnFormatter = true;
    api.languages.registerDocumentFormattingEditProvider(
      { language: 'sql' },
      {
        provideDocumentFormattingEdits: (document) => {
          const whole = new api.Range(document.positionAt(0), document.positionAt(document.getText().length));
          const text = document
            .getText()
            .replace(/\b(?:select|from|where)\b/g, (word) => word.toUpperCase())
            .replace(/ (FROM|WHERE)/g, '\n$1');
          return [api.TextEdit.replace(whole, text)];
        },
      },
    );
  });
}

export const WRITTEN_BY_EDITOR: readonly Scene[] = [
  {
    title: 'Saved with a byte order mark after a typed word',
    files: { 'written/mark.txt': 'first\nsecond\n' },
    perform: async (stage) => {
      await stage.caret(2, 7);
      await stage.editor.type(' word');
      await savedAs(stage, /UTF-8 with BOM/);
    },
  },
  {
    title: 'A byte order mark added with nothing typed, then a word typed',
    files: { 'written/mark-first.txt': 'first\nsecond\n' },
    perform: async (stage) => {
      await savedAs(stage, /UTF-8 with BOM/);
      await stage.caret(2, 7);
      await stage.editor.type(' word');
    },
  },
  {
    title: 'A byte order mark taken out, and a word typed',
    files: { 'written/unmarked.txt': '\uFEFFfirst\nsecond\n' },
    perform: async (stage) => {
      await stage.caret(2, 7);
      await stage.editor.type(' word');
      await savedAs(stage, /^UTF-8(?! with)/);
    },
  },
  {
    title: 'A byte order mark added, with Windows line ends',
    files: { 'written/mark-ends.txt': 'first\nsecond\n' },
    perform: async (stage) => {
      await stage.editor.run('workbench.action.editor.changeEOL');
      await stage.editor.quick.pick('CRLF');
      await until(
        () => stage.editor.inside.run((api) => api.window.activeTextEditor?.document.eol === api.EndOfLine.CRLF),
        { what: 'the line ends' },
      );
      await savedAs(stage, /UTF-8 with BOM/);
    },
  },
  {
    title: 'Windows line ends, saved after lines were typed',
    files: { 'written/ends.txt': 'first\n\nthird\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('second');
      await stage.editor.press('Enter');
      await stage.editor.type('half');
      await stage.editor.run('workbench.action.editor.changeEOL');
      await stage.editor.quick.pick('CRLF');
      await until(
        () => stage.editor.inside.run((api) => api.window.activeTextEditor?.document.eol === api.EndOfLine.CRLF),
        { what: 'the line ends' },
      );
      await stage.editor.text.focus();
    },
  },
  {
    title: 'An extension recommended for the folder by its command',
    files: { 'written/start.txt': 'start\n' },
    creates: ['.vscode/extensions.json'],
    perform: async (stage) => {
      await stage.editor.run('workbench.extensions.action.configureWorkspaceRecommendedExtensions');
      await until(() => stage.editor.workspace.has('.vscode/extensions.json'), { what: 'the recommendations' });
      await stage.show('.vscode/extensions.json');
    },
  },
  {
    title: 'Snippets for the folder: a new file from the template',
    files: { 'written/snippets.txt': 'start\n' },
    creates: ['.vscode/ours.code-snippets'],
    perform: async (stage) => {
      await stage.editor.run('workbench.action.openSnippets');
      await stage.editor.quick.pick(/New Snippets file for/);
      await stage.editor.quick.wait(/name/i).catch(() => undefined);
      await stage.editor.quick.answer('ours');
      await until(() => stage.editor.workspace.has('.vscode/ours.code-snippets'), { what: 'the snippets' });
      await stage.show('.vscode/ours.code-snippets');
    },
  },
  {
    title: 'A default build task, configured by its command',
    files: { 'package.json': '{\n  "scripts": { "build": "tsc" }\n}\n' },
    creates: ['.vscode/tasks.json'],
    perform: async (stage) => {
      await stage.editor.run('workbench.action.tasks.configureDefaultBuildTask');
      await stage.editor.quick.pick(/build/);
      await until(() => stage.editor.workspace.has('.vscode/tasks.json'), { what: 'the tasks' });
      await sleep(1500);
      await stage.show('.vscode/tasks.json');
    },
  },
  {
    title: 'Replace All in the selection, with the case kept',
    files: { 'written/case.txt': 'Cost one\ncost two\nCOST three\ncost four\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 11]);
      const widget = await sought(stage, 'cost', 'price', false, { ...IN_SELECTION, preserveCase: true });
      await widget.locator('.codicon-find-replace-all').first().click();
      await stage.waitText(/price two/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'A pattern with cases of its own replaced in the selection',
    files: { 'written/pattern.txt': 'net one\ngross two\nnet three\nnet four\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 10]);
      await sought(stage, '(net|gross) (\\w+)', '\\u$1 of $2', true, IN_SELECTION);
      await stage.execute('editor.action.replaceAll');
      await stage.waitText(/Gross of two/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'A dead key composed inside a word, typed around it',
    files: { 'written/accent.txt': 'caf au lait\n' },
    perform: async (stage) => {
      await stage.caret(1, 4);
      await stage.editor.keys.compose(['´'], 'é');
      await stage.waitText(/café au/);
    },
  },
  {
    title: 'A word of an input method composed in the middle of a line, with a caret put by a click',
    files: { 'written/middle.txt': 'one two three\n' },
    perform: async (stage) => {
      await stage.caret(1, 5);
      await stage.editor.keys.compose(['n', 'ni', 'ni h', 'ni hao'], '你好');
      await stage.waitText(/one 你好two/);
    },
  },
  {
    title: 'A composed letter over a selection',
    files: { 'written/over.txt': 'one two three\n' },
    perform: async (stage) => {
      await stage.select([1, 5], [1, 8]);
      await stage.editor.keys.compose(['´'], 'é');
      await stage.waitText(/one é three/);
    },
  },
  {
    title: 'A composed letter at two carets',
    files: { 'written/two.txt': 'caf au\ncaf noir\n' },
    perform: async (stage) => {
      await stage.editor.inside.run((api) => {
        const editor = api.window.activeTextEditor;
        if (editor) editor.selections = [new api.Selection(0, 3, 0, 3), new api.Selection(1, 3, 1, 3)];
      });
      await sleep(300);
      await stage.editor.keys.compose(['´'], 'é');
      await stage.waitText(/café au\ncafé noir/);
    },
  },
  {
    title: 'Formatted and saved by a key of the person for both, with a formatter of their own',
    files: { 'written/query.sql': 'select a, b from costs where a > 1;\n' },
    perform: async (stage) => {
      await withFormatter(stage);
      await stage.execute('runCommands', {
        commands: ['editor.action.formatDocument', 'workbench.action.files.save'],
      });
      await stage.waitText(/SELECT a, b\nFROM costs/);
      await saved(stage);
    },
  },
  {
    title: 'Typed, formatted by a formatter of their own, and saved at once',
    files: { 'written/typed.sql': 'select a from costs;\n' },
    perform: async (stage) => {
      await withFormatter(stage);
      await stage.caret(2, 1);
      await stage.editor.type('select b from rates where c = 2;');
      await stage.execute('runCommands', {
        commands: ['editor.action.formatDocument', 'workbench.action.files.save'],
      });
      await stage.waitText(/SELECT b\nFROM rates/);
      await saved(stage);
    },
  },
  {
    title: 'A snippet with the selected text, under a key',
    files: { 'written/select.ts': 'const one = 1;\nconst two = 2;\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [2, 15]);
      await stage.execute('editor.action.insertSnippet', { snippet: 'if (ready) {\n\t$TM_SELECTED_TEXT\n}$0' });
      await stage.waitText(/if \(ready\) \{\n\s+const one = 1;\n\s+const two = 2;\n\}/);
    },
  },
  {
    title: 'A file renamed in the Explorer, then typed in below',
    files: { 'written/named.ts': 'export const one = 1;\nexport const two = 2;\n\nexport const four = 4;\n' },
    creates: ['written/renamed.ts'],
    perform: async (stage) => {
      await stage.caret(2, 22);
      await stage.editor.press('Enter');
      await stage.editor.type('export const also = 5;');
      await stage.save();
      await stage.editor.widgets.explorerRename('named.ts', 'renamed.ts');
      await until(() => stage.editor.workspace.has('written/renamed.ts'), { what: 'the renamed file' });
      await stage.show('written/renamed.ts');
      await stage.caret(5, 23);
      await stage.editor.press('Enter');
      await stage.editor.type('// below');
    },
  },
  {
    title: 'HTML: lines wrapped one by one with an abbreviation',
    files: { 'written/wrap.html': '<ul>\none\ntwo\nthree\n</ul>\n' },
    perform: async (stage) => {
      await stage.select([2, 1], [4, 6]);
      await stage.execute('editor.emmet.action.wrapWithAbbreviation', { abbreviation: 'li*' });
      await stage.waitText(/<li>one<\/li>/);
      await stage.editor.text.focus();
    },
  },
];
