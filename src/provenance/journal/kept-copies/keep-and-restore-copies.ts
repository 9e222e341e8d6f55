/**
 * Copies of what an agent's command is about to take away and git can't bring back. They are kept for an hour in git's
 * directory, so that whoever is asked can say yes.
 */
import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { dataPlace, makeDataFolder, writeWhole } from '../../../base/files';

const KEPT_MS = 60 * 60_000;
const FILE_AT_MOST = 50 * 1024 * 1024;
const ALL_AT_MOST = 200 * 1024 * 1024;
const FILES_AT_MOST = 500;

export interface KeptCopy {
  /** Eight letters and digits. */
  readonly id: string;
  /** When it was made. */
  readonly at: number;
  /** Top of the work tree, absolute. */
  readonly root: string;
  /** Relative to the root; what is too large is left out and named in `missing`. */
  readonly files: readonly string[];
  readonly missing: readonly string[];
  /** The commit of a stash. */
  readonly stash: string | null;
}

const folderOf = (gitDir: string): string => dataPlace(gitDir, 'kept');
const manifestOf = (folder: string): string => path.join(folder, 'what.json');

/** Undefined where nothing could be kept. Older copies go. */
export function keepCopy(
  gitDir: string,
  root: string,
  { files, stash }: { readonly files: readonly string[]; readonly stash: string | null },
  now: number,
): KeptCopy | undefined {
  dropOld(gitDir, now);
  const id = randomBytes(4).toString('hex');
  const folder = makeDataFolder(path.join(folderOf(gitDir), id));
  const names: string[] = [];
  const missing: string[] = [];
  let budget = ALL_AT_MOST;
  for (const [index, name] of files.entries()) {
    const size = index < FILES_AT_MOST ? sizeOf(path.join(root, name)) : Infinity;
    if (size > FILE_AT_MOST || size > budget) {
      missing.push(name);
      continue;
    }
    budget -= size;
    try {
      copy(path.join(root, name), path.join(folder, 'files', name));
      names.push(name);
    } catch {
      missing.push(name);
    }
  }
  if (names.length === 0 && stash === null) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const copied: KeptCopy = { id, at: now, root, files: names, missing, stash };
  mkdirSync(folder, { recursive: true });
  writeWhole(manifestOf(folder), JSON.stringify(copied));
  return copied;
}

function copy(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  const stat = lstatSync(from);
  if (stat.isDirectory() || stat.isSymbolicLink())
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  else copyFileSync(from, to, constants.COPYFILE_FICLONE);
}

/** In bytes; a folder with all its contents, as far as it matters. */
function sizeOf(name: string): number {
  let size = 0;
  const waiting = [name];
  for (let files = 0; files < 20_000; files++) {
    const folder = waiting.pop();
    if (folder === undefined) return size;
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory()) waiting.push(...readdirSync(folder).map((entry) => path.join(folder, entry)));
    else size += stat?.size ?? 0;
    if (size > FILE_AT_MOST) return size;
  }
  return Infinity;
}

/** The newest first, without those that are too old. */
export function keptCopies(gitDir: string, now: number): readonly KeptCopy[] {
  const folder = folderOf(gitDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((id) => read(path.join(folder, id)) ?? [])
    .filter(({ at }) => now - at <= KEPT_MS)
    .sort((one, other) => other.at - one.at);
}

function read(folder: string): KeptCopy | undefined {
  try {
    const found = JSON.parse(readFileSync(manifestOf(folder), 'utf8')) as KeptCopy;
    const isPlain = found.files.every((name) => !path.isAbsolute(name) && !name.split(/[\\/]/).includes('..'));
    return found.id === path.basename(folder) && isPlain && path.isAbsolute(found.root) ? found : undefined;
  } catch {
    return undefined; // torn or foreign: it goes when it is old
  }
}

function dropOld(gitDir: string, now: number): void {
  const folder = folderOf(gitDir);
  if (!existsSync(folder)) return;
  for (const id of readdirSync(folder)) {
    const file = path.join(folder, id);
    const at = read(file)?.at ?? lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - at > KEPT_MS) rmSync(file, { recursive: true, force: true });
  }
}

interface Restored {
  readonly restored: readonly string[];
  /** They are there with the same content. */
  readonly same: readonly string[];
  /** What was there instead, kept under an id of its own. */
  readonly before: KeptCopy | undefined;
}

/** Puts a copy's files back. What is there instead is kept first. */
export function restoreCopy(gitDir: string, keptCopy: KeptCopy, now: number): Restored {
  const from = (name: string): string => path.join(folderOf(gitDir), keptCopy.id, 'files', name);
  const to = (name: string): string => path.join(keptCopy.root, name);
  const isSame = (name: string): boolean => {
    const [source, target] = [lstatSync(from(name)), lstatSync(to(name), { throwIfNoEntry: false })];
    return (
      target !== undefined &&
      source.isFile() &&
      target.isFile() &&
      source.size === target.size &&
      readFileSync(from(name)).equals(readFileSync(to(name)))
    );
  };
  const same = keptCopy.files.filter(isSame);
  const others = keptCopy.files.filter((name) => !same.includes(name));
  const there = others.filter((name) => existsSync(to(name)));
  const before = there.length === 0 ? undefined : keepCopy(gitDir, keptCopy.root, { files: there, stash: null }, now);
  const unsaved = there.filter((name) => before?.files.includes(name) !== true);
  const restored = others.filter((name) => !unsaved.includes(name));
  for (const name of restored) copy(from(name), to(name));
  return { restored, same, before };
}
