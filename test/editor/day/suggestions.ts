/** Names, snippets and abbreviations that a person takes from what the editor's language services know. */
import type { Stage } from '../kinds/stage';
import { chosen, ready } from './ready';
import type { Scene } from './scene';

/** Types in a line of its own and waits for an item of the list. */
async function listed(stage: Stage, line: number, typed: string, item: string): Promise<void> {
  await stage.caret(line, 1);
  await stage.editor.type(typed);
  await chosen(stage, item);
}

const LIB =
  'export const rateOfToday = 1;\nexport function chargeFor(hours: number): number {\n  return hours * rateOfToday;\n}\n';

export const SUGGESTIONS: readonly Scene[] = [
  {
    title: 'TypeScript: a method with Tab',
    isPlayedEachTime: true,
    files: { 'suggest/tab.ts': 'export const name = "a";\n' },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 2, 'const upper = name.toUpp', 'toUpperCase');
      await stage.editor.press('Tab');
      await stage.waitText(/name\.toUpperCase$/);
      await stage.editor.type('();');
      await stage.waitText(/name\.toUpperCase\(\);$/);
    },
  },
  {
    title: 'TypeScript: a method with Enter',
    files: { 'suggest/enter.ts': 'export const name = "a";\n' },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 2, 'const lower = name.toLowerC', 'toLowerCase');
      await stage.editor.press('Enter');
      await stage.waitText(/name\.toLowerCase$/);
    },
  },
  {
    title: 'TypeScript: a name with the dot after it',
    files: { 'suggest/dot.ts': 'export const monthlyCosts = "a";\n' },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 2, 'const size = mont', 'monthlyCosts');
      await stage.editor.type('.');
      await stage.waitText(/= monthlyCosts\.$/);
      await stage.editor.type('length;');
      await stage.waitText(/length;$/);
    },
  },
  {
    title: 'TypeScript: a name with the semicolon after it',
    files: { 'suggest/semicolon.ts': 'export function yearlyCosts(a: number): number {\n  return a;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 4, 'const all = yearl', 'yearlyCosts');
      await stage.editor.type(';');
      await stage.waitText(/= yearlyCosts;$/);
    },
  },
  {
    title: 'TypeScript: a name with a click',
    isPlayedEachTime: true,
    files: { 'suggest/click.ts': 'export const weeklyCosts = 1;\n' },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 2, 'const most = week', 'weeklyCosts');
      await stage.editor.widgets.clickSuggestion('weeklyCosts');
      await stage.waitText(/most = weeklyCosts$/);
    },
  },
  {
    title: 'TypeScript: a name that brings its import',
    files: { 'suggest/use.ts': '// Uses the library\n\n', 'suggest/lib.ts': LIB },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 3, 'const due = chargeF', 'chargeFor');
      await stage.editor.press('Tab');
      await stage.waitText(/import \{ chargeFor \}/);
      await stage.editor.type('(3);');
      await stage.waitText(/chargeFor\(3\);$/);
    },
  },
  {
    title: 'TypeScript: a snippet, with its places filled in',
    files: { 'suggest/snippet.ts': 'export const list = [1];\n' },
    // An offered word takes the next Tab, and whether one is offered in time depends on the machine.
    settings: { 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' } },
    perform: async (stage) => {
      await ready(stage);
      await listed(stage, 2, 'forof', 'forof');
      await stage.editor.press('Tab');
      await stage.waitText(/for \(const element of object\) \{/);
      await stage.editor.type('item');
      await stage.editor.press('Tab');
      await stage.editor.type('list');
      await stage.editor.press('Tab');
      await stage.editor.type('print(item);');
      await stage.editor.press('Escape');
      await stage.waitText(/for \(const item of list\) \{\n {4}print\(item\);\n\}/);
    },
  },
  {
    title: 'TypeScript: a documentation comment',
    files: { 'suggest/doc.ts': '\nexport function sum(a: number, b: number): number {\n  return a + b;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 1);
      await stage.editor.type('/**');
      await chosen(stage, '/** */');
      await stage.editor.press('Enter');
      await stage.waitText(/@param b/);
      await stage.editor.type('Adds.');
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Python: words and a block',
    files: { 'suggest/a.py': 'monthly_costs = 12\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('def total(count):');
      await stage.editor.press('Enter');
      await stage.editor.type('return count * mont');
      await chosen(stage, 'monthly_costs');
      await stage.editor.press('Tab');
      await stage.waitText(/count \* monthly_costs$/);
    },
  },
  {
    title: 'YAML: words',
    files: { 'suggest/a.yml': 'services:\n  database: here\n' },
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.editor.type('other: datab');
      await chosen(stage, 'database');
      await stage.editor.press('Tab');
      await stage.waitText(/other: database$/);
    },
  },
  {
    title: 'CSS: a property and its value',
    isPlayedEachTime: true,
    files: { 'suggest/a.css': 'a {\n}\n' },
    perform: async (stage) => {
      await stage.caret(1, 4);
      await stage.editor.press('Enter');
      await stage.editor.type('background-co');
      await chosen(stage, 'background-color');
      await stage.editor.press('Tab');
      await stage.waitText(/background-color: ;/);
      await stage.editor.type('red');
      await chosen(stage, 'red');
      await stage.editor.press('Enter');
      await stage.waitText(/background-color: red;/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'JSON: a property of the schema',
    files: {
      'suggest/a.json': '{\n  "$schema": "./a.schema.json"\n}\n',
      'suggest/a.schema.json':
        '{ "type": "object", "properties": { "description": { "type": "string" }, "count": { "type": "number" } } }\n',
    },
    perform: async (stage) => {
      await stage.caret(2, 31);
      await stage.editor.type(',');
      await stage.editor.press('Enter');
      await stage.editor.type('descr');
      await chosen(stage, 'description');
      await stage.editor.press('Tab');
      await stage.waitText(/"description": ""/);
      await stage.editor.type('What it does');
      await stage.waitText(/"description": "What it does"/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Markdown: the path of a link',
    files: { 'suggest/a.md': '# Title\n', 'suggest/neighbour.md': '# Neighbour\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('See [it](./neigh');
      await chosen(stage, 'neighbour.md');
      await stage.editor.press('Tab');
      await stage.waitText(/\]\(\.\/neighbour\.md\)/);
    },
  },
  {
    title: 'HTML: an Emmet abbreviation',
    isPlayedEachTime: true,
    files: { 'suggest/a.html': '<main>\n</main>\n' },
    perform: async (stage) => {
      await stage.caret(1, 7);
      await stage.editor.press('Enter');
      await stage.editor.type('ul>li.item*3');
      await chosen(stage, 'ul>li.item*3');
      await stage.editor.press('Tab');
      await stage.waitText(/<ul>\n\s*<li class="item"><\/li>\n\s*<li class="item"><\/li>/);
      await stage.editor.press('Escape');
    },
  },
];
