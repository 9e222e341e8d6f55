/**
 * Loads a bundle together with what V8 made of it before. Compiling is most of what our own code costs a hook, and half
 * of what starting costs the editor, so it is done once and kept beside the bundles; where that folder can't be written
 * to, it is done each time.
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

/** The last line of a bundle names its content (`.ci/build.ts`): V8 itself only compares lengths. */
const ID = /\/\/ ([0-9a-f]{16})\s*$/;
const ID_BYTES = 32;

/** What is kept begins with how many calls it holds the functions of; V8's part is aligned to this. */
const HEAD_BYTES = 8;
const LATER_ONE_IN = 64;

/** When what was compiled is kept. */
export interface Keeping {
  /**
   * So many calls add the functions that they came to compile, each a few milliseconds; after that, one in some. At
   * most 255.
   */
  readonly learnsFrom: number;
  /** Calls `keep` when the functions that are compiled on their first call have been. */
  readonly when: (keep: () => void) => void;
}

/** What is done at the end of the program: one listener for all bundles, as Node warns of more than ten. */
const atExit: (() => void)[] = [];

/** For a program that ends soon. */
const AT_EXIT: Keeping = {
  learnsFrom: 4,
  when: (keep) => {
    if (atExit.push(keep) === 1)
      process.once('exit', () => {
        for (const one of atExit) one();
      });
  },
};

const loaded = new Map<string, { exports: unknown }>();

/**
 * What the bundle `name` in `folder` exports, loaded once; what it asks for beside itself is loaded so too. `require`
 * is that of a bundle in the same folder. Throws what the bundle throws.
 */
export function part(folder: string, name: string, require: NodeJS.Require, keeping: Keeping = AT_EXIT): unknown {
  const file = path.join(folder, name);
  const known = loaded.get(file);
  if (known) return known.exports;
  const source = readFileSync(file, 'latin1'); // bundles are ASCII, and so they are read soonest
  const id = ID.exec(source.slice(-ID_BYTES))?.[1];
  if (id === undefined) return require(file) as unknown;
  const kept = path.join(
    folder,
    'compiled',
    `${path.basename(name, '.js')}-${id}-${process.versions.v8}-${process.arch}`,
  );
  const before = readQuietly(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(before ? { cachedData: before.subarray(HEAD_BYTES) } : {}),
  });
  const calls = script.cachedDataRejected === false ? (before?.[0] ?? 0) : 0;
  if (calls < keeping.learnsFrom || process.pid % LATER_ONE_IN === 0)
    keeping.when(() => keep(kept, id, script, Math.min(calls + 1, keeping.learnsFrom)));
  const module: { exports: unknown } = { exports: {} };
  loaded.set(file, module);
  const ask = (wanted: string): unknown =>
    wanted.startsWith('./') ? part(folder, wanted, require, keeping) : require(wanted);
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
    for (const other of readdirSync(folder))
      if (other.startsWith(`${name}-`) && !other.includes(id)) rmSync(path.join(folder, other), { force: true });
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
