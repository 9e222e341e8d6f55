/** One window of the stand-in: what is open in it, what extensions put there, and what it has shown. A test makes each anew. */
import type * as vscode from 'vscode';
import { EventEmitter, type Disposable } from './events';
import type { StandInDocument, StandInEditor } from './documents';

/** A question or a notice that waits for a person. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly detail: string;
  readonly modal: boolean;
  readonly buttons: readonly string[];
  /** Undefined: closed without an answer. */
  readonly answer: (button: string | undefined) => void;
}

/** A quick pick or an input box that waits for a person. */
export interface Question {
  readonly title: string;
  readonly placeholder: string;
  readonly prompt: string;
  readonly value: string;
  readonly many: boolean;
  readonly items: readonly vscode.QuickPickItem[];
  /** Of a quick pick: the chosen rows. */
  readonly choose: (items: readonly vscode.QuickPickItem[]) => void;
  /** Of an input box: why a text is refused, else it is taken. */
  readonly type: (text: string) => Promise<string | undefined>;
  readonly dismiss: () => void;
}

export interface StatusItem {
  readonly id: string;
  readonly item: vscode.StatusBarItem;
  visible: boolean;
}

/** A tree of an extension, with what its view shows beside the rows. */
export interface Tree {
  readonly provider: vscode.TreeDataProvider<unknown>;
  readonly manual: boolean;
  readonly view: {
    visible: boolean;
    selection: readonly unknown[];
    message?: string;
    description?: string;
    badge?: vscode.ViewBadge;
  };
  readonly shown: EventEmitter<vscode.TreeViewVisibilityChangeEvent>;
  readonly ticked: EventEmitter<vscode.TreeCheckboxChangeEvent<unknown>>;
}

export interface Watcher {
  /** Absolute; undefined: the folders of the window. */
  readonly base: string | undefined;
  readonly matches: (relative: string) => boolean;
  readonly created: EventEmitter<vscode.Uri>;
  readonly changed: EventEmitter<vscode.Uri>;
  readonly deleted: EventEmitter<vscode.Uri>;
}

export interface Provided<Provider> {
  readonly selector: vscode.DocumentSelector;
  readonly provider: Provider;
}

export class WindowState {
  folders: readonly string[] = [];
  trusted = true;
  focused = true;
  settings: Record<string, unknown> = {};
  /** What `setContext` has told. */
  readonly contexts = new Map<string, unknown>();
  clipboard = '';
  /** What extensions put before variables of terminals. */
  readonly prepended = new Map<string, string>();
  /** Signed-in accounts by provider. */
  readonly accounts = new Map<string, vscode.AuthenticationSession>();
  /** Addresses given to the system's browser. */
  readonly opened: string[] = [];
  /** Pages of Markdown that were shown as people read them. */
  readonly previews: string[] = [];
  /** Titles of the comparisons that were opened. */
  readonly compared: string[] = [];
  readonly progress: string[] = [];
  readonly log: string[] = [];

  documents: StandInDocument[] = [];
  editors: StandInEditor[] = [];
  active: StandInEditor | undefined;

  notices: Notice[] = [];
  question: Question | undefined;
  readonly status: StatusItem[] = [];
  /** How often a line of ghost text was accepted. */
  acceptances = 0;
  readonly trees = new Map<string, Tree>();
  readonly panels: { readonly title: string; readonly webview: { html: string }; disposed: boolean }[] = [];
  readonly terminals: { readonly sent: string[] }[] = [];

  readonly commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  readonly watchers = new Set<Watcher>();
  readonly collections = new Map<
    string,
    Map<string, { readonly uri: vscode.Uri; readonly all: readonly vscode.Diagnostic[] }>
  >();
  readonly hovers = new Set<Provided<vscode.HoverProvider>>();
  readonly actions = new Set<Provided<vscode.CodeActionProvider>>();
  readonly completions = new Set<Provided<vscode.CompletionItemProvider>>();
  readonly ghosts = new Set<Provided<vscode.InlineCompletionItemProvider>>();
  readonly links = new Set<Provided<vscode.DocumentLinkProvider>>();
  readonly contents = new Map<string, vscode.TextDocumentContentProvider>();

  readonly on = {
    openDocument: new EventEmitter<vscode.TextDocument>(),
    closeDocument: new EventEmitter<vscode.TextDocument>(),
    changeDocument: new EventEmitter<vscode.TextDocumentChangeEvent>(),
    willSave: new EventEmitter<vscode.TextDocumentWillSaveEvent>(),
    save: new EventEmitter<vscode.TextDocument>(),
    openNotebook: new EventEmitter<vscode.NotebookDocument>(),
    closeNotebook: new EventEmitter<vscode.NotebookDocument>(),
    changeNotebook: new EventEmitter<vscode.NotebookDocumentChangeEvent>(),
    saveNotebook: new EventEmitter<vscode.NotebookDocument>(),
    changeSelection: new EventEmitter<vscode.TextEditorSelectionChangeEvent>(),
    changeActive: new EventEmitter<vscode.TextEditor | undefined>(),
    changeVisible: new EventEmitter<readonly vscode.TextEditor[]>(),
    changeFocus: new EventEmitter<vscode.WindowState>(),
    changeSettings: new EventEmitter<vscode.ConfigurationChangeEvent>(),
    changeFolders: new EventEmitter<vscode.WorkspaceFoldersChangeEvent>(),
    grantTrust: new EventEmitter<void>(),
    createFiles: new EventEmitter<vscode.FileCreateEvent>(),
    renamedFiles: new EventEmitter<vscode.FileRenameEvent>(),
    renameFiles: new EventEmitter<vscode.FileWillRenameEvent>(),
    deletedFiles: new EventEmitter<vscode.FileDeleteEvent>(),
    deleteFiles: new EventEmitter<vscode.FileWillDeleteEvent>(),
    startInTerminal: new EventEmitter<vscode.TerminalShellExecutionStartEvent>(),
  };

  /** Adds something that an extension registers; it goes when that is disposed of. */
  add<T>(to: Set<T>, what: T, disposable: typeof Disposable): Disposable {
    to.add(what);
    return new disposable(() => to.delete(what));
  }
}

/** The window of the test that runs. */
export const current = { window: new WindowState() };

/** An empty window, as before an extension is activated. */
export function newWindow(): WindowState {
  current.window = new WindowState();
  return current.window;
}
