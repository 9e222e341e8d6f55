/**
 * The program of the background thread: answers requests one after another. Without a thread it only exports its parts,
 * which the extension uses from here too, so that they are bundled once (scripts/build.ts).
 */
import { parentPort } from 'node:worker_threads';
import { traceTo } from '../../trace';
import { Work } from './tasks';
import { thrown, type Message, type Reply } from './messages';

export { Work };
export * from '../../authorship';
export * from '../../commits';
export * from '../../decision';
export * from '../../git';
export * from '../../journal';
export * from '../../policy';

const work = new Work(Date.now);

parentPort?.on('message', (message: Message) => {
  if (message === 'rest') {
    parentPort?.close();
    return;
  }
  const { id, task, question, traced } = message;
  traceTo(traced ? (step, text) => send({ step, text }) : undefined);
  // The sender pairs tasks with their requests; the type of the pairing is lost on the way.
  const answering = (work[task] as (question: unknown) => Promise<unknown>)(question);
  answering.then(
    (answer) => send({ id, answer }),
    (error: unknown) => send({ id, error: thrown(error) }),
  );
});

function send(reply: Reply): void {
  parentPort?.postMessage(reply);
}
