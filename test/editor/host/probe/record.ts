import * as vscode from 'vscode';
import type { DocumentChange, ProbeEvent } from './events';

type Note = (event: ProbeEvent) => void;

/** Hands every event that an extension can see of documents, files and terminals to `note`. */
export function record(context: vscode.ExtensionContext, note: Note): void {
  context.subscriptions.push(...documents(note), ...files(note), ...terminals(note));
}

function documents(note: Note): vscode.Disposable[] {
  const { workspace } = vscode;
  const at = Date.now;
  return [
    workspace.onDidChangeTextDocument((event) => {
      if (event.document.uri.scheme !== 'output') note(change(event));
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => {
      const uri = event.textEditor.document.uri.toString();
      if (event.textEditor.document.uri.scheme !== 'output')
        note({ kind: 'selection', at: at(), uri, selectionKind: event.kind ?? null });
    }),
    workspace.onDidOpenTextDocument((document) => {
      note({ kind: 'open', at: at(), uri: document.uri.toString() });
    }),
    workspace.onDidCloseTextDocument((document) => {
      note({ kind: 'close', at: at(), uri: document.uri.toString() });
    }),
    workspace.onWillSaveTextDocument((event) => {
      note({ kind: 'willSave', at: at(), uri: event.document.uri.toString() });
    }),
    workspace.onDidSaveTextDocument((document) => {
      note({ kind: 'save', at: at(), uri: document.uri.toString() });
    }),
  ];
}

function change(event: vscode.TextDocumentChangeEvent): DocumentChange {
  // `detailedReason` is a proposal: absent from the stable types, and from the event unless granted.
  const detailed = (event as { readonly detailedReason?: DocumentChange['detailedReason'] }).detailedReason;
  return {
    kind: 'change',
    at: Date.now(),
    uri: event.document.uri.toString(),
    version: event.document.version,
    dirty: event.document.isDirty,
    reason: event.reason ?? null,
    hasDetailedReason: 'detailedReason' in event,
    detailedReason: detailed ? (JSON.parse(JSON.stringify(detailed)) as DocumentChange['detailedReason']) : null,
    changes: event.contentChanges.map(({ range, text }) => ({
      start: [range.start.line, range.start.character],
      end: [range.end.line, range.end.character],
      text,
    })),
  };
}

function files(note: Note): vscode.Disposable[] {
  const at = Date.now;
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  return [
    watcher,
    watcher.onDidCreate((uri) => {
      note({ kind: 'fsCreate', at: at(), uri: uri.toString() });
    }),
    watcher.onDidChange((uri) => {
      note({ kind: 'fsChange', at: at(), uri: uri.toString() });
    }),
    watcher.onDidDelete((uri) => {
      note({ kind: 'fsDelete', at: at(), uri: uri.toString() });
    }),
    vscode.workspace.onDidCreateFiles((event) => {
      note({ kind: 'createFiles', at: at(), files: event.files.map((uri) => uri.fsPath) });
    }),
    vscode.workspace.onDidDeleteFiles((event) => {
      note({ kind: 'deleteFiles', at: at(), files: event.files.map((uri) => uri.fsPath) });
    }),
  ];
}

function terminals(note: Note): vscode.Disposable[] {
  const env = (terminal: vscode.Terminal): Record<string, string | null> => {
    const options = terminal.creationOptions;
    const given = 'env' in options ? (options.env ?? {}) : {};
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value ?? null]));
  };
  return [
    vscode.window.onDidOpenTerminal((terminal) => {
      note({ kind: 'terminal', at: Date.now(), name: terminal.name });
    }),
    vscode.window.onDidStartTerminalShellExecution(({ execution, terminal }) => {
      note({
        kind: 'shellStart',
        at: Date.now(),
        command: execution.commandLine.value,
        env: env(terminal),
        exitCode: null,
      });
    }),
    vscode.window.onDidEndTerminalShellExecution(({ execution, terminal, exitCode }) => {
      note({
        kind: 'shellEnd',
        at: Date.now(),
        command: execution.commandLine.value,
        env: env(terminal),
        exitCode: exitCode ?? null,
      });
    }),
  ];
}
