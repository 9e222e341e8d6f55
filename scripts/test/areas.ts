/** The areas of the tests, one line each, and which files belong to them. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const TOP = path.resolve(import.meta.dirname, '../..');

export interface Area {
  /** Prerequisites: the tests compiled (else tsx loads them), the bundles, the packaged extension, the editor. */
  readonly needs: readonly Need[];
  /** How many of its files one mocha process runs at most. `all`: they share what is slow to start. */
  readonly atOnce: number | 'all';
  /** How many of them it runs at least, where loading what they share takes longer than they do; 1 when missing. */
  readonly atLeast?: number;
  /** With `all`: files that one more process runs each, in parallel with the others. The longest first. */
  readonly apart?: readonly (readonly string[])[];
  /** Its tests wait for other people's programs: a suite that failed is run again beside others, then alone. */
  readonly repeats?: boolean;
  /** Other people's programs may be slow on a busy machine: each test gets two more tries, each from its own beginning. */
  readonly retries?: boolean;
  /** Its tests' temporary files are kept in memory, if the machine has enough. */
  readonly inMemory?: boolean;
  /** Its tests need what many machines can't have: all of them may be skipped. */
  readonly maySkip?: boolean;
  /** `npm test` leaves out all of its files. */
  readonly isFullOnly?: boolean;
}

export type Need = 'compiled' | 'bundles' | 'package' | 'editor';

/**
 * In the order in which they are begun: what is fast and likely to fail, then what runs longest in one process, so that
 * the short batches of `git` keep all processors busy until the end.
 */
export const AREAS = {
  unit: { needs: ['compiled', 'bundles'], atOnce: 120, atLeast: 30, inMemory: true },
  editor: {
    needs: ['package', 'editor'],
    atOnce: 'all',
    repeats: true,
    retries: true,
    apart: [
      // Half of the views' second looks, so that both processors draw until the end.
      [
        'review-view.editor.full.test.ts',
        'request-review.editor.full.test.ts',
        'windows.editor.full.test.ts',
        'workspace.editor.full.test.ts',
        'themes.editor.full.test.ts',
        'policy.editor.full.test.ts',
        'find-dangers.editor.full.test.ts',
      ],
      // Days, each in an editor of its own, and what else types for long.
      [
        'day-copilot-idle.editor.full.test.ts',
        'day-alone.editor.full.test.ts',
        'unplayed-copilot-idle.editor.full.test.ts',
        'long-histories.editor.full.test.ts',
        'soak.editor.full.test.ts',
        'unusual-input.editor.full.test.ts',
        'unsaved-and-disk.editor.full.test.ts',
      ],
      // They enable the built-in chat agent, which starts with each window from then on.
      [
        'chat-agent-hooks.editor.full.test.ts',
        'kinds-of-edit.editor.full.test.ts',
        'built-in-chat.editor.full.test.ts',
      ],
    ],
  },
  story: { needs: ['package', 'editor'], atOnce: 'all', repeats: true, isFullOnly: true },
  agents: {
    needs: ['bundles'],
    atOnce: 'all',
    repeats: true,
    retries: true,
    isFullOnly: true,
    apart: [['held-without-hooks.agents.full.test.ts', 'claude-code.agents.test.ts', 'morning-after.agents.test.ts']],
  },
  git: { needs: ['compiled', 'bundles'], atOnce: 40, atLeast: 10, repeats: true, inMemory: true },
  windows: { needs: [], atOnce: 1, maySkip: true, isFullOnly: true },
} as const satisfies Readonly<Record<string, Area>>;

export type AreaName = keyof typeof AREAS;

export const AREA_NAMES = Object.keys(AREAS) as AreaName[]; // exactly its own keys

export const isAreaName = (word: string): word is AreaName => Object.hasOwn(AREAS, word);

/** `stash.test.ts`, `stash.git.test.ts`, `stash.git.full.test.ts`. */
const NAME_OF_TEST = /^[^.].*?(?:\.(?<area>git|windows|editor|agents|story))?(?<full>\.full)?\.test\.ts$/;

/** The area that a file, given relative to the top, belongs to by its name; undefined when it is no test. */
export function areaOf(file: string): AreaName | undefined {
  const name = NAME_OF_TEST.exec(path.basename(file));
  if (name === null) return undefined;
  const named = name.groups?.['area'];
  if (named !== undefined && isAreaName(named)) return named;
  return 'unit';
}

/** Whether `npm test` runs a test file. The others are slow; `npm run test:all` runs them, too. */
export function isEveryday(file: string): boolean {
  const area = areaOf(file);
  if (area === undefined || NAME_OF_TEST.exec(path.basename(file))?.groups?.['full'] !== undefined) return false;
  const { isFullOnly = false }: Area = AREAS[area];
  return !isFullOnly;
}

/** All test files below `test/`, relative to the top, sorted. Fixtures are none. */
export function testFiles(): string[] {
  return readdirSync(path.join(TOP, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => areaOf(path.join('test', name)) !== undefined && !name.startsWith(`fixtures${path.sep}`))
    .map((name) => path.join('test', name))
    .sort();
}

/** The test files of an area, relative to the top. */
export const filesOf = (area: AreaName): string[] => testFiles().filter((file) => areaOf(file) === area);
