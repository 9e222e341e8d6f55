/**
 * Reads assistants' transcripts, which takes seconds: in a thread of its own, so that other questions need not wait, and
 * not for long.
 */
import { Worker } from 'node:worker_threads';
import type { FillAnswer, FillQuestion } from './questions';

/** A look that takes longer is given up. */
const PATIENCE_MS = 30_000;
const MEGABYTES = 512;

export async function fillInThread({ program, root, home }: FillQuestion): Promise<FillAnswer> {
  const worker = new Worker(program, {
    workerData: { root, home },
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  });
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve) => {
      const problem = (what: string): void => resolve({ problem: what });
      limit = setTimeout(() => problem(`it took longer than ${String(PATIENCE_MS / 1000)} seconds`), PATIENCE_MS);
      worker.once('message', (answer: FillAnswer) => resolve(answer));
      worker.once('error', (error) => problem(error.message));
      worker.once('exit', () => problem('it ended without an answer'));
    });
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
