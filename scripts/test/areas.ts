/** The areas of the tests: one line each. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const TOP = path.resolve(import.meta.dirname, '../..');

export interface Area {
  readonly folder: string;
  /** Prerequisites: the bundles, the packaged extension, the editor. */
  readonly needs: readonly Need[];
  /**
   * How many of its files one mocha process runs. `all`: they share what is slow to start, and no other area runs at
   * the same time.
   */
  readonly atOnce: number | 'all';
  /**
   * With `all`: files that take about as long as the others together. They run in parallel with these, in a process of
   * their own, if there are enough processors, else after them.
   */
  readonly apart?: readonly string[];
  /** Its tests need what many machines can't have: all of them may be skipped. */
  readonly maySkip?: boolean;
}

export type Need = 'bundles' | 'package' | 'editor';

/** In the order in which they run: fast areas that are likely to fail come first. */
export const AREAS = {
  unit: { folder: 'test/unit', needs: [], atOnce: 12 },
  git: { folder: 'test/git', needs: ['bundles'], atOnce: 1 },
  windows: { folder: 'test/windows', needs: [], atOnce: 1, maySkip: true },
  agents: { folder: 'test/agents', needs: ['bundles'], atOnce: 'all' },
  editor: {
    folder: 'test/editor/suites',
    needs: ['package', 'editor'],
    atOnce: 'all',
    // Those that enable the built-in chat agent: from then on it starts with each window that is loaded.
    apart: ['agent.test.ts', 'authors.test.ts', 'chat.test.ts', 'day.test.ts'],
  },
  story: { folder: 'test/story', needs: ['package', 'editor'], atOnce: 'all' },
} as const satisfies Readonly<Record<string, Area>>;

export type AreaName = keyof typeof AREAS;

export const AREA_NAMES = Object.keys(AREAS) as AreaName[]; // exactly its own keys

export const isAreaName = (word: string): word is AreaName => Object.hasOwn(AREAS, word);

/** The area that a test file, given relative to the top, belongs to; undefined when there is no such file. */
export const areaOf = (file: string): AreaName | undefined =>
  AREA_NAMES.find((name) => filesOf(AREAS[name]).includes(path.normalize(file)));

/** Its test files, relative to the top. */
export function filesOf({ folder }: Area): string[] {
  const all = readdirSync(path.join(TOP, folder), { recursive: true, encoding: 'utf8' });
  return all
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name))
    .sort();
}
