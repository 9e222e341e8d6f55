/** Files that a person moves, renames or copies in the Explorer. */
import { until } from '../host';
import type { Stage } from '../kinds/stage';
import { ready } from './ready';
import type { Scene } from './scene';

/** As the Explorer does: the file service's own operation, with all who take part in it. */
const renameInExplorer = (stage: Stage, file: string, name: string): Promise<void> =>
  stage.editor.widgets.explorerRename(file, name);

export const MOVES: readonly Scene[] = [
  {
    title: 'A new file, renamed in the Explorer before it was committed',
    files: { 'moves/start.txt': 'one\n' },
    creates: ['moves/draft.ts', 'moves/final.ts'],
    perform: async (stage) => {
      await newFile(stage, 'moves/draft.ts', 'export const written = 1;\nexport const byHand = 2;');
      await renameInExplorer(stage, 'draft.ts', 'final.ts');
      await until(() => stage.editor.workspace.has('moves/final.ts'), { what: 'the renamed file' });
      await stage.show('moves/final.ts');
    },
  },
  {
    title: 'A file that others import, renamed with their imports',
    isPlayedEachTime: true,
    files: {
      'moves/user.ts': "import { rate } from './source';\nexport const twice = rate * 2;\n",
      'moves/source.ts': 'export const rate = 1;\n',
    },
    creates: ['moves/origin.ts'],
    settings: { 'typescript.updateImportsOnFileMove.enabled': 'always' },
    perform: async (stage) => {
      await ready(stage);
      await renameInExplorer(stage, 'source.ts', 'origin.ts');
      await until(() => stage.editor.workspace.has('moves/origin.ts'), { what: 'the renamed file' });
      await until(
        () =>
          stage.show().then(
            () => true,
            () => false,
          ),
        { timeout: 60_000, what: 'the file that imports' },
      );
      await stage.waitText(/from '\.\/origin'/);
    },
  },
  {
    title: "A file of one's own, copied in the Explorer",
    files: { 'moves/first.txt': 'one\n' },
    creates: ['moves/model.css', 'moves/model copy.css'],
    perform: async (stage) => {
      await newFile(stage, 'moves/model.css', 'a { color: red; }\nb { color: blue; }');
      await copiedInExplorer(stage, 'model.css', 'moves/model copy.css');
      await stage.show('moves/model copy.css');
    },
  },
  {
    title: 'A committed file, copied in the Explorer',
    isPlayedEachTime: true,
    files: { 'moves/committed.css': 'a { color: red; }\nb { color: blue; }\n' },
    creates: ['moves/committed copy.css'],
    perform: async (stage) => {
      await copiedInExplorer(stage, 'committed.css', 'moves/committed copy.css');
      await stage.show('moves/committed copy.css');
    },
  },
  {
    title: 'A committed file with changes of their own, saved under another name',
    files: { 'moves/saved.css': 'a { color: red; }\nb { color: blue; }\n' },
    creates: ['moves/saved-as.css'],
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.editor.type('i { margin: 0; }');
      await stage.editor.press('Escape', 'Control+Shift+S');
      await stage.editor.quick.answerPath(stage.editor.workspace.at('moves/saved-as.css'));
      await until(() => stage.editor.workspace.has('moves/saved-as.css'), { what: 'the other file' });
      await stage.show('moves/saved-as.css');
    },
  },
];

/** Copies and pastes until the copy is there: what has just been saved may take the focus from the Explorer. */
async function copiedInExplorer(stage: Stage, name: string, copy: string): Promise<void> {
  await until(
    async () => {
      await stage.editor.widgets.explorerSelect(name);
      await stage.execute('filesExplorer.copy');
      await stage.execute('filesExplorer.paste');
      return until(() => stage.editor.workspace.has(copy), { timeout: 5_000, what: 'the copy' }).then(
        () => true,
        () => false,
      );
    },
    { timeout: 30_000, what: 'the copy' },
  );
}

/** A file that a person makes and fills by hand. */
async function newFile(stage: Stage, file: string, text: string): Promise<void> {
  await stage.execute('workbench.action.files.newUntitledFile');
  await stage.editor.text.focus();
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) await stage.editor.press('Enter');
    await stage.editor.type(line);
  }
  await stage.editor.press('Escape', 'Control+S');
  await stage.editor.quick.answerPath(stage.editor.workspace.at(file));
  await until(() => stage.editor.workspace.has(file), { what: `the file ${file}` });
}
