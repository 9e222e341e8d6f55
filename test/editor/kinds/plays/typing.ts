import type { Play } from '../play';
import type { Stage } from '../stage';

/** Presses keys at a place and waits for the text. */
const keys =
  (line: number, column: number, press: (stage: Stage) => Promise<void>, becomes: RegExp) =>
  async (stage: Stage): Promise<void> => {
    await stage.caret(line, column);
    await press(stage);
    await stage.waitText(becomes);
  };

export const TYPING = {
  dedent: {
    content: 'a { color: red; }\n',
    type: 'css',
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('b {');
      await stage.editor.press('Enter');
      await stage.editor.type('x: 1;');
      await stage.editor.press('Escape', 'Enter');
      await stage.waitText(/1;\n {4}$/);
      await stage.editor.type('}');
      await stage.waitText(/1;\n\}$/);
    },
    lines: ['. a { color: red; }', 'H b {', 'H     x: 1;', '@ }'],
    settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoIndent': 'full' },
  },
  typed: {
    perform: keys(2, 1, ({ editor }) => editor.type('one two;'), /two;$/),
    lines: ['. first line;', '@ one two;'],
  },
  overLines: {
    content: 'one;\ntwo;\nthree;\n',
    perform: async (stage) => {
      await stage.select([1, 1], [3, 1]);
      await stage.editor.type('xy;');
      await stage.waitText(/^xy;three;\n$/);
    },
    lines: ['@ xy;three;', '-@', '-@', '-@'],
  },
  enter: {
    content: 'function f() {\n}\n',
    type: 'ts',
    perform: keys(1, 15, ({ editor }) => editor.press('Enter'), /\{\n {4}\n\}/),
    lines: ['. function f() {', '@     ', '. }'],
  },
  pair: {
    type: 'ts',
    perform: keys(2, 1, ({ editor }) => editor.type('f("'), /f\(""\)$/),
    lines: ['. first line;', '@ f("")'],
  },
  composed: {
    perform: keys(2, 1, ({ editor }) => editor.keys.compose(['n', 'ni', 'ni h', 'ni hao'], '你好'), /你好$/),
    lines: ['. first line;', '@ 你好'],
  },
  backspace: {
    perform: keys(1, 12, ({ editor }) => editor.press('Backspace', 'ArrowLeft', 'Delete'), /^first lin\n/),
    lines: ['@ first lin', '-@'],
  },
  word: {
    perform: keys(1, 11, ({ editor }) => editor.press('Control+Backspace'), /^first ;/),
    lines: ['@ first ;', '-@'],
  },
  line: {
    content: 'one;\ntwo;\nthree;\n',
    perform: keys(2, 3, ({ editor }) => editor.press('Control+Shift+K'), /^one;\nthree;\n$/),
    lines: ['. one;', '. three;', '-@'],
  },
  cursors: {
    content: 'one\ntwo\n',
    perform: keys(
      1,
      1,
      async (stage) => {
        await stage.execute('editor.action.insertCursorBelow');
        await stage.editor.type('x, ');
      },
      /^x, one\nx, two\n$/,
    ),
    lines: ['@ x, one', '@ x, two', '-@', '-@'],
  },
  column: {
    content: 'one\ntwo\n',
    perform: keys(
      1,
      1,
      async (stage) => {
        await stage.execute('cursorColumnSelectDown');
        await stage.execute('cursorColumnSelectRight');
        await stage.editor.type('x');
      },
      /^xne\nxwo\n$/,
    ),
    lines: ['@ xne', '@ xwo', '-@', '-@'],
  },
  indent: {
    perform: keys(1, 1, ({ editor }) => editor.press('Control+]'), /^ +first/),
    lines: ['@     first line;', '-@'],
  },
  comment: {
    content: 'const a = 1;\n',
    type: 'ts',
    perform: keys(1, 1, ({ editor }) => editor.press('Control+/'), /^\/\/ const/),
    lines: ['@ // const a = 1;', '-@'],
  },
  vim: {
    perform: keys(
      2,
      1,
      async (stage) => {
        for (const text of 'dw;') await stage.execute('type', { text });
      },
      /dw;$/,
    ),
    lines: ['. first line;', '@ dw;'],
  },
} as const satisfies Readonly<Record<string, Play>>;
