/** Which test files load which source files, and over how many imports: read from the texts, nothing is run. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesOf, isEveryday, type AreaName } from '../../scripts/test/areas';
import { TOP } from './faults';

const IMPORT =
  /^(?:import|export)\s(?!type\s)[^'";]*?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)|^import ['"]([^'"\n]+)['"]/gm;

/** What makes the bundles names each one's first file: whoever has them made runs these. */
const BUILDER = 'scripts/build.ts';
const BUNDLED = /'(src\/[\w/-]+\.ts)'/g;

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

/** The files that this one imports, relative to the top. Packages are left out. */
export function importsOf(
  file: string,
  text: string,
  exists = (name: string) => isFile(path.join(TOP, name)),
): string[] {
  const named = [...text.matchAll(IMPORT)].flatMap(([, from, late, alone]) => from ?? late ?? alone ?? []);
  const imported = named
    .filter((name) => name.startsWith('.'))
    .flatMap((name) => {
      const whole = path.posix.join(path.posix.dirname(file), name);
      return [whole, `${whole}.ts`, `${whole}/index.ts`].find((wanted) => wanted.includes('.') && exists(wanted)) ?? [];
    });
  if (file !== BUILDER) return imported;
  return [...imported, ...[...text.matchAll(BUNDLED)].flatMap(([, source = '']) => (exists(source) ? [source] : []))];
}

export interface TestFile {
  /** Relative to the top, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly area: AreaName;
}

/** The test files of these areas; `everyday`: only those that `npm test` runs. */
export const testsOf = (areas: readonly AreaName[], everyday: boolean): TestFile[] =>
  areas.flatMap((area) =>
    filesOf(area)
      .filter((file) => !everyday || isEveryday(file))
      .map((name) => {
        const file = name.replaceAll('\\', '/');
        return { file, text: readFileSync(path.join(TOP, file), 'utf8'), area };
      }),
  );

/** For each file that this one loads, over how many imports: 1 for those that it imports itself. */
export class Graph {
  private readonly edges = new Map<string, readonly string[]>();

  distancesFrom(file: string): Map<string, number> {
    const distances = new Map([[file, 0]]);
    const open = [file];
    for (let next = open.shift(); next !== undefined; next = open.shift())
      for (const imported of this.imported(next))
        if (!distances.has(imported)) {
          distances.set(imported, (distances.get(next) ?? 0) + 1);
          open.push(imported);
        }
    return distances;
  }

  private imported(file: string): readonly string[] {
    const known = this.edges.get(file);
    if (known !== undefined) return known;
    const whole = path.join(TOP, file);
    const found = file.endsWith('.ts') && existsSync(whole) ? importsOf(file, readFileSync(whole, 'utf8')) : [];
    this.edges.set(file, found);
    return found;
  }
}

/** Whether a test of this file runs what `scripts/build.ts` makes. */
export const runsBundles = (distances: ReadonlyMap<string, number>): boolean => distances.has(BUILDER);
