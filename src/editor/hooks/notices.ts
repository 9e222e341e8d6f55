/** Unsolicited notifications: never two at once. */
import * as vscode from 'vscode';

export class Notices {
  private open = 0;
  private readonly closed = new vscode.EventEmitter<void>();

  /** The next waiting notification may be shown. */
  readonly onDidClose = this.closed.event;

  /** One is open and unanswered: another one waits for the next occasion. */
  get isOpen(): boolean {
    return this.open > 0;
  }

  /** The answer; undefined when it was closed. */
  async show(message: string, ...answers: readonly string[]): Promise<string | undefined> {
    this.open++;
    try {
      return await vscode.window.showInformationMessage(message, ...answers);
    } finally {
      this.open--;
      if (this.open === 0) this.closed.fire();
    }
  }
}
