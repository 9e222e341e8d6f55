import { FIRST_LINE, type Play } from '../play';
import type { Stage } from '../stage';

/** Three lines by three authors: an assistant, a person, and nobody known. */
async function threeAuthors(stage: Stage, file = stage.file): Promise<void> {
  await stage.agent(`${FIRST_LINE}by an agent;\n`, file);
  await stage.waitText(/by an agent;\n$/);
  await stage.caret(3, 1);
  await stage.editor.type('typed by hand;');
  await stage.editor.press('Enter');
  await stage.editor.keys.paste('from elsewhere;');
  await stage.waitText(/from elsewhere;$/);
  await stage.editor.press('Enter');
  await stage.waitText(/from elsewhere;\n$/);
}

const copyLines = (stage: Stage): Promise<void> => stage.select([2, 1], [5, 1]);
const AS_WRITTEN = ['A by an agent;', 'H typed by hand;', '? from elsewhere;'] as const;

export const MOVING = {
  cut: {
    perform: async (stage) => {
      await threeAuthors(stage);
      await copyLines(stage);
      await stage.editor.press('Control+X');
      await stage.waitText(/^first line;\n$/);
      await stage.caret(1, 1);
      await stage.editor.press('Control+V');
      await stage.waitText(/^by an agent;\n[^]*\nfirst line;\n$/);
    },
    lines: [...AS_WRITTEN, '. first line;'],
  },
  cutAcross: {
    perform: async (stage) => {
      const source = `from-${stage.file}`;
      stage.commit(source, FIRST_LINE);
      await stage.show(source);
      await threeAuthors(stage, source);
      await copyLines(stage);
      await stage.editor.press('Control+X');
      await stage.waitText(/^first line;\n$/);
      await stage.save();
      await stage.show();
      await stage.caret(2, 1);
      await stage.editor.press('Control+V');
      await stage.waitText(/^first line;\nby an agent;\n/);
    },
    lines: ['. first line;', ...AS_WRITTEN],
  },
  copied: {
    perform: async (stage) => {
      await threeAuthors(stage);
      await copyLines(stage);
      await stage.editor.press('Control+C');
      await stage.caret(1, 1);
      await stage.editor.press('Control+V');
      await stage.waitText(/^by an agent;\n[^]*\nfirst line;\nby an agent;\n/);
    },
    lines: [...AS_WRITTEN, '. first line;', ...AS_WRITTEN],
  },
  pasted: {
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.keys.paste('from elsewhere;');
      await stage.waitText(/from elsewhere;$/);
    },
    lines: ['. first line;', '@ from elsewhere;'],
    settings: { 'linekeeper.recording.compareClipboard': 'always' },
  },
  pastedLines: {
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.keys.paste('from elsewhere;\nand more;\n');
      await stage.waitText(/and more;\n$/);
    },
    lines: ['. first line;', '@ from elsewhere;', '@ and more;'],
    settings: { 'linekeeper.recording.compareClipboard': 'always' },
  },
  pastedHuman: {
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.keys.paste('from elsewhere;');
      await stage.waitText(/from elsewhere;$/);
    },
    lines: ['. first line;', '@ from elsewhere;'],
    settings: { 'linekeeper.recording.compareClipboard': 'always', 'linekeeper.paste': 'human' },
  },
  moveLine: {
    perform: async (stage) => {
      await threeAuthors(stage);
      await stage.caret(2, 1);
      await stage.editor.press('Alt+ArrowUp');
      await stage.waitText(/^by an agent;\nfirst line;/);
    },
    lines: ['A by an agent;', '. first line;', 'H typed by hand;', '? from elsewhere;'],
  },
  copyLine: {
    perform: async (stage) => {
      await threeAuthors(stage);
      await stage.caret(2, 1);
      await stage.execute('editor.action.copyLinesDownAction');
      await stage.waitText(/by an agent;\nby an agent;/);
      await stage.caret(6, 1);
      await stage.editor.type('the end');
      await stage.waitText(/the end$/);
      await stage.execute('editor.action.copyLinesDownAction');
      await stage.waitText(/the end\nthe end$/);
    },
    lines: ['. first line;', 'A by an agent;', ...AS_WRITTEN, 'H the end', 'H the end'],
  },
  drag: {
    perform: async (stage) => {
      await threeAuthors(stage);
      await copyLines(stage);
      await stage.editor.widgets.drag('by hand', 'first line');
      await stage.waitText(/^by an agent;\n[^]*\nfirst line;\n$/);
    },
    lines: [...AS_WRITTEN, '. first line;'],
  },
  undo: {
    perform: async (stage) => {
      await threeAuthors(stage);
      await stage.editor.press('Control+A', 'Delete');
      await stage.waitText(/^$/);
      await stage.editor.press('Control+Z');
      await stage.waitText(/^first line;\nby an agent;\n/);
      await stage.editor.press('Control+Y');
      await stage.waitText(/^$/);
      await stage.editor.press('Control+Z');
      await stage.waitText(/^first line;\nby an agent;\n/);
    },
    lines: ['. first line;', ...AS_WRITTEN],
  },
} as const satisfies Readonly<Record<string, Play>>;
