/** Unsolicited notifications: never two at once. */
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Nothing is shown in the middle of a word: typing has paused for so long. */
const PAUSE_MS = 1_000;
/** Whoever never pauses is told anyway. */
const WAIT_AT_MOST_MS = 30_000;

export class Notices {
  private open = 0;
  /** When text last changed in the active editor. */
  private typed = 0;
  private readonly typing: vscode.Disposable;
  private readonly closed = new vscode.EventEmitter<void>();

  /** The next waiting notification may be shown. */
  readonly onDidClose = this.closed.event;

  constructor() {
    this.typing = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document && document.uri.scheme === 'file')
        this.typed = performance.now();
    });
  }

  dispose(): void {
    vscode.Disposable.from(this.typing, this.closed).dispose();
  }

  /** One is open and unanswered: another one waits for the next occasion. */
  get isOpen(): boolean {
    return this.open > 0;
  }

  /** The answer; undefined when it was closed. */
  async show(message: string, ...answers: readonly string[]): Promise<string | undefined> {
    this.open++;
    try {
      await this.typingPauses();
      return await vscode.window.showInformationMessage(message, ...answers);
    } finally {
      this.open--;
      if (this.open === 0) this.closed.fire();
    }
  }

  private async typingPauses(): Promise<void> {
    const until = performance.now() + WAIT_AT_MOST_MS;
    for (;;) {
      const rest = Math.min(this.typed === 0 ? 0 : this.typed + PAUSE_MS, until) - performance.now();
      if (rest <= 0) return;
      await delay(rest);
    }
  }
}
