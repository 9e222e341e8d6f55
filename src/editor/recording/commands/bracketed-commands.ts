/**
 * Commands of ours that call the editor's own and tell the recorder that a person did so: bound to the same keys (see
 * the manifest); one setting turns them off. Also covers side effects of a save and of a move in the Explorer.
 */
import * as vscode from 'vscode';
import { EDITOR_COMMANDS } from '../../commands/command-ids';
import type { CommandBrackets } from './command-brackets';
import type { EditorCommand } from '../classify/change-event';

/** A save that fails is not reported. */
const SAVES_AT_MOST_MS = 10_000;
/** The editor reports these as done before they have made all their changes. */
const LINGERING: ReadonlySet<EditorCommand> = new Set<EditorCommand>(['rename', 'imports']);
const LINGERS_MS = 2_000;
/** Extensions change imports after the files are moved, once the user has confirmed. */
const MOVES_AT_MOST_MS = 5_000;
/** Somebody reads the menu of fixes for as long. */
const FIXES_AT_MOST_MS = 20_000;
/** Nobody chooses an action on the whole file, such as *Add All Missing Imports*, from a menu: it is applied as it comes. */
const SOURCE_ACTIONS_AT_MOST_MS = 5_000;

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
  return vscode.Disposable.from(...commands, watchSaves(brackets), watchMoves(brackets), watchFixes(brackets));
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

/**
 * The person opens the menu of quick fixes and refactorings, and takes an item of it: the next change of the document,
 * unless they do something else in its text first. Or a command of theirs applies an action on the whole file.
 */
function watchFixes(brackets: CommandBrackets): vscode.Disposable {
  const open = new Map<string, { readonly kind: EditorCommand; readonly timer: NodeJS.Timeout }>();
  const end = (key: string): void => {
    const bracket = open.get(key);
    if (bracket === undefined) return;
    clearTimeout(bracket.timer);
    open.delete(key);
    brackets.end(bracket.kind, key);
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      { scheme: 'file' },
      {
        provideCodeActions({ uri }, _range, { triggerKind, only }) {
          if (triggerKind !== vscode.CodeActionTriggerKind.Invoke) return [];
          const key = uri.toString();
          const isOfFile = only !== undefined && vscode.CodeActionKind.Source.contains(only);
          // Saving and Organize Imports, which apply such actions too, have brackets of their own.
          if (isOfFile && brackets.covering(key) !== undefined) return [];
          end(key);
          const kind = isOfFile ? 'source' : 'fix';
          brackets.begin(kind, key);
          open.set(key, {
            kind,
            timer: setTimeout(() => end(key), isOfFile ? SOURCE_ACTIONS_AT_MOST_MS : FIXES_AT_MOST_MS),
          });
          return [];
        },
      },
    ),
    // The change itself has been looked at when this comes.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (open.size > 0 && contentChanges.length > 0) setImmediate(() => end(document.uri.toString()));
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (open.size > 0 && kind !== undefined && kind !== vscode.TextEditorSelectionChangeKind.Command)
        end(textEditor.document.uri.toString());
    }),
    new vscode.Disposable(() => [...open.keys()].forEach(end)),
  );
}
