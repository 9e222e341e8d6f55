/**
 * The packaged extension, for programs with output of their own: the output of packaging is shown only if it fails.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';

const TOP = path.resolve(import.meta.dirname, '..');
const VSIX = path.join(TOP, 'dist', 'linekeeper.vsix');

/** Builds and packages everything and returns the file. `built`: the bundles are there. Throws with the output when that fails. */
export function packQuietly({ built = false }: { readonly built?: boolean } = {}): Promise<string> {
  const options = built ? ['--built', '--quick'] : []; // tests wait for it
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', path.join(TOP, 'scripts', 'package.ts'), ...options],
      { cwd: TOP, timeout: 300_000 },
      (error, out, errors) => {
        if (error === null) resolve(VSIX);
        else reject(new Error(`The extension could not be packed:\n${out}${errors}`.trimEnd()));
      },
    );
  });
}
