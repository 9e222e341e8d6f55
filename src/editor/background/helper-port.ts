/** The other end of `helper.ts`: how whoever does the work hears from the editor and answers it. */
import { parentPort } from 'node:worker_threads';
import type { Message, Reply, TaskMessage } from './messages';

interface Port {
  readonly listen: (received: (message: TaskMessage) => void) => void;
  readonly send: (reply: Reply) => void;
}

/** Throws in a program that no editor has started. */
export function portOfHelper(): Port {
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
