import { lstatSync, readdirSync } from 'node:fs';

/** The names in a folder of ours; none where it is not there, can't be read, or is a link to somewhere else. */
export function listFolder(folder: string): string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}
