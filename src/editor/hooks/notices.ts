/** Notifications that nobody asked for: never two at once. */
import * as vscode from 'vscode';

export class Notices {
  private open = 0;

  /** One stands there unanswered: another one waits for the next occasion. */
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
    }
  }
}
