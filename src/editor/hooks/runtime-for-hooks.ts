/** The runtime that the editor runs extensions with, for hooks on a machine without Node on PATH. */
import path from 'node:path';
import { version } from '../../../package.json';
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
