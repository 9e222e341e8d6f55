import { agentWrites } from '../../agent';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorsOf } from '../../authors';
import { until } from '../../host';
import { useEditor } from '../../use-editor';

/** A notebook as the editor writes it, with a code cell for each text. */
const notebook = (...cells: readonly string[]): string =>
  `${JSON.stringify(
    {
      cells: cells.map((text) => ({
        cell_type: 'code',
        execution_count: null,
        metadata: {},
        outputs: [],
        source: text.split(/(?<=\n)/),
      })),
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 2,
    },
    undefined,
    1,
  )}\n`;

describe('notebooks in the editor (stock build)', function () {
  this.timeout(180_000);
  let file = '';
  let files = 0;
  const shared = useEditor('stock');

  /** Commits a notebook of one cell and puts the caret at the end of its text. */
  async function begin(text: string): Promise<void> {
    const { editor } = shared();
    await editor.workbench.tidy();
    file = `study-${String(++files)}.ipynb`;
    editor.workspace.write(file, notebook(text));
    await until(() => editor.workspace.commit(`Add ${file}`), { what: 'the index to be free' });
    await editor.inside.run(
      (api, at) => api.commands.executeCommand('vscode.openWith', api.Uri.file(at), 'jupyter-notebook'),
      editor.workspace.at(file),
    );
    await until(() => editor.inside.run((api) => api.window.activeNotebookEditor !== undefined), {
      what: 'the notebook to be shown',
    });
    await toEnd();
  }

  /** Puts the caret into the first cell, at the end of its text. */
  async function toEnd(): Promise<void> {
    const { editor } = shared();
    await editor.run('notebook.focusTop');
    await editor.run('notebook.cell.edit');
    await until(
      () => editor.inside.run((api) => api.window.activeTextEditor?.document.uri.scheme === 'vscode-notebook-cell'),
      { what: 'the caret to be in a cell' },
    );
    await until(
      async () => {
        await editor.press('Control+End');
        return editor.inside.run((api) => {
          const cell = api.window.activeTextEditor;
          return cell?.selection.active.line === (cell?.document.lineCount ?? 0) - 1;
        });
      },
      { what: 'the caret to be at the end' },
    );
  }

  async function save(shown: RegExp): Promise<void> {
    const { editor } = shared();
    await until(
      async () => shown.test((await editor.inside.run((api) => api.window.activeTextEditor?.document.getText())) ?? ''),
      {
        what: 'what was typed to be in the cell',
      },
    );
    await editor.run('workbench.action.files.save');
    await until(() => shown.test(editor.workspace.read(file)), { what: 'the notebook to be saved' });
  }

  /** Waits until the record says so of the file's changed lines. */
  async function expectChanged(expected: readonly string[]): Promise<void> {
    let last: readonly string[] = [];
    await until(
      async () => {
        last = (await authorsOf(shared().editor.workspace, file)).filter((line) => !line.startsWith('.'));
        return JSON.stringify(last) === JSON.stringify(expected);
      },
      { timeout: 20_000, what: `the authors of ${file}` },
    ).catch(() => undefined);
    assert.deepEqual(last, expected);
  }

  /** A cell in which an agent wrote a second line, as the editor has read it again. */
  async function beginWithAgentsLine(): Promise<void> {
    const { editor } = shared();
    await begin('first = 1\n');
    await agentWrites(editor.workspace, file, notebook('first = 1\nby_agent = 2\n'));
    await until(
      () => editor.inside.run((api) => api.window.activeTextEditor?.document.getText().includes('by_agent') === true),
      { what: 'the editor to read the file again' },
    );
  }

  it('a cell: its line is AI’s when an agent wrote the file, and the typed one beside it a person’s', async () => {
    const { editor } = shared();
    await beginWithAgentsLine();
    await toEnd();
    await editor.type('typed = 3');
    await save(/typed = \d/);
    await expectChanged(['A     "first = 1\\n",', 'A     "by_agent = 2\\n",', 'H     "typed = 3"', '-A']);
  });

  it('a cell that is copied and pasted: has the agent’s line as AI’s too when an agent wrote the file', async () => {
    const { editor } = shared();
    await beginWithAgentsLine();
    await sleep(1_000); // as late as a person can: the recorder knows only a little later that the file was read again
    await editor.inside.run(async (api) => {
      await api.commands.executeCommand('notebook.cell.quitEdit');
      await api.commands.executeCommand('notebook.cell.copy');
      await api.commands.executeCommand('notebook.cell.paste');
      await api.window.activeNotebookEditor?.notebook.save();
    });
    await until(() => editor.workspace.read(file).split('by_agent').length === 3, { what: 'the copy in the file' });
    let lines: readonly string[] = [];
    await until(
      async () => {
        lines = (await authorsOf(editor.workspace, file)).filter((line) => line.includes('by_agent'));
        return lines.length === 2 && lines.every((line) => line.startsWith('A'));
      },
      { timeout: 20_000, what: 'the record' },
    ).catch(() => undefined);
    assert.deepEqual(
      lines.map((line) => line.charAt(0)),
      ['A', 'A'],
    );
  });
});
