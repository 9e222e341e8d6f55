/** Commands and keys of the editor that few people know, and common ones in an unusual order. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fixed, ready } from '../ready';
import type { Scene } from '../scene';
import { sought } from './commands';

export const RARE_COMMANDS: readonly Scene[] = [
  {
    title: 'The next value put in the place of a number and of a truth value',
    files: { 'rare/in-place.ts': 'export const flag = true;\nexport const size = 41;\n' },
    perform: async (stage) => {
      await stage.caret(1, 22);
      await stage.execute('editor.action.inPlaceReplace.down');
      await stage.waitText(/flag = false/);
      await stage.caret(2, 22);
      await stage.execute('editor.action.inPlaceReplace.down');
      await stage.waitText(/size = 4[02]/);
    },
  },
  {
    title: 'Replace All where there is one match, beside the caret',
    files: { 'rare/one.txt': 'cost here\nand zeppelin there\n' },
    perform: async (stage) => {
      await stage.caret(2, 7);
      await sought(stage, 'zeppelin', 'airship', false);
      await stage.execute('editor.action.replaceAll');
      await stage.waitText(/and airship there/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'The last match of two lines replaced by one line',
    files: { 'rare/lines.txt': 'first part\nsecond part\nend\n' },
    perform: async (stage) => {
      await sought(stage, 'first part\\nsecond', 'one long', true);
      await stage.execute('editor.action.replaceOne');
      await stage.execute('editor.action.replaceOne');
      await stage.waitText(/^one long part/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'The lines of all occurrences of a word deleted, then one typed anew',
    files: { 'rare/occurrences.txt': 'drop one\nkeep\ndrop two\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [1, 5]);
      await stage.execute('editor.action.selectHighlights');
      await stage.editor.press('Control+Shift+K');
      await stage.waitText(/^keep\n/);
      await stage.editor.press('Escape');
      await stage.caret(1, 5);
      await stage.editor.press('Enter');
      await stage.editor.type('again');
      await stage.waitText(/^keep\nagain/);
    },
  },
  {
    title: 'A word cut, the cut undone, and the word pasted elsewhere',
    files: { 'rare/undone.txt': 'alpha beta\ngamma\n' },
    perform: async (stage) => {
      await stage.select([1, 7], [1, 11]);
      await stage.editor.press('Control+X');
      await stage.editor.press('Control+Z');
      await stage.waitText(/^alpha beta/);
      await stage.caret(2, 6);
      await stage.editor.press('Control+V');
      await stage.waitText(/gammabeta/);
    },
  },
  {
    title: 'A line copied without a selection, pasted above another',
    files: { 'rare/above.txt': 'first\nsecond\nthird own line\n' },
    perform: async (stage) => {
      await stage.caret(3, 4);
      await stage.editor.press('Control+C');
      await stage.caret(1, 3);
      await stage.editor.press('Control+V');
      await stage.waitText(/^third own line\nfirst/);
    },
  },
  {
    title: 'TypeScript: a function of promises turned into an asynchronous one',
    files: {
      'rare/async.ts':
        'export function load(url: Promise<string>): Promise<number> {\n  return url.then((text) => text.length);\n}\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 18);
      await fixed(stage, 'Convert to async function');
      await stage.waitText(/export async function load/);
    },
  },
  {
    title: 'Lines typed between brackets, folded, and moved over others',
    files: { 'rare/fold.ts': 'function a() {\n  return 1;\n}\nfunction b() {\n  return 2;\n}\n' },
    perform: async (stage) => {
      await stage.caret(2, 12);
      await stage.editor.press('Enter');
      await stage.editor.type('// never here');
      await stage.caret(1, 1);
      await stage.execute('editor.fold');
      await stage.editor.press('Alt+ArrowDown');
      await sleep(300);
      await stage.waitText(/never here/);
    },
  },
];
