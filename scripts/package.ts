/**
 * Builds everything and packages it as `dist/linekeeper.vsix`, the form in which it is installed and published.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { buildBundles, bundlesOf, printed } from './build';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const VSIX = path.join(ROOT, 'dist', 'linekeeper.vsix');
/** Room for the grammars that the danger rules load on demand. */
const LARGEST_BYTES = 3_000_000;

/** Returns the file's path. Throws when it can't be built or is too large. */
export async function packExtension(): Promise<string> {
  await buildBundles();
  removeOthers();
  rmSync(VSIX, { force: true });
  await createVSIX({
    cwd: ROOT,
    packagePath: VSIX,
    dependencies: false, // everything is bundled
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    allowPackageSecrets: ['database-connection-string'], // the pages of the danger rules show shortened ones
    skipLicense: !existsSync(path.join(ROOT, 'LICENSE')),
  });
  const { size } = statSync(VSIX);
  if (size > LARGEST_BYTES)
    throw new Error(
      `${VSIX} has ${String(size)} bytes; more than ${String(LARGEST_BYTES)} is too large: see what .vscodeignore lets in`,
    );
  return VSIX;
}

/** Programs that another version left in `dist/` would go along. */
function removeOthers(): void {
  const ours = new Set([...bundlesOf('extension'), ...bundlesOf('action')].map((name) => path.basename(name)));
  for (const name of readdirSync(path.join(ROOT, 'dist')))
    if (name.endsWith('.js') && !ours.has(name)) rmSync(path.join(ROOT, 'dist', name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printed(
    packExtension().then((file) => [
      `${path.relative(ROOT, file)} ${String(Math.round(statSync(file).size / 1024))} KB`,
    ]),
  );
}
