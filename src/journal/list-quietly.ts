import { readdirSync } from 'node:fs';

/** The names in a folder; none where it is not there or can't be read. */
export function listQuietly(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
