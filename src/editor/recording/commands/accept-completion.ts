/** Whether all lines that a change inserts are among those that it deletes. */
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
    // A name that completes a word, and a character typed directly after it at the same time.
    if (!asked.yet) await vscode.commands.executeCommand(command);
  }
}
