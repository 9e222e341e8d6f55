/**
 * *Open Diff of This Session*: one session's remaining changes, compared with the files as they would be without it.
 */
import * as vscode from 'vscode';
import { chooseSession, sessionName, type SessionPorts } from './choose-session';

export function openSessionDiff(ports: SessionPorts): (row?: unknown) => Promise<void> {
  return async (row) => {
    const chosen = await chooseSession(row, ports);
    if (!chosen) return;
    const { files, session } = chosen;
    const name = sessionName(session, ports.t);
    const [only, ...more] = files;
    if (only && more.length === 0) {
      const uri = only.deleted ? ports.files.nothing : only.uri;
      await vscode.commands.executeCommand(
        'vscode.diff',
        ports.files.without(only, session),
        uri,
        `${only.path} (${name})`,
        { preview: true } satisfies vscode.TextDocumentShowOptions,
      );
      return;
    }
    // A missing side means that the file does not exist.
    const sides = files.map((file) => [
      file.uri,
      ports.files.isNew(file) ? undefined : ports.files.without(file, session),
      file.deleted ? undefined : file.uri,
    ]);
    await vscode.commands.executeCommand('vscode.changes', name, sides);
  };
}
