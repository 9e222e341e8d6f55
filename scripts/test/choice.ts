/** Which test files the words of a command line ask for. Pure but for the texts of test files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TOP, AREA_NAMES, areaOf, isAreaName, isEveryday } from './areas';

/** Files that are run and reported together, before what comes next. */
export interface Part {
  /** Which of the tests in files that have slow ones beside fast ones; all when missing. */
  readonly tests?: 'everyday' | 'rest';
  readonly files: readonly string[];
}

export interface Choice {
  readonly parts: readonly Part[];
  /** What no word asked for, although all was to be tried but the slow. */
  readonly leftOut: readonly string[];
  /** Files of which only the fast tests are run. */
  readonly partly: readonly string[];
}

/** `npm test`: what everybody runs. */
const EVERYDAY = 'everyday';
/** What `npm test` leaves out. */
const REST = 'rest';
const ALL = 'all';

/** Whether a test file has slow tests beside fast ones (test/support/full.ts). */
const hasSlow = (file: string): boolean =>
  /\b(?:itInFull|onlyInFull|itOfCases)\b/.test(readFileSync(path.join(TOP, file), 'utf8'));

/** Of all test files, relative to the top. `hasSlowTests`: beside fast ones (test/support/full.ts). Throws, with what there is, on a word that names nothing. */
export function choiceOf(
  words: readonly string[],
  files: readonly string[],
  hasSlowTests: (file: string) => boolean = hasSlow,
): Choice {
  const named = new Set(words.map((word) => path.normalize(word)).filter((word) => files.includes(word)));
  const wrong = words.find(
    (word) => ![ALL, EVERYDAY, REST].includes(word) && !isAreaName(word) && !named.has(path.normalize(word)),
  );
  if (wrong !== undefined)
    throw new Error(
      `There is no area and no test file "${wrong}". There are: ${[...AREA_NAMES, EVERYDAY, REST, ALL].join(', ')}.`,
    );
  const everyday = files.filter(isEveryday);
  const rest = files.filter((file) => !isEveryday(file));
  // Together, or processors would wait at the end of each; the long ones first, so that short batches fill the end.
  if (words.includes(ALL) || (words.includes(EVERYDAY) && words.includes(REST)))
    return { parts: [{ files: [...rest, ...everyday] }], leftOut: [], partly: [] };
  if (words.length === 1 && words[0] === REST)
    return {
      parts: [{ tests: 'rest', files: [...rest, ...everyday.filter(hasSlowTests)].sort() }],
      leftOut: [],
      partly: [],
    };
  const isPlain = words.every((word) => word === EVERYDAY);
  const isWanted = (file: string): boolean =>
    named.has(file) ||
    words.includes(areaOf(file) ?? '') ||
    ((isPlain || words.includes(EVERYDAY)) && isEveryday(file)) ||
    (words.includes(REST) && !isEveryday(file));
  const chosen = files.filter(isWanted);
  return isPlain
    ? { parts: [{ tests: 'everyday', files: chosen }], leftOut: rest, partly: everyday.filter(hasSlowTests) }
    : { parts: [{ files: chosen }], leftOut: [], partly: [] };
}

/** What was left out, by area, and how to run it. */
export function leftOutText({ leftOut: files, partly }: Pick<Choice, 'leftOut' | 'partly'>): string {
  const counts = AREA_NAMES.map((name) => [name, files.filter((file) => areaOf(file) === name).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${String(count)} of ${name}`);
  return [
    `Left out: ${String(files.length)} files of tests that take long (${counts.join(', ')})${partly.length > 0 ? `, and slow tests of ${String(partly.length)} other files` : ''}.`,
    'npm run test:all runs everything, npm test -- rest runs these alone.',
  ].join('\n');
}
