/** Whether the folder of Linekeeper in a git directory is as it should be. */
import { wordSet } from '../../../base/patterns';
import { lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attempt } from '../../../base/platform';

/** Folders below ours that recording requires. */
const FOLDERS: ReadonlySet<string> = wordSet('journal past tmp contents unnamed open latest aside indexes');
/** Those of them that hold only small files. */
const OF_FILES = ['journal', 'past', 'open', 'aside'];

/**
 * What in our folder in the git directory is not as it should be, as sentences for people. Such a thing is not used and
 * must be moved away.
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

/** Why our folder is not writable; undefined when it is, or when it does not exist yet. Never throws. */
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

/** Some file systems can still store a few bytes when they have no room for a file. */
const PROBE_BYTES = 8_192;

function namesIn(folder: string): readonly string[] {
  return attempt(() => readdirSync(folder), []);
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
