/** Which test files the words of a command line ask for. Pure but for the list of files. */
import path from 'node:path';
import { AREA_NAMES, areaOf, isAreaName, isEveryday } from './areas';

/** Files that are run and reported together, before what comes next. */
export interface Part {
  readonly title?: string;
  readonly files: readonly string[];
}

export interface Choice {
  readonly parts: readonly Part[];
  /** What no word asked for, although all was to be tried but the slow. */
  readonly leftOut: readonly string[];
}

/** `npm test`: what everybody runs. */
const EVERYDAY = 'everyday';
/** What `npm test` leaves out. */
const REST = 'rest';
const ALL = 'all';

/** Of all test files, relative to the top. Throws, with what there is, on a word that names nothing. */
export function choiceOf(words: readonly string[], files: readonly string[]): Choice {
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
  if (words.includes(ALL) || (words.includes(EVERYDAY) && words.includes(REST)))
    return { parts: [{ files: everyday }, { title: 'What npm test leaves out', files: rest }], leftOut: [] };
  const isPlain = words.every((word) => word === EVERYDAY);
  const isWanted = (file: string): boolean =>
    named.has(file) ||
    words.includes(areaOf(file) ?? '') ||
    ((isPlain || words.includes(EVERYDAY)) && isEveryday(file)) ||
    (words.includes(REST) && !isEveryday(file));
  return { parts: [{ files: files.filter(isWanted) }], leftOut: isPlain ? rest : [] };
}

/** What was left out, by area, and how to run it. */
export function leftOutText(files: readonly string[]): string {
  const counts = AREA_NAMES.map((name) => [name, files.filter((file) => areaOf(file) === name).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${String(count)} of ${name}`);
  return [
    `Left out: ${String(files.length)} files of tests that take long (${counts.join(', ')}).`,
    'npm run test:all runs everything, npm test -- rest runs these alone.',
  ].join('\n');
}
