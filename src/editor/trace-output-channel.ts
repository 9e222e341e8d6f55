/** The trace in the output channel, while its level is *Trace*. */
import * as vscode from 'vscode';
import { lineOf, traceTo, type Sink } from '../base/debug-trace';

export class Tracing implements vscode.Disposable {
  private readonly listener: vscode.Disposable;
  private current: Sink | undefined;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.follow();
    this.listener = log.onDidChangeLogLevel(() => {
      this.follow();
    });
  }

  /** Undefined while nobody looks at it. */
  get sink(): Sink | undefined {
    return this.current;
  }

  dispose(): void {
    this.listener.dispose();
    traceTo(undefined);
  }

  private follow(): void {
    this.current =
      this.log.logLevel === vscode.LogLevel.Trace
        ? (step, text) => {
            this.log.trace(lineOf(step, text));
          }
        : undefined;
    traceTo(this.current);
  }
}
