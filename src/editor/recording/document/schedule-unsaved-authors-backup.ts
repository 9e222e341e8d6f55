/** Keeps who wrote unsaved text a moment after each pause, for when the window is loaded again or the editor ended. */
import * as vscode from 'vscode';
import type { DocumentTracker } from './document-tracker';
import type { UnsavedTexts } from './unsaved-authors-backup';

const KEPT_AFTER_MS = 500;
/**
 * While somebody types without a pause it is kept this often. The editor's own backup of the text waits for a pause of
 * a second; writing this one every second and a half was a quarter of what a key press cost.
 */
const KEPT_EVERY_MS = 5_000;

interface HotExitPorts {
  readonly texts: UnsavedTexts;
  readonly track: (document: vscode.TextDocument) => DocumentTracker | undefined;
  readonly onDidSettle: vscode.Event<vscode.TextDocument>;
  readonly failed: (error: unknown) => void;
}

export class HotExit implements vscode.Disposable {
  private readonly timers = new Map<vscode.TextDocument, { readonly timer: NodeJS.Timeout; readonly since: number }>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly ports: HotExitPorts) {
    this.subscriptions = vscode.Disposable.from(
      ports.onDidSettle((document) => this.schedule(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.timers.get(document)?.timer);
        this.timers.delete(document);
        // One that is closed has been saved or discarded, unless the window ends.
        if (!document.isDirty) this.attempt(() => ports.texts.keep(document.uri.toString(), undefined));
      }),
    );
  }

  dispose(): void {
    this.timers.forEach(({ timer }) => clearTimeout(timer));
    this.subscriptions.dispose();
  }

  private schedule(document: vscode.TextDocument): void {
    const now = performance.now();
    const waiting = this.timers.get(document);
    clearTimeout(waiting?.timer);
    const since = waiting?.since ?? now;
    const timer = setTimeout(
      () => {
        this.timers.delete(document);
        this.keep(document).catch(this.ports.failed);
      },
      Math.max(0, Math.min(KEPT_AFTER_MS, since + KEPT_EVERY_MS - now)),
    );
    this.timers.set(document, { timer, since });
  }

  private async keep(document: vscode.TextDocument): Promise<void> {
    const { texts, track } = this.ports;
    if (document.isClosed || !vscode.workspace.isTrusted) return;
    const key = document.uri.toString();
    const unsaved = document.isDirty ? await track(document)?.unsaved() : undefined;
    if (unsaved?.exact === false) return;
    this.attempt(() => texts.keep(key, unsaved && { base: unsaved.base?.text ?? '', changes: unsaved.operations }));
  }

  private attempt(keep: () => void): void {
    try {
      keep();
    } catch (error) {
      this.ports.failed(error);
    }
  }
}
