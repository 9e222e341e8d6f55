/**
 * Assembles what the image for jobs is made of, in a folder: `npx tsx scripts/image.ts FOLDER`, then `docker build FOLDER`
 * (or `buildah build FOLDER`). Nothing of ours is downloaded when it is built.
 */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles, bundlesOf, GRAMMAR_FILES, printed } from './build';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Returns the lines to print. `build`: false where the bundles are made already. Throws when the folder is not empty. */
export async function packImage(folder: string, build = true): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  if (build) await buildBundles();
  const files = ['Dockerfile', 'LICENSE', ...bundlesOf('extension'), ...GRAMMAR_FILES.map(({ to }) => to)];
  for (const name of files) cpSync(path.join(ROOT, name), path.join(folder, name));
  return [`${String(files.length)} files in ${folder}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  printed(
    folder === undefined
      ? Promise.reject(new Error('Which folder? Usage: npx tsx scripts/image.ts FOLDER'))
      : packImage(path.resolve(folder)),
  );
}
