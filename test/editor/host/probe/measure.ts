/**
 * What one extension costs its host: the times of its activation and of its handler of text changes, and a profile of
 * the thread. Must be called before that extension is activated. Nothing of the extension is changed: what it gets of
 * `vscode` is.
 */
import { Session, type Profiler } from 'node:inspector';
import Module from 'node:module';
import type * as timers from 'node:timers/promises';
import { setFlagsFromString, type HeapInfo } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type * as threads from 'node:worker_threads';
import type * as vscode from 'vscode';
import type { HostMemory, HostProfile, HostTimes, HostUse, ProbeMeasure } from './events';
import { processesOf, processorOfEnded } from './processes';

/** Node's own loader of modules, which is not in its types. */
interface Loader {
  _load: (request: string, parent: { readonly filename?: string | null } | undefined, isMain: boolean) => unknown;
}

type Api = typeof vscode;
type Timers = typeof timers;
type Threads = typeof threads;
/** What newer versions of Node can tell of a thread. */
type Telling = threads.Worker & { readonly getHeapStatistics: () => Promise<HeapInfo> };

const SAMPLES_EVERY_US = 200;
const READINGS = 5;
const READ_EVERY_MS = 2_000;
const COLLECTIONS = 3;

export class Measuring {
  private readonly session = new Session();
  private readonly times: { load: number; activate: number; changes: number[] } = { load: 0, activate: 0, changes: [] };
  private turns: number[] = [];
  private readonly workers = new Set<threads.Worker>();

  /** `folder`: how the name of the extension's folder begins. */
  constructor(private readonly folder: string) {
    const loader = Module as unknown as Loader;
    const original = loader._load;
    const { times } = this;
    loader._load = (request, parent, isMain) => {
      const start = busy();
      const loaded = original(request, parent, isMain);
      if (this.isOurs(parent?.filename ?? '')) {
        if (request === 'vscode') return this.watched(loaded as Api);
        if (request === 'node:timers/promises') return this.yielding(loaded as Timers);
        if (request === 'node:worker_threads') return this.threaded(loaded as Threads);
      }
      if (!this.isOurs(request) || typeof loaded !== 'object' || loaded === null || !('activate' in loaded))
        return loaded;
      times.load = busy() - start;
      const { activate } = loaded as { readonly activate: (context: unknown) => unknown };
      return {
        ...loaded,
        activate: (context: unknown) =>
          timed(
            () => activate(context),
            (took) => (times.activate = took),
          ),
      };
    };
    this.session.connect();
  }

  async answer(asked: ProbeMeasure): Promise<HostTimes | HostMemory | HostUse | HostProfile | undefined> {
    switch (asked) {
      case 'times':
        return this.times;
      case 'forget':
        this.times.changes.length = 0;
        return undefined;
      case 'memory':
        return this.memory();
      case 'collect':
        await collectGarbage();
        return undefined;
      case 'use':
        return this.used();
      case 'profile':
        this.turns = [];
        await this.post('Profiler.enable');
        await this.post('Profiler.setSamplingInterval', { interval: SAMPLES_EVERY_US });
        await this.post('Profiler.start');
        return undefined;
      case 'profiled':
        return { ...((await this.post('Profiler.stop')) as { readonly profile: Profiler.Profile }), turns: this.turns };
    }
  }

  private isOurs(file: string): boolean {
    return file.includes(this.folder);
  }

  /** The API with the listener of text changes timed. */
  private watched(api: Api): Api {
    const { changes } = this.times;
    const onDidChangeTextDocument: Api['workspace']['onDidChangeTextDocument'] = (listener, self, disposables) =>
      api.workspace.onDidChangeTextDocument(
        (event) =>
          timed(
            () => void listener.call(self, event),
            (took) => changes.push(took),
          ),
        undefined,
        disposables,
      );
    const workspace = Object.create(api.workspace, {
      onDidChangeTextDocument: { enumerable: true, value: onDidChangeTextDocument },
    }) as Api['workspace'];
    return Object.create(api, { workspace: { enumerable: true, value: workspace } }) as Api;
  }

  /** Tells when somebody who let others go first goes on. */
  private yielding(loaded: Timers): Timers {
    const setImmediate = async <T>(value?: T): Promise<T> => {
      const given = await loaded.setImmediate(value);
      this.turns.push(Number(process.hrtime.bigint() / 1_000n));
      return given;
    };
    return { ...loaded, setImmediate };
  }

  /** Tells which threads are started. */
  private threaded(loaded: Threads): Threads {
    const { workers } = this;
    class Worker extends loaded.Worker {
      constructor(...of: ConstructorParameters<typeof loaded.Worker>) {
        super(...of);
        workers.add(this);
        this.once('exit', () => workers.delete(this));
      }
    }
    return { ...loaded, Worker };
  }

  /** What is held at rest: the least of some readings, since whoever is still at work holds more for a while. */
  private async memory(): Promise<HostMemory> {
    const readings: HostMemory[] = [];
    for (let i = 0; i < READINGS; i++) {
      await new Promise((done) => setTimeout(done, READ_EVERY_MS));
      readings.push(await this.held());
    }
    return readings.reduce((least, one) => (one.shared + one.beside < least.shared + least.beside ? one : least));
  }

  /**
   * After everything that is not needed any more is taken away. The threads come first: reading them leaves something
   * on this one.
   */
  private async held(): Promise<HostMemory> {
    let beside = 0;
    for (const worker of this.workers) {
      (await worker.getHeapSnapshot()).destroy(); // which collects its garbage
      const { used_heap_size: used, external_memory: external } = await (worker as Telling).getHeapStatistics();
      beside += used + external;
    }
    await collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    for (const { memory } of processesOf(this.folder)) beside += memory;
    return { shared: heapUsed + external, beside, resident: rss };
  }

  private used(): HostUse {
    const { user, system } = process.cpuUsage();
    const living = processesOf(this.folder);
    return {
      processor: living.reduce((sum, { processor }) => sum + processor, (user + system) / 1000 + processorOfEnded()),
      resident: process.memoryUsage.rss(),
      beside: living.reduce((sum, { memory }) => sum + memory, 0),
    };
  }

  private post(method: string, params?: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.session.post(method, params, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  }
}

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < COLLECTIONS; i++) {
    collect();
    await new Promise((done) => setImmediate(done)); // what is told of an object's end frees more
  }
}

function timed<T>(work: () => T, told: (took: number) => void): T {
  const start = busy();
  try {
    return work();
  } finally {
    told(busy() - start);
  }
}

/** Newer versions of Node can tell how long a thread has been on the processor. */
type Processor = NodeJS.Process & { readonly threadCpuUsage?: () => NodeJS.CpuUsage };

/**
 * For how long this thread has been at work, in milliseconds. Where Node can't tell, what the machine gives to others
 * in between counts too.
 */
function busy(): number {
  const used = (process as Processor).threadCpuUsage?.();
  return used ? (used.user + used.system) / 1000 : performance.now();
}
