/** `vscode.commands`, and the small namespaces: `env`, `extensions`, `authentication`, `l10n`. */
import type * as vscode from 'vscode';
import { UIKind } from './enums';
import { Disposable, EventEmitter } from './events';
import { asUri, closeEditors, documentAt, show } from './documents';
import { modelled } from './modelled';
import { current } from './state';
import { Selection } from './values';

type Run = (...args: readonly unknown[]) => unknown;

/** The editor's own commands that are modelled. */
const OWN: Readonly<Record<string, Run>> = {
  setContext: (key, value) => void current.window.contexts.set(String(key), value),
  'editor.action.inlineSuggest.acceptNextLine': () => ++current.window.acceptances,
  'vscode.open': (address) => void current.window.opened.push(String(address)),
  'vscode.diff': async (...[left, right, title, options]) => {
    current.window.compared.push(String(title));
    const old = await documentAt(asUri(left as vscode.Uri));
    const changed = await documentAt(asUri(right as vscode.Uri));
    current.window.editors = [];
    show(old, 1, false);
    const editor = show(changed, 1.5); // both sides are in one column
    const selection = (options as vscode.TextDocumentShowOptions | undefined)?.selection;
    if (selection)
      editor.select(
        new Selection(selection.start.line, selection.start.character, selection.end.line, selection.end.character),
        undefined,
      );
  },
  'vscode.changes': async (...[title, resources]) => {
    current.window.compared.push(String(title));
    const sides = (resources as readonly (readonly (vscode.Uri | undefined)[])[]).flatMap(([, left, right]) => [
      left,
      right,
    ]);
    for (const uri of sides) if (uri) await documentAt(asUri(uri));
  },
  'markdown.showPreview': async (uri) =>
    void current.window.previews.push((await documentAt(asUri(uri as vscode.Uri))).text),
  'workbench.action.files.revert': () => current.window.active?.document.revert(),
  'workbench.action.closeAllEditors': closeEditors,
};

function executeCommand(id: string, ...args: readonly unknown[]): Promise<never> {
  const focused = /^(.+)\.focus$/.exec(id)?.[1];
  const tree = focused === undefined ? undefined : current.window.trees.get(focused);
  const run = current.window.commands.get(id) ?? (Object.hasOwn(OWN, id) ? OWN[id] : undefined);
  if (tree) {
    tree.view.visible = true;
    tree.shown.fire({ visible: true });
    return Promise.resolve(undefined as never);
  }
  if (!run) return Promise.reject(new Error(`command '${id}' not found`));
  return Promise.resolve().then(() => run(...args) as never);
}

type Commands = typeof vscode.commands;

export const commands: Commands = modelled<Commands>('commands', {
  registerCommand: (id: string, run: (...args: never[]) => unknown) => {
    const { window } = current;
    if (window.commands.has(id)) throw new Error(`command '${id}' already exists`);
    window.commands.set(id, run as Run);
    return new Disposable(() => window.commands.delete(id));
  },
  executeCommand: executeCommand as Commands['executeCommand'],
});

export const env: typeof vscode.env = modelled<typeof vscode.env>('env', {
  appName: 'code-server',
  language: 'en',
  uiKind: UIKind.Desktop,
  clipboard: {
    readText: () => Promise.resolve(current.window.clipboard),
    writeText: (text) => {
      current.window.clipboard = text;
      return Promise.resolve();
    },
  },
});

export const extensions: typeof vscode.extensions = modelled<typeof vscode.extensions>('extensions', {
  all: [],
  getExtension: () => undefined,
  onDidChange: new EventEmitter<void>().event,
});

export const authentication: typeof vscode.authentication = modelled<typeof vscode.authentication>('authentication', {
  getSession: ((
    provider: string,
    _scopes: readonly string[],
    { createIfNone, silent }: vscode.AuthenticationGetSessionOptions = {},
  ) => {
    const session = current.window.accounts.get(provider);
    if (session || silent === true || createIfNone !== true) return Promise.resolve(session);
    return Promise.reject(new Error('User did not consent to login.'));
  }) as typeof vscode.authentication.getSession,
});

export const l10n: typeof vscode.l10n = modelled<typeof vscode.l10n>('l10n', {
  t: ((message: string, ...words: readonly (string | number | boolean)[]) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) =>
      String(words[Number(index)] ?? whole),
    )) as typeof vscode.l10n.t,
});
