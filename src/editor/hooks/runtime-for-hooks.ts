/** The runtime that the editor runs extensions with, for hooks on a machine without Node on PATH. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../../package.json';
import { writeWhole } from '../../base/files';
import type { Runtime } from '../../git';
import { folderOf, launcherOf, setUpProgram } from '../../base/launcher';

/** How this extension's command line is started; by hooks through the launcher, once something was set up. */
export const runtimeOf = (extensionPath: string, home: string): Runtime => ({
  executable: process.execPath,
  cli: path.join(extensionPath, 'dist', 'cli.js'),
  electron: process.versions['electron'] !== undefined,
  get launcher() {
    return launcherOf(home);
  },
});

/** Writes the launcher and adds this extension's program to those that it may start. Set Up was the consent. */
export const registerRuntime = (home: string, { executable, cli, electron }: Runtime): void =>
  void setUpProgram(folderOf(home), { version, executable, cli, electron });

/**
 * Writes it where the chat agent's hook looks: two lines, the program and 1 for Electron. If the home folder is not
 * writable, the hook uses `node` from PATH.
 */
export function leaveRuntime(home: string, { executable, electron }: Runtime): void {
  const folder = folderOf(home);
  const file = path.join(folder, 'runtime');
  const text = `${executable}\n${electron ? '1' : '0'}\n`;
  try {
    if (readOr(file, '') === text) return;
    mkdirSync(folder, { recursive: true });
    writeWhole(file, text);
  } catch {
    // the hook falls back by itself, and says so when it can't
  }
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
