/** A file as people write it, with ~ for the home folder. */
import { SEPARATOR } from '../../base/platform';

/** A file as people write it: `~/.claude/settings.json`. */
export const inHome = (file: string, home: string): string =>
  file.startsWith(home + SEPARATOR) ? `~${file.slice(home.length)}` : file;
