/** Maps paths of other machines to files of the repository, by the longest common end. */

export interface Mapped {
  /** The files that it can be: one, or several that fit equally well. */
  readonly files: readonly string[];
  /** How many names at the end are the same. */
  readonly names: number;
}

/** Answers for paths such as `/app/dist/src/orders/api.ts`. */
export class SuffixMap {
  private readonly byName = new Map<string, string[]>();

  /** `files`: the repository's, with `/`. */
  constructor(files: readonly string[]) {
    for (const file of files) {
      const name = (file.split('/').at(-1) ?? '').toLowerCase();
      this.byName.set(name, [...(this.byName.get(name) ?? []), file]);
    }
  }

  /** Undefined where no file has its name. */
  of(path: string): Mapped | undefined {
    const parts = path
      .toLowerCase()
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    const found = this.byName.get(parts.at(-1) ?? '') ?? [];
    const rated = found.map((file) => ({ file, names: common(parts, file.toLowerCase().split('/')) }));
    const names = Math.max(0, ...rated.map((one) => one.names));
    const best = rated.filter((one) => one.names === names).map(({ file }) => file);
    // A name alone, such as index.ts, that many files have says nothing.
    return best.length === 0 || (names === 1 && best.length > 3) ? undefined : { files: best, names };
  }
}

function common(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}
