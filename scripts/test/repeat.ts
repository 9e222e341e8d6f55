/** Which suites are run once more, and what counts then. Pure. */
import type { TestResult } from './mocha';

/** One outermost `describe` of a file. */
export interface Suite {
  readonly file: string;
  readonly suite: string;
}

/** When more have failed, it is not because the machine was busy. */
const AT_MOST = 4;

const isIn = ({ file, suite }: Suite, test: TestResult): boolean => test.file === file && test.suite === suite;

/** The suites in which a test failed, in their order; none when there are many. */
export function suitesToRepeat(tests: readonly TestResult[]): Suite[] {
  const failed = tests.filter(({ outcome }) => outcome === 'failed');
  // A hook outside of all files or suites can't be run by itself.
  if (failed.some(({ file, suite }) => file === '' || suite === '')) return [];
  const suites = failed.filter((test, index) => failed.findIndex((other) => isIn(other, test)) === index);
  return suites.length > AT_MOST ? [] : suites.map(({ file, suite }) => ({ file, suite }));
}

/**
 * The results, with those of a suite joined with its second run. A test passes that passed in either run; the reason why
 * the other one failed stays, so that it is named. A second run in which a test is missing changes nothing.
 */
export function withRepeated(first: readonly TestResult[], second: readonly TestResult[], suite: Suite): TestResult[] {
  const former = first.filter((test) => isIn(suite, test));
  const again = second.filter((test) => isIn(suite, test));
  const seen = new Set(again.map(({ title }) => title));
  if (former.some(({ title, outcome }) => outcome === 'passed' && !seen.has(title)) || again.length === 0)
    return [...first];
  const joined = again.map((test) => {
    const before = former.find(({ title }) => title === test.title);
    const why = before?.outcome === 'failed' ? before.why : test.why;
    const better = test.outcome === 'failed' && before?.outcome === 'passed' ? before : test;
    return better.outcome === 'passed' && why !== undefined ? { ...better, why } : better;
  });
  // A hook that failed is no test of the second run, and would be forgotten.
  const hooks = former.filter(({ title, outcome }) => outcome === 'failed' && !seen.has(title));
  const [named] = joined;
  if (named?.outcome === 'passed' && hooks[0]?.why !== undefined && !joined.some(({ why }) => why !== undefined))
    joined[0] = { ...named, why: hooks[0].why };
  return [...first.filter((test) => !isIn(suite, test)), ...joined];
}
