/** Which programs are installed here, and in which version, without starting them. */
import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { findOnWindows, isWindows, PATH_DELIMITER } from '../../../base/platform';

export interface FoundProgram {
  readonly file: string;
  /** From the package that it belongs to; undefined where there is none. */
  readonly version?: string;
}

/** The first of `names` on the PATH of `env`. */
export function findProgram(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): FoundProgram | undefined {
  const file = isWindows()
    ? names.map((name) => findOnWindows(name, env)).find((found) => found !== undefined)
    : (env['PATH'] ?? '')
        .split(PATH_DELIMITER)
        .filter((folder) => path.isAbsolute(folder))
        .flatMap((folder) => names.map((name) => path.join(folder, name)))
        .find(canRun);
  if (file === undefined) return undefined;
  const version = versionOf(file);
  return { file, ...(version === undefined ? {} : { version }) };
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Programs from npm are in their package, at most a few folders deep. */
function versionOf(file: string): string | undefined {
  try {
    let folder = path.dirname(realpathSync(file));
    for (let depth = 0; depth < 4; depth++, folder = path.dirname(folder)) {
      const found = packageVersion(path.join(folder, 'package.json'));
      if (found !== undefined) return found;
    }
  } catch {
    // gone meanwhile
  }
  return undefined;
}

function packageVersion(file: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' && /^\d[\w.+-]{0,60}$/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}
