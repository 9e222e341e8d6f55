/**
 * Commands that accept an inline completion: the editor's own do the work, and the recorder is told of it. Ours have
 * the same keys (see the manifest). The editor's own come here too, whoever calls them: the toolbar of ghost text, a
 * key of the person's own, another extension. One setting turns both off.
 */
import * as vscode from 'vscode';
import { ACCEPT_COMMANDS } from '../../commands/command-ids';
import type { AssistantsInWindow } from '../chat/assistants-at-work';
import type { Accepting } from './accepting-completion';

type InWindow = Pick<AssistantsInWindow, 'isCopilotTheOnlyOne'>;

const SETTING = 'linekeeper.keybindings.enabled';
/** Nobody calls more at once: the editor has given us our own call back. */
const MOST_AT_ONCE = 8;

export function registerAcceptCommands(accepting: Accepting, assistants: InWindow): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(ACCEPT_COMMANDS).map(([ours, theirs]) =>
      vscode.commands.registerCommand(ours, () => accept(accepting, () => vscode.commands.executeCommand(theirs))),
    ),
    new EditorsCommands(accepting, assistants),
  );
}

async function accept(accepting: Accepting, run: () => Thenable<unknown>): Promise<void> {
  const ran = { yet: false };
  try {
    await accepting.during(vscode.window.activeTextEditor?.document.uri.toString(), async () => {
      ran.yet = true;
      await run();
    });
  } finally {
    // Even if we fail, the key does what it always did.
    if (!ran.yet) await run();
  }
}

/**
 * Takes the ids of the editor's own commands, and passes each call on to the editor. An id has room for one extension:
 * beside an assistant that may want it, none is taken.
 */
class EditorsCommands implements vscode.Disposable {
  private readonly taken = new Map<string, vscode.Disposable>();
  private readonly subscriptions: vscode.Disposable;
  private atOnce = 0;

  constructor(
    private readonly accepting: Accepting,
    private readonly assistants: InWindow,
  ) {
    this.subscriptions = vscode.Disposable.from(
      vscode.extensions.onDidChange(() => this.update()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTING)) this.update();
      }),
    );
    this.update();
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const id of [...this.taken.keys()]) this.release(id);
  }

  private update(): void {
    const isOn = vscode.workspace.getConfiguration().get<boolean>(SETTING, true) && this.assistants.isCopilotTheOnlyOne;
    for (const id of Object.values(ACCEPT_COMMANDS))
      if (isOn) this.take(id);
      else this.release(id);
  }

  private take(id: string): void {
    if (this.taken.has(id)) return;
    const passOn = (...args: readonly unknown[]): Promise<void> => accept(this.accepting, () => this.passOn(id, args));
    try {
      this.taken.set(id, vscode.commands.registerCommand(id, passOn));
    } catch {
      // another extension has it
    }
  }

  private release(id: string): void {
    this.taken.get(id)?.dispose();
    this.taken.delete(id);
  }

  /** The editor does these three one after another, so that it answers each key press itself or has us do it. */
  private async passOn(id: string, args: readonly unknown[]): Promise<void> {
    const isTaken = this.taken.has(id);
    this.release(id);
    this.atOnce++;
    try {
      const done = vscode.commands.executeCommand(id, ...args);
      if (isTaken && this.atOnce <= MOST_AT_ONCE) this.take(id);
      await done;
    } finally {
      this.atOnce--;
    }
  }
}
