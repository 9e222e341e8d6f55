/** What one command does to the text at hand. */
import type { Scene } from './scene';

export const TRANSFORMS: readonly Scene[] = [
  {
    title: 'Duplicate Selection, within a line and of lines',
    files: { 'transforms/duplicate.ts': 'const one = 1;\nconst two = 2;\n' },
    perform: async (stage) => {
      await stage.select([1, 13], [1, 14]);
      await stage.editor.command('Duplicate Selection');
      await stage.waitText(/one = 11;/);
      await stage.select([2, 1], [3, 1]);
      await stage.editor.command('Duplicate Selection');
      await stage.waitText(/const two = 2;\nconst two = 2;/);
    },
  },
  {
    title: 'Snake, kebab, camel, Pascal and title case',
    files: { 'transforms/case.txt': 'costOfAll\ncostOfDay\ncost_of_hour\ncost_of_week\ncost of a year\n' },
    perform: async (stage) => {
      for (const [line, end, command, becomes] of [
        [1, 10, 'Transform to Snake Case', /^cost_of_all$/m],
        [2, 10, 'Transform to Kebab Case', /^cost-of-day$/m],
        [3, 13, 'Transform to Camel Case', /^costOfHour$/m],
        [4, 13, 'Transform to Pascal Case', /^CostOfWeek$/m],
        [5, 15, 'Transform to Title Case', /^Cost Of A Year$/m],
      ] as const) {
        await stage.select([line, 1], [line, end]);
        await stage.editor.command(command);
        await stage.waitText(becomes);
      }
    },
  },
  {
    title: 'Case of the word at the caret',
    files: { 'transforms/word.txt': 'costOfAll here\nlower there\n' },
    perform: async (stage) => {
      await stage.caret(1, 4);
      await stage.editor.command('Transform to Snake Case');
      await stage.waitText(/^cost_of_all here/);
      await stage.caret(2, 3);
      await stage.editor.command('Transform to Uppercase');
      await stage.waitText(/^LOWER there/m);
    },
  },
  {
    title: 'Transpose Letters',
    files: { 'transforms/transpose.txt': 'the cots\n' },
    perform: async (stage) => {
      await stage.caret(1, 8);
      await stage.editor.command('Transpose Letters');
      await stage.waitText(/^the cost\n/);
    },
  },
  {
    title: 'Emoji of an input method',
    isPlayedEachTime: true,
    files: { 'transforms/emoji.md': '# Notes\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('Done ');
      await stage.editor.host.page.keyboard.insertText('🎉');
      await stage.waitText(/Done 🎉$/);
      await stage.editor.host.page.keyboard.insertText('👩‍🚀');
      await stage.waitText(/👩‍🚀$/u);
    },
  },
  {
    title: 'A snippet around the selection',
    files: { 'transforms/around.ts': 'export function go(): void {\n  one();\n}\nfunction one(): void {}\n' },
    perform: async (stage) => {
      await stage.select([2, 3], [2, 9]);
      await stage.execute('editor.action.insertSnippet', {
        snippet: 'try {\n\t$TM_SELECTED_TEXT\n} catch (${1:error}) {\n\t$0\n}',
      });
      await stage.waitText(/try \{\n\s+one\(\);\n\s+\} catch \(error\) \{/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Insert Line Above and Below, Sort Descending, Reverse',
    files: { 'transforms/lines.txt': 'pear\napple\nplum\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 5]);
      await stage.editor.command('Sort Lines Descending');
      await stage.waitText(/^plum\npear\napple/);
      await stage.caret(2, 1);
      await stage.editor.press('Control+Shift+Enter');
      await stage.editor.type('lime');
      await stage.waitText(/plum\nlime\npear/);
      await stage.editor.press('Control+Enter');
      await stage.editor.type('fig');
      await stage.waitText(/plum\nlime\nfig\npear/);
    },
  },
  {
    title: 'Delete to the end, join, indent lines, move a line',
    files: { 'transforms/more.ts': 'const a = 1; // old\nconst b =\n2;\nconst c = 3;\n' },
    perform: async (stage) => {
      await stage.caret(1, 13);
      await stage.editor.command('Delete All Right');
      await stage.waitText(/^const a = 1;\n/);
      await stage.caret(2, 1);
      await stage.editor.command('Join Lines');
      await stage.waitText(/const b = 2;/);
      await stage.caret(3, 1);
      await stage.editor.press('Control+]');
      await stage.waitText(/\n {4}const c/);
      await stage.editor.press('Alt+ArrowUp');
      await stage.waitText(/const a = 1;\n\s*const c = 3;\nconst b/);
    },
  },
];
