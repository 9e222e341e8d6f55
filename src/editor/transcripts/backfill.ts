/**
 * Fills in from assistants' own transcripts what their hooks did not report, before and while the editor shows who
 * wrote what: in a thread of its own, one at a time, seldom, and not for long.
 */
import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import type { FillAnswer, FillJob } from './worker-job';

interface FillerPorts {
  /** The thread's program (`dist/fill.js`). */
  readonly program: string;
  readonly home: string;
  readonly now: () => number;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>;
}

/** How long transcripts are left alone after a look. */
const REST_MS = 10_000;
/** A look that takes longer is aborted. */
const PATIENCE_MS = 30_000;
const MEGABYTES = 512;

export class Filler implements vscode.Disposable {
  private readonly looked = new Map<string, number>();
  private running: { readonly worker: Worker; readonly limit: NodeJS.Timeout } | undefined;
  private readonly waiting = new Set<string>();
  private readonly later = new Map<string, NodeJS.Timeout>();

  constructor(private readonly ports: FillerPorts) {}

  /**
   * Looks, or a little later after a recent look. What is found goes into the journal, which the editor watches.
   */
  request(root: string): void {
    if (this.later.has(root)) return;
    const rest = (this.looked.get(root) ?? -Infinity) + REST_MS - this.ports.now();
    if (rest > 0) {
      const again = setTimeout(
        () => {
          this.later.delete(root);
          this.request(root);
        },
        Math.min(rest, REST_MS),
      );
      this.later.set(root, again);
    } else if (this.running) {
      this.waiting.add(root);
    } else {
      this.looked.set(root, this.ports.now());
      this.start(root);
    }
  }

  dispose(): void {
    this.waiting.clear();
    for (const timer of this.later.values()) clearTimeout(timer);
    this.later.clear();
    this.end();
  }

  private start(root: string): void {
    const { program, home, log } = this.ports;
    const job: FillJob = { root, home };
    const worker = new Worker(program, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } });
    const over = (problem?: string): void => {
      if (this.running?.worker !== worker) return;
      if (problem !== undefined) log.warn(`The transcripts of assistants could not be read for ${root}: ${problem}`);
      this.end();
      const [next] = this.waiting;
      if (next === undefined) return;
      this.waiting.delete(next);
      this.request(next);
    };
    const limit = setTimeout(() => over(`it took longer than ${String(PATIENCE_MS / 1000)} seconds`), PATIENCE_MS);
    this.running = { worker, limit };
    worker.once('message', (answer: FillAnswer) => {
      if ('filled' in answer)
        for (const { assistant, edits } of answer.filled)
          log.info(`${String(edits)} edits by ${assistant} in ${root} are known from its own transcript only.`);
      over('problem' in answer ? answer.problem : undefined);
    });
    worker.once('error', (error) => over(error.message));
    worker.once('exit', () => over());
  }

  private end(): void {
    const { running } = this;
    this.running = undefined;
    if (!running) return;
    clearTimeout(running.limit);
    void running.worker.terminate();
  }
}
