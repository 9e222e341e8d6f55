/**
 * Assembles the Action in a folder: `npx tsx scripts/action.ts FOLDER`. A release's tag must contain exactly this, since a
 * job downloads nothing (docs/dev/release.md).
 */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { assemble, assembleWhenStarted, ROOT } from './assemble';

/** Returns the lines to print. `build`: false where the bundles are made already. Throws when the folder is not empty. */
export async function packAction(folder: string, build = true): Promise<readonly string[]> {
  const lines = await assemble(folder, ['action.yml', 'LICENSE'], 'action', build);
  cpSync(path.join(ROOT, 'docs'), path.join(folder, 'docs'), { recursive: true });
  return lines;
}

assembleWhenStarted(import.meta.url, packAction);
