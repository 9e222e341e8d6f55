/** Maps paths from other machines to files of the repository, by the longest common suffix. */
import { libraryPath } from './split-library-path';

interface Mapped {
  /** The candidates: one file, or several that match equally well. */
  readonly files: readonly string[];
  /**
   * Whether more than the file's name matches, or the repository has the file at its root: `/app/handlers/index.js` may
   * be `src/index.js`, but also any other.
   */
  readonly close: boolean;
}

interface PathForm {
  /** Its folders are given from the root, such as those of a Java package: all of them must match. */
  readonly whole: boolean;
}

/** Maps paths such as `/app/dist/src/orders/api.ts`. */
export class SuffixMap {
  private readonly byName = new Map<string, string[]>();
  private readonly own: ReadonlySet<string>;

  /** `files`: the repository's, with `/`. `own`: the names of the repository itself as a library. */
  constructor(files: readonly string[], own: readonly string[] = []) {
    for (const file of files) {
      const name = (file.split('/').at(-1) ?? '').toLowerCase();
      this.byName.set(name, [...(this.byName.get(name) ?? []), file]);
    }
    this.own = new Set(own.map((name) => name.toLowerCase()));
  }

  /** Undefined when it is not a file of the repository, as far as is known. */
  of(path: string, { whole }: PathForm = { whole: false }): Mapped | undefined {
    const parts = namesOf(path);
    const found = this.byName.get(parts.at(-1) ?? '') ?? [];
    const library = libraryPath(path);
    if (library !== undefined) return this.inLibrary(found, library.library, namesOf(library.below));
    const rated = found.map((file) => ({ file, names: common(parts, file.toLowerCase().split('/')) }));
    const names = Math.max(0, ...rated.map((one) => one.names));
    const best = rated.filter((one) => one.names === names).map(({ file }) => file);
    // A mere file name that many files have, such as index.ts, is no evidence.
    if (best.length === 0 || (names === 1 && best.length > 3) || (whole && names < parts.length)) return undefined;
    return { files: best, close: names > 1 || parts.length === 1 || best.some((file) => !file.includes('/')) };
  }

  /** A library that the repository has a copy of, or is itself. */
  private inLibrary(found: readonly string[], library: string | null, below: readonly string[]): Mapped | undefined {
    if (library === null) return undefined;
    const name = library.toLowerCase();
    const files = found.filter((file) => {
      const names = file.toLowerCase().split('/');
      const same = common([name, ...below], names);
      return same > below.length || (same === below.length && names.length === same && this.own.has(name));
    });
    return files.length === 0 ? undefined : { files, close: true };
  }
}

const namesOf = (path: string): string[] =>
  path
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && part !== '.');

function common(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}
