/**
 * The program of the background: answers requests one after another. Whoever else needs its parts loads them from here,
 * so that they are bundled once (scripts/build.ts).
 */
import { traceTo } from '../../base/debug-trace';
import { Work } from './background-tasks';
import { thrown, type Message, type Reply, type TaskMessage } from './helper-messages';
import { parentPort } from 'node:worker_threads';

export { Work };
export * from '../../provenance/authorship';
export * from '../../provenance/commits';
export * from '../../policy/decision';
export * from '../../policy/findings';
export * from '../../git';
export * from '../../provenance/journal';
export * from '../../policy/local-work';
export * from '../../policy';

/** Answers the editor until it has no more questions. Throws in a program that no editor has started. */
export function answerEditor(): void {
  const work = new Work(Date.now);
  const { listen, send } = portOfHelper();
  listen(({ id, task, question, traced }) => {
    traceTo(traced ? (step, text) => send({ step, text }) : undefined);
    // The sender pairs tasks with their requests; the type of the pairing is lost on the way.
    const answering = (work[task] as (question: unknown) => Promise<unknown>)(question);
    answering.then(
      (answer) => send({ id, answer }),
      (error: unknown) => send({ id, error: thrown(error) }),
    );
  });
}

interface Port {
  readonly listen: (received: (message: TaskMessage) => void) => void;
  readonly send: (reply: Reply) => void;
}

/** Throws in a program that no editor has started. */
function portOfHelper(): Port {
  if (parentPort) return portOfThread(parentPort);
  if (process.send) return portOfProcess();
  throw new Error('only the editor starts this program');
}

function portOfThread(port: NonNullable<typeof parentPort>): Port {
  return {
    listen: (received) =>
      port.on('message', (message: Message) => {
        if (message === 'rest') port.close();
        else if (message !== 'kill') received(message);
      }),
    send: (reply) => port.postMessage(reply),
  };
}

function portOfProcess(): Port {
  delete process.env['ELECTRON_RUN_AS_NODE']; // what this starts, such as git and what git starts, may be an editor
  const leave = (): never => process.exit(); // the editor is gone, however it went
  process.once('disconnect', leave);
  return {
    listen: (received) =>
      process.on('message', (message: Message) => {
        if (message === 'rest') {
          process.off('disconnect', leave);
          process.disconnect();
        } else if (message !== 'kill') received(message);
      }),
    send: (reply) => void process.send?.(reply),
  };
}
