/** One hook's file in a folder: our block in it, and a hook that was there before, kept next to it. */
import { existsSync, linkSync, lstatSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../files';
import { blockIn, withBlock, withoutBlock } from './block';

/** Suffix of a hook that was there before. */
const BEFORE = '.before-linekeeper';
/** A hook of somebody who overwrote ours is kept next to the one before, and so on. */
const BEFORE_AT_MOST = 9;
/** Larger files are programs. */
const TEXT_AT_MOST = 1024 * 1024;

/** The text of a hook as latin1; undefined when there is none, or it is no text. */
function textOf(file: string): string | undefined {
  try {
    const kind = statSync(file);
    return kind.isFile() && kind.size <= TEXT_AT_MOST ? readFileSync(file, 'latin1') : undefined;
  } catch {
    return undefined;
  }
}

/** Our block in a hook's file; undefined where there is none. */
export function readBlock(file: string): string | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : blockIn(text);
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
  const isForeign = isThere(file) && readBlock(file) === undefined;
  if (isForeign) keep(file);
  const block = blockFor(wordsForKept(file));
  writeHook(file, withBlock(isForeign ? undefined : textOf(file), block));
}

/**
 * Takes our block out and puts back the hook that was there before. Where both hold lines, theirs stay in the file, with
 * `passOn` in place of our block. Throws file-system errors.
 */
export function removeBlock(
  file: string,
  passOn: (kept: readonly string[]) => string,
): 'restored' | 'lines-kept' | 'not-ours' {
  const text = textOf(file);
  const block = text === undefined ? undefined : blockIn(text);
  if (text === undefined || block === undefined) return 'not-ours';
  const kept = keptBeside(file);
  const rest = withoutBlock(text);
  const [before, ...more] = kept;
  if (rest === undefined && more.length === 0) {
    if (before === undefined) rmSync(file);
    else renameSync(path.join(path.dirname(file), before), file);
    return 'restored';
  }
  writeHook(file, kept.length === 0 ? (rest ?? '') : withBlock(text, passOn(wordsForKept(file))));
  return 'lines-kept';
}

/** Keeps a hook next to itself; the same one is kept once. */
function keep(file: string): void {
  const kept = keptBeside(file).map((name) => path.join(path.dirname(file), name));
  const text = textOf(file);
  if (text !== undefined && kept.some((other) => textOf(other) === text)) return;
  const taken = kept.length;
  if (taken >= BEFORE_AT_MOST)
    throw Object.assign(
      new Error(`there are ${String(taken)} hooks next to ${file} already; remove those you no longer need`),
      {
        code: 'EEXIST',
      },
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
