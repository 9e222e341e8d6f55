import { lstatSync, readdirSync } from 'node:fs';

/** The names in a folder of Linekeeper's; none when it is missing, unreadable, or a link. */
export function listFolder(folder: string): string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}
