/**
 * Loads a bundle together with V8's code cache for it. Compiling is most of what our own code costs a hook, and half of
 * the editor's start-up cost, so its result is cached next to the bundles; if that folder is not writable, every run
 * compiles.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writevSync,
} from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';

/** The last line of a bundle identifies its content (`scripts/build.ts`): V8 itself only compares lengths. */
const ID = /\/\/ ([0-9a-f]{16})\s*$/;
const ID_BYTES = 32;

/** Flags of V8 with which older versions refuse what was compiled without them. */
const FLAGS = process.execArgv
  .filter((flag) => flag.startsWith('--max-'))
  .map((flag) => `-${flag.replaceAll(/\W+/g, '')}`)
  .join('')
  .slice(0, 60);

/** The cache begins with the number of calls whose functions it contains; V8's part is aligned to this. */
const HEAD_BYTES = 8;
const LATER_ONE_IN = 64;

/** When the compiled code is cached. */
export interface Keeping {
  /**
   * This many calls add the functions that they compiled, at a cost of a few milliseconds each; after that, only
   * occasional ones do. At most 255.
   */
  readonly learnsFrom: number;
  /** Calls `keep` once the functions that are compiled on first use have been compiled. */
  readonly when: (keep: () => void) => void;
}

/** What runs at exit: one listener for all bundles, since Node warns about more than ten. */
const atExit: (() => void)[] = [];

/** For a program that ends soon. */
const AT_EXIT: Keeping = {
  learnsFrom: 4,
  when: (keep) => {
    if (atExit.push(keep) === 1)
      process.once('exit', () => {
        for (const task of atExit) task();
      });
  },
};

const loaded = new Map<string, { exports: unknown }>();

/**
 * The exports of the bundle `name` in `folder`, loaded once; so are the bundles that it requires. `require` is that of
 * a bundle in the same folder. Rethrows the bundle's errors.
 */
export function part(folder: string, name: string, require: NodeJS.Require, keeping: Keeping = AT_EXIT): unknown {
  const file = path.join(folder, name);
  const known = loaded.get(file);
  if (known) return known.exports;
  const bytes = readFileSync(file);
  const source = bytes.toString('latin1'); // bundles are ASCII, and this is the fastest encoding
  const id = ID.exec(bytes.subarray(-ID_BYTES).toString('latin1'))?.[1]; // a part of `source` would keep all of it in memory
  if (id === undefined) return require(file) as unknown;
  const entry = path.join(
    folder,
    'compiled',
    `${path.basename(name, '.js')}-${id}-${process.versions.v8}-${process.arch}${FLAGS}`,
  );
  const before = readQuietly(entry);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(before ? { cachedData: before.subarray(HEAD_BYTES) } : {}),
  });
  const calls = script.cachedDataRejected === false ? (before?.[0] ?? 0) : 0;
  if (calls < keeping.learnsFrom || process.pid % LATER_ONE_IN === 0)
    keeping.when(() => keep(entry, id, script, Math.min(calls + 1, keeping.learnsFrom)));
  const module: { exports: unknown } = { exports: {} };
  loaded.set(file, module);
  const ask = (wanted: string): unknown =>
    wanted.startsWith('./') ? part(folder, wanted, require, keeping) : require(wanted);
  (script.runInThisContext() as (...words: readonly unknown[]) => void)(module.exports, ask, module, file, folder); // the function above
  return module.exports;
}

/** No failure here matters: the bundle will be compiled again. */
function keep(file: string, id: string, script: Script, calls: number): void {
  const folder = path.dirname(file);
  const beside = `${file}.${String(process.pid)}`;
  try {
    mkdirSync(folder, { recursive: true });
    const open = openSync(beside, 'wx');
    try {
      writevSync(open, [Buffer.alloc(HEAD_BYTES, calls), script.createCachedData()]);
      fsyncSync(open); // V8 trusts what it reads: a power cut must not leave half of it
    } finally {
      closeSync(open);
    }
    renameSync(beside, file);
    const name = path.basename(file).split('-')[0] ?? '';
    for (const entry of readdirSync(folder))
      if (entry.startsWith(`${name}-`) && !entry.includes(id)) rmSync(path.join(folder, entry), { force: true });
  } catch {
    removeQuietly(beside);
  }
}

function readQuietly(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // not a folder, or not writable
  }
}
