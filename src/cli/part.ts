/**
 * Loads a bundle of the command line together with what V8 made of it before. Compiling is most of what our own code costs a
 * hook, so it is done once and kept beside the bundles; where that folder can't be written to, it is done each time.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writevSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';

/** The last line of a bundle names its content (`.ci/build.ts`): V8 itself only compares lengths. */
const ID = /\/\/ ([0-9a-f]{16})\s*$/;
const ID_BYTES = 32;

/** What is kept begins with how many calls it holds the functions of; V8's part is aligned to this. */
const HEAD_BYTES = 8;
/** So many calls add the functions that they came to compile, each a few milliseconds; after that, one in some. */
const LEARNS_FROM = 4;
const LATER_ONE_IN = 64;

const loaded = new Map<string, { exports: unknown }>();

/**
 * What the bundle `name` in `folder` exports, loaded once; what it asks for beside itself is loaded so too. `require` is that of
 * a bundle in the same folder. Throws what the bundle throws.
 */
export function part(folder: string, name: string, require: NodeJS.Require): unknown {
  const file = path.join(folder, name);
  const known = loaded.get(file);
  if (known) return known.exports;
  const source = readFileSync(file, 'latin1'); // bundles are ASCII, and so they are read soonest
  const id = ID.exec(source.slice(-ID_BYTES))?.[1];
  if (id === undefined) return require(file) as unknown;
  const kept = path.join(folder, 'compiled', `${path.basename(name, '.js')}-${id}-${process.versions.v8}-${process.arch}`);
  const before = readQuietly(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, { filename: file, ...(before ? { cachedData: before.subarray(HEAD_BYTES) } : {}) });
  const calls = script.cachedDataRejected === false ? (before?.[0] ?? 0) : 0;
  // At the end, when functions that are compiled on their first call have been.
  if (calls < LEARNS_FROM || process.pid % LATER_ONE_IN === 0) process.once('exit', () => keep(kept, id, script, Math.min(calls + 1, LEARNS_FROM)));
  const module: { exports: unknown } = { exports: {} };
  loaded.set(file, module);
  const ask = (wanted: string): unknown => (wanted.startsWith('./') ? part(folder, wanted, require) : require(wanted));
  (script.runInThisContext() as (...words: readonly unknown[]) => void)(module.exports, ask, module, file, folder); // the function above
  return module.exports;
}

/** Nothing that goes wrong here matters: it will be compiled again. */
function keep(file: string, id: string, script: Script, calls: number): void {
  const folder = path.dirname(file);
  const beside = `${file}.${String(process.pid)}`;
  try {
    mkdirSync(folder, { recursive: true });
    const open = openSync(beside, 'wx');
    try {
      writevSync(open, [Buffer.alloc(HEAD_BYTES, calls), script.createCachedData()]);
      fsyncSync(open); // V8 believes what it reads: a power cut must not leave half of it
    } finally {
      closeSync(open);
    }
    renameSync(beside, file);
    const name = path.basename(file).split('-')[0] ?? '';
    for (const other of readdirSync(folder)) if (other.startsWith(`${name}-`) && !other.includes(id)) rmSync(path.join(folder, other), { force: true });
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
    // its folder is none, or can't be written to
  }
}
