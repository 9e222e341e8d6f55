/**
 * Assembles the Action in a folder: `npx tsx scripts/action.ts FOLDER`. A release's tag must contain exactly this, since a
 * job downloads nothing (docs/ci.md, "Release the Action").
 */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles, bundlesOf, GRAMMAR_FILES, printed } from './build';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Returns the lines to print. Throws when the folder is not empty. */
export async function packAction(folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  await buildBundles();
  const files = ['action.yml', 'LICENSE', ...bundlesOf('action'), ...GRAMMAR_FILES.map(({ to }) => to)];
  for (const name of files) cpSync(path.join(ROOT, name), path.join(folder, name));
  cpSync(path.join(ROOT, 'docs'), path.join(folder, 'docs'), { recursive: true });
  return [`${String(files.length)} files in ${folder}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  printed(
    folder === undefined
      ? Promise.reject(new Error('Which folder? Usage: npx tsx scripts/action.ts FOLDER'))
      : packAction(path.resolve(folder)),
  );
}
