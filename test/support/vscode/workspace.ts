/** `vscode.workspace`: folders, documents, settings and watchers. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { Disposable, EventEmitter } from './events';
import { asUri, documentAt } from './documents';
import { modelled, notModelled } from './modelled';
import { current, type Watcher } from './state';
import { type RelativePattern, Uri, type WorkspaceEdit } from './values';

/** What the manifest declares, with its defaults. */
const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> };
  };
};
const DEFAULTS = manifest.contributes.configuration.properties;

function getConfiguration(section?: string): vscode.WorkspaceConfiguration {
  const full = (key: string): string => (section === undefined ? key : `${section}.${key}`);
  const valueOf = (key: string): unknown => current.window.settings[full(key)] ?? DEFAULTS[full(key)]?.default;
  return modelled<vscode.WorkspaceConfiguration>('WorkspaceConfiguration', {
    get: (key: string, otherwise?: unknown) => valueOf(key) ?? otherwise,
    // What a test sets is the person's own.
    inspect: <T>(key: string) => {
      const [defaultValue, globalValue] = [DEFAULTS[full(key)]?.default, current.window.settings[full(key)]];
      return {
        key: full(key),
        ...(defaultValue === undefined ? {} : { defaultValue: defaultValue as T }),
        ...(globalValue === undefined ? {} : { globalValue: globalValue as T }),
      };
    },
    update: (key: string, value: unknown) => {
      changeSettings({ [full(key)]: value });
      return Promise.resolve();
    },
  });
}

/** Undefined takes one back. */
export function changeSettings(changed: Readonly<Record<string, unknown>>): void {
  const { settings } = current.window;
  for (const [name, value] of Object.entries(changed))
    if (value === undefined) Reflect.deleteProperty(settings, name);
    else settings[name] = value;
  const names = Object.keys(changed);
  current.window.on.changeSettings.fire({
    affectsConfiguration: (asked) => names.some((name) => name === asked || name.startsWith(`${asked}.`)),
  });
}

function createFileSystemWatcher(
  pattern: string | RelativePattern,
  ignoreCreate = false,
  ignoreChange = false,
  ignoreDelete = false,
): vscode.FileSystemWatcher {
  const glob = typeof pattern === 'string' ? pattern : pattern.pattern;
  if (!/^\*\*(?:\/\*|\/[\w.]+)?$/.test(glob)) throw notModelled(`the pattern ${glob} of a watcher`);
  const name = /\/([\w.]+)$/.exec(glob)?.[1];
  const watcher: Watcher = {
    base: typeof pattern === 'string' ? undefined : pattern.baseUri.fsPath,
    matches: (relative) => name === undefined || path.basename(relative) === name,
    created: new EventEmitter<vscode.Uri>(),
    changed: new EventEmitter<vscode.Uri>(),
    deleted: new EventEmitter<vscode.Uri>(),
  };
  current.window.watchers.add(watcher);
  const unless = (ignored: boolean, emitter: EventEmitter<vscode.Uri>): vscode.Event<vscode.Uri> =>
    ignored ? new EventEmitter<vscode.Uri>().event : emitter.event;
  return modelled<vscode.FileSystemWatcher>('FileSystemWatcher', {
    onDidCreate: unless(ignoreCreate, watcher.created),
    onDidChange: unless(ignoreChange, watcher.changed),
    onDidDelete: unless(ignoreDelete, watcher.deleted),
    dispose: () => current.window.watchers.delete(watcher),
  });
}

async function applyEdit(edit: WorkspaceEdit): Promise<boolean> {
  for (const { uri, contents } of edit.created)
    if (!existsSync(uri.fsPath)) {
      mkdirSync(path.dirname(uri.fsPath), { recursive: true });
      writeFileSync(uri.fsPath, contents);
    }
  for (const uri of edit.deleted) rmSync(uri.fsPath, { force: true });
  // From the end, so that the places of the others stay.
  for (const { uri, range, text } of [...edit.replacements].sort((a, b) =>
    a.range.start.isBefore(b.range.start) ? 1 : -1,
  )) {
    const document = await documentAt(asUri(uri));
    document.replace(document.offsetAt(range.start), document.offsetAt(range.end), text, true);
  }
  return true;
}

type Workspace = typeof vscode.workspace;

const part = {
  get isTrusted() {
    return current.window.trusted;
  },
  get workspaceFolders() {
    return current.window.folders.map((folder, index) => ({
      uri: Uri.file(folder),
      name: path.basename(folder),
      index,
    }));
  },
  get textDocuments() {
    return current.window.documents.map(({ real }) => real);
  },
  get onDidOpenTextDocument() {
    return current.window.on.openDocument.event;
  },
  get onDidCloseTextDocument() {
    return current.window.on.closeDocument.event;
  },
  get onDidChangeTextDocument() {
    return current.window.on.changeDocument.event;
  },
  get onWillSaveTextDocument() {
    return current.window.on.willSave.event;
  },
  get onDidSaveTextDocument() {
    return current.window.on.save.event;
  },
  notebookDocuments: [],
  get onDidOpenNotebookDocument() {
    return current.window.on.openNotebook.event;
  },
  get onDidCloseNotebookDocument() {
    return current.window.on.closeNotebook.event;
  },
  get onDidChangeNotebookDocument() {
    return current.window.on.changeNotebook.event;
  },
  get onDidSaveNotebookDocument() {
    return current.window.on.saveNotebook.event;
  },
  get onDidChangeConfiguration() {
    return current.window.on.changeSettings.event;
  },
  get onDidChangeWorkspaceFolders() {
    return current.window.on.changeFolders.event;
  },
  get onDidGrantWorkspaceTrust() {
    return current.window.on.grantTrust.event;
  },
  get onDidCreateFiles() {
    return current.window.on.createFiles.event;
  },
  get onDidRenameFiles() {
    return current.window.on.renamedFiles.event;
  },
  get onWillRenameFiles() {
    return current.window.on.renameFiles.event;
  },
  get onWillDeleteFiles() {
    return current.window.on.deleteFiles.event;
  },
  get onDidDeleteFiles() {
    return current.window.on.deletedFiles.event;
  },
  getConfiguration,
  createFileSystemWatcher: createFileSystemWatcher as Workspace['createFileSystemWatcher'],
  applyEdit: applyEdit as unknown as Workspace['applyEdit'],
  openTextDocument: (async (given: vscode.Uri | string) =>
    (await documentAt(typeof given === 'string' ? Uri.file(given) : asUri(given)))
      .real) as unknown as Workspace['openTextDocument'],
  saveAll: () => {
    for (const document of current.window.documents) if (document.isDirty) document.save();
    return Promise.resolve(true);
  },
  registerTextDocumentContentProvider: (scheme: string, provider: vscode.TextDocumentContentProvider) => {
    const { window } = current;
    window.contents.set(scheme, provider);
    const changed = provider.onDidChange?.((uri) => {
      const open = window.documents.find((document) => document.uri.toString() === uri.toString());
      const token = { isCancellationRequested: false } as vscode.CancellationToken;
      if (open)
        void Promise.resolve(provider.provideTextDocumentContent(uri, token)).then((text) =>
          open.become(text ?? '', false),
        );
    });
    return new Disposable(() => {
      window.contents.delete(scheme);
      changed?.dispose();
    });
  },
  fs: modelled<vscode.FileSystem>('workspace.fs', {
    stat: ({ fsPath }: vscode.Uri) => Promise.resolve().then(() => statSync(fsPath) as unknown as vscode.FileStat),
  }),
} satisfies Partial<Workspace>;

export const workspace: Workspace = modelled<Workspace>('workspace', part);
