/** Folders of tests. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;
const WRITTEN_INTO = ['ENOTEMPTY', 'EBUSY', 'EPERM', 'EEXIST'];

/**
 * Removes a folder into which git, or what we left running in the background, may still write. Node's own `maxRetries`
 * only tries again to remove the folder; it does not look for the files that came into it meanwhile.
 *
 * @throws what Node throws, when the folder is still written into after a minute.
 */
export function removeFolder(folder: string): void {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!WRITTEN_INTO.includes(code) || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

/** What is in a folder: its files with their contents, and its folders without. A folder comes before what is in it. */
export type FolderContents = readonly {
  readonly name: string;
  readonly content?: Buffer;
  /** Permissions of a file. */
  readonly mode: number;
}[];

export const readFolder = (folder: string): FolderContents =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const known = { name: path.relative(folder, file), mode: statSync(file).mode & 0o777 };
      return entry.isDirectory() ? known : { ...known, content: readFileSync(file) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Makes a folder with these contents. */
export function writeFolder(folder: string, contents: FolderContents): void {
  mkdirSync(folder);
  for (const { name, content, mode } of contents) {
    const file = path.join(folder, name);
    if (content === undefined) mkdirSync(file);
    else writeFileSync(file, content, { mode });
  }
}
