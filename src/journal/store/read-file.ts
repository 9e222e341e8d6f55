/** Reading what should be a plain file of ours, and may have become anything else. */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * The content of a plain file of at most `atMost` bytes. Throws where it is none: a pipe or a device could be waited
 * for for ever, and a link leads anywhere.
 */
export function readPlainFile(file: string, atMost = Infinity): Buffer {
  // Undefined where the system has no such thing.
  const { O_NONBLOCK, O_NOFOLLOW } = constants as { readonly O_NONBLOCK?: number; readonly O_NOFOLLOW?: number };
  const opened = openSync(file, constants.O_RDONLY | (O_NONBLOCK ?? 0) | (O_NOFOLLOW ?? 0));
  try {
    const found = fstatSync(opened);
    if (!found.isFile()) throw new Error(`${file} is no plain file`);
    if (found.size > atMost) throw new Error(`${file} is too large`);
    return readFileSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** The text of a plain file of at most `atMost` bytes; empty where there is none, or it can't be read. */
export function readTextOrNothing(file: string, atMost = Infinity): string {
  try {
    return readPlainFile(file, atMost).toString('utf8');
  } catch {
    return '';
  }
}

/** Folders below ours, without which nothing is recorded. */
const FOLDERS: ReadonlySet<string> = new Set([
  'journal',
  'past',
  'tmp',
  'contents',
  'unnamed',
  'open',
  'latest',
  'aside',
  'indexes',
]);
/** Those of them that hold small files and nothing else. */
const OF_FILES = ['journal', 'past', 'open', 'aside'];

/**
 * What of our folder in a git directory is not what it should be, as sentences for people: it is not used, and must be
 * moved away.
 */
export function unexpectedPlaces(folder: string): readonly string[] {
  const top = kindOf(folder);
  if (top === undefined) return [];
  if (top !== 'a folder') return [`${folder} is ${top} and not a folder, so nothing is recorded. Move it away`];
  const odd: string[] = [];
  for (const name of namesIn(folder)) {
    const place = path.join(folder, name);
    const kind = kindOf(place);
    if (kind !== undefined && kind !== 'a folder' && (FOLDERS.has(name) || kind !== 'a file'))
      odd.push(
        `${place} is ${kind} and not ${FOLDERS.has(name) ? 'a folder, so edits are not recorded' : 'a file, so it is not read'}. Move it away`,
      );
  }
  for (const place of OF_FILES.map((name) => path.join(folder, name))) {
    if (kindOf(place) !== 'a folder') continue;
    for (const name of namesIn(place)) {
      const kind = kindOf(path.join(place, name));
      if (kind !== undefined && kind !== 'a file')
        odd.push(`${path.join(place, name)} is ${kind} and not a file, so it is not read. Move it away`);
    }
  }
  return odd;
}

/** Why nothing can be written in our folder; undefined when it can, or when it is not there yet. Never throws. */
export function whyNotWritable(folder: string): string | undefined {
  if (kindOf(folder) !== 'a folder') return undefined;
  const probe = path.join(folder, `probe-${String(process.pid)}`);
  try {
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'no reason given';
  } finally {
    rmSync(probe, { force: true });
  }
}

/** On some file systems a few bytes still find room where no file does. */
const PROBE_BYTES = 8_192;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function kindOf(place: string): string | undefined {
  try {
    const found = lstatSync(place);
    if (found.isFile()) return 'a file';
    if (found.isDirectory()) return 'a folder';
    return found.isSymbolicLink() ? 'a symbolic link' : found.isFIFO() ? 'a named pipe' : 'a device or a socket';
  } catch {
    return undefined;
  }
}
