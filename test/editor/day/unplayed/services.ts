/** What a language's service, a formatter or a linter does at a person's key, command or save. */
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import { fixed, ready } from '../ready';
import type { Scene } from '../scene';
import { selections } from './carets';

/** Applies the first action of a kind at the selection, as a person's own key binding does. */
const action = (stage: Stage, kind: string): Promise<void> =>
  stage.execute('editor.action.codeAction', { kind, apply: 'first' });

/**
 * A linter of an extension, whose fix of all puts whole statements in place of others: `==` becomes `===`, `var`
 * becomes `let`.
 */
async function withLinter(stage: Stage): Promise<void> {
  await stage.editor.inside.run((api) => {
    const memory = globalThis as { isLinting?: boolean };
    if (memory.isLinting) return;
    memory.isLinting = true;
    api.languages.registerCodeActionsProvider(
      { pattern: '**/linted*' },
      {
        provideCodeActions(document) {
          const action = new api.CodeAction('Fix all', api.CodeActionKind.SourceFixAll);
          action.edit = new api.WorkspaceEdit();
          for (let line = 0; line < document.lineCount; line++) {
            const { text, range } = document.lineAt(line);
            const mended = text
              .replace(/\bvar\b/g, 'let')
              .replace(/ == /g, ' === ')
              .replace(/;;$/, ';');
            if (mended !== text) action.edit.replace(document.uri, range, mended);
          }
          return [action];
        },
      },
      { providedCodeActionKinds: [api.CodeActionKind.SourceFixAll] },
    );
  });
}

const LINTED = 'export function test(a: number) {\n  var b = a;\n  return b == 1;\n}\n';

export const SERVICES: readonly Scene[] = [
  {
    title: "A linter's fixes on save, with the caret behind the last typed sign",
    files: { 'services/linted.ts': LINTED },
    settings: { 'editor.codeActionsOnSave': { 'source.fixAll': 'explicit' } },
    perform: async (stage) => {
      await withLinter(stage);
      await stage.caret(5, 1);
      await stage.editor.type('export const c = test(2) == true;;');
      await stage.save();
      await stage.waitText(/let b[^]*=== 1[^]*=== true;$/);
    },
  },
  {
    title: "A linter's fix on save of the typed line alone",
    files: { 'services/linted-too.ts': 'export const one = 1;\n' },
    settings: { 'editor.codeActionsOnSave': { 'source.fixAll': 'explicit' } },
    perform: async (stage) => {
      await withLinter(stage);
      await stage.caret(2, 1);
      await stage.editor.type('export const c = one == 2;;');
      await stage.save();
      await stage.waitText(/one === 2;$/);
    },
  },
  {
    title: "A linter's fixes by a command, without a save",
    files: { 'services/linted-now.ts': LINTED },
    perform: async (stage) => {
      await withLinter(stage);
      await stage.caret(3, 17);
      await stage.untilText(() => action(stage, 'source.fixAll'), /let b[^]*=== 1/);
    },
  },
  {
    title: 'Missing imports added by a command',
    files: {
      'services/missing.ts': 'export const due = owedLater(3) + paidLater(4);\n',
      'services/missing-from.ts':
        'export const owedLater = (a: number): number => a;\nexport const paidLater = (a: number): number => a;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.untilText(() => action(stage, 'source.addMissingImports.ts'), /import \{ \w+, \w+ \}/);
    },
  },
  {
    title: 'Unused imports removed, the rest sorted, by commands',
    files: {
      'services/sorted.ts':
        "import { zeta } from './imported-z';\nimport { unused } from './imported-z';\nimport { alpha } from './imported-a';\nexport const all = [zeta, alpha];\n",
      'services/imported-z.ts': 'export const zeta = 1;\nexport const unused = 2;\n',
      'services/imported-a.ts': 'export const alpha = 1;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.untilText(() => action(stage, 'source.removeUnusedImports'), /^(?![^]*unused)/);
      await stage.untilText(() => action(stage, 'source.sortImports'), /^import \{ alpha \}/);
    },
  },
  {
    title: 'Formatted on paste, several lines',
    files: { 'services/paste.ts': 'export const first = 1;\n\n' },
    settings: { 'editor.formatOnPaste': true },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      await stage.editor.type('export const   a=[1,2,3].map( x=>x*2 );');
      await stage.select([2, 1], [2, 40]);
      await stage.editor.press('Control+C', 'End', 'Enter', 'Control+V');
      await stage.waitText(/\nexport const a = \[1, 2, 3\]/);
    },
  },
  {
    title: 'Only changed lines formatted on save',
    files: { 'services/modified.ts': 'export const   old=1;\nexport const same = 2;\n' },
    settings: { 'editor.formatOnSave': true, 'editor.formatOnSaveMode': 'modificationsIfAvailable' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(3, 1);
      await stage.editor.type('export const   fresh=[ 1,2 ];');
      await stage.save();
      await stage.waitText(/fresh = \[1, 2\];/);
    },
  },
  {
    title: 'HTML formatted with its script and style',
    files: { 'services/page.html': '<html><body><script>\nlet a=1;\n</script><p>one</p><p>two</p></body></html>\n' },
    perform: async (stage) => {
      await stage.untilText(() => stage.execute('editor.action.formatDocument'), /<body>\n/);
    },
  },
  {
    title: 'A symbol renamed in two files, undone in all of them, renamed otherwise',
    files: {
      'services/undone.ts': 'export const toll = 1;\nexport const double = toll * 2;\n',
      'services/undone-user.ts': "import { toll } from './undone';\nexport const half = toll / 2;\n",
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 15);
      await stage.editor.press('F2');
      await stage.editor.widgets.renameBox();
      await stage.editor.type('charge');
      await stage.editor.press('Enter');
      await stage.waitText(/charge \* 2/);
      await stage.editor.text.focus();
      await stage.editor.press('Control+Z');
      await until(
        async () => {
          if (await stage.editor.notices.dialog()) await stage.editor.press('Enter');
          return (await stage.editor.inside.run((api) => api.window.activeTextEditor?.document.getText()))?.includes(
            'toll * 2',
          );
        },
        { timeout: 20_000, what: 'the undo' },
      );
      await stage.editor.text.focus();
      await stage.caret(1, 15);
      await stage.editor.press('F2');
      await stage.editor.widgets.renameBox();
      await stage.editor.type('duty');
      await stage.editor.press('Enter');
      await stage.waitText(/duty \* 2/);
      await stage.execute('workbench.action.files.saveAll');
      await until(() => stage.editor.workspace.read('services/undone-user.ts').includes('duty / 2'), {
        what: 'the other',
      });
    },
  },
  {
    title: 'A variable put in the place of its uses',
    files: {
      'services/inline.ts': 'export function f(a: number) {\n  const rate = a * 7;\n  return rate + rate;\n}\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 10);
      await fixed(stage, 'Inline variable');
      await stage.waitText(/return \(?a \* 7\)? \+ \(?a \* 7\)?/);
    },
  },
  {
    title: 'Getters and setters made of a property',
    files: { 'services/accessors.ts': 'export class Cost {\n  public total = 1;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.select([2, 10], [2, 15]);
      await fixed(stage, "Generate 'get' and 'set' accessors");
      await stage.waitText(/public get total\(\)[^]*public set total\(/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Parameters turned into one object, with the calls',
    files: {
      'services/destructured.ts':
        'export function pay(amount: number, rate: number) {\n  return amount * rate;\n}\npay(1, 2);\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 18);
      await fixed(stage, 'Convert parameters to destructured object');
      await stage.waitText(/pay\(\{ amount: 1, rate: 2 \}\)/);
    },
  },
  {
    title: 'A type taken out of an annotation',
    files: { 'services/alias.ts': 'export function f(a: { b: number; c: string }) {\n  return a.b;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.select([1, 22], [1, 46]);
      await fixed(stage, 'Extract to type alias');
      await stage.waitText(/type NewType = \{/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'All errors of a kind mended at once',
    files: { 'services/every.ts': 'export class A { private a = 1; }\nnew A().b;\nnew A().c;\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 9);
      await fixed(stage, 'Add all missing members');
      await stage.waitText(/b: any;[^]*c: any;/);
    },
  },
  {
    title: 'Parameter types inferred from their use',
    files: { 'services/inferred.ts': 'export function twice(a) {\n  return a * 2;\n}\ntwice(3);\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 23);
      await fixed(stage, 'Infer parameter types from usage');
      await stage.waitText(/twice\(a: number\)/);
    },
  },
  {
    title: 'Code pasted into another file, with the imports that it needs',
    files: {
      'services/pasted-to.ts': 'export const here = 1;\n\n',
      'services/pasted-from.ts': "import { levyOf } from './pasted-lib';\nexport const due = levyOf(3);\n",
      'services/pasted-lib.ts': 'export const levyOf = (a: number): number => a;\n',
    },
    settings: { 'typescript.updateImportsOnPaste.enabled': true },
    perform: async (stage) => {
      await stage.show('services/pasted-from.ts');
      await ready(stage);
      await stage.select([2, 1], [2, 30]);
      await stage.editor.press('Control+C');
      await stage.show('services/pasted-to.ts');
      await stage.caret(2, 1);
      await stage.editor.press('Control+V');
      await stage.waitText(/due = levyOf\(3\);/);
      await new Promise((resolve) => setTimeout(resolve, 3_000)); // the imports come behind the text, if they come
    },
  },
  {
    title: 'Linked tags renamed while typing, then the pair of three carets',
    files: { 'services/linked.html': '<ul><li>one</li></ul>\n<p>two</p>\n' },
    settings: { 'editor.linkedEditing': true },
    perform: async (stage) => {
      await stage.caret(1, 4);
      await until(
        async () => {
          await stage.caret(1, 3);
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          await stage.caret(1, 4);
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          await stage.editor.press('Backspace');
          await stage.editor.type('x');
          const text = await stage.editor.inside.run((api) => api.window.activeTextEditor?.document.getText());
          return text?.includes('</ux>');
        },
        { timeout: 30_000, what: 'the closing tag' },
      );
      await stage.editor.press('Backspace');
      await stage.editor.type('div');
      await stage.waitText(/<udiv><li>one<\/li><\/udiv>/);
    },
  },
  {
    title: 'The next word of a list of words by Tab alone',
    files: { 'services/best.css': 'a {\n  color: red;\n}\n\n' },
    settings: { 'editor.tabCompletion': 'on', 'editor.quickSuggestions': { other: 'off' } },
    perform: async (stage) => {
      await stage.caret(4, 1);
      await stage.editor.type('a { backgr');
      await stage.editor.press('Escape', 'Tab');
      await stage.waitText(/a \{ background.*/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'A snippet of the folder, taken from the list at three carets',
    files: {
      'services/own.txt': 'a\nb\nc\n',
      '.vscode/own.code-snippets': '{ "Check": { "prefix": "chk", "body": ["check(${1:it}); // own"] } }\n',
    },
    perform: async (stage) => {
      await selections(
        stage,
        [
          [1, 2],
          [1, 2],
        ],
        [
          [2, 2],
          [2, 2],
        ],
        [
          [3, 2],
          [3, 2],
        ],
      );
      await stage.execute('editor.action.insertSnippet', { snippet: ' = check(${1:it}); // own' });
      await stage.waitText(/a = check\(it\); \/\/ own\nb = check/);
      await stage.editor.type('that');
      await stage.editor.press('Escape');
      await stage.waitText(/c = check\(that\)/);
    },
  },
];
