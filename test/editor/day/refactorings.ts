/** What a language's service does at a person's command: fixes, refactorings, moves. */
import { until } from '../host';
import { fixed, newNameBox, ready } from './ready';
import type { Scene } from './scene';

export const REFACTORINGS: readonly Scene[] = [
  {
    title: 'Extract a function',
    isPlayedEachTime: true,
    files: { 'refactor/function.ts': 'export function f(a: number): number {\n  return a * 31 + 7;\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.select([2, 10], [2, 20]);
      await fixed(stage, 'Extract to function in module scope');
      await stage.waitText(/function newFunction\(/);
      await newNameBox(stage, 'newFunction');
      await stage.editor.type('scaled');
      await stage.editor.press('Enter');
      await stage.waitText(/return scaled\(a\);[^]*function scaled\(/);
    },
  },
  {
    title: 'Move to a new file',
    isPlayedEachTime: true,
    files: {
      'refactor/source.ts': 'export const kept = 1;\nexport function movedAway(): number {\n  return kept;\n}\n',
    },
    creates: ['refactor/movedAway.ts'],
    perform: async (stage) => {
      await ready(stage);
      await stage.select([2, 1], [4, 2]);
      await fixed(stage, 'Move to a new file');
      await stage.waitText(/^export const kept = 1;\n*$/);
      await stage.execute('workbench.action.files.saveAll');
      await until(() => stage.editor.workspace.has('refactor/movedAway.ts'), { what: 'the new file' });
      await stage.show('refactor/source.ts');
    },
  },
  {
    title: 'Quick fix: a spelling',
    files: { 'refactor/spelling.ts': 'export const monthlyCosts = 1;\nconsole.log(monthlyCost);\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 15);
      await fixed(stage, "Change spelling to 'monthlyCosts'");
      await stage.waitText(/console\.log\(monthlyCosts\)/);
    },
  },
  {
    title: 'Quick fix: a missing function, a missing await',
    files: {
      'refactor/missing.ts':
        'export async function go(): Promise<void> {\n  const all = load();\n  all.toFixed();\n}\nasync function load(): Promise<number> {\n  return later();\n}\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(6, 11);
      await fixed(stage, "Add missing function declaration 'later'");
      await stage.waitText(/function later\(\)/);
      await stage.caret(3, 8);
      await fixed(stage, "Add 'await' to initializer for 'all'");
      await stage.waitText(/await load\(\)/);
    },
  },
  {
    title: 'Quick fix: an unused import goes',
    files: {
      'refactor/unused.ts': "import { kept, other } from './both';\nexport const a = kept;\n",
      'refactor/both.ts': 'export const kept = 1;\nexport const other = 2;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 17);
      await fixed(stage, "Remove unused declaration for: 'other'");
      await stage.waitText(/^import \{ kept \}/);
    },
  },
  {
    title: 'Convert to a template, add braces, infer a type',
    files: { 'refactor/convert.ts': "export const say = (name: string) => 'Hi ' + name + '!';\n" },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 40);
      await fixed(stage, 'Convert to template string');
      await stage.waitText(/`Hi \$\{name\}!`/);
      await stage.caret(1, 35);
      await fixed(stage, 'Add braces to arrow function');
      await stage.waitText(/=> \{/);
      await stage.caret(1, 21);
      await fixed(stage, 'Infer function return type');
      await stage.waitText(/\): string =>/);
    },
  },
  {
    title: 'Sort a JSON document',
    files: { 'refactor/sort.json': '{\n  "b": 1,\n  "a": 2\n}\n' },
    perform: async (stage) => {
      await stage.untilText(() => stage.editor.command('JSON: Sort Document'), /"a": 2,\s+"b": 1/);
    },
  },
  {
    title: 'Fill in an interface',
    files: { 'refactor/fill.ts': 'interface Cost {\n  total(): number;\n}\nexport class Month implements Cost {\n}\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(4, 15);
      await fixed(stage, "Implement interface 'Cost'");
      await stage.waitText(/Method not implemented/);
    },
  },
];
