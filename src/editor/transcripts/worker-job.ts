/**
 * What runs outside the editor's own thread: reading many transcripts takes seconds. `vscode` is not available here.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Repository } from '../../git';
import { fillFromTranscripts } from '../../agents/record';

/** The thread's input. */
export interface FillJob {
  readonly root: string;
  readonly home: string;
}

/** Its answer: how many edits of which assistants no hook had reported, or why it could not look. */
export type FillAnswer =
  { readonly filled: readonly { readonly assistant: string; readonly edits: number }[] } | { readonly problem: string };

export function runFillJob(): void {
  const { root, home } = workerData as FillJob; // by `Filler`
  const answer = (): FillAnswer => {
    try {
      const repository = Repository.find(root);
      return {
        filled: repository === undefined ? [] : fillFromTranscripts(repository, { home, env: process.env }, Date.now),
      };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };
  parentPort?.postMessage(answer());
}
