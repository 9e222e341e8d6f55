/** `vscode.window`: what is asked is put before the test's person, and what is shown is kept for the test to read. */
import type * as vscode from 'vscode';
import { QuickPickItemKind, TreeItemCheckboxState, ViewColumn } from './enums';
import { Disposable, EventEmitter } from './events';
import { asUri, documentAt, optionsOf, show } from './documents';
import { modelled, notModelled } from './modelled';
import { current, type Notice, type Question, type Tree } from './state';
import { Selection, TabInputText } from './values';

type Asked = Promise<never>; // the promise that the caller's overload names

/** A message with buttons; the answer is the button as it was passed. */
function tell(severity: Notice['severity'], message: string, ...rest: readonly unknown[]): Asked {
  const [first] = rest;
  const hasOptions = typeof first === 'object' && first !== null && !('title' in first);
  const { modal = false, detail = '' }: vscode.MessageOptions = hasOptions ? first : {};
  const buttons = (hasOptions ? rest.slice(1) : rest).map((button) => {
    if (typeof button !== 'string') throw notModelled('a button that is a MessageItem');
    return button;
  });
  return new Promise((resolve) => {
    const notice: Notice = {
      severity,
      message,
      detail,
      modal,
      buttons,
      answer: (button) => {
        current.window.notices = current.window.notices.filter((one) => one !== notice);
        resolve(button as never);
      },
    };
    current.window.notices.push(notice);
  });
}

function ask(about: Partial<Question>, finish: (answer: unknown) => void): void {
  current.window.question?.dismiss(); // a new one takes the place of the old one
  const question: Question = {
    title: '',
    placeholder: '',
    prompt: '',
    value: '',
    many: false,
    items: [],
    choose: () => {
      throw new Error('nothing can be chosen in an input box');
    },
    type: () => {
      throw new Error('nothing can be typed into a quick pick');
    },
    ...about,
    dismiss: () => close(undefined),
  };
  const close = (answer: unknown): void => {
    if (current.window.question !== held) return;
    current.window.question = undefined;
    finish(answer);
  };
  const held: Question = {
    ...question,
    choose: (items) => {
      question.choose(items);
      close(question.many ? items : items[0]);
    },
    type: async (text) => {
      const refused = await question.type(text);
      if (refused === undefined) close(text);
      return refused;
    },
  };
  current.window.question = held;
}

async function pick(
  given: readonly (string | vscode.QuickPickItem)[] | Thenable<readonly (string | vscode.QuickPickItem)[]>,
  { title = '', placeHolder = '', canPickMany = false }: vscode.QuickPickOptions = {},
): Promise<never> {
  const raw = await given;
  const items = raw.map((item) => (typeof item === 'string' ? { label: item } : item));
  const answer = await new Promise<unknown>((resolve) =>
    ask({ title, placeholder: placeHolder, many: canPickMany, items, choose: () => undefined }, resolve),
  );
  const back = (item: unknown): unknown => raw[items.indexOf(item as vscode.QuickPickItem)];
  return (Array.isArray(answer) ? answer.map(back) : answer === undefined ? undefined : back(answer)) as never;
}

function input({
  title = '',
  prompt = '',
  placeHolder = '',
  value = '',
  validateInput,
}: vscode.InputBoxOptions = {}): Asked {
  return new Promise((resolve) => {
    const type = async (text: string): Promise<string | undefined> => {
      const refused = await validateInput?.(text);
      if (typeof refused === 'object' && refused !== null) throw notModelled('an InputBoxValidationMessage');
      return refused === '' || refused === null ? undefined : refused;
    };
    ask({ title, prompt, placeholder: placeHolder, value, type }, resolve as (answer: unknown) => void);
  });
}

function createQuickPick(): vscode.QuickPick<vscode.QuickPickItem> {
  const [accepted, hidden, active] = [
    new EventEmitter<void>(),
    new EventEmitter<void>(),
    new EventEmitter<readonly vscode.QuickPickItem[]>(),
  ];
  const part = {
    title: '',
    placeholder: '',
    canSelectMany: false,
    matchOnDetail: false,
    items: [] as readonly vscode.QuickPickItem[],
    selectedItems: [] as readonly vscode.QuickPickItem[],
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidChangeActive: active.event,
    show: () => {
      ask(
        {
          title: part.title,
          placeholder: part.placeholder,
          many: part.canSelectMany,
          items: part.items,
          choose: (items) => {
            part.selectedItems = items;
            accepted.fire();
          },
        },
        () => hidden.fire(),
      );
      active.fire(part.items.slice(0, 1));
    },
    hide: () => current.window.question?.dismiss(),
    dispose: () => undefined,
  };
  return modelled<vscode.QuickPick<vscode.QuickPickItem>>('QuickPick', part);
}

function createTreeView(id: string, options: vscode.TreeViewOptions<unknown>): vscode.TreeView<unknown> {
  const shown = new EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  const ticked = new EventEmitter<vscode.TreeCheckboxChangeEvent<unknown>>();
  const view: Tree['view'] = { visible: false, selection: [] };
  const part = Object.assign(view, {
    onDidChangeVisibility: shown.event,
    onDidChangeCheckboxState: ticked.event,
    reveal: (element: unknown, { select = true }: { readonly select?: boolean } = {}) => {
      if (!options.treeDataProvider.getParent) throw new Error('TreeDataProvider.getParent is needed to reveal');
      if (select) view.selection = [element];
      return Promise.resolve();
    },
    dispose: () => current.window.trees.delete(id),
  });
  current.window.trees.set(id, {
    provider: options.treeDataProvider,
    manual: options.manageCheckboxStateManually === true,
    view,
    shown,
    ticked,
  });
  // `message` and the like are set later: they are the view's own.
  return modelled<vscode.TreeView<unknown>>(
    'TreeView',
    Object.assign(part, { message: undefined, description: undefined, badge: undefined, title: '' }) as never,
  );
}

function createStatusBarItem(id: string, alignment: vscode.StatusBarAlignment, priority: number): vscode.StatusBarItem {
  const part = {
    id,
    alignment,
    priority,
    name: undefined as string | undefined,
    text: '',
    tooltip: undefined as string | undefined,
    command: undefined as string | undefined,
    backgroundColor: undefined,
    accessibilityInformation: undefined,
    show: () => {
      status.visible = true;
    },
    hide: () => {
      status.visible = false;
    },
    dispose: () => {
      status.visible = false;
    },
  };
  const item = modelled<vscode.StatusBarItem>('StatusBarItem', part);
  const status = { id, item, visible: false };
  current.window.status.push(status);
  return item;
}

function createOutputChannel(): vscode.LogOutputChannel {
  const write =
    (level: string) =>
    (message: unknown): void => {
      current.window.log.push(`${level}: ${String(message)}`);
    };
  return modelled<vscode.LogOutputChannel>('LogOutputChannel', {
    logLevel: 3,
    onDidChangeLogLevel: new EventEmitter<vscode.LogLevel>().event,
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    dispose: () => undefined,
  });
}

function createWebviewPanel(_type: string, title: string): vscode.WebviewPanel {
  const panel = { title, webview: { html: '' }, disposed: false };
  const closed = new EventEmitter<void>();
  current.window.panels.push(panel);
  return modelled<vscode.WebviewPanel>('WebviewPanel', {
    webview: panel.webview as vscode.Webview,
    active: true,
    reveal: () => undefined,
    onDidDispose: closed.event,
    dispose: () => {
      panel.disposed = true;
      closed.fire();
    },
  });
}

async function showTextDocument(
  given: vscode.TextDocument | vscode.Uri,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  const document = await documentAt(asUri('getText' in given ? given.uri : given));
  const { viewColumn = ViewColumn.Active, selection, preserveFocus = false } = options;
  const front = current.window.active?.column ?? 1;
  const column = viewColumn === ViewColumn.Active ? front : viewColumn === ViewColumn.Beside ? front + 1 : viewColumn;
  const editor = show(document, column, !preserveFocus);
  if (selection) {
    const { start, end } = selection;
    editor.select(new Selection(start.line, start.character, end.line, end.character), undefined);
  }
  return editor.real;
}

const tabGroups = (): vscode.TabGroups => {
  const groups = [...new Set([1, ...current.window.editors.map(({ column }) => column)])].map((column) => {
    const tabs = current.window.editors
      .filter((editor) => editor.column === column)
      .map((editor) => ({
        input: new TabInputText(editor.document.uri),
        label: editor.document.uri.path.split('/').at(-1),
      }));
    return { viewColumn: column, tabs, isActive: column === (current.window.active?.column ?? 1) };
  });
  return { all: groups, activeTabGroup: groups.find(({ isActive }) => isActive) } as unknown as vscode.TabGroups;
};

type Window = typeof vscode.window;

const part = {
  get activeTextEditor() {
    return current.window.active?.real;
  },
  get visibleTextEditors() {
    return current.window.editors.map(({ real }) => real);
  },
  get state() {
    return { focused: current.window.focused, active: current.window.focused };
  },
  get tabGroups() {
    return tabGroups();
  },
  get onDidChangeActiveTextEditor() {
    return current.window.on.changeActive.event;
  },
  get onDidChangeVisibleTextEditors() {
    return current.window.on.changeVisible.event;
  },
  get onDidChangeTextEditorSelection() {
    return current.window.on.changeSelection.event;
  },
  get onDidChangeWindowState() {
    return current.window.on.changeFocus.event;
  },
  get onDidStartTerminalShellExecution() {
    return current.window.on.startInTerminal.event;
  },
  showInformationMessage: (message: string, ...rest: readonly unknown[]) => tell('info', message, ...rest),
  showWarningMessage: (message: string, ...rest: readonly unknown[]) => tell('warning', message, ...rest),
  showErrorMessage: (message: string, ...rest: readonly unknown[]) => tell('error', message, ...rest),
  showQuickPick: pick,
  showInputBox: input,
  createQuickPick: createQuickPick as Window['createQuickPick'],
  createTreeView: createTreeView as Window['createTreeView'],
  createStatusBarItem: createStatusBarItem as Window['createStatusBarItem'],
  createOutputChannel: createOutputChannel as Window['createOutputChannel'],
  createWebviewPanel: createWebviewPanel as Window['createWebviewPanel'],
  createTextEditorDecorationType: (options: vscode.DecorationRenderOptions) => {
    const type: vscode.TextEditorDecorationType = {
      key: `decoration-${String(Math.random())}`,
      dispose: () => {
        optionsOf.delete(type);
        for (const editor of current.window.editors) editor.decorated.delete(type);
      },
    };
    optionsOf.set(type, options);
    return type;
  },
  createTerminal: (() => {
    const terminal = { sent: [] as string[] };
    current.window.terminals.push(terminal);
    return modelled<vscode.Terminal>('Terminal', {
      show: () => undefined,
      sendText: (text: string) => terminal.sent.push(text),
    });
  }) as Window['createTerminal'],
  showTextDocument: showTextDocument as Window['showTextDocument'],
  withProgress: (async (
    { title = '' }: vscode.ProgressOptions,
    work: (progress: vscode.Progress<unknown>, token: vscode.CancellationToken) => Thenable<unknown>,
  ) => {
    current.window.progress.push(title);
    const token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter<unknown>().event };
    return work({ report: () => undefined }, token);
  }) as Window['withProgress'],
} satisfies Partial<Window>;

export const window: Window = modelled<Window>('window', part);

/** Ticks or unticks a row, as its box does. */
export function tick({ ticked, manual }: Tree, row: unknown, checked: boolean): void {
  if (!manual) throw notModelled('checkboxes that the editor itself sets');
  ticked.fire({ items: [[row, checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked]] });
}

export const isRow = ({ kind }: vscode.QuickPickItem): boolean => kind !== QuickPickItemKind.Separator;

export const subscription = (end: () => void): Disposable => new Disposable(end);
