/** Texts that stood somewhere else before a person's key or click put them in: in a snippet, in a search, on the left side of a comparison. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import { ready } from '../ready';
import type { Scene } from '../scene';
import { sought } from './commands';

const SNIPPETS = `{
  // of the folder
  "Header": { "prefix": "hdr", "body": ["// \${TM_FILENAME} by \${1:me}", "export const \${2:name} = \\"\${2/(.*)/\${1:/upcase}/}\\";", "$0"] },
  "Page": { "prefix": "page", "isFileTemplate": true, "body": ["<title>\${1:Orders}</title>", "<main>", "\\t$0", "</main>"] },
  "Licence": { "prefix": "licence", "body": "/* Use it as you like, without any warranty. */" }
}
`;
const FILE = '.vscode/known.code-snippets';

export async function chooseSnippet(stage: Stage, name: string): Promise<void> {
  await stage.editor.run('editor.action.insertSnippet');
  await until(async () => (await stage.editor.quick.items()).some(({ label, aria }) => (label + aria).includes(name)), {
    what: 'the snippets',
  });
  await stage.editor.type(name);
  await sleep(700);
  await stage.editor.press('Enter');
}

/** Clicks the arrow that takes the first block of the left side over. */
async function takeOver(stage: Stage): Promise<void> {
  const { page } = stage.editor.host;
  const group = '.editor-group-container.active';
  await page.locator(`${group} .editor.modified .view-line`, { hasText: 'two' }).first().click();
  await page.locator(`${group} .gutterItem`).first().hover();
  const arrow = page
    .locator(`${group} .gutterItem .action-label:visible, ${group} .codicon-arrow-right:visible`)
    .first();
  await arrow.click({ timeout: 10_000 });
}

async function compare(stage: Stage, left: string, right: string): Promise<void> {
  const { workspace } = stage.editor;
  await stage.editor.inside.run(
    async (api, [a = '', b = '']) => {
      await api.commands.executeCommand('vscode.diff', api.Uri.file(a), api.Uri.file(b));
    },
    [workspace.at(left), workspace.at(right)],
  );
}

export const KNOWN_TEXTS: readonly Scene[] = [
  {
    title: 'A snippet of several lines, chosen from the palette, its places filled',
    files: { 'known/picked.ts': 'export const one = 1;\n', [FILE]: SNIPPETS },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await chooseSnippet(stage, 'hdr');
      await stage.waitText(/by me/);
      await stage.editor.text.focus();
      await stage.editor.type('ada');
      await stage.editor.press('Tab');
      await stage.editor.type('total');
      await stage.editor.press('Tab', 'Escape');
      await stage.waitText(/by ada\nexport const total = "TOTAL";/);
    },
  },
  {
    title: 'A snippet without places, chosen from the palette',
    files: { 'known/licence.ts': 'export const one = 1;\n', [FILE]: SNIPPETS },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await chooseSnippet(stage, 'licence');
      await stage.waitText(/without any warranty/);
    },
  },
  {
    title: 'The prefix of a snippet of several lines, expanded by Tab alone',
    files: { 'known/tabbed.ts': 'export const one = 1;\n', [FILE]: SNIPPETS },
    settings: { 'editor.tabCompletion': 'onlySnippets', 'editor.quickSuggestions': { other: 'off' } },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('hdr');
      await sleep(400);
      await stage.editor.press('Escape', 'Tab');
      await stage.waitText(/tabbed\.ts by me/);
      await stage.editor.press('Tab');
      await stage.editor.type('net');
      await stage.editor.press('Tab', 'Escape');
      await stage.waitText(/export const net = "NET";/);
    },
  },
  {
    title: 'An empty file filled with a snippet',
    files: { 'known/page.txt': '', [FILE]: SNIPPETS },
    perform: async (stage) => {
      await stage.editor.run('workbench.action.populateFileFromSnippet');
      await until(async () => (await stage.editor.quick.items()).length > 0, { what: 'the snippets' });
      await stage.editor.quick.pick(/page|Page/);
      await stage.waitText(/<title>Orders/);
      await stage.editor.text.focus();
      await stage.editor.type('Invoices');
      await stage.editor.press('Tab', 'Escape');
      await stage.waitText(/<title>Invoices<\/title>\n<main>/);
    },
  },
  {
    title: 'Three lines in upper case, in one change',
    files: { 'known/upper.ts': 'export const zebra = 1;\nexport const alpha = 2;\nexport const other = 3;\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 24]);
      await stage.execute('editor.action.transformToUppercase');
      await stage.waitText(/ZEBRA[^]*OTHER/);
    },
  },
  {
    title: 'Words of three lines in title case, and joined',
    files: { 'known/title.txt': 'the first line\nthe second line\nthe third line\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 15]);
      await stage.execute('editor.action.transformToTitlecase');
      await stage.waitText(/The First Line\nThe Second Line/);
      await stage.execute('editor.action.joinLines');
      await stage.waitText(/The First Line The Second Line/);
    },
  },
  {
    title: 'The only match of the find widget replaced',
    files: { 'known/only.txt': 'one zeppelin here\nand more\n' },
    perform: async (stage) => {
      await stage.caret(1, 6);
      await sought(stage, 'zeppelin', 'airship', false);
      await stage.execute('editor.action.replaceOne');
      await stage.execute('editor.action.replaceOne');
      await stage.waitText(/one airship here/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'One match replaced from its row in the Search view',
    files: { 'known/search/one.txt': 'zeppelin a\nzeppelin b\n', 'known/search/two.txt': 'zeppelin c\n' },
    perform: async (stage) => {
      const { page } = stage.editor.host;
      await stage.execute('workbench.action.findInFiles', {
        query: 'zeppelin',
        replace: 'airship',
        filesToInclude: 'known/search',
        triggerSearch: true,
        preserveCase: false,
        isRegex: false,
      });
      const view = page.locator('.search-view:visible').first();
      await until(async () => (await view.innerText()).includes('3 results in 2 files'), { what: 'the matches' });
      const row = view.locator('.monaco-list-row', { hasText: 'zeppelin' }).first();
      await row.click();
      await sleep(500);
      await row.hover();
      await row.locator('.codicon-search-replace').first().click();
      await sleep(800);
      await stage.execute('workbench.action.files.saveAll');
      const { workspace } = stage.editor;
      await until(
        () => /airship/.test(workspace.read('known/search/one.txt') + workspace.read('known/search/two.txt')),
        {
          what: 'the replaced one',
        },
      );
      await stage.execute('workbench.action.findInFiles', { query: '', replace: '', filesToInclude: '' });
      await stage.execute('workbench.view.explorer');
      await stage.show();
    },
  },
  {
    title: 'HTML: quotes that come with the sign of equality, a value typed in them',
    files: { 'known/quotes.html': '<main>\n<a>go</a>\n</main>\n' },
    perform: async (stage) => {
      await stage.caret(2, 3);
      await stage.editor.type(' href=');
      await sleep(1500);
      await stage.editor.type('x.html');
      await stage.waitText(/href="?x\.html/);
    },
  },
  {
    title: 'The text that is selected moved to the left by a command',
    files: { 'known/moved.txt': 'abc def ghi\n' },
    perform: async (stage) => {
      await stage.select([1, 5], [1, 8]);
      await stage.execute('editor.action.moveCarretLeftAction');
      await stage.waitText(/abcdef {2}ghi|abcdef /);
    },
  },
  {
    title: 'A configuration put into launch.json by its command',
    files: { '.vscode/launch.json': '{\n  "version": "0.2.0",\n  "configurations": [\n    \n  ]\n}\n' },
    perform: async (stage) => {
      await stage.caret(4, 5);
      await stage.execute('editor.action.triggerSuggest');
      await sleep(2500);
      await stage.editor.press('Enter');
      await stage.waitText(/"type"|"request"/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'JSON: a list of values typed, Enter between its brackets',
    files: { 'known/keys.json': '{\n  "b": 1,\n  "a": 2\n}\n' },
    perform: async (stage) => {
      await stage.caret(3, 9);
      await stage.editor.type(',');
      await stage.editor.press('Enter');
      await stage.editor.type('"list": [');
      await stage.editor.press('Enter');
      await stage.editor.type('1, 2');
      await stage.waitText(/"list": \[\n\s+1, 2\n\s*\]/);
    },
  },
  {
    title: 'A line made above by its key, and words deleted to the beginning of a line',
    files: { 'known/above.ts': 'export const one = 1;\nexport const two = 2;\n' },
    perform: async (stage) => {
      await stage.caret(2, 5);
      await stage.editor.press('Control+Shift+Enter');
      await stage.editor.type('// between the two');
      await stage.caret(3, 14);
      await stage.execute('deleteAllLeft');
      await stage.editor.type('let ');
      await stage.waitText(/one = 1;\n\/\/ between the two\nlet two = 2;/);
    },
  },
  {
    title: 'TypeScript: code that nobody reaches removed by the first fix',
    files: { 'known/unreached.ts': 'export function f(): number {\n  return 1;\n  const unused = 2;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(3, 10);
      await stage.untilText(
        () => stage.execute('editor.action.codeAction', { kind: 'quickfix', apply: 'first' }),
        /^export function f\(\): number \{\n {2}return 1;\n\}/,
      );
    },
  },
  {
    title: 'Markdown: a heading, a table typed, a task ticked by typing over',
    files: { 'known/notes.md': '# Notes\n\n- [ ] one\n- [ ] two\n' },
    perform: async (stage) => {
      await stage.select([3, 4], [3, 5]);
      await stage.editor.type('x');
      await stage.caret(4, 10);
      await stage.editor.press('Enter');
      await stage.editor.type('three');
      await stage.editor.press('Enter', 'Enter');
      await stage.editor.type('| a | b |');
      await stage.waitText(/\| a \| b \|/);
    },
  },
  {
    title: 'A block comment around a part of a line, and taken away again after an edit',
    files: { 'known/block.ts': 'export const sum = first + second + third;\n' },
    perform: async (stage) => {
      await stage.select([1, 26], [1, 35]);
      await stage.execute('editor.action.blockComment');
      await stage.waitText(/\/\*.*second.*\*\//);
      await stage.editor.press('End');
      await stage.editor.type(' // ok');
      await stage.waitText(/; \/\/ ok/);
    },
  },
  {
    title: 'A block of another file taken over by the arrow of a comparison',
    files: { 'known/to.txt': 'one\ntwo\nthree\n', 'known/from.txt': 'one\nwords of the left\nthree\n' },
    perform: async (stage) => {
      await compare(stage, 'known/from.txt', 'known/to.txt');
      await takeOver(stage);
      await stage.waitText(/^one\nwords of the left\nthree/);
      await stage.editor.press('Control+S');
      await sleep(700);
    },
  },
  {
    title: 'A block of the clipboard taken over by the arrow of a comparison',
    files: { 'known/clip.txt': 'one\ntwo\nthree\n', 'known/source.txt': 'one\nfirst own words\nthree\n' },
    perform: async (stage) => {
      await stage.show('known/source.txt');
      await stage.editor.press('Control+A', 'Control+C');
      await sleep(400);
      await stage.show('known/clip.txt');
      await stage.execute('workbench.files.action.compareWithClipboard');
      await takeOver(stage);
      await stage.waitText(/^one\nfirst own words\nthree/);
      await stage.editor.press('Control+S');
      await sleep(700);
    },
  },
];
