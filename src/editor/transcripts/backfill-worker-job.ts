/**
 * What runs in a thread beside the background's own: reading many transcripts takes seconds. `vscode` is not available here.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Repository } from '../../git';
import { fillFromTranscripts } from '../../provenance/assistants/record';
import type { FillAnswer, FillQuestion } from '../background';

export function runFillJob(): void {
  const { root, home } = workerData as Omit<FillQuestion, 'program'>; // by whoever starts it
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
