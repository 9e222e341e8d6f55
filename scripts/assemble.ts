/** Puts what a release is made of into a folder. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles, bundlesOf, GRAMMAR_FILES, printed, type Product } from './build';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** What `linekeeper fleet` asks, next to the bundles. */
export const FLEET_QUESTIONS = 'media/fleet';
export const VIM_PLUGIN = 'editors/vim/linekeeper.vim';

/**
 * Builds, and copies the files and folders named, the bundles and the grammars. Returns the lines to print. `build`: false where the
 * bundles are made already. Throws when the folder is not empty.
 */
export async function assemble(
  folder: string,
  named: readonly string[],
  product: Product,
  build = true,
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  if (build) await buildBundles();
  const files = [...named, ...bundlesOf(product), ...GRAMMAR_FILES.map(({ to }) => to)];
  for (const name of files) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  return [`${String(files.length)} files in ${folder}`];
}

/** Where the module is the program that was started: assembles in the folder that its words name. */
export function assembleWhenStarted(module: string, pack: (folder: string) => Promise<readonly string[]>): void {
  const program = fileURLToPath(module);
  if (process.argv[1] !== program) return;
  const [folder] = process.argv.slice(2);
  printed(
    folder === undefined
      ? Promise.reject(new Error(`Which folder? Usage: npx tsx scripts/${path.basename(program)} FOLDER`))
      : pack(path.resolve(folder)),
  );
}
