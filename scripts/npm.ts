/** Runs npm. */
import { execFile } from 'node:child_process';

/** Returns its standard output. Throws with what it wrote when it fails. */
export function npm(words: readonly string[], cwd: string): Promise<string> {
  const started = process.env['npm_execpath']; // by `npm run`: then no shell is needed on Windows
  const [program, before] = started === undefined ? ['npm', []] : [process.execPath, [started]];
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...before, ...words],
      { cwd, timeout: 300_000, maxBuffer: 64 << 20, shell: started === undefined && process.platform === 'win32' },
      (error, out, errors) => {
        if (error === null) resolve(out);
        else reject(new Error(`npm ${words.join(' ')} failed:\n${out}${errors}`.trimEnd()));
      },
    );
  });
}
