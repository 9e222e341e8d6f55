/**
 * What one extension costs its host: the times of its activation and of its handler of text changes, and a profile of the thread.
 * Must be called before that extension is activated. Nothing of the extension is changed: what it gets of `vscode` is.
 */
import { Session, type Profiler } from 'node:inspector';
import Module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type * as vscode from 'vscode';
import type { HostMemory, HostTimes, ProbeMeasure } from './events';

/** Node's own loader of modules, which is not in its types. */
interface Loader {
  _load: (request: string, parent: { readonly filename?: string | null } | undefined, isMain: boolean) => unknown;
}

type Api = typeof vscode;

const SAMPLES_EVERY_US = 200;

export class Measuring {
  private readonly session = new Session();
  private readonly times: { load: number; activate: number; changes: number[] } = { load: 0, activate: 0, changes: [] };

  /** `folder`: how the name of the extension's folder begins. */
  constructor(private readonly folder: string) {
    const loader = Module as unknown as Loader;
    const original = loader._load;
    const { times } = this;
    loader._load = (request, parent, isMain) => {
      const start = performance.now();
      const loaded = original(request, parent, isMain);
      if (request === 'vscode' && this.isOurs(parent?.filename ?? '')) return this.watched(loaded as Api);
      if (!this.isOurs(request) || typeof loaded !== 'object' || loaded === null || !('activate' in loaded)) return loaded;
      times.load = performance.now() - start;
      const { activate } = loaded as { readonly activate: (context: unknown) => unknown };
      return { ...loaded, activate: (context: unknown) => timed(() => activate(context), (took) => (times.activate = took)) };
    };
    this.session.connect();
  }

  async answer(asked: ProbeMeasure): Promise<HostTimes | HostMemory | Profiler.Profile | undefined> {
    switch (asked) {
      case 'times':
        return this.times;
      case 'forget':
        this.times.changes.length = 0;
        return undefined;
      case 'memory':
        return memory();
      case 'profile':
        await this.post('Profiler.enable');
        await this.post('Profiler.setSamplingInterval', { interval: SAMPLES_EVERY_US });
        await this.post('Profiler.start');
        return undefined;
      case 'profiled':
        return ((await this.post('Profiler.stop')) as { readonly profile: Profiler.Profile }).profile;
    }
  }

  private isOurs(file: string): boolean {
    return file.includes(this.folder);
  }

  /** The API with the listener of text changes timed. */
  private watched(api: Api): Api {
    const { changes } = this.times;
    const onDidChangeTextDocument: Api['workspace']['onDidChangeTextDocument'] = (listener, self, disposables) =>
      api.workspace.onDidChangeTextDocument((event) => timed(() => void listener.call(self, event), (took) => changes.push(took)), undefined, disposables);
    const workspace = Object.create(api.workspace, { onDidChangeTextDocument: { enumerable: true, value: onDidChangeTextDocument } }) as Api['workspace'];
    return Object.create(api, { workspace: { enumerable: true, value: workspace } }) as Api;
  }

  private post(method: string, params?: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.session.post(method, params, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  }
}

function timed<T>(work: () => T, told: (took: number) => void): T {
  const start = performance.now();
  try {
    return work();
  } finally {
    told(performance.now() - start);
  }
}

/** After everything that is not needed any more is taken away. */
function memory(): HostMemory {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss };
}
