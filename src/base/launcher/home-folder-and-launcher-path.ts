/** Our folder in a person's home, `~/.linekeeper`, and the launcher in it. It is the same on every system. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Our folder in a person's home. */
export const folderOf = (home: string): string => path.join(home, '.linekeeper');

/** The launcher, whether or not it is there. Behind this path Windows has a `.cmd` too. */
export const launcherIn = (folder: string): string => path.join(folder, 'bin', 'linekeeper');

/** The launcher of this home; undefined where nothing was set up yet. */
export function launcherOf(home: string): string | undefined {
  const launcher = launcherIn(folderOf(home));
  return existsSync(launcher) ? launcher : undefined;
}
