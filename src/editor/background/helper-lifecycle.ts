/**
 * Whoever does long work beside the thread that all extensions share. It is started on first use, ends when there has
 * been nothing to do for a while (with all that it holds: rules, grammars, what was read), and is started again when
 * there is, as after a crash. Where no process can be started it is a thread, and where that can't be either the work is
 * done here: slower for everybody, but with the same results.
 */
import type { Sink } from '../../base/debug-trace';
import type { Tasks } from './helper-questions';
import { errorFrom, type Reply, type TaskMessage, type Message, type RelayJob } from './helper-messages';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The helper crashed while it computed the answer, and again on the second try. */
export class BackgroundError extends Error {
  override readonly name = 'BackgroundError';
}

type Do = (task: keyof Tasks, question: unknown) => Promise<unknown>;

interface BackgroundPorts {
  readonly programs: Programs;
  /** Does the work without a helper. */
  readonly here: () => Promise<Do>;
  /** Called with what people may have to know, as a sentence. */
  readonly tell: (sentence: string) => void;
  /** Takes the steps of the work, for the trace; undefined while nobody looks at it. */
  readonly traced: () => Sink | undefined;
  /** For how long it may have nothing to do. Default: {@link IDLE_MS}. */
  readonly idleMs?: number;
  /** For how long it may be silent from now on while it is asked. Default: {@link SILENT_MS}. */
  readonly silentMs?: () => number;
}

interface Pending {
  readonly message: TaskMessage;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** How many helpers of the same kind it was sent to. */
  tries: number;
}

const MOST_TRIES = 2;

/**
 * A pause of somebody who types is shorter mostly. Starting again takes a tenth of a second of a processor that nobody
 * waits for.
 */
const IDLE_MS = 30_000;

/** All work is bounded, and the longest that was measured took a tenth of this: it hangs, and is killed. */
const SILENT_MS = 300_000;

/**
 * Who does the work that takes long: a process of its own, whose memory goes back to the machine as a whole when it
 * ends, or a thread, whose memory mostly stays with the process that all extensions share. This file,
 * `helper-launcher.ts` and `helper-program.ts` know how to talk to each of them; `helper-lifecycle.ts` picks one.
 */
interface Helper {
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
interface Programs {
  /** Does the work. */
  readonly helper: string;
  /** Starts that as a process, see `helper-launcher.ts`. */
  readonly relay: string;
}

/** Throws when it can't be started, which may also be told later. */
type Start = (programs: Programs, told: Told) => Helper;

/** The process, behind a thread that does nothing but start it and hand on. */
const startProcess: Start = ({ helper, relay }, told) =>
  startWorker(relay, told, {
    workerData: { program: helper } satisfies RelayJob,
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });

/** `maxYoungGenerationSizeMb`: for what is soon garbage, such as the nodes of a syntax tree; by default it grows to 48 MB. */
const startThread: Start = ({ helper }, told) =>
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

/** In the order in which they are tried, with what people are told of one that works nowhere. */
const KINDS: readonly { readonly start: Start; readonly without: (why: string) => string }[] = [
  {
    start: startProcess,
    without: (why) =>
      `No process can be started besides the editor's own (${why}), so that long work is done in a thread of that one: it takes more memory.`,
  },
  {
    start: startThread,
    without: (why) =>
      `No thread can be started besides the editor's own (${why}), so that long work is done in it: the editor may be slower.`,
  },
];

export class Background {
  private helper: Helper | undefined;
  /** Index of the kind of helper. */
  private kind = 0;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private idle: NodeJS.Timeout | undefined;
  private silent: NodeJS.Timeout | undefined;
  /** When somebody last got an answer behind which more questions come, by the process's own clock. */
  private neededAt = -Infinity;
  /** No helper has ever answered. */
  private unproven = true;
  private here: Promise<Do> | undefined;
  private ended = false;

  constructor(private readonly ports: BackgroundPorts) {}

  /** Rethrows the task's errors, and throws a BackgroundError when it can't be done. */
  async ask<Task extends keyof Tasks>(task: Task, question: Tasks[Task]['question']): Promise<Tasks[Task]['answer']> {
    const answer: unknown = this.here
      ? await (
          await this.here
        )(task, question)
      : await this.send({ id: ++this.lastId, task, question, traced: this.ports.traced() !== undefined });
    return answer as Tasks[Task]['answer']; // as the task returned it
  }

  dispose(): void {
    this.ended = true;
    clearTimeout(this.idle);
    clearTimeout(this.silent);
    this.helper?.kill();
    for (const { reject } of this.pending.values()) reject(new BackgroundError('The window is being closed.'));
    this.pending.clear();
  }

  private send(message: TaskMessage): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const pending: Pending = { message, resolve, reject, tries: 0 };
      this.pending.set(message.id, pending);
      if (this.pending.size === 1) this.expectAnswer();
      this.post(pending);
    });
  }

  private post(pending: Pending): void {
    pending.tries++;
    clearTimeout(this.idle);
    try {
      this.helper ??= this.start();
      this.helper.post(pending.message);
    } catch (error) {
      this.broke(error instanceof Error ? error.message : String(error));
    }
  }

  private start(): Helper {
    const kind = KINDS[this.kind];
    if (!kind) throw new Error('nothing is left to try');
    const helper = kind.start(this.ports.programs, {
      reply: (reply) => this.received(reply),
      ended: (why) => {
        if (this.helper === helper) this.broke(why);
      },
    });
    return helper;
  }

  /** Each answer is a sign of life. */
  private expectAnswer(): void {
    clearTimeout(this.silent);
    if (this.pending.size === 0) return;
    const limit = this.ports.silentMs?.() ?? SILENT_MS;
    this.silent = setTimeout(() => {
      this.helper?.kill();
      this.broke(`it had not answered for ${String(limit / 1000)} seconds`);
    }, limit);
    this.silent.unref();
  }

  private received(reply: Reply): void {
    if ('step' in reply) {
      this.ports.traced()?.(reply.step, reply.text);
      return;
    }
    this.unproven = false;
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if (pending?.message.task !== 'fill') this.neededAt = performance.now();
    if ('error' in reply) pending?.reject(errorFrom(reply.error));
    else pending?.resolve(reply.answer);
    this.expectAnswer();
    if (this.pending.size === 0) this.endWhenIdle();
  }

  /**
   * It ends by itself, once what it has begun is done. A look into transcripts comes long after what led to it, and
   * keeps it no longer: where that finds something, the journal says so, and there is a question.
   */
  private endWhenIdle(): void {
    clearTimeout(this.idle);
    const rest = (this.ports.idleMs ?? IDLE_MS) - (performance.now() - this.neededAt);
    this.idle = setTimeout(
      () => {
        if (this.pending.size > 0) return;
        const { helper } = this;
        this.helper = undefined;
        helper?.rest();
      },
      Math.max(0, rest),
    );
    this.idle.unref();
  }

  private broke(why: string): void {
    this.helper = undefined;
    if (this.ended) return;
    this.expectAnswer();
    const waiting = [...this.pending.values()];
    const kind = KINDS[this.kind];
    if (this.unproven && kind && waiting.some(({ tries }) => tries >= MOST_TRIES)) {
      this.ports.tell(kind.without(why));
      this.kind++;
      if (this.kind < KINDS.length) for (const pending of waiting) this.post(Object.assign(pending, { tries: 0 }));
      else this.workHere(waiting);
      return;
    }
    for (const pending of waiting) {
      if (pending.tries < MOST_TRIES) this.post(pending);
      else {
        this.pending.delete(pending.message.id);
        pending.reject(new BackgroundError(`It could not be worked out, because what does so broke down: ${why}`));
      }
    }
    if (this.pending.size === 0) clearTimeout(this.silent);
  }

  private workHere(waiting: readonly Pending[]): void {
    this.here ??= this.ports.here();
    this.pending.clear();
    clearTimeout(this.silent);
    for (const { message, resolve, reject } of waiting)
      this.here.then((work) => work(message.task, message.question)).then(resolve, reject);
  }
}
