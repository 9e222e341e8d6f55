/**
 * The part of `vscode` that those who listen to edits use, and what tells them a recording. Anything else that they ask
 * of it throws, so that nothing is taken for silence that is not there.
 */
import { selected } from './compact';
import { Address, ReplayedDocument, stretchOf, type Stretch } from './document';
import type { RecordedEditor } from './fixture';
import type { Extent, Report, ToldWindow } from './reports';

type Listener = (event: never) => unknown;

/** An event of the API: a function that takes listeners. */
class Emitter {
  private readonly listeners = new Set<Listener>();

  readonly event = (listener: Listener): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(event: unknown): void {
    for (const listener of [...this.listeners]) listener(event as never);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

class Disposable {
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }

  constructor(readonly dispose: () => unknown) {}
}

interface Editor {
  readonly document: ReplayedDocument;
  readonly selections: readonly Stretch[];
}

/** What commands of the editor wait for, by their ids. */
type Running = Map<string, (() => void)[]>;

export class StandIn {
  readonly documents = new Map<string, ReplayedDocument>();
  private window: ToldWindow;
  private readonly settings: Map<string, unknown>;
  private readonly active: Set<string>;
  private readonly handlers = new Map<string, (...args: readonly unknown[]) => unknown>();
  private readonly running: Running = new Map();
  private readonly events = new Map<string, Emitter>();
  private readonly copies: { readonly prepareDocumentPaste: (...of: readonly unknown[]) => unknown }[] = [];
  private readonly fixes: { readonly provideCodeActions: (...of: readonly unknown[]) => unknown }[] = [];
  private readonly ghosts: { readonly provideInlineCompletionItems: (...of: readonly unknown[]) => unknown }[] = [];
  /** What the reads of the clipboard gave that are still to come, the next one first. */
  private readonly clipboard: string[];

  constructor(
    private readonly editor: RecordedEditor,
    start: {
      readonly window: ToldWindow;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly extensions: readonly string[];
      readonly reports: readonly Report[];
    },
  ) {
    this.window = start.window;
    this.settings = new Map(Object.entries(start.settings));
    this.active = new Set(start.extensions);
    this.clipboard = start.reports.flatMap((report) => (report.kind === 'clipboard' ? [report.text] : []));
  }

  open(document: ReplayedDocument): void {
    this.documents.set(document.uri.toString(), document);
  }

  fire(event: string, value: unknown): void {
    this.events.get(event)?.fire(value);
  }

  becomes(window: ToldWindow): void {
    const { focused, active } = this.window;
    this.window = window;
    if (focused !== window.focused) this.fire('window.onDidChangeWindowState', { focused: window.focused });
    if (active !== window.active) this.fire('window.onDidChangeActiveTextEditor', this.activeEditor());
  }

  select(report: { readonly uri: string; readonly selections: readonly Extent[] }): void {
    this.window = selected(this.window, report);
  }

  set(setting: string, value: unknown): void {
    this.settings.set(setting, value);
  }

  activate(id: string): void {
    this.active.add(id);
  }

  /** A key calls a command of ours. */
  call(command: string, args: readonly unknown[]): void {
    void Promise.resolve(this.handlers.get(command)?.(...args));
  }

  /** A command of the editor's own ends. */
  ran(command: string): void {
    this.running.get(command)?.shift()?.();
  }

  copied(document: ReplayedDocument, ranges: readonly Stretch[]): void {
    for (const provider of this.copies) provider.prepareDocumentPaste(document, ranges);
  }

  fixesAsked(document: ReplayedDocument, range: Stretch, only: string | undefined): void {
    const context = { triggerKind: 1, only: only === undefined ? undefined : { value: only } };
    for (const provider of this.fixes) provider.provideCodeActions(document, range, context);
  }

  listed(document: ReplayedDocument, item: readonly [Extent, string] | undefined): void {
    const selectedCompletionInfo = item && { range: stretchOf(item[0]), text: item[1] };
    for (const provider of this.ghosts)
      provider.provideInlineCompletionItems(document, undefined, { selectedCompletionInfo });
  }

  /** The clipboard was read in the recording: later reads give what comes after. */
  clipboardRead(): void {
    if (this.clipboard.length > 1) this.clipboard.shift();
  }

  /** The module. */
  readonly api = (): object =>
    strict('vscode', {
      Disposable,
      EventEmitter: Emitter,
      Uri: {
        file: (file: string) => new Address(`file://${encodeURI(file)}`),
        parse: (text: string) => new Address(text),
      },
      TextEditorSelectionChangeKind: { Keyboard: 1, Mouse: 2, Command: 3 },
      CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
      CodeActionKind: {
        Source: { contains: ({ value }: { readonly value: string }) => /^source(?:\.|$)/.test(value) },
      },
      UIKind: { Desktop: 1, Web: 2 },
      TabInputTextDiff: class TabInputTextDiff {
        constructor(
          readonly original: unknown,
          readonly modified: unknown,
        ) {}
      },
      l10n: { t: (text: string) => text },
      commands: strict('commands', {
        registerCommand: (id: string, handler: (...args: readonly unknown[]) => unknown) => {
          this.handlers.set(id, handler);
          return new Disposable(() => this.handlers.delete(id));
        },
        executeCommand: (id: string) =>
          new Promise<void>((resolve) => this.running.set(id, [...(this.running.get(id) ?? []), resolve])),
      }),
      env: strict('env', {
        appName: this.editor.appName,
        uiKind: this.editor.ui,
        clipboard: { readText: () => Promise.resolve(this.clipboard[0] ?? '') },
      }),
      extensions: strict('extensions', this.extensions()),
      languages: strict('languages', {
        registerDocumentPasteEditProvider: (_of: unknown, provider: (typeof this.copies)[number]) => {
          this.copies.push(provider);
          return new Disposable(() => undefined);
        },
        registerInlineCompletionItemProvider: (_of: unknown, provider: (typeof this.ghosts)[number]) => {
          this.ghosts.push(provider);
          return new Disposable(() => undefined);
        },
        registerCodeActionsProvider: (_of: unknown, provider: (typeof this.fixes)[number]) => {
          this.fixes.push(provider);
          return new Disposable(() => undefined);
        },
      }),
      window: this.withEvents('window', Object.defineProperties({}, this.windowParts())),
      workspace: this.withEvents('workspace', Object.defineProperties({}, this.workspaceParts())),
    });

  private extensions(): object {
    const extension = (id: string): object => ({
      id,
      isActive: this.active.has(id),
      packageJSON: this.editor.extensions[id] ?? {},
    });
    const all = (): readonly string[] => [...new Set([...this.active, ...Object.keys(this.editor.extensions)])];
    return Object.defineProperties(
      {
        onDidChange: new Emitter().event,
        getExtension: (id: string) => {
          const found = all().find((name) => name.toLowerCase() === id.toLowerCase());
          return found === undefined ? undefined : extension(found);
        },
      },
      { all: { get: () => all().map(extension) } },
    );
  }

  private windowParts(): PropertyDescriptorMap {
    return {
      state: { get: () => ({ focused: this.window.focused }) },
      activeTextEditor: { get: () => this.activeEditor() },
      visibleTextEditors: { get: () => this.visibleEditors() },
      tabGroups: { value: { activeTabGroup: {} } }, // no recording is of a comparison
    };
  }

  private workspaceParts(): PropertyDescriptorMap {
    return {
      isTrusted: { value: this.editor.trusted },
      textDocuments: { get: () => [...this.documents.values()] },
      notebookDocuments: { value: [] },
      getConfiguration: {
        value: (section?: string) => ({
          get: (key: string, otherwise?: unknown): unknown =>
            this.settings.get(section === undefined ? key : `${section}.${key}`) ?? otherwise,
          inspect: (key: string): unknown => ({
            globalValue: this.settings.get(section === undefined ? key : `${section}.${key}`),
          }),
        }),
      },
    };
  }

  private activeEditor(): Editor | undefined {
    const { active } = this.window;
    if (active === null) return undefined;
    // A preview of the editor's own is in no report but that of the window.
    return (
      this.visibleEditors().find(({ document }) => document.uri.toString() === active) ?? {
        document: new ReplayedDocument(active, 'plaintext', '', false),
        selections: [],
      }
    );
  }

  private visibleEditors(): readonly Editor[] {
    return this.window.visible.flatMap(([uri, selections]) => {
      const document = this.documents.get(uri);
      return document ? [{ document, selections: selections.map(stretchOf) }] : [];
    });
  }

  private withEvents(name: string, parts: object): object {
    return new Proxy(parts, {
      get: (target, key): unknown => {
        if (typeof key !== 'string' || key in target) return Reflect.get(target, key);
        if (!/^on(?:Did|Will)[A-Z]/.test(key)) throw notThere(`${name}.${key}`);
        const emitter = this.events.get(`${name}.${key}`) ?? new Emitter();
        this.events.set(`${name}.${key}`, emitter);
        return emitter.event;
      },
    });
  }
}

const notThere = (what: string): Error =>
  new Error(`vscode.${what} is not in the stand-in (test/support/editor-replay/stand-in.ts)`);

function strict(name: string, parts: object): object {
  return new Proxy(parts, {
    get: (target, key): unknown => {
      if (typeof key === 'string' && !(key in target) && key !== '__esModule') throw notThere(`${name}.${key}`);
      return Reflect.get(target, key);
    },
  });
}
