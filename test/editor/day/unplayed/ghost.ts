/** What a person does while an assistant's ghost text is, or was just, on the screen, without taking it. */
import type { Stage } from '../../kinds/stage';
import type { Scene } from '../scene';

const FILE = '// Costs\nexport const   messy=1;\nexport const beta = 2;\n';

/** Types what Copilot's stand-in has an answer to, and waits for it. */
async function offered(stage: Stage, line: number): Promise<void> {
  await stage.caret(line, 1);
  await stage.editor.type('// sum of all rates');
  await stage.editor.text.waitGhost('sumOfRates');
}

const ghost = (name: string, perform: Scene['perform'], more: Partial<Scene> = {}): Scene => ({
  title: `Ghost text on the screen: ${name}`,
  files: { [`ghost/${name.replaceAll(/\W+/g, '-')}.ts`]: FILE },
  perform: async (stage) => {
    await offered(stage, 4);
    await perform(stage);
    await stage.editor.press('Escape');
  },
  ...more,
});

export const GHOSTS: readonly Scene[] = [
  ghost('dismissed, and typed on', async (stage) => {
    await stage.editor.press('Escape', 'Enter');
    await stage.editor.type('export const mine = 3;');
    await stage.waitText(/mine = 3;$/);
  }),
  ghost('the document formatted', (stage) =>
    stage.untilText(() => stage.editor.press('Control+Shift+I'), /export const messy = 1;/),
  ),
  ghost('lines copied below', async (stage) => {
    await stage.execute('editor.action.copyLinesUpAction');
    await stage.waitText(/rates\n\/\/ sum of all rates$/);
  }),
  ghost('a line moved up', async (stage) => {
    await stage.editor.press('Alt+ArrowUp');
    await stage.waitText(/rates\nexport const beta/);
  }),
  ghost('a comment taken away', async (stage) => {
    await stage.editor.press('Control+/');
    await stage.waitText(/\nsum of all rates$/);
  }),
  ghost('own lines pasted', async (stage) => {
    await stage.editor.press('Escape');
    await stage.select([2, 1], [3, 23]);
    await stage.editor.press('Control+C');
    await stage.caret(4, 20);
    await stage.editor.press('Enter');
    await stage.editor.press('Backspace', 'Backspace', 'Backspace', 'Control+V');
    await stage.waitText(/beta = 2;$/);
  }),
  ghost('typed over to the same text, letter by letter', async (stage) => {
    await stage.editor.press('Escape', 'Enter', 'Backspace', 'Backspace', 'Backspace');
    await stage.editor.type('export const own = 5;');
    await stage.waitText(/own = 5;$/);
  }),
  ghost('a change undone and redone', async (stage) => {
    await stage.editor.press('Control+Z');
    await stage.editor.press('Control+Y');
    await stage.waitText(/rates$/);
  }),
];
