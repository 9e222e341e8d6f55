/**
 * Runs the tests by area and counts them together. `npm test` leaves out what takes long, and says so; `npm run test:all`
 * runs everything. `npm test -- unit git` runs whole areas, `npm test -- test/cli/start-cli.test.ts` some files. Installs
 * what is missing. The last line is `N passed, N failed`; skipped tests, which can't run here, are reported with their
 * area, and tests that passed only when tried again by name. Exits with 1 when something failed or an area ran no test.
 * `out/test-times.tsv` has each test's duration and processor time, the slowest first.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { firstLine, type TestResult } from './test/mocha';
import { TOP, AREA_NAMES, areaOf, testFiles } from './test/areas';
import { choiceOf, leftOutText, type Choice } from './test/choice';
import { runAreas, type AreaResult } from './test/run-areas';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function main(words: readonly string[]): Promise<number> {
  let choice: Choice;
  try {
    choice = choiceOf(words, testFiles());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const results: AreaResult[] = [];
  for (const { files, tests } of choice.parts) {
    const env: Readonly<Record<string, string>> = tests === undefined ? {} : { LINEKEEPER_TESTS: tests };
    const areas = AREA_NAMES.filter((name) => files.some((file) => areaOf(file) === name));
    const ended = await runAreas(areas, files, print, env);
    for (const result of ended) print(line(result));
    results.push(...ended);
  }
  writeTimes(results.flatMap(({ tests }) => tests.filter(({ outcome }) => outcome === 'passed')));
  const retried = results.flatMap((result) => result.retried);
  if (retried.length > 0) print(`\nPassed only when tried again:\n${indented(retried.map(firstLine).join('\n'))}`);
  const failures = results.flatMap((result) => result.failures);
  for (const { title, why } of failures) print(`\nFAILED  ${title}\n${indented(why)}`);
  if (failures.length > 1) print(`\nFailed:\n${indented(failures.map(({ title }) => title).join('\n'))}`);
  if (choice.leftOut.length > 0) print(`\n${leftOutText(choice)}`);
  print(`\n${String(sum(results, (result) => result.passed))} passed, ${String(failures.length)} failed`);
  return failures.length > 0 ? 1 : 0;
}

/** Milliseconds, those of processor, the file and the title of each test. */
function writeTimes(times: readonly TestResult[]): void {
  const slowest = [...times].sort((a, b) => b.milliseconds - a.milliseconds);
  mkdirSync(path.join(TOP, 'out'), { recursive: true });
  writeFileSync(
    path.join(TOP, 'out', 'test-times.tsv'),
    slowest
      .map(({ milliseconds, processor, file, title }) => [milliseconds, processor, file, title].join('\t').concat('\n'))
      .join(''),
  );
}

const line = ({ area, passed, failures, skipped, took }: AreaResult): string =>
  `${area.padEnd(8)} ${`${String(passed)} passed, ${String(failures.length)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`.padEnd(32)} ${String(Math.round(took / 1000))} s`;

const sum = (results: readonly AreaResult[], of: (result: AreaResult) => number): number =>
  results.reduce((total, result) => total + of(result), 0);

const indented = (text: string): string =>
  text
    .split('\n')
    .map((one) => `  ${one}`)
    .join('\n');

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
