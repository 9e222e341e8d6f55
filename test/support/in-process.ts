/**
 * The built command line as a guest of the process that runs the tests. Each call evaluates the bundles anew, with a
 * `process` and with modules of Node's of its own, as a new process would, but without the time that one takes to
 * start. A call sees only its own words, environment, folder and standard streams, so that calls may overlap.
 */
import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Script } from 'node:vm';
import { verbFirst } from '../../src/cli/arguments/move-verb-first';

/** How a program ended, and what it wrote. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GuestCall {
  /** The folder of the bundles. */
  readonly folder: string;
  readonly words: readonly string[];
  /** All of its standard input. */
  readonly input: string;
  readonly cwd: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
}

interface LoadedBundle {
  readonly exports: object;
}

type Bundle = (
  exports: object,
  require: (name: string) => unknown,
  module: LoadedBundle,
  file: string,
  folder: string,
  process: object,
) => void;

/** Which bundle has a verb, as in `src/entry/cli.ts`; `main.js` has the rest. */
const PROGRAMS: Readonly<Record<string, string>> = {
  record: 'record.js',
  hook: 'hook.js',
  blame: 'read.js',
  show: 'read.js',
  status: 'read.js',
};

/** Bundles of functions of their arguments alone: loaded once, since compiling a grammar takes longer than a call. */
const STATELESS = new Set(['zod.js', 'yaml.js', 'danger.js', 'secrets.js', 'syntax.js']);

const nodeRequire = createRequire(import.meta.url);
const compiled = new Map<string, Bundle>();
const stateless = new Map<string, LoadedBundle>();

/**
 * Runs one call. A signal, a background process that outlives it, and more than one reader of its standard input need
 * a real process.
 */
export function callInProcess(call: GuestCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const output = new Output();
    const { guest, exits } = guestProcess(call, output, (code) => {
      resolve({ code, ...output.texts() });
    });
    const modules = nodeModules(call, guest.env, output);
    const loaded = new Map<string, LoadedBundle>();
    const load = (file: string): object => {
      const isStateless = STATELESS.has(path.basename(file));
      const store = isStateless ? stateless : loaded;
      const known = store.get(file);
      if (known) return known.exports;
      const module: LoadedBundle = { exports: {} };
      store.set(file, module);
      const require = (name: string): unknown => {
        if (name.startsWith('./')) return load(path.join(call.folder, name));
        const guests = isStateless ? undefined : modules[name];
        return guests ?? (nodeRequire(name) as unknown);
      };
      bundleAt(file)(module.exports, require, module, file, call.folder, isStateless ? process : guest.process);
      return module.exports;
    };
    try {
      const [verb = ''] = verbFirst(call.words);
      load(path.join(call.folder, (Object.hasOwn(PROGRAMS, verb) ? PROGRAMS[verb] : undefined) ?? 'main.js'));
    } catch (error) {
      exits.removeAllListeners();
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function bundleAt(file: string): Bundle {
  const known = compiled.get(file);
  if (known) return known;
  const source = fs.readFileSync(file, 'latin1');
  const script = new Script(`(function (exports, require, module, __filename, __dirname, process) {${source}\n})`, {
    filename: file,
  });
  const bundle = script.runInThisContext() as Bundle; // the function above
  compiled.set(file, bundle);
  return bundle;
}

/** What a call writes. */
class Output {
  private readonly chunks: Record<1 | 2, Buffer[]> = { 1: [], 2: [] };

  write(fd: 1 | 2, text: string | Uint8Array): void {
    this.chunks[fd].push(Buffer.from(text));
  }

  texts(): Pick<Answer, 'stdout' | 'stderr'> {
    const textOf = (fd: 1 | 2): string => Buffer.concat(this.chunks[fd]).toString('utf8');
    return { stdout: textOf(1), stderr: textOf(2) };
  }
}

interface Guest {
  readonly guest: { readonly process: object; readonly env: Readonly<Record<string, string | undefined>> };
  /** What listens for the end of the call. */
  readonly exits: EventEmitter;
}

/** `process` as the call sees it. `end` is called once, when it exits. */
function guestProcess(
  { folder, words, input, cwd, env: given }: GuestCall,
  output: Output,
  end: (code: number) => void,
): Guest {
  const exits = new EventEmitter();
  const env = { ...given };
  let hasEnded = false;
  const parts: Record<PropertyKey, unknown> = {
    argv: [process.execPath, path.join(folder, 'cli.js'), ...words],
    env,
    cwd: () => cwd,
    exit: (code = 0): void => {
      if (hasEnded) return; // such as a time limit that is over after the answer
      hasEnded = true;
      exits.emit('exit', code);
      end(code);
    },
    stdin: Readable.from([Buffer.from(input)]),
    stdout: { fd: 1, write: (text: string) => output.write(1, text) },
    stderr: { fd: 2, write: (text: string) => output.write(2, text) },
  };
  for (const name of ['on', 'once', 'off', 'removeListener'] as const) parts[name] = exits[name].bind(exits);
  const guest = new Proxy(process, {
    get: (target, name): unknown => (name in parts ? parts[name] : Reflect.get(target, name)),
    set: (_, name, value) => {
      parts[name] = value;
      return true;
    },
    getOwnPropertyDescriptor: (target, name) =>
      name in parts
        ? { value: parts[name], writable: true, enumerable: true, configurable: true }
        : Reflect.getOwnPropertyDescriptor(target, name),
    defineProperty: (_, name, { value }: PropertyDescriptor) => {
      parts[name] = value;
      return true;
    },
  });
  return { guest: { process: guest, env }, exits };
}

type Started = (file: unknown, ...given: unknown[]) => unknown;

const PATH_FUNCTIONS = [
  'accessSync',
  'existsSync',
  'lstatSync',
  'mkdirSync',
  'openSync',
  'readdirSync',
  'realpathSync',
  'rmSync',
  'statSync',
  'writeFileSync',
] as const;

/** Node's functions for files, with names that are relative to the call's folder. */
const fromFolder = (cwd: string): Readonly<Record<string, Started>> =>
  Object.fromEntries(
    PATH_FUNCTIONS.map((name) => {
      const start = fs[name] as Started;
      const placed: Started = (file, ...given) =>
        start(typeof file === 'string' ? path.resolve(cwd, file) : file, ...given);
      return [name, Object.assign(placed, start)];
    }),
  );

/** Node's modules, where what they do depends on the process: its folder, environment and standard streams. */
function nodeModules(
  { cwd, input }: GuestCall,
  env: Readonly<Record<string, string | undefined>>,
  output: Output,
): Readonly<Record<string, unknown>> {
  const stdin = Buffer.from(input);
  let read = 0;
  const streams = {
    readSync: (fd: number, buffer: Buffer, ...where: [number, number, number]): number => {
      if (fd !== 0) return fs.readSync(fd, buffer, ...where);
      const count = stdin.copy(buffer, 0, read);
      read += count;
      return count;
    },
    writeSync: (fd: number, text: string | Uint8Array): number => {
      if (fd !== 1 && fd !== 2) return fs.writeSync(fd, typeof text === 'string' ? Buffer.from(text) : text);
      output.write(fd, text);
      return Buffer.byteLength(text);
    },
    readFileSync: (file: fs.PathOrFileDescriptor, ...rest: []) =>
      file === 0
        ? stdin.subarray(read)
        : fs.readFileSync(typeof file === 'string' ? path.resolve(cwd, file) : file, ...rest),
  };
  /** `start(FILE, [WORDS], [OPTIONS], [CALLBACK])`, in the call's folder and environment unless OPTIONS names others. */
  const inPlace =
    (start: Started): Started =>
    (file, ...given) => {
      const isOptions = (value: unknown): value is object =>
        typeof value === 'object' && value !== null && !Array.isArray(value);
      const words = given.filter((value) => Array.isArray(value));
      const callback = given.filter((value) => typeof value === 'function');
      const options: { readonly cwd?: string; readonly env?: object } = given.find(isOptions) ?? {};
      return start(file, ...words, { ...options, cwd: options.cwd ?? cwd, env: options.env ?? env }, ...callback);
    };
  const { spawn, spawnSync, execFile, execFileSync, exec, execSync } = childProcess;
  const starts = { spawn, spawnSync, execFile, execFileSync, exec, execSync };
  return {
    'node:fs': { ...fs, ...fromFolder(cwd), ...streams },
    'node:child_process': {
      ...childProcess,
      ...Object.fromEntries(Object.entries(starts).map(([name, start]) => [name, inPlace(start as Started)])),
    },
    'node:path': {
      ...path,
      resolve: (...parts: string[]) => path.resolve(cwd, ...parts),
      relative: (from: string, to: string) => path.relative(path.resolve(cwd, from), path.resolve(cwd, to)),
    },
    'node:os': {
      ...os,
      homedir: () => env['HOME'] ?? os.homedir(),
      tmpdir: () => env['TMPDIR'] ?? os.tmpdir(),
      setPriority: () => undefined, // of this process it would be that of all later tests
    },
  };
}
