/** An answer that goes to a file: `--output FILE`. */
import path from 'node:path';
import { replaceFile, whyUnwritten } from '../../base/files';
import { printable } from '../../policy';
import { CannotSay, type Terminal } from '../verb';

/**
 * Writes the file and says so. Throws a {@link CannotSay} that says why the file can't be written. `name` is relative to
 * the terminal's folder.
 */
export function writeAnswer({ cwd, err }: Pick<Terminal, 'cwd' | 'err'>, name: string, text: string): void {
  try {
    replaceFile(path.resolve(cwd, name), text);
  } catch (error) {
    throw new CannotSay(
      `${printable(name)} can't be written: ${whyUnwritten(error)}. Name another file, or make its folder first.`,
      { cause: error },
    );
  }
  err(`linekeeper: written to ${printable(name)}`);
}
