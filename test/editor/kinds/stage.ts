/** What a play acts on: one document in the shared editor, and the quickest sure ways to bring it where the play begins. */
import type * as vscode from 'vscode';
import type { ScriptedModel } from '../../support/model/server';
import { agentWrites } from '../agent';
import { authorsOf } from '../authors';
import { until, type Editor } from '../host';
import type { Build } from '../shared';

type Place = readonly [line: number, column: number];

export class Stage {
  constructor(
    readonly editor: Editor,
    readonly model: ScriptedModel,
    readonly build: Build,
    /** The document's file, in the folder. */
    readonly file: string,
  ) {}

  /** Writes and commits the file, and opens it with the caret at its beginning. */
  async begin(content: string): Promise<void> {
    this.commit(this.file, content);
    await this.show();
  }

  commit(file: string, content: string): void {
    const { workspace } = this.editor;
    workspace.write(file, content);
    workspace.git('add', '--', file);
    workspace.git('commit', '--quiet', '--message', `Add ${file}`, '--', file);
  }

  /** Shows a file of the folder, with the focus in it. */
  async show(file = this.file): Promise<void> {
    await this.editor.inside.run(async (api, path) => {
      await api.window.showTextDocument(api.Uri.file(path));
    }, this.editor.workspace.at(file));
    await until(() => this.editor.inside.run((api, path) => api.window.activeTextEditor?.document.uri.fsPath === path, this.editor.workspace.at(file)), { every: 20, what: `${file} to be open` });
    await this.editor.text.focus();
  }

  /** Puts the caret somewhere; lines and columns from 1. */
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

  /** Waits until the document has, or has no more, what matches. */
  async waitText(match: RegExp): Promise<void> {
    let last: string | undefined;
    const read = (): Promise<string | undefined> => this.editor.inside.run((api) => api.window.activeTextEditor?.document.getText());
    await until(async () => match.test((last = await read()) ?? ''), { every: 20, what: `the text to match ${String(match)}` }).catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${JSON.stringify(last)}`);
    });
  }

  /** An assistant in a terminal rewrites the file. */
  async agent(content: string, file = this.file): Promise<void> {
    await agentWrites(this.editor.workspace, file, content);
  }

  /** Waits until the record says so of one of the file's lines. */
  async waitRecorded(line: string): Promise<void> {
    await until(async () => (await authorsOf(this.editor.workspace, this.file)).includes(line), { what: `the record of "${line}"` });
  }

  async save(): Promise<void> {
    await this.editor.text.save();
  }
}
