/** Folders of ours in a repository. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Makes `<git dir>/linekeeper/NAME`, but never the git directory: a repository that was taken away stays away. Throws what `mkdir` does. */
export function ownFolder(gitDir: string, name: string): string {
  const ours = path.join(gitDir, 'linekeeper');
  const folder = path.join(ours, name);
  for (const one of [ours, folder]) if (!existsSync(one)) mkdirSync(one, { recursive: existsSync(gitDir) }); // recursive: another process may make it at the same time
  return folder;
}
