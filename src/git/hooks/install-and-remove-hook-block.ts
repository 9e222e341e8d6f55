/** One hook's file in a folder: our block in it, and a hook that was there before, kept next to it. */
import { existsSync, linkSync, lstatSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { textUpTo, writeWhole } from '../../base/files';
import { blockIn, withBlock, withoutBlock } from './hook-block';
import { managerOf } from './hook-managers';

/** Suffix of a hook that was there before. */
const BEFORE = '.before-linekeeper';
/** A hook of somebody who overwrote ours is kept next to the one before, and so on. */
const BEFORE_AT_MOST = 9;
/** Larger files are programs. */
const TEXT_AT_MOST = 1024 * 1024;

/** The text of a hook as latin1; undefined when there is none, or it is no text. */
const textOf = (file: string): string | undefined => textUpTo(file, TEXT_AT_MOST, 'latin1');

const blockAt = (file: string): string | undefined => {
  const text = textOf(file);
  return text === undefined ? undefined : blockIn(text);
};

/** Our block in a hook's file, wherever a manager has moved that to and runs it; undefined where there is none. */
export const readBlock = (file: string): string | undefined => blockAt(placeOfBlock(file));

/** Suffixes under which managers keep a hook that was there before theirs: lefthook, and pre-commit, which runs it. */
const MOVED_ASIDE = ['.old', '.legacy'] as const;

/**
 * The file that our block is in, or belongs in. pre-commit runs the hook that it has moved aside, and finds it there
 * however often it is installed, so ours stays there. But it gives that no input, which `post-rewrite` needs.
 */
function placeOfBlock(file: string): string {
  const legacy = `${file}.legacy`;
  return path.basename(file) !== 'post-rewrite' &&
    blockAt(file) === undefined &&
    managerOf(textOf(file)) === 'pre-commit' &&
    blockAt(legacy) !== undefined
    ? legacy
    : file;
}

const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

/** Names of the hooks kept next to this one, oldest first. */
export function keptBeside(file: string): string[] {
  const names = Array.from({ length: BEFORE_AT_MOST }, (_, i) => BEFORE + (i === 0 ? '' : `-${String(i + 1)}`));
  return names
    .map((suffix) => path.basename(file) + suffix)
    .filter((name) => isThere(path.join(path.dirname(file), name)));
}

/** Shell words for the hooks kept next to this one, as the block in it calls them. */
export const wordsForKept = (file: string): string[] => keptBeside(file).map((name) => `"\${0%/*}/${name}"`);

/**
 * Writes our block into a hook's file. A hook that is not ours is first kept next to it; `blockFor` gets the words for
 * all that are. Being ended in between leaves their hook or ours, which runs theirs. Throws file-system errors.
 */
export function installBlock(file: string, blockFor: (kept: readonly string[]) => string): void {
  const place = placeOfBlock(file);
  if (place !== file) {
    removeSuperseded(file);
    writeHook(place, withBlock(textOf(place), blockFor(wordsForKept(file))));
    return;
  }
  const isForeign = isThere(file) && blockAt(file) === undefined;
  if (isForeign) keep(file);
  // Lines of others that were in our file when a manager moved it aside come back with it.
  const aside = MOVED_ASIDE.map((suffix) => file + suffix).filter((other) => blockAt(other) !== undefined);
  const before = isForeign || !isThere(file) ? aside.map(textOf).find((text) => text !== undefined) : textOf(file);
  writeHook(file, withBlock(before, blockFor(wordsForKept(file))));
  removeAside(file);
}

/** Removes what managers have moved aside of ours; where it is left, lefthook can move nothing there again. */
function removeAside(file: string): void {
  const here = textOf(file);
  for (const suffix of MOVED_ASIDE) {
    const text = textOf(file + suffix);
    if (text === undefined || blockIn(text) === undefined) continue;
    const lines = withoutBlock(text);
    if (lines === undefined || (here !== undefined && withoutBlock(here) === lines)) rmSync(file + suffix);
  }
}

/** Removes the kept hook of a manager that has its own in place of ours again. */
function removeSuperseded(file: string): void {
  const manager = managerOf(textOf(file));
  for (const name of keptBeside(file)) {
    const replaced = path.join(path.dirname(file), name);
    if (manager !== undefined && managerOf(textOf(replaced)) === manager) rmSync(replaced);
  }
}

/**
 * Takes our block out and puts back the hook that was there before. Where both hold lines, theirs stay in the file, with
 * `passOn` in place of our block. Throws file-system errors.
 */
export function removeBlock(
  file: string,
  passOn: (kept: readonly string[]) => string,
): 'restored' | 'lines-kept' | 'not-ours' {
  const place = placeOfBlock(file);
  const text = textOf(place);
  const block = text === undefined ? undefined : blockIn(text);
  if (text === undefined || block === undefined) {
    removeAside(file);
    return 'not-ours';
  }
  if (place === file) removeAside(file);
  else removeSuperseded(file);
  const names = keptBeside(file);
  const rest = withoutBlock(text);
  const [before, ...more] = names;
  if (rest === undefined && more.length === 0) {
    if (before === undefined) rmSync(place);
    else renameSync(path.join(path.dirname(file), before), place);
    return 'restored';
  }
  writeHook(place, names.length === 0 ? (rest ?? '') : withBlock(text, passOn(wordsForKept(file))));
  return 'lines-kept';
}

/** Keeps a hook next to itself; the same one is kept once. */
function keep(file: string): void {
  const files = keptBeside(file).map((name) => path.join(path.dirname(file), name));
  const text = textOf(file);
  if (text !== undefined && files.some((other) => textOf(other) === text)) return;
  const manager = managerOf(text);
  const superseded = manager && files.find((other) => managerOf(textOf(other)) === manager);
  if (text !== undefined && superseded !== undefined) {
    writeHook(superseded, text); // its configuration has changed: the hook of before must not run as well
    return;
  }
  const count = files.length;
  if (count >= BEFORE_AT_MOST)
    throw Object.assign(
      new Error(`there are ${String(count)} hooks next to ${file} already; remove those you no longer need`),
      { code: 'EEXIST' },
    );
  let free = file + BEFORE;
  for (let i = 2; isThere(free); i++) free = `${file}${BEFORE}-${String(i)}`;
  try {
    linkSync(file, free); // until ours is there, theirs stays
    if (lstatSync(free).isSymbolicLink() === lstatSync(file).isSymbolicLink()) return;
    rmSync(free);
  } catch {
    // no hard links here
  }
  renameSync(file, free);
}

function writeHook(file: string, text: string): void {
  const mode = (existsSync(file) ? statSync(file).mode & 0o777 : 0) | 0o755;
  writeWhole(file, text, { encoding: 'latin1', mode });
}
