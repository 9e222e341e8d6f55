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

/** Stands for the document of what a person does in the Explorer. */
const EXPLORER = 'explorer:';

/** Whether the person is deleting files there. */
export const isDeletingFiles = (brackets: CommandBrackets): boolean => brackets.covering(EXPLORER) === 'delete';

export function registerEditorCommands(brackets: CommandBrackets): vscode.Disposable {
  const commands = Object.entries(EDITOR_COMMANDS).map(([ours, { command, kind }]) =>
    vscode.commands.registerCommand(ours, async (...args: readonly unknown[]) => {
      const active = kind === 'delete' ? EXPLORER : vscode.window.activeTextEditor?.document.uri.toString();
      const document = kind === 'rename' ? undefined : active;
      brackets.begin(kind, document);
      try {
        await vscode.commands.executeCommand(command, ...args);
      } finally {
        if (LINGERING.has(kind)) setTimeout(() => brackets.end(kind, document), LINGERS_MS);
        else brackets.end(kind, document);
      }
    }),
  );
  const saving = new TimedBrackets(brackets);
  return vscode.Disposable.from(...commands, watchSaves(saving), watchMoves(brackets), watchFixes(brackets, saving));
}

/** Commands in documents that end after a time at the latest: of some ends, nothing tells. */
class TimedBrackets implements vscode.Disposable {
  private readonly open = new Map<
    string | undefined,
    { readonly kind: EditorCommand; readonly timer: NodeJS.Timeout }
  >();

  constructor(private readonly brackets: CommandBrackets) {}

  /** `document`: undefined for all. One that is still open in it ends. */
  begin(kind: EditorCommand, document: string | undefined, most: number): void {
    this.end(document);
    this.brackets.begin(kind, document);
    this.open.set(document, { kind, timer: setTimeout(() => this.end(document), most) });
  }

  end(document: string | undefined): void {
    const bracket = this.open.get(document);
    if (bracket === undefined) return;
    clearTimeout(bracket.timer);
    this.open.delete(document);
    this.brackets.end(bracket.kind, document);
  }

  dispose(): void {
    for (const document of [...this.open.keys()]) this.end(document);
  }
}

function watchSaves(saving: TimedBrackets): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document }) =>
      saving.begin('save', document.uri.toString(), SAVES_AT_MOST_MS),
    ),
    vscode.workspace.onDidSaveTextDocument((document) => saving.end(document.uri.toString())),
    saving,
  );
}

function watchMoves(brackets: CommandBrackets): vscode.Disposable {
  const moving = new TimedBrackets(brackets);
  return vscode.Disposable.from(
    vscode.workspace.onWillRenameFiles(() => moving.begin('move', undefined, MOVES_AT_MOST_MS)),
    moving,
  );
}

/**
 * The person opens the menu of quick fixes and refactorings, and takes an item of it: the next change of the document,
 * unless they do something else in its text first. Or a command or a save of theirs applies an action on the whole file.
 */
function watchFixes(brackets: CommandBrackets, saving: TimedBrackets): vscode.Disposable {
  const fixing = new TimedBrackets(brackets);
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      { scheme: 'file' },
      {
        provideCodeActions({ uri }, _range, { triggerKind, only }) {
          const key = uri.toString();
          const isOfFile = only !== undefined && vscode.CodeActionKind.Source.contains(only);
          // A save asks for these by itself, before it is reported.
          if (isOfFile && triggerKind === vscode.CodeActionTriggerKind.Automatic)
            saving.begin('save', key, SOURCE_ACTIONS_AT_MOST_MS);
          if (triggerKind !== vscode.CodeActionTriggerKind.Invoke) return [];
          // Saving and Organize Imports, which apply such actions too, have brackets of their own.
          if (isOfFile && brackets.covering(key) !== undefined) return [];
          if (isOfFile) fixing.begin('source', key, SOURCE_ACTIONS_AT_MOST_MS);
          else fixing.begin('fix', key, FIXES_AT_MOST_MS);
          return [];
        },
      },
    ),
    // The change itself has been looked at when this comes.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) setImmediate(() => fixing.end(document.uri.toString()));
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (kind !== undefined && kind !== vscode.TextEditorSelectionChangeKind.Command)
        fixing.end(textEditor.document.uri.toString());
    }),
    fixing,
  );
}
