/** Events and what is disposed of. */
import type * as vscode from 'vscode';

export class Disposable {
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }

  constructor(private readonly callOnDispose: () => unknown) {}

  dispose(): void {
    this.callOnDispose();
  }
}

/** What listeners threw: an editor logs it and goes on; a test has to know. */
export const thrownByListeners: unknown[] = [];

export class EventEmitter<T> implements vscode.EventEmitter<T> {
  private readonly listeners = new Set<(event: T) => unknown>();

  readonly event: vscode.Event<T> = (listener, thisArgs?: unknown, disposables?: vscode.Disposable[]) => {
    const bound = (event: T): unknown => listener.call(thisArgs, event);
    this.listeners.add(bound);
    const subscription = new Disposable(() => this.listeners.delete(bound));
    disposables?.push(subscription);
    return subscription;
  };

  fire(event: T): void {
    for (const listener of [...this.listeners])
      try {
        listener(event);
      } catch (error) {
        thrownByListeners.push(error);
      }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
