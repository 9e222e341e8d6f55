/**
 * A worker thread next to the one that all extensions share, for long work. It is started on first use, ends when there
 * has been nothing to do for a while (with all that it holds: rules, grammars, what was read), and is started again when
 * there is, as after a crash. Where threads are unavailable the work is done here: slower for everybody, but with the same results.
 */
import { Worker } from 'node:worker_threads';
import type { Sink } from '../../trace';
import type { Tasks } from './questions';
import { errorFrom, type Message, type Reply, type TaskMessage } from './messages';

/** The thread crashed while it computed the answer, and again on the second try. */
export class BackgroundError extends Error {
  override readonly name = 'BackgroundError';
}

type Do = (task: keyof Tasks, question: unknown) => Promise<unknown>;

interface BackgroundPorts {
  /** The program of the thread, a file. */
  readonly program: string;
  /** Does the work without a thread. */
  readonly here: () => Promise<Do>;
  /** Called with what people may have to know, as a sentence. */
  readonly tell: (sentence: string) => void;
  /** Takes the steps of the work, for the trace; undefined while nobody looks at it. */
  readonly traced: () => Sink | undefined;
  /** For how long it may have nothing to do. Default: {@link IDLE_MS}. */
  readonly idleMs?: number;
}

interface Pending {
  readonly message: TaskMessage;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** How many threads it was sent to. */
  tries: number;
}

const MOST_TRIES = 2;

/**
 * A pause of somebody who types is shorter mostly. Starting again takes a tenth of a second of a processor that nobody
 * waits for; a thread at rest holds some 60 MB.
 */
const IDLE_MS = 30_000;

/** For what is soon garbage, such as the nodes of a syntax tree: by default it grows to 48 MB before it is collected. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };

export class Background {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private idle: NodeJS.Timeout | undefined;
  /** No thread has ever answered. */
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
    void this.worker?.terminate();
    for (const { reject } of this.pending.values()) reject(new BackgroundError('The window is being closed.'));
    this.pending.clear();
  }

  private send(message: TaskMessage): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const pending: Pending = { message, resolve, reject, tries: 0 };
      this.pending.set(message.id, pending);
      this.post(pending);
    });
  }

  private post(pending: Pending): void {
    pending.tries++;
    clearTimeout(this.idle);
    try {
      this.worker ??= this.start();
      const message: Message = pending.message;
      this.worker.postMessage(message);
    } catch (error) {
      this.broke(error);
    }
  }

  private start(): Worker {
    const worker = new Worker(this.ports.program, { resourceLimits: LIMITS });
    let why: unknown = 'it ended';
    worker.on('message', (reply: Reply) => this.received(reply));
    worker.on('error', (error) => (why = error));
    worker.on('exit', () => {
      if (this.worker === worker) this.broke(why);
    });
    worker.unref();
    return worker;
  }

  private received(reply: Reply): void {
    if ('step' in reply) {
      this.ports.traced()?.(reply.step, reply.text);
      return;
    }
    this.unproven = false;
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if ('error' in reply) pending?.reject(errorFrom(reply.error));
    else pending?.resolve(reply.answer);
    if (this.pending.size === 0) this.endWhenIdle();
  }

  /** It ends by itself, once what it has begun is done. */
  private endWhenIdle(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (this.pending.size > 0) return;
      const { worker } = this;
      this.worker = undefined;
      const rest: Message = 'rest';
      worker?.postMessage(rest);
    }, this.ports.idleMs ?? IDLE_MS);
    this.idle.unref();
  }

  private broke(why: unknown): void {
    this.worker = undefined;
    if (this.ended) return;
    const reason = why instanceof Error ? why.message : String(why);
    const waiting = [...this.pending.values()];
    if (this.unproven && waiting.some(({ tries }) => tries >= MOST_TRIES)) {
      this.ports.tell(
        `No thread can be started besides the editor's own (${reason}), so that long work is done in it: the editor may be slower.`,
      );
      this.workHere(waiting);
      return;
    }
    for (const pending of waiting) {
      if (pending.tries < MOST_TRIES) this.post(pending);
      else {
        this.pending.delete(pending.message.id);
        pending.reject(
          new BackgroundError(`It could not be worked out, because the thread that does so broke down: ${reason}`),
        );
      }
    }
  }

  private workHere(waiting: readonly Pending[]): void {
    this.here ??= this.ports.here();
    this.pending.clear();
    for (const { message, resolve, reject } of waiting)
      this.here.then((work) => work(message.task, message.question)).then(resolve, reject);
  }
}
