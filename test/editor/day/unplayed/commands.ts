/** Commands of the editor that change text at the caret, on the selection or in the whole file. */
import type { Locator } from 'playwright-core';
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import { chosen, ready } from '../ready';
import type { Scene } from '../scene';
import { selections } from './carets';

/** Opens the find widget with a text to replace; `regex`: as a pattern. Gives it once it has counted the matches. */
export async function sought(
  stage: Stage,
  text: string,
  by: string,
  regex: boolean,
  more: Readonly<Record<string, boolean>> = {},
): Promise<Locator> {
  await stage.execute('editor.actions.findWithArgs', {
    searchString: text,
    replaceString: by,
    isRegex: regex,
    matchWholeWord: false,
    isCaseSensitive: true,
    preserveCase: false,
    findInSelection: false,
    ...more,
  });
  const widget = stage.editor.host.page.locator('.editor-group-container.active .find-widget.visible').first();
  await until(async () => /of \d+/.test(await widget.locator('.matchesCount').innerText()), { what: 'the matches' });
  return widget;
}

export const COMMANDS: readonly Scene[] = [
  {
    title: 'One match replaced, then the next',
    files: { 'commands/step.txt': 'cost here\nand cost there\nno cost\n' },
    perform: async (stage) => {
      await sought(stage, 'cost', 'yearly price', false);
      await stage.execute('editor.action.replaceOne');
      await stage.execute('editor.action.replaceOne');
      await stage.execute('editor.action.replaceOne');
      await stage.waitText(/yearly price.*\n.*yearly price/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: "A pattern with groups, replaced by the widget's button",
    files: { 'commands/pattern.txt': 'width: 10\nheight: 20\ndepth: 30\n' },
    perform: async (stage) => {
      await sought(stage, '(\\w+): (\\d+)', 'set("$1", $2);', true);
      await stage.editor.host.page
        .locator('.editor-group-container.active .find-widget.visible .codicon-find-replace-all')
        .first()
        .click();
      await stage.waitText(/^set\("width", 10\);\nset\("height", 20\);/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'Empty lines taken out by a pattern',
    files: { 'commands/empty.txt': 'one\n\ntwo\n\n\nthree\n' },
    perform: async (stage) => {
      await sought(stage, '^\\n', '', true);
      await stage.execute('editor.action.replaceAll');
      await stage.waitText(/^one\ntwo\nthree/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'A pattern with groups, replaced in three files, of which one has a single match',
    files: {
      'replaced/first.yml': 'port: 80\nname: a\nport: 81\n',
      'replaced/second.yml': 'port: 82\n',
      'replaced/third.yml': 'a: 1\nport: 83\nport: 84\n',
    },
    perform: async (stage) => {
      const { page } = stage.editor.host;
      await stage.execute('workbench.action.findInFiles', {
        query: 'port: (\\d+)',
        replace: 'port: "$1" # checked',
        filesToInclude: 'replaced',
        isRegex: true,
        triggerSearch: true,
        preserveCase: false,
      });
      const view = page.locator('.search-view:visible').first();
      await until(async () => /5 results in 3 files/.test(await view.innerText()), { what: 'the matches' });
      await view.locator('.codicon-search-replace-all').first().click();
      await page.locator('.monaco-dialog-box:visible .monaco-button', { hasText: 'Replace' }).first().click();
      await until(() => stage.editor.workspace.read('replaced/third.yml').includes('port: "84" # checked'), {
        what: 'the last file',
      });
      await until(() => stage.editor.workspace.read('replaced/second.yml').includes('port: "82" # checked'), {
        what: 'the second file',
      });
      await stage.execute('workbench.action.findInFiles', { query: '', isRegex: false, filesToInclude: '' });
      await stage.execute('workbench.view.explorer');
      await stage.show();
    },
  },
  {
    title: 'Replaced in files while the file in front is unsaved',
    files: { 'unsaved/front.txt': 'plum\npear\n' },
    perform: async (stage) => {
      await stage.caret(2, 5);
      await stage.editor.type(' and plum');
      await stage.editor.widgets.replaceInFiles('unsaved/front.txt', 'plum', 'ripe damson');
      await stage.waitText(/^ripe damson\npear and ripe damson/);
      await stage.execute('workbench.view.explorer');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'A snippet with a choice and mirrored places, filled in',
    files: { 'commands/choice.ts': 'export const first = 1;\n' },
    settings: { 'editor.quickSuggestions': { other: 'off' } },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.execute('editor.action.insertSnippet', {
        snippet: '${1|let,const,var|} ${2:name} = ${3:1};\nuse(${2});$0',
      });
      await stage.waitText(/let name = 1;\nuse\(name\);$/);
      await until(() => stage.editor.widgets.focusedSuggestion('let'), { timeout: 10_000, what: 'the choices' });
      await stage.editor.press('ArrowDown', 'Enter');
      await stage.waitText(/const name = 1;/);
      await stage.editor.type('total');
      await stage.editor.press('Tab');
      await stage.editor.type('42');
      await stage.editor.press('Escape');
      await stage.waitText(/const total = 42;\nuse\(total\);$/);
    },
  },
  {
    title: 'A word changed in place',
    files: { 'commands/place.ts': 'export const yes = true;\n' },
    perform: async (stage) => {
      await stage.caret(1, 22);
      await stage.untilText(() => stage.execute('editor.action.inPlaceReplace.down'), /yes = false;/);
    },
  },
  {
    title: 'Brackets around the caret removed',
    files: { 'commands/brackets.ts': 'export const sum = (1 + 2);\n' },
    perform: async (stage) => {
      await stage.caret(1, 23);
      await stage.execute('editor.action.removeBrackets');
      await stage.waitText(/sum = 1 \+ 2;/);
    },
  },
  {
    title: 'Lines with bad indentation, indented anew as selected',
    files: { 'commands/indent.ts': 'export function f(a: number) {\nif (a) {\nreturn a;\n}\nreturn 0;\n}\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [6, 2]);
      await stage.execute('editor.action.reindentselectedlines');
      await stage.waitText(/\n {4}if \(a\) \{\n {8}return a;/);
    },
  },
  {
    title: 'Line comments added to eight lines, then a block comment',
    files: { 'commands/comments.css': 'a { color: red; }\nb { color: red; }\ni { color: red; }\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [2, 5]);
      await stage.execute('editor.action.addCommentLine');
      await stage.waitText(/^\/\* a/);
      await stage.select([3, 5], [3, 15]);
      await stage.execute('editor.action.blockComment');
      await stage.waitText(/i \{ \/\* color: red;? \*\//);
    },
  },
  {
    title: 'Indentation turned into tabs, trailing blanks trimmed',
    files: { 'commands/tabs.py': 'def f(a):\n    if a:   \n        return a\n    return 0\n' },
    perform: async (stage) => {
      await stage.execute('editor.action.indentationToTabs');
      await stage.waitText(/\n\tif a/);
      await stage.execute('editor.action.trimTrailingWhitespace');
      await stage.waitText(/if a:\n/);
    },
  },
  {
    title: 'Emmet: mathematics, a reflected value, merged lines',
    files: {
      'commands/emmet.css': 'a {\n  width: 12*4;\n  -webkit-order: 1;\n  order: 2;\n}\n',
      'commands/emmet.html': '<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>\n',
    },
    perform: async (stage) => {
      await stage.caret(2, 14);
      await stage.editor.command('Emmet: Evaluate Math Expression');
      await stage.waitText(/width: 48;/);
      await stage.caret(4, 11);
      await stage.editor.command('Emmet: Reflect CSS Value');
      await stage.waitText(/-webkit-order: 2;/);
      await stage.save();
      await stage.show('commands/emmet.html');
      await stage.select([1, 1], [4, 6]);
      await stage.editor.command('Emmet: Merge Lines');
      await stage.waitText(/^<ul><li>one<\/li><li>two<\/li><\/ul>/);
    },
  },
  {
    title: 'Emmet: a tag joined, an abbreviation expanded in the middle of a line',
    files: { 'commands/joined.html': '<main>\n<p>a</p>\n<div></div>\n</main>\n' },
    perform: async (stage) => {
      await stage.caret(3, 3);
      await stage.editor.command('Emmet: Split/Join Tag');
      await stage.waitText(/<div ?\/>/);
      await stage.caret(2, 4);
      await stage.editor.type('b.big');
      await stage.execute('editor.emmet.action.expandAbbreviation');
      await stage.waitText(/<b class="big"><\/b>/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Line ends changed to those of Windows',
    files: { 'commands/ends.txt': 'one\ntwo\n' },
    perform: async (stage) => {
      await stage.editor.run('workbench.action.editor.changeEOL');
      await stage.editor.quick.pick('CRLF');
      await until(
        () => stage.editor.inside.run((api) => api.window.activeTextEditor?.document.eol === api.EndOfLine.CRLF),
        {
          what: 'the line ends',
        },
      );
      await stage.editor.text.focus();
    },
  },
  {
    title: 'Saved with another encoding after a typed word',
    files: { 'commands/encoding.txt': 'für\nalle\n' },
    perform: async (stage) => {
      await stage.caret(2, 5);
      await stage.editor.type(' Häuser');
      await stage.editor.run('workbench.action.editor.changeEncoding');
      await stage.editor.quick.pick('Save with Encoding');
      await stage.editor.quick.pick(/Western \(Windows 1252\)/);
      await until(async () => (await stage.editor.text.activeTab())?.dirty === false, { what: 'the save' });
      await stage.editor.text.focus();
    },
  },
  {
    title: 'Undo over a save, redo after the next one',
    files: { 'commands/undo.txt': 'first\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('second by hand');
      await stage.save();
      await stage.editor.press('Enter');
      await stage.editor.type('third by hand');
      await stage.editor.press('Control+Z');
      await stage.editor.press('Control+Z', 'Control+Z');
      await stage.save();
      await stage.editor.press('Control+Y', 'Control+Y', 'Control+Y', 'Control+Y', 'Control+Y');
      await stage.waitText(/second by hand\nthird by hand$/);
    },
  },
  {
    title: 'A file reverted and typed in again',
    files: { 'commands/revert.txt': 'first\nsecond\n' },
    perform: async (stage) => {
      await stage.caret(1, 6);
      await stage.editor.type(' thrown away');
      await stage.execute('workbench.action.files.revert');
      await stage.waitText(/^first\nsecond/);
      await stage.caret(2, 7);
      await stage.editor.type(' stays');
      await stage.waitText(/second stays/);
    },
  },
  {
    title: 'Saved by itself after a moment, with blanks trimmed',
    files: { 'commands/auto.txt': 'first   \nsecond\n' },
    settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 300, 'files.trimTrailingWhitespace': true },
    perform: async (stage) => {
      await stage.caret(2, 7);
      await stage.editor.type(' typed   ');
      await until(() => /^first\nsecond typed\n?/.test(stage.editor.workspace.read('commands/auto.txt')), {
        what: 'the save',
      });
    },
  },
  {
    title: 'Markdown: a list continued, an address pasted over a word',
    files: { 'commands/list.md': '# List\n\n' },
    settings: { 'markdown.editor.pasteUrlAsFormattedLink.enabled': 'always' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('- first point');
      await stage.editor.press('Enter');
      await stage.editor.type('second point');
      await stage.waitText(/- first point\n(- )?second point/);
      await stage.select([2, 3], [2, 8]);
      await stage.editor.keys.paste('https://example.com/point');
      await stage.waitText(/\[first\]\(https:\/\/example\.com\/point\) point/);
    },
  },
  {
    title: 'A word from the list put over the rest of a word',
    files: { 'commands/insert.ts': 'export const monthlyCosts = 1;\nexport const twice = monthTotal;\n' },
    settings: { 'editor.suggest.insertMode': 'replace' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 27);
      await chosen(stage, 'monthlyCosts');
      await stage.editor.press('Enter');
      await stage.waitText(/twice = monthlyCosts;/);
    },
  },
  {
    title: 'A name of the list, previewed as ghost text',
    files: { 'commands/preview.ts': 'export const monthlyCosts = 1;\n' },
    settings: { 'editor.suggest.preview': true },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      await stage.editor.type('export const again = month');
      await chosen(stage, 'monthlyCosts');
      await stage.editor.press('Tab');
      await stage.waitText(/again = monthlyCosts$/);
      await stage.editor.type(';');
    },
  },
  {
    title: 'A JSX block commented and wrapped with a tag',
    files: { 'commands/block.tsx': 'export const a = (\n  <main>\n    <p>one</p>\n    <p>two</p>\n  </main>\n);\n' },
    perform: async (stage) => {
      await stage.select([3, 5], [4, 15]);
      await stage.execute('editor.action.commentLine');
      await stage.waitText(/\{\/\* <p>one<\/p>/);
    },
  },
  {
    title: 'A column of numbers typed, then words of three selections in upper case',
    files: { 'commands/numbers.txt': 'alpha one\nbeta two\ngamma three\n' },
    perform: async (stage) => {
      await selections(
        stage,
        [
          [1, 1],
          [1, 6],
        ],
        [
          [2, 1],
          [2, 5],
        ],
        [
          [3, 1],
          [3, 6],
        ],
      );
      await stage.execute('editor.action.transformToUppercase');
      await stage.waitText(/^ALPHA one\nBETA two\nGAMMA three/);
      await stage.execute('editor.action.sortLinesDescending');
      await stage.execute('editor.action.transformToTitlecase');
      await stage.waitText(/^Alpha one/);
    },
  },
];
