/**
 * The product's listeners with another `vscode`, other timers and another clock: a bundle of their own that each replay
 * evaluates anew, so that neither another test's stand-in nor an earlier replay is in it.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { build } from 'esbuild';
import type { Clock } from './clock';
import type * as Listeners from './listeners';

/** Reads and answers that somebody waits for. */
export class Pending {
  private count = 0;

  /** Awaits a promise as one of them. */
  readonly of = async <T>(work: Promise<T>): Promise<T> => {
    this.count++;
    try {
      return await work;
    } finally {
      this.count--;
    }
  };

  /** Resolves when nobody waits any more, and what was awaited has gone on. */
  readonly rest = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet = this.count === 0 ? quiet + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  };
}

const PARAMETERS = ['require', 'module', 'exports', '__dirname', 'setTimeout', 'clearTimeout', 'Date', 'performance'];

let script: Promise<vm.Script> | undefined;

async function compiled(): Promise<vm.Script> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'listeners.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'], // jsonc-parser's other form hides its files from bundlers
    external: ['vscode', './worker'], // the background's work is given to it
    logLevel: 'warning',
    sourcemap: 'inline',
  });
  return new vm.Script(`(function (${PARAMETERS.join(', ')}) {${outputFiles[0]?.text ?? ''}\n})`, {
    filename: path.join(import.meta.dirname, 'listeners.bundle.js'),
  });
}

export async function loadListeners(vscode: object, clock: Clock, pending: Pending): Promise<typeof Listeners> {
  const found = createRequire(import.meta.url);
  const files = found('node:fs/promises') as Readonly<Record<string, unknown>>;
  const awaited = Object.fromEntries(
    Object.entries(files).map(([name, value]) => [
      name,
      typeof value === 'function'
        ? (...args: readonly unknown[]): unknown => {
            const result: unknown = Reflect.apply(value, files, args);
            return result instanceof Promise ? pending.of(result) : result;
          }
        : value,
    ]),
  );
  const require = (name: string): unknown =>
    name === 'vscode' ? vscode : name === 'node:fs/promises' ? awaited : (found(name) as unknown);
  const Time = class extends Date {
    static override now = clock.now;
  };
  const module = { exports: {} };
  const run = (await (script ??= compiled())).runInThisContext() as (...of: readonly unknown[]) => void;
  run(require, module, module.exports, import.meta.dirname, clock.setTimeout, clock.clearTimeout, Time, {
    now: clock.now,
  });
  return module.exports as typeof Listeners;
}
