/** The file in front, brought there and its caret set in the quickest sure ways. */
import type * as vscode from 'vscode';
import { until, type Editor } from './host';

/** Line and column, from 1. */
export type Place = readonly [line: number, column: number];

export class Front {
  constructor(readonly editor: Editor) {}

  /** Shows a file of the folder, with the focus in it. */
  async show(file: string): Promise<void> {
    await this.editor.inside.run(async (api, path) => {
      await api.window.showTextDocument(api.Uri.file(path));
    }, this.editor.workspace.at(file));
    await until(
      () =>
        this.editor.inside.run(
          (api, path) => api.window.activeTextEditor?.document.uri.fsPath === path,
          this.editor.workspace.at(file),
        ),
      { every: 20, what: `${file} to be open` },
    );
    await this.editor.text.focus();
  }

  /** Puts the caret somewhere. */
  caret(line: number, column: number): Promise<void> {
    return this.select([line, column], [line, column]);
  }

  async select(from: Place, to: Place): Promise<void> {
    const places = { from, to };
    const set = async (api: typeof vscode, { from: a, to: b }: typeof places): Promise<void> => {
      const editor = api.window.activeTextEditor;
      if (!editor) throw new Error('no file is open');
      editor.selection = new api.Selection(a[0] - 1, a[1] - 1, b[0] - 1, b[1] - 1);
      await api.commands.executeCommand('setContext', 'linekeeper-test.selected', true); // answered after the window has set the selection
    };
    await this.editor.inside.run(set, places);
  }

  /** Runs a command of the editor that has no key of its own. */
  async execute(command: string, ...args: readonly unknown[]): Promise<void> {
    await this.editor.inside.run(
      async (api, asked) => {
        await api.commands.executeCommand(asked.command, ...asked.args);
      },
      { command, args },
    );
  }
}
