/**
 * Commands of ours that call the editor's own and tell the recorder that a person did so: bound to the same keys (see
 * the manifest); one setting turns them off. Also covers side effects of a save and of a move in the Explorer.
 */
import * as vscode from 'vscode';
import { EDITOR_COMMANDS } from '../../commands/ids';
import type { CommandBrackets } from './command-brackets';
import type { EditorCommand } from '../classify/change-event';

/** A save that fails is not reported. */
const SAVES_AT_MOST_MS = 10_000;
/** The editor reports these as done before they have made all their changes. */
const LINGERING: ReadonlySet<EditorCommand> = new Set<EditorCommand>(['rename', 'imports']);
const LINGERS_MS = 2_000;
/** Extensions change imports after the files are moved, once the user has confirmed. */
const MOVES_AT_MOST_MS = 5_000;

export function registerEditorCommands(brackets: CommandBrackets): vscode.Disposable {
  const commands = Object.entries(EDITOR_COMMANDS).map(([ours, { command, kind }]) =>
    vscode.commands.registerCommand(ours, async (...args: readonly unknown[]) => {
      const document = kind === 'rename' ? undefined : vscode.window.activeTextEditor?.document.uri.toString();
      brackets.begin(kind, document);
      try {
        await vscode.commands.executeCommand(command, ...args);
      } finally {
        if (LINGERING.has(kind)) setTimeout(() => brackets.end(kind, document), LINGERS_MS);
        else brackets.end(kind, document);
      }
    }),
  );
  return vscode.Disposable.from(...commands, watchSaves(brackets), watchMoves(brackets));
}

function watchSaves(brackets: CommandBrackets): vscode.Disposable {
  const saving = new Map<string, NodeJS.Timeout>();
  const end = (key: string): void => {
    const timer = saving.get(key);
    if (timer === undefined) return;
    clearTimeout(timer);
    saving.delete(key);
    brackets.end('save', key);
  };
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      const key = document.uri.toString();
      end(key);
      brackets.begin('save', key);
      saving.set(
        key,
        setTimeout(() => end(key), SAVES_AT_MOST_MS),
      );
    }),
    vscode.workspace.onDidSaveTextDocument((document) => end(document.uri.toString())),
    new vscode.Disposable(() => [...saving.keys()].forEach(end)),
  );
}

function watchMoves(brackets: CommandBrackets): vscode.Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const watched = vscode.workspace.onWillRenameFiles(() => {
    brackets.begin('move', undefined);
    const timer = setTimeout(() => {
      timers.delete(timer);
      brackets.end('move', undefined);
    }, MOVES_AT_MOST_MS);
    timers.add(timer);
  });
  return vscode.Disposable.from(watched, new vscode.Disposable(() => timers.forEach((timer) => clearTimeout(timer))));
}
