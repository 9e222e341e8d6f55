/**
 * Slow tests that stand beside fast ones: `npm test` leaves them out, `npm run test:all` and `npx mocha` run them. Where
 * a whole file is slow its name says so instead (`….full.test.ts`).
 */
import { isEveryday } from '../../scripts/test/areas';
import { sourceOf } from '../../scripts/test/compiled-names';

/** Of the tests of a run: those of `npm test`, or those that it leaves out. Everything when it is not set. */
const WANTED = process.env['LINEKEEPER_TESTS'];

/** Set on a test or a suite; by its name, since mocha and tests may have a copy of this file each. */
const SLOW = Symbol.for('linekeeper.slow');
export const markSlow = <T extends Mocha.Test | Mocha.Suite>(part: T): T => Object.assign(part, { [SLOW]: true });

/** As `it`. The same kind of case has a fast test, in process or beside this one. */
export const itInFull = (title: string, test: (this: Mocha.Context) => unknown): Mocha.Test =>
  markSlow(it(title, test as Mocha.AsyncFunc)); // mocha takes both

/** The same for all tests of a suite: called in its `describe`, such as for one of several ways to run them. */
export const onlyInFull = (suite: Mocha.Suite): void => {
  markSlow(suite);
};

/** As `it`, for random cases of which `casesOf` gives `npm test` fewer: the slow tests run it with all of them. */
export function itOfCases(title: string, test: (this: Mocha.Context) => unknown): Mocha.Test {
  const made = it(title, test as Mocha.AsyncFunc); // mocha takes both
  return WANTED === 'rest' ? markSlow(made) : made;
}

/** How many cases a test of random ones tries: fewer in `npm test`. */
export const casesOf = (all: number, everyday: number): number => (WANTED === 'everyday' ? everyday : all);

/** Takes out of a suite, and of all in it, what this run is not asked for. */
export function leaveOut(suite: Mocha.Suite, wanted = WANTED): void {
  if (wanted !== 'everyday' && wanted !== 'rest') return;
  const isSlow = (part: Mocha.Test | Mocha.Suite): boolean =>
    SLOW in part || (part.parent !== undefined && isSlow(part.parent));
  const isWanted = (test: Mocha.Test): boolean => {
    const inSlowFile = test.file !== undefined && !isEveryday(sourceOf(test.file));
    return (isSlow(test) || inSlowFile) === (wanted === 'rest');
  };
  suite.tests = suite.tests.filter(isWanted);
  for (const part of suite.suites) leaveOut(part, wanted);
}
