/** `vscode.languages`: findings, and what is offered at a place of a text. */
import type * as vscode from 'vscode';
import { Disposable } from './events';
import { modelled, notModelled } from './modelled';
import { current, type Provided } from './state';

function createDiagnosticCollection(name = ''): vscode.DiagnosticCollection {
  const { collections } = current.window;
  const held = new Map<string, { readonly uri: vscode.Uri; readonly all: readonly vscode.Diagnostic[] }>();
  collections.set(name, held);
  const set = (uri: vscode.Uri, all: readonly vscode.Diagnostic[] | undefined): void => {
    if (all === undefined) held.delete(uri.toString());
    else held.set(uri.toString(), { uri, all: [...all] });
  };
  return modelled<vscode.DiagnosticCollection>('DiagnosticCollection', {
    name,
    set: set as vscode.DiagnosticCollection['set'],
    delete: (uri) => void held.delete(uri.toString()),
    dispose: () => collections.delete(name),
  });
}

function getDiagnostics(uri?: vscode.Uri): never {
  const all = [...current.window.collections.values()].flatMap((held) => [...held.values()]);
  if (uri === undefined) return all.map((held) => [held.uri, held.all]) as never;
  return all.flatMap((held) => (held.uri.toString() === uri.toString() ? held.all : [])) as never;
}

/** Whether a document is one that a provider is for. */
export function isSelected(selector: vscode.DocumentSelector, { uri, languageId }: vscode.TextDocument): boolean {
  const filters = [selector].flat() as readonly (string | vscode.DocumentFilter)[];
  return filters.some((filter) => {
    if (typeof filter === 'string') return filter === languageId;
    const { scheme, language, pattern } = filter;
    if (pattern !== undefined && (typeof pattern !== 'string' || !/^\*\*\/[\w.]+$/.test(pattern)))
      throw notModelled(`the pattern ${JSON.stringify(pattern)} of a selector`);
    return (
      (scheme === undefined || scheme === uri.scheme) &&
      (language === undefined || language === languageId) &&
      (pattern === undefined || uri.path.endsWith(pattern.slice(2)))
    );
  });
}

const registered = <Provider>(
  to: Set<Provided<Provider>>,
  selector: vscode.DocumentSelector,
  provider: Provider,
): Disposable => current.window.add(to, { selector, provider }, Disposable);

type Languages = typeof vscode.languages;

const part = {
  createDiagnosticCollection,
  getDiagnostics: getDiagnostics as Languages['getDiagnostics'],
  registerHoverProvider: (selector: vscode.DocumentSelector, provider: vscode.HoverProvider) =>
    registered(current.window.hovers, selector, provider),
  registerCodeActionsProvider: (selector: vscode.DocumentSelector, provider: vscode.CodeActionProvider) =>
    registered(current.window.actions, selector, provider),
  registerCompletionItemProvider: (selector: vscode.DocumentSelector, provider: vscode.CompletionItemProvider) =>
    registered(current.window.completions, selector, provider),
  registerInlineCompletionItemProvider: (
    selector: vscode.DocumentSelector,
    provider: vscode.InlineCompletionItemProvider,
  ) => registered(current.window.ghosts, selector, provider),
  registerDocumentLinkProvider: (selector: vscode.DocumentSelector, provider: vscode.DocumentLinkProvider) =>
    registered(current.window.links, selector, provider),
  setTextDocumentLanguage: (document: vscode.TextDocument, language: string) => {
    const open = current.window.documents.find(({ real }) => real === document);
    if (!open) throw new Error('a document that is not open');
    open.languageId = language;
    return Promise.resolve(document);
  },
} satisfies Partial<Languages>;

export const languages: Languages = modelled<Languages>('languages', part);
