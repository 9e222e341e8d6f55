/** Commands of the editor and of its language services, by keys, menus and settings. */
import { until } from '../host';
import type { Stage } from '../kinds/stage';
import { fixed, newNameBox, ready } from './ready';
import type { Scene } from './scene';

const diagnosed = (stage: Stage, about: string): Promise<unknown> =>
  until(
    () =>
      stage.editor.inside.run(
        (api, text) =>
          api.languages.getDiagnostics().some(([, all]) => all.some(({ message }) => message.includes(text))),
        about,
      ),
    { timeout: 30_000, what: `the error about ${about}` },
  );

/**
 * Types the bracket that ends a block. The editor moves it to the left only once it has looked at the lines above: where
 * it had not, a person takes the bracket back and types it again.
 */
async function endBlock(stage: Stage, ended: RegExp): Promise<void> {
  let isTyped = false;
  await stage.untilText(async () => {
    if (isTyped) await stage.editor.press('Backspace');
    isTyped = true;
    await stage.editor.type('}');
  }, ended);
}

const messy = (name: string): string => `function   ${name}( a:number ){\nif(a){\nreturn   a\n}\nreturn 0\n}\n`;

export const TOOLS: readonly Scene[] = [
  {
    title: 'CSS: a bracket that dedents its line',
    files: { 'tools/dedent.css': 'a { color: red; }\n' },
    settings: { 'editor.autoClosingBrackets': 'never' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('b {');
      await stage.editor.press('Enter');
      await stage.editor.type('color: blue;');
      await stage.editor.press('Escape', 'Enter');
      await stage.waitText(/;\n {4}$/);
      await endBlock(stage, /blue;\n\}$/);
    },
  },
  {
    title: 'JavaScript: a bracket that dedents its line',
    files: { 'tools/dedent.js': 'export const a = 1;\n' },
    settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoIndent': 'full' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('if (a) {');
      await stage.editor.press('Enter');
      await stage.editor.type('go(a);');
      await stage.editor.press('Escape', 'Enter');
      await stage.waitText(/;\n {4}$/);
      await endBlock(stage, /;\n\}$/);
    },
  },
  {
    title: 'Auto-closed quotes, brackets around a selection, typed over',
    files: { 'tools/pairs.ts': 'const a = one;\n' },
    perform: async (stage) => {
      await stage.select([1, 11], [1, 14]);
      await stage.editor.type('(');
      await stage.waitText(/\(one\)/);
      await stage.caret(2, 1);
      await stage.editor.type('call("x", [1, { a: 2 }]);');
      await stage.waitText(/call\("x", \[1, \{ a: 2 \}\]\);$/);
    },
  },
  {
    title: 'Rename Symbol with F2, in two files',
    isPlayedEachTime: true,
    files: {
      'tools/rename.ts': 'export const rate = 1;\nexport const twice = rate * 2;\n',
      'tools/renamed-too.ts': "import { rate } from './rename';\nconsole.log(rate);\n",
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 15);
      await stage.editor.press('F2');
      await stage.editor.widgets.renameBox();
      await stage.editor.type('price');
      await stage.editor.press('Enter');
      await stage.waitText(/price = 1;\n.*price \* 2/);
      await stage.execute('workbench.action.files.saveAll');
      await until(() => stage.editor.workspace.read('tools/renamed-too.ts').includes('price'), {
        what: 'the other file',
      });
    },
  },
  {
    title: 'Rename Symbol from the palette, CSS',
    files: { 'tools/rename.css': ':root {\n  --main: red;\n}\na {\n  color: var(--main);\n}\n' },
    perform: async (stage) => {
      await stage.caret(2, 5);
      await stage.editor.command('Rename Symbol');
      await stage.editor.widgets.renameBox();
      await stage.editor.press('Control+A');
      await stage.editor.type('--accent');
      await stage.editor.press('Enter');
      await stage.waitText(/--accent: red;\n\}\na \{\n {2}color: var\(--accent\)/);
    },
  },
  {
    title: 'Replace All in a file',
    files: { 'tools/replace.py': 'cost = 1\nprint(cost)\nother = 2\nreturn_cost = cost + other\n' },
    perform: async (stage) => {
      await stage.editor.press('Control+H');
      await stage.editor.widgets.replaceAll('cost', 'price_now');
      await stage.waitText(/^price_now = 1\nprint\(price_now\)/);
      await stage.editor.text.focus();
    },
  },
  {
    title: 'Replace All in the Search view',
    isPlayedEachTime: true,
    files: { 'tools/across.yml': 'one: apple\ntwo: pear\nthree: apple\n' },
    perform: async (stage) => {
      await stage.editor.widgets.replaceInFiles('tools/across.yml', 'apple', 'plum pie');
      await stage.waitText(/^one: plum pie\ntwo: pear\nthree: plum pie\n$/);
      await stage.execute('workbench.view.explorer');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'Organize Imports',
    files: {
      'tools/organize.ts':
        "import { b } from './b';\nimport { a } from './a';\nimport { unused } from './c';\nexport const c = [a, b];\n",
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.untilText(() => stage.editor.press('Shift+Alt+O'), /^import \{ a \}/);
    },
  },
  {
    title: 'Organize Imports on save',
    files: {
      'tools/organize-on-save.ts': "import { b } from './b';\nimport { a } from './a';\nexport const c = [a, b];\n",
    },
    settings: { 'editor.codeActionsOnSave': { 'source.organizeImports': 'explicit' } },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(4, 1);
      await stage.editor.type('export const d = 1;');
      await stage.save();
      await stage.waitText(/^import \{ a \}/);
    },
  },
  {
    title: 'Format Document, TypeScript',
    files: { 'tools/format.ts': messy('one') },
    perform: async (stage) => {
      await ready(stage);
      await stage.untilText(
        () => stage.editor.press('Control+Shift+I'),
        /^function one\(a: number\) \{\n {4}if \(a\) \{/,
      );
    },
  },
  {
    title: 'Format Document, JSON',
    files: { 'tools/format.json': '{"a":1,"b":[1,2,\n3],"c":{"d":null}}\n' },
    perform: async (stage) => {
      await stage.untilText(() => stage.editor.command('Format Document'), /^\{\n {4}"a": 1,/);
    },
  },
  {
    title: 'Format Document, CSS',
    files: { 'tools/format.css': 'a{color:red;\nbackground:blue}\nb{margin:0}\n' },
    perform: async (stage) => {
      await stage.untilText(() => stage.editor.press('Control+Shift+I'), /^a \{\n {4}color: red;/);
    },
  },
  {
    title: 'Format Selection',
    files: { 'tools/selection.ts': `${messy('one')}${messy('two')}` },
    perform: async (stage) => {
      await ready(stage);
      await stage.untilText(async () => {
        await stage.select([7, 1], [12, 2]);
        await stage.editor.press('Control+K', 'Control+F');
      }, /function two\(a: number\) \{\n {4}if \(a\) \{/);
    },
  },
  {
    title: 'Format on save, with blanks at ends of lines and a last line break',
    isPlayedEachTime: true,
    files: { 'tools/on-save.ts': messy('one') },
    settings: { 'editor.formatOnSave': true, 'files.trimTrailingWhitespace': true, 'files.insertFinalNewline': true },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(7, 1);
      await stage.editor.type('const  mine=2;   ');
      await stage.save();
      await stage.waitText(/\nconst mine = 2;\n$/);
    },
  },
  {
    title: 'Format on type and on paste',
    files: { 'tools/on-type.ts': 'const a = 1;\n' },
    settings: { 'editor.formatOnType': true, 'editor.formatOnPaste': true },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      await stage.editor.type('const   b=a+1;');
      await stage.waitText(/const b = a \+ 1;$/);
      await stage.editor.press('Enter');
      await stage.editor.type('const   messy   =   3');
      await stage.select([3, 1], [3, 22]);
      await stage.editor.press('Control+X', 'Control+V');
      await stage.waitText(/const messy = 3$/);
    },
  },
  {
    title: 'Quick fix: declare a property',
    files: { 'tools/fix.ts': 'export class A { private b = 1; }\nnew A().c;\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 9);
      await diagnosed(stage, "'c'");
      await fixed(stage, "Declare property 'c'");
      await stage.waitText(/c: any/);
    },
  },
  {
    title: 'Quick fix: add the import',
    isPlayedEachTime: true,
    files: {
      'tools/import.ts': 'export const due = payLater(3);\n',
      'tools/later.ts': 'export const payLater = (a: number): number => a;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 22);
      await diagnosed(stage, "'payLater'");
      await fixed(stage, 'Add import from');
      await stage.waitText(/import \{ payLater \}/);
    },
  },
  {
    title: 'Refactor: extract a constant',
    files: { 'tools/extract.ts': 'export function f(a: number): number {\n  return a * 31 + 7;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await fixed(stage, 'Extract to constant in enclosing scope', () => stage.select([2, 10], [2, 16]));
      await stage.waitText(/const newLocal = a \* 31/);
      await newNameBox(stage, 'newLocal');
      await stage.editor.type('product');
      await stage.editor.press('Enter');
      await stage.waitText(/const product = a \* 31;\n\s*return product \+ 7/);
    },
  },
  {
    title: 'Sort lines',
    files: { 'tools/sort.txt': 'pear\napple\nplum\ncherry\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [4, 7]);
      await stage.editor.command('Sort Lines Ascending');
      await stage.waitText(/^apple\ncherry\npear\nplum\n$/);
    },
  },
  {
    title: 'Upper case, join, transpose, delete duplicate lines, reindent',
    files: { 'tools/case.txt': 'one two\nthree\nfour\nab\nsame\nsame\nend\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [1, 4]);
      await stage.editor.command('Transform to Uppercase');
      await stage.waitText(/^ONE two/);
      await stage.select([2, 1], [3, 1]);
      await stage.editor.command('Join Lines');
      await stage.waitText(/three four/);
      await stage.caret(3, 2);
      await stage.editor.command('Transpose Letters');
      await stage.waitText(/\nba\n/);
      await stage.select([4, 1], [5, 5]);
      await stage.editor.command('Delete Duplicate Lines');
      await stage.waitText(/ba\nsame\nend/);
    },
  },
  {
    title: 'Comments: of lines, of a block; indentation; trailing blanks',
    files: { 'tools/comment.ts': 'const a = 1;\nconst b = 2;   \nconst c = 3;\nconst d = 4;\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [2, 5]);
      await stage.editor.press('Control+/');
      await stage.waitText(/^\/\/ const a/);
      await stage.select([3, 7], [3, 8]);
      await stage.editor.press('Control+Shift+A');
      await stage.waitText(/const \/\* c \*\//);
      await stage.caret(4, 1);
      await stage.editor.press('Control+]');
      await stage.waitText(/\n {4}const d/);
      await stage.editor.command('Trim Trailing Whitespace');
      await stage.waitText(/b = 2;\n/);
    },
  },
  {
    title: 'Undo and redo of a rename, a format and a sort',
    isPlayedEachTime: true,
    // A name of its own: without imports and exports, what is at the top is one scope for all files.
    files: { 'tools/undo.ts': 'const   levy=1;\nconst twice = levy * 2;\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 10);
      await stage.editor.press('F2');
      await stage.editor.widgets.renameBox();
      await stage.editor.type('price');
      await stage.editor.press('Enter');
      await stage.waitText(/price=1;\n.*price \* 2/);
      await stage.editor.text.focus();
      await stage.untilText(() => stage.editor.press('Control+Shift+I'), /^const price = 1;/);
      await stage.editor.press('Control+Z', 'Control+Z');
      await stage.waitText(/levy \* 2/);
      await stage.editor.press('Control+Y', 'Control+Y');
      await stage.waitText(/^const price = 1;\n.*price \* 2/);
    },
  },
];
