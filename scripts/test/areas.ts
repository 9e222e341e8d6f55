/** The areas of the tests: one line each. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const TOP = path.resolve(import.meta.dirname, '../..');

export interface Area {
  readonly folder: string;
  /** Prerequisites: the bundles, the packaged extension, the editor. */
  readonly needs: readonly Need[];
  /** Areas of one round run in parallel; the next round begins when all of them are done. */
  readonly round: number;
  /** How many of its files one mocha process runs at most. `all`: they share what is slow to start. */
  readonly atOnce: number | 'all';
  /** How many of them it runs at least, where loading what they share takes longer than they do; 1 when missing. */
  readonly atLeast?: number;
  /** With `all`: files that one more process runs each, in parallel with the others. The longest first. */
  readonly apart?: readonly (readonly string[])[];
  /** Its tests wait for other people's programs: a suite that failed is run once more, alone. */
  readonly repeats?: boolean;
  /** Its tests need what many machines can't have: all of them may be skipped. */
  readonly maySkip?: boolean;
}

export type Need = 'bundles' | 'package' | 'editor';

/**
 * In the order in which they are begun: in the first round what is fast and likely to fail, in the second what mostly
 * waits for other programs, the longest first. The story waits for nothing longer than a person would: it runs alone.
 */
export const AREAS = {
  unit: { folder: 'test/unit', needs: [], round: 1, atOnce: 40, atLeast: 8 },
  git: { folder: 'test/git', needs: ['bundles'], round: 1, atOnce: 12, repeats: true },
  windows: { folder: 'test/windows', needs: [], round: 1, atOnce: 1, maySkip: true },
  editor: {
    folder: 'test/editor/suites',
    needs: ['package', 'editor'],
    round: 2,
    atOnce: 'all',
    repeats: true,
    apart: [
      // They enable the built-in chat agent, which starts with each window from then on, and use both builds.
      ['agent.test.ts', 'authors.test.ts', 'chat.test.ts'],
      // Each in an editor of its own.
      ['day-between-requests.test.ts'],
      ['day-alone.test.ts'],
      ['day-copilot-idle.test.ts'],
    ],
  },
  agents: { folder: 'test/agents', needs: ['bundles'], round: 2, atOnce: 'all', repeats: true },
  story: { folder: 'test/story', needs: ['package', 'editor'], round: 3, atOnce: 'all', repeats: true },
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
