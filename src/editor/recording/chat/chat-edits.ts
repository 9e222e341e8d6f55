/**
 * Which files the editor's chat is editing, by the documents that it opens for each of them before its first change:
 * the agent's edits, inline chat's and *Apply in Editor*'s alike, whether hooks tell of them or not. They stay until
 * the person keeps or undoes the changes.
 */
import * as vscode from 'vscode';

const SCHEMES: ReadonlySet<string> = new Set(['chat-editing-text-model', 'chat-editing-snapshot-text-model']);
/** The last change of an undo may be looked at a little after the documents are gone. */
const LINGERS_MS = 5_000;

export class ChatEdits implements vscode.Disposable {
  /** By the path of the file: how many such documents are open. */
  private readonly open = new Map<string, number>();
  private readonly closed = new Map<string, number>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly now: () => number) {
    const { workspace } = vscode;
    for (const document of workspace.textDocuments) this.opened(document);
    this.subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.opened(document)),
      workspace.onDidCloseTextDocument((document) => this.onClosed(document)),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** Whether it may be what changed a file just now. */
  covers({ path }: vscode.Uri): boolean {
    if (this.open.has(path)) return true;
    const closed = this.closed.get(path);
    if (closed === undefined) return false;
    if (this.now() - closed < LINGERS_MS) return true;
    this.closed.delete(path);
    return false;
  }

  private opened({ uri }: vscode.TextDocument): void {
    if (SCHEMES.has(uri.scheme)) this.open.set(uri.path, (this.open.get(uri.path) ?? 0) + 1);
  }

  private onClosed({ uri }: vscode.TextDocument): void {
    if (!SCHEMES.has(uri.scheme)) return;
    const count = (this.open.get(uri.path) ?? 1) - 1;
    if (count > 0) this.open.set(uri.path, count);
    else this.open.delete(uri.path);
    this.closed.set(uri.path, this.now());
  }
}
