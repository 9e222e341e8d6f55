/**
 * Who does the work that takes long: a process of its own, whose memory goes back to the machine as a whole when it
 * ends, or a thread, whose memory mostly stays with the process that all extensions share. This file,
 * `helper-launcher.ts` and `helper-port.ts` know how to talk to each of them; `helper-lifecycle.ts` picks one.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Message, RelayJob, Reply } from './messages';

export interface Helper {
  /** Throws when it can't be sent. */
  readonly post: (message: Message) => void;
  /** Asks it to end once what it has begun is done, which is not told. */
  readonly rest: () => void;
  /** Ends it at once, which is not told. */
  readonly kill: () => void;
}

interface Told {
  readonly reply: (reply: Reply) => void;
  /** Once, when it could not be started or has ended by itself. */
  readonly ended: (why: string) => void;
}

/** The files that are started. */
export interface Programs {
  /** Does the work. */
  readonly helper: string;
  /** Starts that as a process, see `helper-launcher.ts`. */
  readonly relay: string;
}

/** Throws when it can't be started, which may also be told later. */
export type Start = (programs: Programs, told: Told) => Helper;

/** The process, behind a thread that does nothing but start it and hand on. */
export const startProcess: Start = ({ helper, relay }, told) =>
  startWorker(relay, told, {
    workerData: { program: helper } satisfies RelayJob,
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });

/** `maxYoungGenerationSizeMb`: for what is soon garbage, such as the nodes of a syntax tree; by default it grows to 48 MB. */
export const startThread: Start = ({ helper }, told) =>
  startWorker(helper, told, { resourceLimits: { maxYoungGenerationSizeMb: 4 } });

function startWorker(program: string, told: Told, options: WorkerOptions): Helper {
  const worker = new Worker(program, options);
  let why = 'it ended';
  let tells = true;
  worker.on('message', (reply: Reply) => {
    if (tells) told.reply(reply);
  });
  worker.on('error', (error) => (why = error.message));
  worker.on('exit', () => {
    if (tells) told.ended(why);
  });
  worker.unref();
  const last = (message: Message): void => {
    tells = false;
    worker.postMessage(message);
  };
  return {
    post: (message) => worker.postMessage(message),
    rest: () => last('rest'),
    kill: () => {
      last('kill'); // a relay takes its process along
      if (options.workerData === undefined) void worker.terminate();
    },
  };
}
