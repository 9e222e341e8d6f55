/**
 * The packaged extension, for programs that need it and have something else to say: what the packing prints is kept for
 * the case that it fails.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';

const TOP = path.resolve(import.meta.dirname, '..');
const VSIX = path.join(TOP, 'dist', 'linekeeper.vsix');

/** Builds and packs everything and gives the file. Throws with what was printed when that fails. */
export function packQuietly(): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', path.join(TOP, '.ci', 'package.ts')],
      { cwd: TOP, timeout: 300_000 },
      (error, out, errors) => {
        if (error === null) resolve(VSIX);
        else reject(new Error(`The extension could not be packed:\n${out}${errors}`.trimEnd()));
      },
    );
  });
}
