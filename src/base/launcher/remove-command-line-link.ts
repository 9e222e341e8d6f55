/** The link that makes `linekeeper` a command of every terminal: which folders it may be in, and taking it away again. */
import { lstatSync, readlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { folderOf, launcherIn } from './home-folder-and-launcher-path';

/** Folders for a person's own programs, which many systems have on PATH. The first that is there is used. */
export const OWN_PROGRAMS = ['.local/bin', 'bin'];

/** Whether that is a link of ours. */
export const isLinkTo = (link: string, launcher: string): boolean =>
  lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(link) === launcher;

/** Removes the link; nothing else is touched. Whether there was one. Throws file-system errors. */
export function removeCommandLine(home: string): boolean {
  const launcher = launcherIn(folderOf(home));
  const links = OWN_PROGRAMS.map((name) => path.join(home, name, 'linekeeper')).filter((link) =>
    isLinkTo(link, launcher),
  );
  for (const link of links) unlinkSync(link);
  return links.length > 0;
}
