/**
 * What the editor's API tells one extension, at the moment it does: must be set up before that extension is activated.
 * Nothing of the extension is changed; what it gets of `vscode` notes what it asks, and who is told of an event first
 * is this file.
 */
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import type * as vscode from 'vscode';
import type {
  Extent,
  OnDisk,
  Report,
  Standing,
  Told,
  ToldDocument,
  ToldExtension,
  ToldWindow,
} from '../../../support/editor-replay/reports';

type Api = typeof vscode;

/** Node's own loader of modules, which is not in its types. */
interface Loader {
  _load: (request: string, parent: { readonly filename?: string | null } | undefined, isMain: boolean) => unknown;
}

/** Documents that a person or an assistant may edit. */
const SCHEMES = /^(?:file|untitled|vscode-notebook-cell|chat-editing-[\w-]+|vscode-chat-code-block)$/;
/** Settings that decide about the author of an edit. */
const SETTINGS =
  /^(?:linekeeper\.(?:paste|recording|chatAgent|keybindings)|chat\.(?:useHooks|plugins)|editor\.(?:pasteAs|quickSuggestions))/;
/** Parts of a manifest that show what an extension is; of what it contributes, only the kinds. */
const MANIFEST = [
  'publisher',
  'isBuiltin',
  'displayName',
  'description',
  'categories',
  'keywords',
  'enabledApiProposals',
  'extensionDependencies',
] as const;
const OWN_COMMANDS = 'linekeeper.';

export class Tap {
  private readonly reports: Report[] = [];
  private readonly settings = new Map<string, unknown>();
  private readonly disk = new Map<string, string | null>();
  private readonly active = new Set<string>();
  /** Documents whose suggestion list has something selected. */
  private readonly listed = new WeakSet<vscode.TextDocument>();
  private window = '';
  /** How many of the extension's commands are at work. */
  private running = 0;
  private wrapped: Api | undefined;

  /** `folder`: how the name of the extension's folder begins. */
  constructor(private readonly folder: string) {
    const loader = Module as unknown as Loader;
    const original = loader._load;
    loader._load = (request, parent, isMain) => {
      const loaded = original(request, parent, isMain);
      return request === 'vscode' && (parent?.filename ?? '').includes(this.folder)
        ? (this.wrapped ??= this.listened(loaded as Api))
        : loaded;
    };
  }

  since(from: number): readonly Report[] {
    return this.reports.slice(from);
  }

  standing(): Standing {
    if (this.wrapped === undefined) throw new Error('the extension has not been loaded yet');
    const { workspace, version, env } = this.wrapped;
    this.readAgain(this.wrapped);
    return {
      reports: this.reports.length,
      version,
      appName: env.appName,
      ui: env.uiKind,
      trusted: workspace.isTrusted,
      window: windowOf(this.wrapped),
      settings: Object.fromEntries(this.settings),
      extensions: activeIn(this.wrapped),
      documents: workspace.textDocuments.filter(isWatched).map((document) => this.documentOf(document, true)),
    };
  }

  private note(told: Told, api: Api): void {
    const at = Date.now();
    const window = windowOf(api);
    const written = JSON.stringify(window);
    if (written !== this.window) {
      this.window = written;
      this.reports.push({ kind: 'window', ...window, at });
    }
    const active = activeIn(api).filter(({ id }) => !this.active.has(id));
    if (active.length > 0) {
      for (const { id } of active) this.active.add(id);
      this.reports.push({ kind: 'extensions', active, at });
    }
    this.reports.push({ ...told, at });
  }

  private documentOf(document: vscode.TextDocument, whole: boolean): ToldDocument {
    return {
      uri: document.uri.toString(),
      language: document.languageId,
      text: document.getText(),
      dirty: document.isDirty,
      ...this.diskOf(document, whole),
    };
  }

  /** What the document's file holds, if that is something else than when it was last told of. */
  private diskOf(document: vscode.TextDocument, always = false): { readonly disk?: OnDisk } {
    if (document.uri.scheme !== 'file') return {};
    const { fsPath } = document.uri;
    const content = contentOf(fsPath);
    if (!always && this.disk.get(fsPath) === content) return {};
    this.disk.set(fsPath, content);
    return { disk: content === document.getText() ? true : content };
  }

  /** The API, with this listening before the extension does. */
  private listened(api: Api): Api {
    for (const { id } of activeIn(api)) this.active.add(id);
    this.listenToDocuments(api);
    this.listenToFiles(api);
    api.workspace.onDidChangeConfiguration(() => this.readAgain(api));
    return overlaid(api, {
      commands: overlaid(api.commands, this.commands(api)),
      env: overlaid(api.env, { clipboard: overlaid(api.env.clipboard, this.clipboard(api)) }),
      languages: overlaid(api.languages, this.languages(api)),
      workspace: overlaid(api.workspace, this.configuration(api)),
    });
  }

  private listenToDocuments(api: Api): void {
    const { workspace, window } = api;
    const whenWatched =
      (told: (document: vscode.TextDocument) => Told) =>
      (document: vscode.TextDocument): void => {
        if (isWatched(document)) this.note(told(document), api);
      };
    workspace.onDidOpenTextDocument(whenWatched((document) => ({ kind: 'open', ...this.documentOf(document, true) })));
    workspace.onDidCloseTextDocument(whenWatched(({ uri }) => ({ kind: 'close', uri: uri.toString() })));
    workspace.onDidChangeTextDocument((event) => whenWatched(() => this.changeOf(event))(event.document));
    workspace.onWillSaveTextDocument(({ document }) =>
      whenWatched(({ uri }) => ({ kind: 'willSave', uri: uri.toString() }))(document),
    );
    workspace.onDidSaveTextDocument(
      whenWatched((document) => ({ kind: 'save', uri: document.uri.toString(), ...this.diskOf(document) })),
    );
    window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) =>
      whenWatched(({ uri }) => ({
        kind: 'selection',
        uri: uri.toString(),
        ...(kind === undefined ? {} : { by: kind }),
        selections: selections.map(extentOf),
      }))(textEditor.document),
    );
  }

  private listenToFiles(api: Api): void {
    const { workspace } = api;
    workspace.onWillRenameFiles(({ files }) =>
      this.note(
        { kind: 'willRename', files: files.map(({ oldUri, newUri }) => [oldUri.toString(), newUri.toString()]) },
        api,
      ),
    );
    for (const [kind, event] of [
      ['willDelete', workspace.onWillDeleteFiles],
      ['deleted', workspace.onDidDeleteFiles],
    ] as const)
      event(({ files }) => this.note({ kind, files: files.map((uri) => uri.toString()) }, api));
    workspace.onDidCreateFiles(({ files }) =>
      this.note({ kind: 'created', files: files.map((uri) => [uri.toString(), contentOf(uri.fsPath)]) }, api),
    );
  }

  private changeOf(event: vscode.TextDocumentChangeEvent): Told {
    const { document, contentChanges, reason } = event;
    // A proposal: absent from the stable types, and from the event unless granted.
    const { detailedReason } = event as {
      readonly detailedReason?: { readonly source: string; readonly metadata?: Readonly<Record<string, unknown>> };
    };
    return {
      kind: 'change',
      uri: document.uri.toString(),
      dirty: document.isDirty,
      changes: contentChanges.map(({ range, text }) => [extentOf(range), text]),
      ...(reason === undefined ? {} : { reason }),
      ...(detailedReason
        ? { detail: { source: detailedReason.source, metadata: plain(detailedReason.metadata ?? {}) } }
        : {}),
      ...(document.isDirty ? {} : this.diskOf(document)),
    };
  }

  private commands(api: Api): Partial<Api['commands']> {
    const { commands } = api;
    return {
      registerCommand: (id, handler, self: unknown) =>
        commands.registerCommand(id, async (...args: unknown[]): Promise<unknown> => {
          if (!id.startsWith(OWN_COMMANDS) && this.running > 0) return handler.apply(self, args) as unknown;
          this.note({ kind: 'called', command: id, ...(args.length === 0 ? {} : { args: plain(args) }) }, api);
          this.running++;
          try {
            return (await handler.apply(self, args)) as unknown;
          } finally {
            this.running--;
          }
        }),
      executeCommand: async <T>(id: string, ...args: unknown[]): Promise<T> => {
        const isNoted = this.running > 0 && !id.startsWith(OWN_COMMANDS) && id !== 'setContext';
        try {
          return await commands.executeCommand<T>(id, ...args);
        } finally {
          if (isNoted) this.note({ kind: 'ran', command: id }, api);
        }
      },
    };
  }

  private clipboard(api: Api): Partial<Api['env']['clipboard']> {
    return {
      readText: async () => {
        const text = await api.env.clipboard.readText();
        this.note({ kind: 'clipboard', text }, api);
        return text;
      },
    };
  }

  private languages(api: Api): Partial<Api['languages']> {
    const { languages } = api;
    type Prepare = (document: vscode.TextDocument, ranges: readonly vscode.Range[], ...rest: unknown[]) => unknown;
    type Register = (
      selector: unknown,
      provider: { readonly prepareDocumentPaste: Prepare },
      metadata: unknown,
    ) => vscode.Disposable;
    const register = (languages as { readonly registerDocumentPasteEditProvider?: Register })
      .registerDocumentPasteEditProvider;
    const ofPastes: { registerDocumentPasteEditProvider?: Register } = register
      ? {
          registerDocumentPasteEditProvider: (selector, provider, metadata) => {
            const prepareDocumentPaste: Prepare = (document, ranges, ...rest) => {
              this.note({ kind: 'copied', uri: document.uri.toString(), ranges: ranges.map(extentOf) }, api);
              return provider.prepareDocumentPaste(document, ranges, ...rest);
            };
            return register(selector, { ...provider, prepareDocumentPaste }, metadata);
          },
        }
      : {};
    return {
      ...ofPastes,
      registerInlineCompletionItemProvider: (selector, provider) =>
        languages.registerInlineCompletionItemProvider(selector, {
          provideInlineCompletionItems: (document, position, context, token) => {
            const item = context.selectedCompletionInfo;
            if (isWatched(document) && (item !== undefined || this.listed.has(document)))
              this.note(
                {
                  kind: 'listed',
                  uri: document.uri.toString(),
                  ...(item ? { item: [extentOf(item.range), item.text] } : {}),
                },
                api,
              );
            if (item) this.listed.add(document);
            else this.listed.delete(document);
            return provider.provideInlineCompletionItems(document, position, context, token);
          },
        }),
      registerCodeActionsProvider: (selector, provider, metadata) => {
        if (metadata !== undefined) return languages.registerCodeActionsProvider(selector, provider, metadata);
        return languages.registerCodeActionsProvider(selector, {
          provideCodeActions: (document, range, context, token) => {
            if (context.triggerKind === api.CodeActionTriggerKind.Invoke)
              this.note(
                {
                  kind: 'fixes',
                  uri: document.uri.toString(),
                  range: extentOf(range),
                  ...(context.only === undefined ? {} : { only: context.only.value }),
                },
                api,
              );
            return provider.provideCodeActions(document, range, context, token);
          },
        });
      },
    };
  }

  private configuration(api: Api): Partial<Api['workspace']> {
    return {
      getConfiguration: (section, scope) => {
        const found = api.workspace.getConfiguration(section, scope);
        const get = (key: string, otherwise?: unknown): unknown => {
          this.read(section === undefined ? key : `${section}.${key}`, api);
          return found.get(key, otherwise);
        };
        const inspect: typeof found.inspect = (key) => {
          this.read(section === undefined ? key : `${section}.${key}`, api);
          return found.inspect(key);
        };
        return overlaid(found, { get, inspect });
      },
    };
  }

  private read(name: string, api: Api): void {
    if (!SETTINGS.test(name)) return;
    const value: unknown = api.workspace.getConfiguration().get(name);
    if (this.settings.has(name) && JSON.stringify(this.settings.get(name)) === JSON.stringify(value)) return;
    this.settings.set(name, value);
    this.note({ kind: 'setting', name, value }, api);
  }

  private readAgain(api: Api): void {
    for (const name of this.settings.keys()) this.read(name, api);
  }
}

/** An object with other properties before its own. */
function overlaid<T extends object>(whole: T, parts: Partial<T>): T {
  const properties = Object.entries(parts).map(([name, value]) => [name, { enumerable: true, value }]);
  return Object.create(whole, Object.fromEntries(properties) as PropertyDescriptorMap) as T;
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const isWatched = ({ uri }: vscode.TextDocument): boolean => SCHEMES.test(uri.scheme);

const extentOf = ({ start, end }: vscode.Range): Extent => [start.line, start.character, end.line, end.character];

function windowOf({ window }: Api): ToldWindow {
  return {
    focused: window.state.focused,
    active: window.activeTextEditor?.document.uri.toString() ?? null,
    visible: window.visibleTextEditors
      .filter(({ document }) => isWatched(document))
      .map(({ document, selections }) => [document.uri.toString(), selections.map(extentOf)]),
  };
}

const activeIn = ({ extensions }: Api): readonly ToldExtension[] =>
  extensions.all
    .filter(({ isActive }) => isActive)
    .map(({ id, packageJSON }) => ({ id, manifest: manifestOf(packageJSON) }));

function manifestOf(whole: unknown): ToldExtension['manifest'] {
  const manifest = whole as Readonly<Record<string, unknown>>;
  const parts = MANIFEST.filter((name) => manifest[name] !== undefined).map((name) => [name, manifest[name]] as const);
  const kinds = Object.keys((manifest['contributes'] as object | undefined) ?? {}).map((name) => [name, [{}]] as const);
  return { ...Object.fromEntries(parts), contributes: Object.fromEntries(kinds) };
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
