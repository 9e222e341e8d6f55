import { lstatSync, readdirSync } from 'node:fs';
import { attempt } from '../platform';

/** The names in a folder of Linekeeper's; none when it is missing, unreadable, or a link. */
export function listFolder(folder: string): string[] {
  return attempt(() => (lstatSync(folder).isDirectory() ? readdirSync(folder) : []), []);
}
