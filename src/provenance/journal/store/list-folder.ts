import { lstatSync, readdirSync } from 'node:fs';

/** The names in one of our folders; none when it is missing, unreadable, or a link. */
export function listFolder(folder: string): string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}
