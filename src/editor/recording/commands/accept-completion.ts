/**
 * Accepts an inline completion through commands of ours, which only notify the recorder: the editor's own commands do
 * the work. Bound to the same keys (see the manifest); one setting turns them off.
 */
import * as vscode from 'vscode';
import { ACCEPT_COMMANDS } from '../../commands/ids';
import type { Accepting } from './accepting';

export function registerAcceptCommands(accepting: Accepting): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(ACCEPT_COMMANDS).map(([ours, theirs]) =>
      vscode.commands.registerCommand(ours, () => accept(accepting, theirs)),
    ),
  );
}

async function accept(accepting: Accepting, command: string): Promise<void> {
  const asked = { yet: false };
  const run = async (): Promise<void> => {
    asked.yet = true;
    await vscode.commands.executeCommand(command);
  };
  try {
    await accepting.during(vscode.window.activeTextEditor?.document.uri.toString(), run);
  } finally {
    // Even if we fail, the key does what it always did.
    if (!asked.yet) await vscode.commands.executeCommand(command);
  }
}
