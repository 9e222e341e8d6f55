/**
 * Fills in from assistants' own transcripts what their hooks did not report, before and while the editor shows who
 * wrote what: in the background, one at a time, and seldom.
 */
import type * as vscode from 'vscode';
import type { Background } from '../background';

interface FillerPorts {
  readonly background: Pick<Background, 'ask'>;
  /** Who reads them (`dist/fill.js`). */
  readonly program: string;
  readonly home: string;
  readonly now: () => number;
  /** Whether the person lets transcripts be read. */
  readonly isAllowed: () => boolean;
  /** Edits were found in transcripts. */
  readonly found: () => void;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>;
}

/** How long transcripts are left alone after a look. */
const REST_MS = 10_000;

export class Filler implements vscode.Disposable {
  private readonly looked = new Map<string, number>();
  private running = false;
  private readonly waiting = new Set<string>();
  private readonly later = new Map<string, NodeJS.Timeout>();

  constructor(private readonly ports: FillerPorts) {}

  /**
   * Looks, or a little later after a recent look. What is found goes into the journal, which the editor watches.
   */
  request(root: string): void {
    if (this.later.has(root) || !this.ports.isAllowed()) return;
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
      void this.look(root);
    }
  }

  dispose(): void {
    this.waiting.clear();
    for (const timer of this.later.values()) clearTimeout(timer);
    this.later.clear();
  }

  private async look(root: string): Promise<void> {
    const { background, program, home, log } = this.ports;
    this.running = true;
    try {
      const answer = await background.ask('fill', { program, root, home });
      if ('problem' in answer)
        log.warn(`The transcripts of assistants could not be read for ${root}: ${answer.problem}`);
      else {
        for (const { assistant, edits } of answer.filled)
          log.info(`${String(edits)} edits by ${assistant} in ${root} are known from its own transcript only.`);
        if (answer.filled.length > 0) this.ports.found();
      }
    } catch (error) {
      log.warn(
        `The transcripts of assistants could not be read for ${root}: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      this.running = false;
    }
    const [next] = this.waiting;
    if (next === undefined) return;
    this.waiting.delete(next);
    this.request(next);
  }
}
