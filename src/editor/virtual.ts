/** Read-only pages of ours that the editor shows as documents: addresses of scheme `linekeeper`. */
import * as vscode from 'vscode';

export const SCHEME = 'linekeeper';

/** Older answers go first: their pages are empty when they are opened again. */
const ANSWERS_KEPT = 30;

/** Gives the text of a page; `root` is the top of the work tree that it is about. */
export type Page = (root: string) => string | Promise<string>;

export class VirtualPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  /** Texts of pages that say what was found when somebody asked, by their address. */
  private readonly answers = new Map<string, string>();

  /** Pages by the last part of their address. */
  constructor(private readonly pages: Readonly<Record<string, Page>>) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  uri(page: string, root: string): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${page}`, query: root });
  }

  /** A page with what was found just now, in the place of what it said before. */
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
    const page = Object.hasOwn(this.pages, name) ? this.pages[name] : undefined;
    return page ? page(uri.query) : '';
  }

  /** Writes the open pages about a work tree anew. */
  refresh(root: string): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === SCHEME && uri.query === root) this.changed.fire(uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.registration, this.changed).dispose();
  }
}
