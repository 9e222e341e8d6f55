import { appendFileSync, chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Lets the terminals of a private home find the command line that the installed extension brings along, as
 * `npm install -g` would, and gives the program.
 */
export function putOnPath(home: string, extensions: string): string {
  const installed = readdirSync(extensions).find((name) => name.startsWith('linekeeper.linekeeper-'));
  if (installed === undefined) throw new Error(`the extension is not installed in ${extensions}`);
  return putCliOnPath(home, path.join(extensions, installed, 'dist', 'cli.js'));
}

/** The same for a command line that is anywhere. */
export function putCliOnPath(home: string, cli: string): string {
  const bin = path.join(home, 'bin');
  const program = path.join(bin, 'linekeeper');
  mkdirSync(bin, { recursive: true });
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(program, 0o755);
  appendFileSync(path.join(home, '.bashrc'), 'PATH="$HOME/bin:$PATH"\n');
  return program;
}
