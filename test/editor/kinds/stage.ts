/**
 * What a play acts on: one document in the shared editor, and the quickest sure ways to bring it where the play begins.
 */
import type { ScriptedModel } from '../../support/model/server';
import { agentWrites } from '../agent';
import { authorsOf } from '../authors';
import { Front } from '../front';
import { until, type Editor } from '../host';
import type { Build } from '../use-editor';

export class Stage extends Front {
  /** Whether an assistant's hooks have told something, which no recording of the editor's reports has. */
  hasHeardHooks = false;

  constructor(
    editor: Editor,
    readonly model: ScriptedModel,
    readonly build: Build,
    /** The document's file, in the folder. */
    readonly file: string,
  ) {
    super(editor);
  }

  /** Writes and commits the file, and opens it with the caret at its beginning. */
  async begin(content: string): Promise<void> {
    this.commit(this.file, content);
    await this.show();
  }

  commit(file: string, content: string): void {
    const { workspace } = this.editor;
    workspace.write(file, content);
    workspace.git('add', '--', file);
    // Empty when an earlier try of the test committed the same.
    workspace.git('commit', '--quiet', '--allow-empty', '--message', `Add ${file}`, '--', file);
  }

  override show(file = this.file): Promise<void> {
    return super.show(file);
  }

  /** Waits until the document has, or has no more, what matches. */
  async waitText(match: RegExp, timeout = 20_000): Promise<void> {
    let last: string | undefined;
    const read = (): Promise<string | undefined> =>
      this.editor.inside.run((api) => api.window.activeTextEditor?.document.getText());
    await until(async () => match.test((last = await read()) ?? ''), {
      every: 20,
      timeout,
      what: `the text to match ${String(match)}`,
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${JSON.stringify(last)}`);
    });
  }

  /** Waits until the caret is in a line, from 1. */
  async waitCaret(line: number): Promise<void> {
    await until(
      async () =>
        (await this.editor.inside.run((api) => api.window.activeTextEditor?.selection.active.line)) === line - 1,
      { every: 20, what: `the caret to be in line ${String(line)}` },
    );
  }

  /**
   * Does it again until the document matches: some of the editor's own services pass over what is asked of them before
   * they are ready.
   */
  async untilText(act: () => Promise<void>, match: RegExp): Promise<void> {
    await until(
      async () => {
        await act();
        return this.waitText(match, 3_000).then(
          () => true,
          () => false,
        );
      },
      { timeout: 60_000, what: `the text to match ${String(match)}` },
    );
  }

  /** An assistant in a terminal rewrites the file. */
  async agent(content: string, file = this.file): Promise<void> {
    this.hasHeardHooks = true;
    await agentWrites(this.editor.workspace, file, content);
  }

  /** Waits until the record says so of one of the file's lines. */
  async waitRecorded(line: string): Promise<void> {
    await until(async () => (await authorsOf(this.editor.workspace, this.file)).includes(line), {
      what: `the record of "${line}"`,
    });
  }

  async save(): Promise<void> {
    await this.editor.text.save();
  }
}
