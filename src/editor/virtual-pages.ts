/** Our own read-only pages that the editor shows as documents: URIs of scheme `linekeeper`. */
import * as vscode from 'vscode';
import { COMMIT_PAGE } from './commit-pages';
import { SCHEME } from './page-scheme';

/** The oldest answers are dropped first: their pages are empty when they are reopened. */
const ANSWERS_KEPT = 30;

/** Returns the text of a page; `root` is the top of the work tree that it is about. */
type Page = (root: string) => string | Promise<string>;

export class VirtualPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  /** Texts of pages with the result of a request, by their URI. */
  private readonly answers = new Map<string, string>();

  /** Pages by the last part of their URI; `commit`: that of a commit. */
  constructor(
    private readonly pages: Readonly<Record<string, Page>>,
    private readonly commit: (root: string, commit: string) => Promise<string>,
  ) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  uri(page: string, root: string): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${page}`, query: root });
  }

  /** A page with a new result, in place of its previous one. */
  answer(page: string, root: string, text: string): vscode.Uri {
    const uri = this.uri(page, root);
    this.answers.delete(uri.toString());
    this.answers.set(uri.toString(), text);
    for (const oldest of [...this.answers.keys()].slice(0, -ANSWERS_KEPT)) this.answers.delete(oldest);
    this.changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string | Promise<string> {
    const answer = this.answers.get(uri.toString());
    if (answer !== undefined) return answer;
    const name = uri.path.slice(1);
    const commit = COMMIT_PAGE.exec(name)?.[1];
    if (commit !== undefined) return this.commit(uri.query, commit);
    const page = Object.hasOwn(this.pages, name) ? this.pages[name] : undefined;
    return page ? page(uri.query) : '';
  }

  /** Updates the open pages about a work tree. */
  refresh(root: string): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === SCHEME && uri.query === root) this.changed.fire(uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.registration, this.changed).dispose();
  }
}
